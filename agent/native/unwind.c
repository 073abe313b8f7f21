/* Registers at any instruction in, the return addresses of its callers out, by the unwind tables that every module carries (.eh_frame, found by
   .eh_frame_hdr). Rules are kept by instruction, so that a table is read once. All memory is read as if it might not be there. Next: watch.c. */
#include "core.h"
#include "unwind.h"

enum { BX, BP, R12, SAVED = 6, SP = SAVED, IP, REGISTERS };
enum { RULE_TRIES = 16, WINDOW = STACK_WINDOW };

static int word_at(Stack *stack, u64 address, u64 *word) {
  if (address & 7) return 0;
  if (address < stack->from || address + 8 > stack->from + stack->length) {
    stack->from = address;
    stack->length = os_read(address, stack->words, WINDOW);
    if (stack->length < 8) stack->length = os_read(address, stack->words, 4096 - (address & 4095) < WINDOW ? 4096 - (address & 4095) : WINDOW);
  }
  if (address + 8 > stack->from + stack->length) return 0;
  *word = stack->words[(address - stack->from) / 8];
  return 1;
}

static const WatchModule *module_of(u64 address) {
  const WatchModules *all = __atomic_load_n(&watch.modules, __ATOMIC_ACQUIRE);
  u32 low = 0, high = all->count;
  while (low < high) {
    u32 middle = (low + high) / 2;
    if (all->modules[middle].base <= address) low = middle + 1;
    else high = middle;
  }
  return low && address < all->modules[low - 1].end ? &all->modules[low - 1] : NULL;
}

static Rule rule_from(u64 address) {
  const WatchModule *module = module_of(address);
  Rule rule = {0, RULE_NONE, 0, {0}, 0};
  if (module) rule_read(module, address, &rule);
  return rule;
}

/* A rule that another thread is making right now is made twice. */
static Rule rule_at(u64 address) {
  u32 mask = (1u << RULE_BITS) - 1, at = (u32)mix(address) & mask;
  for (u32 tries = 0; tries < RULE_TRIES; tries++, at = (at + 1) & mask) {
    RuleSlot *slot = &watch.rules[at];
    u64 found = __atomic_load_n(&slot->address, __ATOMIC_ACQUIRE), nobody = 0;
    if (found == address) return __atomic_load_n(&slot->ready, __ATOMIC_ACQUIRE) ? slot->rule : rule_from(address);
    if (found || !__atomic_compare_exchange_n(&slot->address, &nobody, address, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) continue;
    slot->rule = rule_from(address);
    __atomic_store_n(&slot->ready, 1u, __ATOMIC_RELEASE);
    return slot->rule;
  }
  return rule_from(address);
}

/* The caller's registers in place of its callee's; 0 at the end. `at` is the instruction that the rule is of. */
static int step(u64 *registers, u64 at, Stack *stack) {
  Rule rule = rule_at(at);
  if (rule.kind == RULE_NONE) return 0;
  u64 frame = registers[rule.cfa] + (u64)rule.offset;
  if (rule.kind == RULE_DEREFERENCE && !word_at(stack, frame, &frame)) return 0;
  if (frame <= registers[SP] || !word_at(stack, frame - 8, &registers[IP])) return 0;
  u64 own = registers[BP] + 8;
  for (u32 i = 0; i < SAVED; i++)
    if (rule.saved[i] && !word_at(stack, (rule.by_own >> i & 1 ? own : frame) - 8ul * rule.saved[i], &registers[i])) return 0;
  registers[SP] = frame;
  return registers[IP] != 0;
}

static int evaluates(u64 address) { return address >= state.target.errors.evaluator && address < state.target.errors.evaluator_end; }

u32 unwind(const u64 *from, Stack *stack, u64 out[MOST_NATIVE]) {
#if !defined(__x86_64__)
  return (void)from, (void)out, (void)stack, (void)step, (void)evaluates, 0;
#else
  u64 registers[REGISTERS] = {from[REG_BX], from[REG_BP], from[REG_12], from[REG_13], from[REG_14], from[REG_15], from[REG_SP], from[REG_IP]};
  out[0] = registers[IP];
  u32 depth = 1;
  /* A return address may be the first byte of the next function: the call is one byte before. */
  for (u64 at = registers[IP]; depth < MOST_NATIVE && !evaluates(at) && step(registers, at, stack); at = registers[IP] - 1) out[depth++] = registers[IP];
  return depth;
#endif
}

void module_add(u64 base, u64 size) {
  WatchModules *all = watch.next_modules;
  WatchModule module = {base, base + size, 0, 0};
  if (!all || all->count >= MAX_WATCH_MODULES || !module_table(&module)) return;
  u32 at = all->count++;
  for (; at > 0 && all->modules[at - 1].base > base; at--) all->modules[at] = all->modules[at - 1];
  all->modules[at] = module;
}

/* What was told since the last time takes the place of what was before, which stays for who is reading it. */
void modules_done(void) {
  WatchModules *before = watch.modules;
  if (!before) return; /* nothing is followed yet */
  __atomic_store_n(&watch.modules, watch.next_modules, __ATOMIC_RELEASE);
  watch.next_modules = before;
  before->count = 0;
}
