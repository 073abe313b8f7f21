/* What no call of the C API shows: references to heap types, objects made by tp_alloc, memory, objects of the module's data, cycles. Next:
   audit-types.c, audit-blocks.c, audit-globals.c, audit-cycles.c. */
#ifndef REFSCOPE_AUDIT_PAST_H
#define REFSCOPE_AUDIT_PAST_H
#include "audit.h"

/* A word of the object's body is this one. */
int body_holds(u64 object, u64 word);
u64 body_sum(u64 object);
void row_add(AuditRow *row, i64 balance);

/* audit-types.c */
void touch_type(Scope *scope, const Entry *entry, u32 id, u64 self);
static inline int is_entry_stub(u64 address) { return address - (u64)audit_entry_stubs < 16ul * MAX_ENTRIES; }

/* What objects refer to by their tp_traverse is held: one of the module's own objects that is all held is not lost. */
void audit_look_into(u64 object);
int is_own_type(u64 type);

/* audit-blocks.c */
void blocks_prepare(void);
void blocks_enter(Scope *scope);
void blocks_take(Scope *scope, u64 block, u32 api, u64 address);
void blocks_settle(Scope *scope, const Entry *entry, u64 returned);
void blocks_gone(u64 block);

/* audit-cycles.c */
void cycles_prepare(void);
void cycles_sample(u32 entry, u64 object);
void cycles_gone(u64 block);
void cycles_look(u64 object);
u64 cycles_step(void);
void cycles_settle(void);

/* audit-globals.c */
void globals_scan(u64 from, u64 to);
u64 globals_look(void);
void globals_follow(void);
void globals_forget(void);
void globals_gone(u64 block);
void touch_globals(Scope *scope);
/* lifecycle.c: a type object is there, as far as can be seen; any address may be asked for. */
int is_type(u64 address);

/* audit-ledger.c */
void kept_held(u64 object);
void kept_forget_held(void);

#endif
