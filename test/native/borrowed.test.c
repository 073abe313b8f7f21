/* Calls of a module and of the C API drawn by hand: which uses of a borrowed reference are told, that nothing of a scope stays in the filter,
   and that an audit alone counts no objects. */
#include "../../agent/native/audit.h"
#include "world.h"

u64 audit_enter(u32 id, u64 *frame);
void audit_leave(u32 id, u64 *frame, u64 result);
u64 audit_call(u32 id, u64 *frame, u64 from);
void audit_called(u32 id, u64 *frame, u64 result);

static Flavour flavour;
static u64 list_type, item_type, list, item, stack[256];
static u32 function, get_item, set_item, new_item, save_thread, print;
enum { LENDS = API_BORROWED | API_CONTAINER, LIST_SIZE = 16, ERROR_WORD = 240, FRAME = 200, CALL = 100 };

static void for_audit(Target *target) {
  target->collect = COLLECT_AUDIT;
  target->errors.current = ERROR_WORD;
}

/* As many slots as functions of the API, named by their numbers. */
static u32 api(u64 slot, u64 flags, u64 uses) {
  const ApiRule rule = {.flags = flags, .uses = uses};
  return (u32)((audit_doors.call(slot, slot, &rule) - (u64)audit_call_stubs) / 16);
}

static u64 counted_object(u64 type, i64 size) {
  u64 object = make(type, 64);
  *(u64 *)at(object + LIST_SIZE) = (u64)size;
  return object;
}
static void add(u64 object, int by) { *(u32 *)at(object) += (u32)by; }
static void free_object(u64 object) { py_free(OBJ, at(object - (load(load(object + 8) + 168) & (1 << 14) ? 16 : 0))); }

static void open_scene(void) {
  world_change = for_audit;
  world_open(flavour, 1);
  list_type = type_new(GC, 40, 0), item_type = type_new(HEAP_GC, 40, 0);
  u64 others = type_new(PLAIN, 16, 0);
  const AuditTarget target = {.count_bytes = flavour == PY313 ? 4 : 8, .tuple_type = others, .list_type = others, .tuple_items = 24, .module_type = others};
  CHECK(audit_doors.prepare(&target));
  function = entry_of(0x1000, 0x2000, SHAPE_TWO, GIVES_OBJECT, (u64) "f", 0);
  get_item = api(1, LENDS, 1), set_item = api(2, API_DROPS, 1), new_item = api(3, API_NEW, 0), save_thread = api(4, 0, 0), print = api(5, 0, 1);
  audit_doors.begin();
  list = counted_object(list_type, 2);
  item = counted_object(item_type, 0);
  add(list, 1);
  u64 *arguments = stack + FRAME;
  arguments[0] = counted_object(others, 0), arguments[1] = list;
  CHECK(audit_enter(function, arguments) == 0x1000);
}

/* A call with its first argument; `within` is what CPython does meanwhile. */
static void call(u32 id, u64 argument, void (*within)(void), u64 result) {
  u64 *frame = stack + CALL;
  for (int i = 0; i < 8; i++) frame[i] = 0;
  frame[0] = argument;
  (void)audit_call(id, frame, 0x3000);
  if (within) within();
  audit_called(id, frame, result);
}

static u64 told(void) {
  u64 count = 0;
  for (u32 i = 1; i <= audit.finding_count; i++)
    if (audit.findings[i].rule == RULE_BORROWED_USED_AFTER_FREE) count += audit.findings[i].count;
  return count;
}

static void close_scene(u64 wanted) {
  audit_leave(function, stack + FRAME, 0);
  EQUAL(told(), wanted);
  u64 left = 0, totals[4];
  for (u32 i = 0; i < 1u << FILTER_BITS; i++) left += audit_filter[i];
  EQUAL(left, 0);
  door()->totals(totals);
  EQUAL(totals[0] + totals[1], 0);
  world_close();
}

static void longer(void) { *(u64 *)at(list + LIST_SIZE) += 1; }
static void let_gil_go(void) { gil(0); }
static void free_item(void) { free_object(item); }
static void free_and_make(void) {
  free_object(item);
  EQUAL(make(item_type, 64), item);
}
static void free_list(void) { free_object(list); }

/* get set use: told.   get (own) set use: not.   get put use: not, for nothing went out. */
static void changed(int own, void (*within)(void), u64 wanted) {
  open_scene();
  call(get_item, list, NULL, item);
  add(item, own);
  call(set_item, list, within, 0);
  call(print, item, NULL, 0);
  call(print, item, NULL, 0); /* once is enough */
  add(item, -own);
  close_scene(wanted);
}

/* get save restore use */
static void released(int own, u64 wanted) {
  open_scene();
  call(get_item, list, NULL, item);
  add(item, own);
  call(save_thread, 0, let_gil_go, 0);
  gil(1);
  call(print, 0, NULL, 0);
  call(print, item, NULL, 0);
  add(item, -own);
  close_scene(wanted);
}

/* new get set use: nobody else has the list. */
static void of_its_own(void) {
  open_scene();
  u64 made = counted_object(list_type, 2);
  call(new_item, 0, NULL, made);
  call(get_item, made, NULL, item);
  call(set_item, made, NULL, 0);
  call(print, item, NULL, 0);
  add(made, -1);
  free_object(made);
  close_scene(0);
}

/* get get set use: the newest loan counts. */
static void lent_again(void) {
  open_scene();
  call(get_item, list, NULL, item);
  call(set_item, list, NULL, 0);
  call(get_item, list, NULL, item);
  call(print, item, NULL, 0);
  close_scene(0);
}

/* More loans than there is room for: the newest are known. */
static void many(void) {
  open_scene();
  for (int i = 0; i < 3 * MOST_BORROWED; i++) call(get_item, list, NULL, i % 2 ? item : counted_object(item_type, 0));
  call(set_item, list, NULL, 0);
  call(print, item, NULL, 0);
  close_scene(1);
}

void test_borrowed(void) {
  const Flavour flavours[] = {PY311, PY313};
  for (int i = 0; i < 2; i++) {
    flavour = flavours[i];
    changed(0, NULL, 1);
    changed(1, NULL, 0);
    changed(0, longer, 0);
    changed(0, free_item, 1);
    changed(0, free_and_make, 0);
    changed(0, free_list, 0);
    released(0, 1);
    released(1, 0);
    of_its_own();
    lent_again();
    many();
  }
}
