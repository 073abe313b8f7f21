/* A place is its frames, as deep as was asked: equal ones are one site, different ones are two. */
#include "world.h"

static Flavour flavour;

static Ledger *drained(void) {
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  ledger_balance(ledger);
  return ledger;
}
static void expect_sites(u64 code, u32 sites, u32 depth) {
  u32 deepest;
  Ledger *ledger = drained();
  EQUAL(ledger_sites(ledger, code, &deepest), sites);
  EQUAL(deepest, depth);
  ledger_free(ledger);
}

/* main → f → leaf and main → g → leaf */
static void callers(u64 frame_count, u32 sites, u32 depth) {
  world_open(flavour, frame_count);
  u64 main = code_new(), f = code_new(), g = code_new(), leaf = code_new();
  enter(main, 0);
  for (int i = 0; i < 4; i++) {
    enter(i % 2 ? f : g, 4);
    enter(leaf, 8);
    py_malloc(MEM, 1);
    leave();
    leave();
  }
  expect_sites(leaf, sites, depth);
  world_close();
}

/* The leaf's frame stays where it is; only its caller has moved on by one instruction. */
static void caller_moves(u64 frame_count, u32 sites) {
  world_open(flavour, frame_count);
  u64 main = code_new(), leaf = code_new();
  enter(main, 0);
  enter(leaf, 8);
  py_malloc(MEM, 1);
  caller_steps_to(2);
  py_malloc(MEM, 1);
  caller_steps_to(0);
  py_malloc(MEM, 1);
  expect_sites(leaf, sites, (u32)frame_count);
  world_close();
}

/* 40 frames deep, and one change near the bottom. */
static void deep(u64 frame_count) {
  world_open(flavour, frame_count);
  u64 f = code_new(), other = code_new(), leaf = code_new();
  for (int round = 0; round < 2; round++) {
    enter(round ? other : f, 2);
    for (u64 i = 0; i < frame_count - 2; i++) enter(f, 2);
    enter(leaf, 8);
    py_malloc(MEM, 1);
    for (u64 i = 0; i < frame_count; i++) leave();
  }
  for (int i = 0; i < 40; i++) enter(f, 2);
  enter(leaf, 8);
  py_malloc(MEM, 1);
  expect_sites(leaf, 2, (u32)frame_count);
  world_close();
}

/* Frames that the C stack owns link, and are left out; also innermost and outermost ones. */
static void c_owned(void) {
  world_open(PY313, 4);
  u64 main = code_new(), leaf = code_new();
  enter_c_owned();
  enter(main, 0);
  enter_c_owned();
  enter_c_owned();
  enter(leaf, 8);
  py_malloc(MEM, 1);
  enter_c_owned();
  py_malloc(MEM, 1);
  Ledger *ledger = drained();
  u32 depth;
  EQUAL(ledger_sites(ledger, leaf, &depth), 1);
  EQUAL(depth, 2);
  EQUAL(ledger_counts(ledger, 0, MEM, leaf, 8).allocations, 2);
  ledger_free(ledger);
  world_close();
}

/* Only a C-owned frame: no place in Python. */
static void only_c_owned(void) {
  world_open(PY313, 4);
  enter_c_owned();
  py_malloc(MEM, 1);
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, 0, MEM, NOWHERE, ANY).allocations, 1);
  ledger_free(ledger);
  world_close();
}

/* Another function's frame at the same address with the same instruction number. */
static void same_frame_other_code(void) {
  world_open(flavour, 2);
  u64 main = code_new(), f = code_new(), g = code_new();
  enter(main, 0);
  for (int i = 0; i < 6; i++) {
    enter(i % 2 ? f : g, 4);
    py_malloc(MEM, 10);
    leave();
  }
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, 0, MEM, f, 4).allocations, 3);
  EQUAL(ledger_counts(ledger, 0, MEM, g, 4).allocations, 3);
  ledger_free(ledger);
  world_close();
}

/* More places than memos, each visited again and again. */
static void many(u64 frame_count) {
  enum { CODES = 64, PLACES = 100, ROUNDS = 3 };
  world_open(flavour, frame_count);
  u64 codes[CODES], main = code_new();
  for (int i = 0; i < CODES; i++) codes[i] = code_new();
  enter(main, 0);
  for (int round = 0; round < ROUNDS; round++)
    for (u32 place = 0; place < PLACES; place++)
      for (int i = 0; i < CODES; i++) {
        enter(codes[i], place * 2);
        py_free(MEM, py_malloc(MEM, 4));
        leave();
      }
  Ledger *ledger = drained();
  for (int i = 0; i < CODES; i += 13)
    for (u32 place = 0; place < PLACES; place++) {
      EQUAL(ledger_counts(ledger, 0, MEM, codes[i], place * 2).allocations, ROUNDS);
      EQUAL(ledger_counts(ledger, 0, MEM, codes[i], place * 2).frees, ROUNDS);
    }
  ledger_free(ledger);
  world_close();
}

static void recursion(void) {
  world_open(flavour, 16);
  u64 f = code_new();
  for (int i = 0; i < 12; i++) {
    enter(f, 6);
    py_malloc(MEM, 1);
  }
  expect_sites(f, 12, 12);
  world_close();
}

void test_sites(void) {
  static const u64 depths[] = {4, 16, 32};
  for (flavour = 0; flavour < FLAVOURS; flavour++) {
    callers(1, 1, 1);
    callers(2, 2, 2);
    callers(16, 2, 3);
    caller_moves(1, 1);
    caller_moves(2, 2);
    for (int i = 0; i < 3; i++) deep(depths[i]);
    same_frame_other_code();
    many(1);
    many(4);
    recursion();
  }
  c_owned();
  only_c_owned();
}
