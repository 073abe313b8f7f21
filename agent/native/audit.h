/* One extension module watched from both sides: each call of it by Python (a scope), each call of the C API by it, and the references
   that a scope took or gave away itself. Next: audit-stubs.S, audit-scope.c. */
#ifndef REFSCOPE_AUDIT_H
#define REFSCOPE_AUDIT_H
#include "core.h"

#define MAX_ENTRIES 8192u   /* the same in audit-stubs.S */
#define MAX_API_SLOTS 2048u /* the same in audit-stubs.S */
#define MAX_AUDIT_ROWS (1u << 14)
#define MAX_KEPT (1u << 16)
#define MAX_FINDINGS (1u << 12)
#define MAX_MISSED 1024u
#define MAX_AUDIT_THREADS 512u
enum { MOST_SCOPES = 48, MOST_TOUCHED = 32, MOST_AUDIT_RANGES = 16, MOST_BORROWED = 8, BALANCES = 9, FILTER_BITS = 14, MOST_BLOCKS = 8, MOST_GLOBALS = 8 };

/* What Python hands a function, and what it expects back. agent/core/audit.ts has the same. */
enum {
  SHAPE_ONE, SHAPE_TWO, SHAPE_THREE, SHAPE_TUPLE, SHAPE_FAST, SHAPE_METHOD, SHAPE_VECTOR, SHAPE_NEW, SHAPE_DEALLOC, SHAPE_INDEX, SHAPE_INDEX_SET,
  SHAPE_SET, SHAPE_RICH, SHAPE_CLEAR, SHAPES
};
enum { GIVES_OBJECT, GIVES_OBJECT_OR_END, GIVES_INT, GIVES_NOTHING };

typedef struct {
  u64 function, slot; /* slot: of a PyMethodDef or PyGetSetDef; 0: shared by all that hold the same function */
  u64 name, owner;    /* char *: of the entry; tp_name of its type or 0 */
  u64 calls;
  u32 shape, gives;
} Entry;

/* Roles of an object in a scope: self, argument 1 on, then what a call of the API returned. RETURNED: None, which every scope knows.
   OWNED: an earlier scope put it into self. MADE: by tp_alloc, past the API; REFUSED: the call then failed. TYPE: the heap type whose instance is freed or made. GLOBAL: the
   module's data point to it. MEMORY and ORPHAN: of blocks that are no objects. CYCLE: of objects that hold themselves. */
enum { ROLE_SELF = 0, ROLE_RESULT = 64, ROLE_RETURNED = 65, ROLE_OWNED = 66, ROLE_MADE = 67, ROLE_TYPE = 68, ROLE_GLOBAL = 69, ROLE_MEMORY = 70, ROLE_ORPHAN = 71, ROLE_REFUSED = 72, ROLE_CYCLE = 73 };

enum { ACT_NONE, ACT_CLEAR, ACT_ASK, ACT_SET, ACT_ENSURE, ACT_RELEASE, ACT_DEALLOC };
enum { API_NEEDS_GIL = 1, API_WRONG_WITH_ERROR = 2, API_NEW = 4, API_BORROWED = 8, API_VARIADIC = 16, API_MEMORY = 32, API_CONTAINER = 64, API_DROPS = 128, API_ASKS_TYPE = 256 };

/* Filled by the agent from shared/capi; all words. Bit i of a mask: argument i. */
typedef struct {
  u64 flags, act, steals, steals_on_success, gives, new_out, replaces, uses;
} ApiRule;

typedef struct {
  u64 slot, target;
  ApiRule rule;
} ApiSlot;

typedef struct {
  u64 object, block, type, address; /* address: that the call returned to, 0 */
  i64 last, own;             /* the count at the last look; references the scope itself took and still has to give */
  u32 api, role, dead, stored; /* stored: how often a call put it somewhere */
  u32 made, doubt;             /* made: a new reference, all there are came later; doubt: the scope may have owned it before, unseen */
  i64 others;                  /* references that there were when the scope met it */
} Touch;

/* A borrowed reference: SHARED: its container can be changed by others; SUSPECT: it was, or may have been. */
enum { BORROW_SHARED = 1, BORROW_SUSPECT = 2, BORROW_FREED = 4, BORROW_HEAP_TYPE = 8 };
typedef struct {
  u64 object, block, type, owner, owner_block; /* owner: 0 when it is not SHARED or is gone */
  u32 flags, pad;
} Borrow;

typedef struct {
  u64 sp, self, call_sp;
  u32 entry, touched, foggy, released;
  u32 entered_with_error, asked, told, ensures;
  u32 failed, pad; /* API slot + 1 that set the error that is pending, as far as the module has not looked at it */
  u64 failed_at, ensured_at, failed_with; /* failed_with: what the call that failed was given first */
  u64 body; /* of self, when it holds blocks: a sum over its words when the scope began */
  u32 blocks, blocks_pad;
  u64 block[MOST_BLOCKS]; /* that the scope took from the allocator */
  u64 cleared, cleared_type, cleared_at, cleared_with; /* API slot + 1 that cleared an error nobody had looked at: a finding when the call then returns a result */
  u64 thread;              /* the Python thread state that called */
  u64 keywords, owner_size; /* the dict made for this call; items in the container that a call is about to change */
  u32 borrowed, suspects;  /* how many were lent, the newest in place of the oldest; 1: some of them may have gone */
  Borrow borrow[MOST_BORROWED];
  Touch touch[MOST_TOUCHED];
} Scope;

typedef struct {
  u64 pointer; /* of the thread: its TLS */
  u32 depth, generation;
  Scope scope[MOST_SCOPES];
} ThreadScopes;

/* A row: what a function kept, by role, API function and type. */
typedef struct {
  u64 type_address, address;
  u32 entry, role, api, type; /* api: slot + 1 or 0 */
  u64 references; /* signed */
  u64 calls, scope; /* scope: the one that `balance` belongs to */
  i64 balance;
  u64 seen[BALANCES]; /* calls by balance: -4 or less … 4 or more */
} AuditRow;

/* References to one living object that one row kept. While an object that was found to hold it lives, they are that one's. */
typedef struct {
  u64 object, block, owner;
  i64 first, sum, counted;
  i64 met, own, stayed;      /* at the newest scope: references of others, the balance. What of the balances before was still so at the next scope */
  u32 row, next, owner_next, sure; /* sure: what was given back was somebody else's */
  u32 held, pad;               /* held: by objects that the collector can look into, at the end */
} Kept;

typedef struct {
  u64 rule, entry, api, type, address, count, guarded;
} AuditFinding;
typedef struct { u64 api, address, calls; } Missed;

/* Offsets and addresses of CPython; all words, the same in agent/core/audit.ts. */
typedef struct {
  u64 count_bytes; /* 4 from 3.12 on, where a negative count is immortal */
  u64 none;        /* 0 where it is immortal */
  u64 tuple_type, list_type, tuple_items;
  u64 function_type, method_type, class_method_type, getset_type, wrapper_type;
  u64 module_type, weakref_type, member_type, dict_type;
  u64 guard;
  int (*visit)(int (*)(void *, void *), void *); /* PyUnstable_GC_VisitObjects, 3.12+ */
} AuditTarget;

typedef struct {
  u32 on, generation, entry_count, api_count, row_count, finding_count, missed_count, range_count;
  u64 *ranges; /* of executable memory: from, to */
  Entry *entries;
  ApiSlot *apis;
  AuditRow *rows;
  AuditFinding *findings;
  Missed *missed;
  u32 *entry_buckets, *row_buckets, *kept_buckets, *owner_buckets;
  Kept *kept;
  ThreadScopes *threads, *newest; /* newest: of the thread that ran last */
  u32 *thread_list; /* indices + 1 of those in use */
  u64 *seen; /* types of this walk */
  u32 kept_count, kept_free, lock, walk, thread_count, pad;
  u64 scopes, dropped, cursor, found;
  u64 globals[MOST_GLOBALS], global_blocks[MOST_GLOBALS]; /* objects that every scope looks at */
  u32 global_count, pad_globals;
  u64 relro[2]; /* pages of the module that are read-only after relocation */
  AuditTarget at;
} Audit;
extern Audit audit;

/* audit-stubs.S */
extern const u8 audit_entry_stubs[], audit_call_stubs[], audit_copy_stubs[];

/* audit-entries.c */
u32 entry_of(u64 function, u64 slot, u32 shape, u32 gives, u64 name, u64 owner);
u64 entry_stub(u32 entry);
int is_audited_code(u64 address);
u64 audit_unstub(u64 address);

/* audit-walk.c */
enum { WALK_PATCH, WALK_UNPATCH, WALK_HOLDERS, WALK_CYCLES };
u64 audit_visit_all(u32 walk);
u64 audit_visit_items(u64 items, u64 count);
void audit_methods(u64 methods, u64 owner);
void audit_stop(void);
void audit_end(void);

/* audit-bound.c; all words, the same in agent/core/audit.ts. */
enum { WRAPPER_TYPES = 3 };
typedef struct { u64 slot, key, owner; } Bound;
typedef struct {
  int (*next)(u64 dict, u64 *at, u64 *key, u64 *value); /* PyDict_Next */
  u64 property_type, wrapper_types[WRAPPER_TYPES];
  Bound *out;
  u64 most, count, items;
} Binding;
u64 audit_bind(Binding *binding, u64 module);
/* The slot of an object's own pointer to a function of the module, by now with an entry of its own; 0: it has none. */
u64 audit_own_vectorcall(u64 object);

/* audit-scope.c, audit-balance.c */
ThreadScopes *scopes_of_thread(void);
/* As thread_with_gil. While a scope is open, its thread keeps its thread state: where CPython notes who runs says enough then. */
static inline u64 thread_in(const Scope *scope) {
  const Target *t = &state.target;
  u64 running = t->current_thread_tls ? tls(t->current_thread_tls) : t->current_thread ? 0 : load(t->runtime + t->runtime_current_thread);
  return LIKELY(running == scope->thread) ? running : thread_with_gil();
}
void scope_enter(Scope *scope, const Entry *entry, u64 *arguments);
void scope_forget(Scope *scope);
Touch *touch_of(Scope *scope, u64 object);
Touch *touch_add(Scope *scope, u64 object, u32 role, u32 api, u64 address);
void look_before(Scope *scope);
void look_after(Scope *scope);
void scope_settle(Scope *scope, u64 returned);
/* Of a negative balance, what was certainly not the scope's own to give back. */
i64 surely(const Touch *touch, i64 own, i64 now);

/* audit-borrowed.c */
void borrowed_forget(Scope *scope);
void borrowed_take(Scope *scope, const ApiRule *rule, u64 object, u64 owner);
void borrowed_released(Scope *scope);
void borrowed_dropped(Scope *scope, const u64 *arguments);
void borrowed_gone(Scope *scope, u64 block, u32 made_anew);
void borrowed_used(Scope *scope, u64 uses, u32 api, const u64 *arguments, u64 from);

/* audit-ledger.c */
AuditRow *row_of(u32 entry, u32 role, u32 api, u64 type);
void kept_add(const Touch *touch, u32 row, i64 own, u64 owner, int sure);
void touch_owned(Scope *scope, u64 owner);
/* What a scope gave back pays for what others kept of the object: the rest. */
i64 kept_pay(const Touch *touch, i64 own);
void kept_look(u32 most);
void filter_add(u64 address);
void filter_remove(u64 address);
/* Its block, which is freed, and the object itself, which is made anew on a free list. */
static inline void follow(u64 object, u64 block) {
  filter_add(block);
  if (block != object) filter_add(object);
}
static inline void follow_no_more(u64 object, u64 block) {
  filter_remove(block);
  if (block != object) filter_remove(object);
}

/* audit-findings.c */
enum {
  RULE_RESULT_WITH_ERROR, RULE_NULL_WITHOUT_ERROR, RULE_CALLED_WITH_ERROR, RULE_ERROR_OVERWRITTEN, RULE_ERROR_CLEARED, RULE_UNCHECKED_ERROR,
  RULE_OVER_RELEASE, RULE_LEAKED_REFERENCE, RULE_EXTRA_REFERENCE, RULE_GILSTATE_UNBALANCED, RULE_CALLED_WITHOUT_GIL, RULE_BORROWED_USED_AFTER_FREE
};
void audit_find(u32 rule, u32 entry, u32 api, u64 type, u64 address, u32 guarded);
void audit_miss(u32 api, u64 address);

i64 reference_count(u64 object);
/* lifecycle.c: where the memory of an object begins, with what lies before it. */
u64 block_of(u64 object, u64 flags);
static inline u64 block_of_object(u64 object) { return block_of(object, load(load(object + state.target.object_type) + state.target.type_flags)); }
/* 1: its count says something. */
static inline int is_counted(u64 object) { return audit.at.count_bytes == 8 || (int)load32(object) >= 0; }

/* Memory at this address is free, or is another object now. */
void audit_gone(u64 block, u32 made_anew);
static inline u32 filter_at(u64 address) { return (u32)((address >> 4) * 0x9E3779B1u) >> (32 - FILTER_BITS); }
/* The first thing that each free of the process does: one load. */
extern u16 audit_filter[1 << FILTER_BITS];
/* A scope runs code of its own, maybe in another thread: who makes an object asks. */
extern u32 audit_running;
void audit_created(u64 object);
static inline int audit_knows(u64 address) { return audit_filter[filter_at(address)] != 0; }
static inline void audit_freed(u64 block) {
  if (UNLIKELY(audit_knows(block))) audit_gone(block, 0);
}

typedef struct {
  Audit *audit;
  int (*prepare)(const AuditTarget *);
  void (*begin)(void);
  void (*stop)(void);
  void (*end)(void);
  void (*range)(u64, u64);
  void (*relro)(u64, u64);
  u64 (*visit_all)(u32);
  u64 (*visit_items)(u64, u64);
  u64 (*call)(u64, u64, const ApiRule *);
  u64 (*unstub)(u64);
  void (*methods)(u64, u64);
  void (*settle)(void);
  void (*scan)(u64, u64);
  u64 (*look)(void);
  void (*follow)(void);
  u64 (*cycles)(void);
  u64 (*bind)(Binding *, u64);
} AuditDoors;
extern const AuditDoors audit_doors;

#endif
