/* Functions called through stubs: they get every register as it was and their calls are counted; a slot keeps its stub. */
#include <pthread.h>
#include <stdarg.h>

#include "world.h"

static double sum(int count, ...) {
  va_list words;
  va_start(words, count);
  double total = 0;
  for (int i = 0; i < count; i++) total += i % 2 ? va_arg(words, double) : (double)va_arg(words, long);
  va_end(words);
  return total;
}
typedef double (*Sum)(int, ...);

static u64 calls_of(const Ledger *ledger, u32 stub) { return ledger_events(ledger)->calls[stub]; }
static void *slot_of(u32 stub) { return at(door()->call_stub_address(stub)); }

/* More arguments than there are registers, of both kinds. */
static void any_arguments(void) {
  u64 slot = 0;
  world_open(PY313, 1);
  u32 stub = door()->call_stub((u64)&slot, (u64)sum);
  CHECK(stub < MAX_CALLS);
  Sum through = (Sum)slot_of(stub);
  for (int i = 0; i < 10; i++)
    CHECK(through(20, 1l, 0.5, 2l, 0.25, 3l, 0.5, 4l, 0.25, 5l, 0.5, 6l, 0.25, 7l, 0.5, 8l, 0.25, 9l, 0.5, 10l, 0.25) == 58.75);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  EQUAL(calls_of(ledger, stub), 10);
  (void)through(0);
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(calls_of(ledger, stub), 11);
  ledger_free(ledger);
  world_close();
}

#if defined(__x86_64__)
enum { REGISTERS = 14 };
u64 seen_registers[REGISTERS], registers_through, seen_vector[8];
void see_registers(void);
void call_with_registers(void);
/* rax, rbx, rcx, rdx, rsi, rdi, r8 to r15 are 101, 102…; xmm0 to xmm7 are 201, 202… . */
__asm__(".text\n"
        "see_registers:\n"
        ".set see_index, 0\n"
        ".irp name, rax, rbx, rcx, rdx, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15\n"
        "mov %\\name, see_index+seen_registers(%rip)\n"
        ".set see_index, see_index + 8\n"
        ".endr\n"
        ".set see_index, 0\n"
        ".irp name, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "movq %xmm\\name, see_index+seen_vector(%rip)\n"
        ".set see_index, see_index + 8\n"
        ".endr\n"
        "ret\n"
        "call_with_registers:\n"
        "push %rbx\npush %r12\npush %r13\npush %r14\npush %r15\n"
        ".set see_index, 201\n"
        ".irp name, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "mov $see_index, %rax\nmovq %rax, %xmm\\name\n"
        ".set see_index, see_index + 1\n"
        ".endr\n"
        ".set see_index, 101\n"
        ".irp name, rax, rbx, rcx, rdx, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15\n"
        "mov $see_index, %\\name\n"
        ".set see_index, see_index + 1\n"
        ".endr\n"
        "call *registers_through(%rip)\n"
        "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbx\nret\n");

static void every_register(void) {
  world_open(PY313, 1);
  registers_through = (u64)slot_of(door()->call_stub((u64)&registers_through, (u64)see_registers));
  call_with_registers();
  for (u64 i = 0; i < REGISTERS; i++) EQUAL(seen_registers[i], 101 + i);
  for (u64 i = 0; i < 8; i++) EQUAL(seen_vector[i], 201 + i);
  world_close();
}
#else
static void every_register(void) {}
#endif

/* One slot, one stub, in every recording; another function in it is another stub's. Counts begin anew. */
static void a_slot_keeps_its_stub(void) {
  u64 slots[2] = {0, 0};
  world_open(PY313, 1);
  u32 first = door()->call_stub((u64)&slots[0], (u64)sum), second = door()->call_stub((u64)&slots[1], (u64)sum);
  CHECK(first != second);
  EQUAL(door()->call_stub((u64)&slots[0], (u64)sum), first);
  (void)((Sum)slot_of(first))(0);
  world_close();
  (void)((Sum)slot_of(first))(0);
  world_open(PY313, 1);
  EQUAL(door()->call_stub((u64)&slots[0], (u64)sum), first);
  CHECK(door()->call_stub((u64)&slots[0], (u64)malloc) != first);
  (void)((Sum)slot_of(second))(0);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(calls_of(ledger, first), 0);
  EQUAL(calls_of(ledger, second), 1);
  ledger_free(ledger);
  world_close();
}

enum { CALLERS = 4, EACH = 50000 };
static void *calls(void *stub) {
  for (int i = 0; i < EACH; i++) (void)((Sum)stub)(0);
  return NULL;
}
/* Not every call holds the GIL (PyGILState_Ensure): none is lost. */
static void at_once(void) {
  u64 slot = 0;
  pthread_t threads[CALLERS];
  world_open(PY313, 1);
  u32 stub = door()->call_stub((u64)&slot, (u64)sum);
  for (int i = 0; i < CALLERS; i++) pthread_create(&threads[i], NULL, calls, slot_of(stub));
  for (int i = 0; i < CALLERS; i++) pthread_join(threads[i], NULL);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(calls_of(ledger, stub), CALLERS * EACH);
  ledger_free(ledger);
  world_close();
}

static void no_stub_is_left(void) {
  static u64 slots[MAX_CALLS + 1];
  world_open(PY313, 1);
  u32 stub = 0;
  for (u32 i = 0; i <= MAX_CALLS; i++) stub = door()->call_stub((u64)&slots[i], (u64)sum);
  EQUAL(stub, MAX_CALLS);
  CHECK(((Sum)slot_of(MAX_CALLS - 1))(2, 3l, 0.5) == 3.5);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 640, 1);
  EQUAL(calls_of(ledger, MAX_CALLS - 1), 1);
  ledger_free(ledger);
  world_close();
}

void test_calls(void) {
  any_arguments();
  every_register();
  a_slot_keeps_its_stub();
  at_once();
  no_stub_is_left();
}
