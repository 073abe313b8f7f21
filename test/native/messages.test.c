/* Exceptions with a text in each form that CPython keeps one in; the first message of an error, cut to what is kept, out. */
#include "indicator.h"

enum { KEPT = 251, LONG = 400 };
/* PyASCIIObject.state: kind, compact, ascii. */
enum { COMPACT = 1 << 5, ASCII = 1 << 6 };
static u32 state_of(u32 kind, int ascii) { return kind << 2 | COMPACT | (ascii ? ASCII : 0); }

static struct {
  u64 count, type, length, hash;
  u32 state, pad;
  u64 wide;
  u8 rest[24 + 4 * LONG];
} text;

static u64 text_new(u32 kind, int ascii, u64 length, u32 first) {
  memset(&text, 0, sizeof text);
  text.type = state.target.errors.unicode_type;
  text.length = length;
  text.state = state_of(kind, ascii);
  u8 *data = (u8 *)&text + (ascii ? state.target.errors.unicode_ascii : state.target.errors.unicode_compact);
  for (u64 i = 0; i < length; i++) {
    u32 c = first + (u32)(i % 20);
    memcpy(data + i * kind, &c, kind);
  }
  return (u64)&text;
}

static u8 kept[MESSAGE_BYTES];
static u64 message_of(u64 type, u64 value) {
  set_object(type, value);
  (void)fetch();
  door()->errors_commit();
  return door()->error_message(door()->error_keys(), kept);
}

/* Bytes a character takes in UTF-8; what is kept ends between two characters. */
static void in_utf8(u32 kind, int ascii, u32 first, u64 bytes) {
  errors_open(PY311, (Told){1, 0});
  enter(code_new(), 2);
  u64 type = error_type();
  EQUAL(message_of(type, text_new(kind, ascii, 3, first)), 3 * bytes);
  step_to(4);
  u64 length = message_of(type, text_new(kind, ascii, LONG, first));
  EQUAL(length, (KEPT + bytes - 1) / bytes * bytes);
  CHECK(length < MESSAGE_BYTES);
  u32 lead = bytes == 1 ? first : bytes == 2 ? 0xc0 | first >> 6 : bytes == 3 ? 0xe0 | first >> 12 : 0xf0 | first >> 18;
  EQUAL(kept[0], lead);
  EQUAL(kept[bytes - 1], bytes == 1 ? first : 0x80 | (first & 63));
  errors_close(errors_ended());
}

/* Of the exception or of the arguments; of nothing else. */
static void where_it_stands(void) {
  errors_open(PY311, (Told){1, 0});
  u64 type = error_type(), sub = type_new(PLAIN | 1ul << 30, 72, 0), tuple_type = type_new(PLAIN | 1ul << 26, 24, 8);
  u64 string = text_new(1, 1, 5, 'a');
  u64 tuple[] = {1, tuple_type, 1, string}, empty[] = {1, tuple_type, 0, string}, number[] = {1, type_new(PLAIN, 28, 4), 7};
  u64 tuple_of_number[] = {1, tuple_type, 1, (u64)number}, error[] = {1, sub, (u64)tuple}, silent[] = {1, sub, 0};
  u64 texts[] = {string, (u64)tuple, (u64)error}, none[] = {0, (u64)empty, (u64)number, (u64)tuple_of_number, (u64)silent};
  enter(code_new(), 0);
  u32 instruction = 2;
  for (u64 i = 0; i < sizeof texts / sizeof *texts; i++) {
    step_to(instruction += 2);
    EQUAL(message_of(type, texts[i]), 5);
    EQUAL(memcmp(kept, "abcde", 5), 0);
  }
  for (u64 i = 0; i < sizeof none / sizeof *none; i++) {
    step_to(instruction += 2);
    EQUAL(message_of(type, none[i]), 0);
  }
  text.state &= ~(u32)COMPACT; /* an old-style string keeps its characters elsewhere */
  step_to(instruction += 2);
  EQUAL(message_of(type, string), 0);
  errors_close(errors_ended());
}

static void first_alone(void) {
  errors_open(PY311, (Told){1, 0});
  enter(code_new(), 2);
  u64 type = error_type();
  EQUAL(message_of(type, text_new(1, 1, 4, 'a')), 4);
  EQUAL(message_of(type, text_new(1, 1, 9, 'x')), 4);
  EQUAL(kept[0], 'a');
  errors_close(errors_ended());
}

/* Nobody asked for them: none is read. */
static void not_asked_for(void) {
  errors_open(PY311, (Told){0, 0});
  enter(code_new(), 2);
  EQUAL(message_of(error_type(), text_new(1, 1, 4, 'a')), 0);
  errors_close(errors_ended());
}

void test_messages(void) {
  in_utf8(1, 1, 'a', 1);
  in_utf8(1, 0, 0xe0, 2);
  in_utf8(2, 0, 0x3b1, 2);
  in_utf8(2, 0, 0x4e00, 3);
  in_utf8(4, 0, 0x4e00, 3);
  in_utf8(4, 0, 0x1f600, 4);
  where_it_stands();
  first_alone();
  not_asked_for();
}
