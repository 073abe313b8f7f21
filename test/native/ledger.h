/* Batches of the core in, counts per (type, domain, place) out: what an engine would know. Checks each batch on the way. */
#ifndef REFSCOPE_LEDGER_H
#define REFSCOPE_LEDGER_H
#include "events.h"

typedef struct {
  i64 allocations, frees, allocated, freed;
} Counts;

/* `native` is that of the last key it sums. */
typedef struct {
  u64 count, chained, native;
} ErrorSum;

typedef struct Ledger Ledger;
#define ANY (~0ul)
#define NOWHERE 0ul

Ledger *ledger_new(void);
void ledger_free(Ledger *ledger);
/* Drains into it until nothing is left, through a buffer of this many bytes; answers the number of batches. */
u32 ledger_take(Ledger *ledger, u64 capacity, u32 last);
/* Sums of every key of this type (address), domain (or ANY) and innermost frame (code address; NOWHERE: none). */
Counts ledger_counts(const Ledger *ledger, u64 type, u64 domain, u64 code, u64 instruction);
Counts ledger_native(const Ledger *ledger, u64 native);
/* How many different sites have this innermost code, and how many frames the deepest of them has. */
u32 ledger_sites(const Ledger *ledger, u64 code, u32 *depth);
/* Of every key of this act; the rest as in `ledger_counts`. */
ErrorSum ledger_errors(const Ledger *ledger, u32 act, u64 type, u64 code, u64 instruction);
const Events *ledger_events(const Ledger *ledger);
/* Everything added up equals what the core says it produced, in the header and at the source. */
void ledger_balance(const Ledger *ledger);
u64 ledger_dropped(const Ledger *ledger);
int ledger_negative(const Ledger *ledger);

#endif
