/* A walk of all objects, in a forked child of the target: what the agent fills in, what the child's files share. x86-64 and arm64, pymalloc or not.
   Order: heap-child.c → heap-frames.c, heap-walk.c, heap-dicts.c (objects and edges) → heap-words.c → heap-pools.c → heap-roots.c; all through heap-out.c. */
#ifndef REFSCOPE_HEAP_H
#define REFSCOPE_HEAP_H
#include "core.h"

/* Byte offsets, addresses and limits, all words: agent/core/heap.ts has the same. What does not exist in a version is 0. */
typedef struct {
  u64 collector, collector_generations, collector_permanent, generation_bytes;
  u64 interpreter_bytes, runtime_bytes, thread_bytes;
  u64 interpreter_modules, interpreter_sys_dict, interpreter_builtins, interpreter_threads;
  u64 thread_next, thread_id, thread_native_id;
  u64 type_name, type_traverse, type_is_gc, type_members, type_base, type_dict, type_bases, type_mro, type_cached_keys, type_subclasses, type_own_name, type_qualified_name, type_slots;
  u64 member_type, member_offset, member_bytes;
  u64 dict_keys, dict_values, keys_entry_count, keys_indices, keys_size, keys_log_size, keys_log_index_bytes, keys_kind;
  u64 values_first, values_embedded, values_valid;
  u64 list_items, list_allocated, tuple_items, cell_contents, set_mask, set_table, set_small_table;
  u64 code_name, code_file, code_first_line, code_line_table, code_stack_size, code_local_names, code_local_kinds, code_local_count, code_cell_names, code_free_names;
  u64 frame_locals, frame_function, frame_dict, frame_object;
  u64 bytes_data;
  u64 dict_type, list_type, tuple_type, cell_type, code_type, frame_type, module_type, set_type, frozen_set_type, float_type;
  u64 image_start, image_end; /* of the interpreter's own module */
  u64 names;                  /* 0: no names of variables */
  u64 deadline;               /* nanoseconds that the child may take */
  u64 most_loose;
  u64 ordered_dict_type;
  u64 interpreters; /* how many there are */
  u64 padded;       /* a debug build, whose blocks have words of its own around them */
} HeapTarget;

/* A page that the child and the agent share. */
typedef struct {
  u64 objects, edges, bytes, nanoseconds;
  u64 failed; /* HEAP_… */
  u64 done;   /* everything is in the pipe */
  u64 loose_left_out, pools;
} HeapProgress;
enum { HEAP_FINE, HEAP_NO_MEMORY, HEAP_LISTS, HEAP_LATE, HEAP_PIPE };

/* As heapFlag and edgeKind of engine/analysis/heap/heap-graph.ts. */
enum { FLAG_TRACKED = 1, FLAG_IMMORTAL = 2, FLAG_ORPHAN = 4, FLAG_TYPE = 8, FLAG_TRAVERSES = 16, FLAG_STATE = 32 };
enum { EDGE_ITEM, EDGE_KEY, EDGE_VALUE, EDGE_ATTRIBUTE, EDGE_CELL, EDGE_LOCAL, EDGE_TYPE, EDGE_VISITED, EDGE_WORD };
enum { ROOT_MODULE, ROOT_FRAME, ROOT_INTERPRETER, ROOT_BUILTIN };

enum { KIND_PLAIN, KIND_DICT, KIND_LIST, KIND_TUPLE, KIND_TEXT, KIND_TYPE, KIND_CELL, KIND_CODE, KIND_FRAME };
typedef struct {
  u64 address, flags, traverse, is_gc;
  i64 basic, item;
  u32 node, wire, kind, members, member_count, ordered; /* ordered: an OrderedDict */
  const char *words; /* of what is no type: its name */
} HeapType;
typedef struct {
  const char *name;
  u64 offset;
  u32 label, pad;
} HeapMember;

enum { STATE_INTERPRETER, STATE_FRAME, STATE_THREAD, STATE_DATA };
/* What is no object and yet holds references; the first nodes. */
typedef struct {
  u64 address, kind, thread; /* of data: number of its range */
} HeapState;

#define MOST_NODES (1u << 27)
#define MOST_HEAP_TYPES (1u << 18)
#define MOST_MEMBERS (1u << 20)
#define MOST_STATES (1u << 16)
#define MOST_SHARED (1u << 20)
#define NODE_REGION_BITS 24u
#define NODE_REGION_WORDS (1u << (NODE_REGION_BITS - 4))
#define ODD_BITS 20u
#define OWNED 0xfffffffful /* in the map: memory of an object that is in the graph */

typedef struct {
  u64 lo, hi;
  u64 data_end; /* up to there it is data of a program file, or the zeroes that follow; 0: none of it is */
  u32 writable, anonymous;
  char name[48];
} HeapRange;
#define MOST_HEAP_RANGES (1u << 16)

typedef struct {
  HeapTarget target;
  HeapProgress *progress;
  u32 minor, pad;
  i64 pipe;
  u64 started, deadline;
  /* The child's own memory. */
  u32 **map;
  u64 *odd;        /* address, node + 1: those that are not at a multiple of 16 */
  u64 *addresses;  /* of nodes */
  u32 *extra;      /* of a str: label + 1, of a type: number + 1 */
  u32 *visits, *visited, *degrees; /* degrees: edges that have been told, by target */
  u64 visited_count;
  u32 count, walked, tracked_from, tracked_to, orphans_from, orphans_to;
  u32 careful, unused; /* what only looks like an object is among the nodes: nothing of theirs is called, no pointer of theirs trusted */
  HeapType *types;
  HeapMember *members;
  HeapState *states;
  u64 *shared;     /* key tables that several dicts share, seen already */
  HeapRange *ranges;
  u32 type_count, types_sent, member_count, labels_sent, state_count, range_count;
  /* The record that is being written. */
  u8 *buffer, *at, *limit;
  u64 last_address;
  u32 self, next_item, next_visited, odd_count;
} Heap;
extern Heap heap;

/* heap-nodes.c: node + 1 of an address; 0 when there is none, and for `node_of` when there is no object. */
u32 node_at(u64 address);
u32 node_of(u64 address);
u32 node_new(u64 address);
void own_memory(u64 address);
int heap_reserve(void);
HeapType *heap_type_of(u64 type);
int seen_shared(u64 keys);
static inline u64 type_word(u64 object) { return load(object + state.target.object_type); }
static inline i64 items_of(u64 object) { return (i64)load(object + state.target.var_size); }
int is_plain_text(u64 object);
/* That there is memory, where that is not sure. */
int may_read(u64 address, u64 bytes);

/* heap-out.c */
void heap_fail(u64 why) __attribute__((noreturn));
void heap_flush(void);
void object_open(u32 node, u32 flags, const HeapType *type, u64 count, u64 size, u32 site);
void object_close(void);
void words_open(u32 node);
void edge_put(u32 node, u32 kind, u32 number);
void edge_text(u32 node, u32 kind, u64 text); /* labelled by a str object where its name may be told */
void edge_name(u32 node, u32 kind, HeapMember *member);
void root_put(u32 node, u32 kind, u64 text, const char *name);
void frame_root_put(u32 node, u64 code, u64 instruction, u64 thread);
void loose_put(u64 address, u64 size, u32 site);
void heap_end(void);

/* heap-walk.c */
void walk_all(void);
u64 size_of(u64 object, const HeapType *type);
u64 count_of(u64 object);
int is_immortal(u64 object);
u64 header_of(const HeapType *type);
int traverses(u64 object, const HeapType *type);
u32 site_of(u64 object, const HeapType *type);
void visit_all(u64 object, const HeapType *type);
void forget_visits(void);
int take_visit(u32 node);
/* heap-dicts.c */
typedef struct {
  u64 table, entries, count, stride, values;
  u32 split, embedded;
} Keys;
Keys keys_of(u64 table, u64 values);
Keys keys_of_dict(u64 dict);
u64 keys_bytes(u64 table);
void walk_dict(u64 dict, int exact);
void walk_order(u64 dict);
void walk_attributes(u64 object, const HeapType *type);
void walk_shared_keys(u64 table);
/* heap-frames.c */
void find_states(void);
void find_running(void);
void walk_state(u32 node);
u64 local_count(u64 code);
u64 local_name(u64 code, u64 at);
/* heap-words.c */
void walk_words(void);
/* heap-pools.c */
void read_maps(void);
int is_mapped(u64 address, u64 bytes);
void find_orphans(void);
void find_loose(void);
/* heap-roots.c */
void put_roots(void);

typedef struct {
  i64 (*begin)(const HeapTarget *, HeapProgress **); /* the child's pid; -errno */
  i64 (*read)(u8 *, u64, u64 milliseconds);
  i64 (*reap)(u32 *status);
  void (*kill)(void);
  void (*end)(void);
} HeapDoors;
extern const HeapDoors heap_doors;

#endif
