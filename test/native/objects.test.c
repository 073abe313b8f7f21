/* Creation events give blocks their types: at once, late, again at the same block; and take them back. */
#include "world.h"

static Flavour flavour;

static Ledger *drained(void) {
  Ledger *ledger = ledger_new();
  commit_pending();
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  return ledger;
}
static void expect(const Ledger *ledger, u64 type, u64 code, i64 allocations, i64 frees) {
  Counts counts = ledger_counts(ledger, type, OBJ, code, ANY);
  EQUAL(counts.allocations, allocations);
  EQUAL(counts.frees, frees);
}

/* list: + + -   dict: + */
static void typed(u64 flags) {
  world_open(flavour, 1);
  u64 list = type_new(flags, 40, 0), dict = type_new(flags, 48, 0), a = code_new();
  enter(a, 0);
  u64 gone = make(list, 120);
  make(list, 120);
  make(dict, 120);
  /* The event told the type: the address of the block follows from the flags. */
  u64 before = (flags & (1 << 14) ? 16u : 0u) + (flags & (1 << 4) ? 16u : 0u);
  py_free(OBJ, at(gone - before));
  Ledger *ledger = drained();
  expect(ledger, list, a, 2, 1);
  expect(ledger, dict, a, 1, 0);
  EQUAL(ledger_counts(ledger, list, OBJ, a, ANY).allocated, 240);
  expect(ledger, 0, ANY, 0, 0);
  ledger_free(ledger);
  world_close();
}

/* Taken at 0, counted without a type; the event comes late and moves it, through a drain in between or not. */
static void retyped(int drain_between) {
  world_open(flavour, 1);
  u64 list = type_new(GC, 40, 0), a = code_new();
  Ledger *ledger = ledger_new();
  enter(a, 0);
  void *block = py_malloc(OBJ, 64), *other = py_malloc(MEM, 8);
  if (drain_between) ledger_take(ledger, 1 << 16, 0);
  created(object_in(block, list));
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(ledger_negative(ledger), drain_between);
  expect(ledger, list, a, 1, 0);
  expect(ledger, 0, a, 0, 0);
  ledger_balance(ledger);
  ledger_free(ledger);
  py_free(MEM, other);
  world_close();
}

/* The free list hands the block out again, elsewhere: the old object ends, a new one begins there. */
static void reused(int told_of_the_end) {
  world_open(flavour, 1);
  u64 tuple = type_new(GC, 24, 8), a = code_new(), b = code_new();
  enter(a, 0);
  u64 object = make(tuple, 56);
  make(tuple, 56);
  if (told_of_the_end) destroyed(object);
  step_to(2);
  enter(b, 0);
  created(object);
  make(tuple, 56);
  Ledger *ledger = drained();
  expect(ledger, tuple, a, 2, 1);
  expect(ledger, tuple, b, 2, 0);
  EQUAL(ledger_counts(ledger, tuple, OBJ, ANY, ANY).freed, 56);
  ledger_free(ledger);
  world_close();
}

/* + - + by way of a free list, with nothing in between: the block that waits for its type has two objects, one after the other. */
static void reused_at_once(void) {
  world_open(flavour, 1);
  u64 tuple = type_new(GC, 24, 8), a = code_new(), b = code_new();
  enter(a, 0);
  u64 object = make(tuple, 56);
  leave();
  for (int i = 0; i < 3; i++) {
    destroyed(object);
    enter(b, 0);
    created(object);
    leave();
  }
  Ledger *ledger = drained();
  expect(ledger, tuple, a, 1, 1);
  expect(ledger, tuple, b, 3, 2);
  ledger_free(ledger);
  world_close();
}

/* Up to 3.11 an object that was resized is told of again: it is the same one. */
static void resized_and_told(void) {
  world_open(flavour, 1);
  u64 bytes = type_new(PLAIN, 33, 1), a = code_new();
  enter(a, 0);
  u64 object = make(bytes, 100);
  void *block = py_realloc(OBJ, at(object), 600);
  created((u64)block);
  block = py_realloc(OBJ, block, 300);
  py_malloc(MEM, 1);
  created((u64)block);
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, bytes, OBJ, a, ANY).allocations - ledger_counts(ledger, bytes, OBJ, a, ANY).frees, 1);
  expect(ledger, 0, a, 0, 0);
  ledger_free(ledger);
  py_free(OBJ, block);
  world_close();
}

/* A block from before the arming on a free list: its size is that of the object. */
static void reused_from_before(void) {
  world_open(flavour, 1);
  u64 tuple = type_new(GC, 24, 8), a = code_new();
  u64 object = object_in(originals[OBJ].malloc(originals[OBJ].ctx, 64), tuple);
  *(u64 *)at(object + 16) = 3;
  enter(a, 0);
  created(object);
  Ledger *ledger = ledger_new();
  make(tuple, 40);
  commit_pending();
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(ledger_counts(ledger, tuple, OBJ, a, ANY).allocations, 2);
  EQUAL(ledger_counts(ledger, tuple, OBJ, a, ANY).allocated, 16 + 24 + 24 + 40);
  ledger_free(ledger);
  world_close();
}

/* Where the tracer tells of ends: once, also when the block goes back to the allocator; a heap type's end is its block's. */
static void destroyed_once(u64 flags, i64 frees_by_event) {
  world_open(flavour, 1);
  u64 type = type_new(flags, 24, 0), a = code_new();
  enter(a, 0);
  u64 object = make(type, 40);
  py_free(MEM, py_malloc(MEM, 8));
  destroyed(object);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  expect(ledger, type, a, 1, tracer ? frees_by_event : 0);
  py_free(OBJ, at(object - 16));
  ledger_take(ledger, 1 << 16, 1);
  expect(ledger, type, a, 1, 1);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* An object block that grows keeps its type; it is told of by no event. */
static void resized_keeps_type(void) {
  world_open(flavour, 1);
  u64 bytes = type_new(PLAIN, 33, 1), a = code_new();
  enter(a, 0);
  u64 object = make(bytes, 100);
  void *block = py_realloc(OBJ, at(object), 400);
  block = py_realloc(OBJ, block, 4000);
  Ledger *ledger = drained();
  expect(ledger, bytes, a, 3, 2);
  expect(ledger, 0, ANY, 0, 0);
  ledger_free(ledger);
  py_free(OBJ, block);
  world_close();
}

/* More types at one place than a memo remembers. */
static void many_types(void) {
  enum { MANY = 40 };
  world_open(flavour, 1);
  u64 a = code_new(), types[MANY];
  for (int i = 0; i < MANY; i++) types[i] = type_new(GC, 40, 0);
  enter(a, 0);
  for (int round = 0; round < 5; round++)
    for (int i = 0; i < MANY; i++) make(types[i], 56);
  Ledger *ledger = drained();
  for (int i = 0; i < MANY; i++) expect(ledger, types[i], a, 5, 0);
  ledger_free(ledger);
  world_close();
}

static void inferring(Target *target) { target->infer_types = 1; }

/* No event at all: the type is read where the object should be, and only when it looks like one. */
static void inferred(void) {
  world_change = inferring;
  world_open(flavour, 1);
  u64 list = type_new(GC, 40, 0), text = type_new(PLAIN, 48, 0), a = code_new();
  enter(a, 0);
  object_in(memset(py_malloc(OBJ, 64), 0, 64), list);
  object_in(memset(py_malloc(OBJ, 64), 0, 64), text);
  memset(py_malloc(OBJ, 64), 0x5a, 64);
  memset(py_malloc(OBJ, 64), 0, 64);
  memset(py_malloc(OBJ, 8), 0, 8);
  py_malloc(MEM, 8);
  Ledger *ledger = drained();
  expect(ledger, list, a, 1, 0);
  expect(ledger, text, a, 1, 0);
  expect(ledger, 0, a, 3, 0);
  ledger_free(ledger);
  world_close();
}

void test_objects(void) {
  for (flavour = 0; flavour < FLAVOURS; flavour++) {
    typed(PLAIN);
    typed(GC);
    typed(HEAP_GC);
    if (flavour >= PY311) typed(MANAGED);
    retyped(0);
    retyped(1);
    reused(0);
    reused(1);
    reused_at_once();
    resized_and_told();
    reused_from_before();
    destroyed_once(GC, 1);
    destroyed_once(HEAP_GC, 0);
    resized_keeps_type();
    many_types();
    inferred();
  }
}
