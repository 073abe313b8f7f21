/* CPython's functions that set, clear or replace the error indicator in; counts per (act, type, site) out. Almost everything that raises
   goes through _PyErr_SetObject (Python/errors.c). Under the GIL. Next: drain-errors.c. */
#include "core.h"

#define ERRORS (state.errors)
#define AT (state.target.errors)

static u32 key_of_error(u32 act, u32 type, u32 site) {
  u64 content = ((u64)site << 34) ^ ((u64)type << 2) ^ act;
  u32 mask = MAX_ERROR_KEYS * 2 - 1, at = (u32)mix(content) & mask;
  for (; ERRORS.key_buckets[at]; at = (at + 1) & mask) {
    const ErrorKey *key = &ERRORS.keys[ERRORS.key_buckets[at]];
    if (key->act == act && key->type == type && key->site == site) return ERRORS.key_buckets[at];
  }
  if (ERRORS.key_count + 1 >= MAX_ERROR_KEYS) return 0;
  u32 id = ERRORS.key_count + 1;
  ERRORS.keys[id] = (ErrorKey){act, type, site, 0};
  ERRORS.key_buckets[at] = id;
  __atomic_store_n(&ERRORS.key_count, id, __ATOMIC_RELEASE);
  return id;
}

/* When there is no room for a key of its own, it counts where everything without a place does. */
static u32 key_or_overflow(u32 act, u64 type, u32 site) {
  u32 key = key_of_error(act, type_id(type), site);
  return key ? key : key_of_error(act, 0, OVERFLOW_SITE);
}

/* The handled exception becomes the __context__ of the one that is raised (_PyErr_GetTopmostException). */
static inline int is_handling(u64 thread) {
  for (u64 item = load(thread + AT.handled); item; item = load(item + AT.handled_before)) {
    u64 value = load(item + AT.handled_value);
    if (value && value != AT.none) return 1;
  }
  return 0;
}

/* 0 in another interpreter, whose GIL is not ours. */
static inline int is_main(u64 thread) { return load(thread + state.target.thread_interpreter) == state.target.main_interpreter; }

static COLD u32 site_without_frame(u64 native) {
  Site site = {native_id(native), 0, {{0, 0}}};
  return native ? site_id(&site) : OVERFLOW_SITE;
}

static u32 site_of(u64 thread, u64 native) {
  const Memo *memo = memo_of_thread(thread, native);
  return memo ? memo->site : site_without_frame(native);
}

static COLD ErrorMemo *renew_memo(ErrorMemo *known, const Memo *memo, u64 type, u32 site) {
  *known = (ErrorMemo){memo, type, site, key_or_overflow(RAISED, type, site)};
  return known;
}

/* A raise comes again and again from the same instructions. */
static inline u32 key_of_raise(const Memo *memo, u64 type) {
  if (UNLIKELY(!memo)) return key_or_overflow(RAISED, type, OVERFLOW_SITE);
  u64 hash = (((u64)memo >> 4) ^ (type >> 4)) * 0x9E3779B97F4A7C15ul;
  ErrorMemo *known = &ERRORS.memos[hash >> (64 - ERROR_MEMO_BITS)];
  if (UNLIKELY(known->memo != memo || known->type != type || known->site != memo->site)) known = renew_memo(known, memo, type, memo->site);
  return known->key;
}

static inline int is_code_of(const Range *ranges, u32 count, u64 address) {
  for (u32 i = 0; i < count; i++)
    if (address - ranges[i].from < ranges[i].to - ranges[i].from) return 1;
  return 0;
}

enum { SCANNED_PIECES = 4, PIECE_WORDS = 128 };

/* 1: an address of an extension; -1: the evaluator, above which everything is somebody else's; 0: neither. */
static int who_is(u64 address) {
  if (address - AT.evaluator < AT.evaluator_end - AT.evaluator) return -1;
  return is_code_of(ERRORS.extensions, ERRORS.extension_count, address);
}

/* The return address into an extension module that is nearest on this thread's stack, below the Python code that called it; 0: the
   interpreter did it itself. A word may be a remnant: so it is asked only where something is unusual. The stack may end before the piece does. */
static COLD u64 extension_on_stack(void) {
  u64 words[PIECE_WORDS], at = (u64)__builtin_frame_address(0);
  for (u32 piece = 0; piece < SCANNED_PIECES; piece++, at += sizeof words) {
    u64 count = os_read(at, words, sizeof words) / 8;
    for (u64 i = 0; i < count; i++) {
      int who = who_is(words[i]);
      if (who) return who > 0 ? words[i] : 0;
    }
  }
  return 0;
}

static inline void count_error(u32 key, int chained) {
  if (UNLIKELY(!key)) {
    __atomic_fetch_add(&ERRORS.dropped, 1, __ATOMIC_RELAXED);
    return;
  }
  ERRORS.events++;
  BUMP(ERRORS.counts[key].count, 1);
  if (chained) BUMP(ERRORS.counts[key].chained, 1);
}

static COLD void error_lost(u64 thread, u32 act, u64 type) { count_error(key_or_overflow(act, type, site_of(thread, extension_on_stack())), 0); }

static COLD void keep_message(u32 key, u64 value);

void errors_commit(void) {
  if (ERRORS.newest.thread) count_error(ERRORS.newest.key, (int)ERRORS.newest.chained);
  ERRORS.newest.thread = 0;
}

u64 error_waiting(void) { return ERRORS.newest.thread ? ERRORS.raises : 0; }

static inline void new_raise(u64 thread, u64 type, u64 value) {
  const Memo *memo = memo_of_thread(thread, 0);
  u32 key = key_of_raise(memo, type);
  if (UNLIKELY(AT.messages && !ERRORS.counts[key].count)) keep_message(key, value);
  errors_commit();
  ERRORS.newest = (Raise){thread, type, memo, key, (u32)is_handling(thread), memo ? memo->site : 0, 0};
  ERRORS.raises++;
  ERRORS.lost_error = 0;
}

static inline void raised(u64 thread, u64 type, u64 value) {
  u64 pending = type_of_error(error_set_in(thread));
  if (UNLIKELY(pending != 0)) error_lost(thread, OVERWRITTEN, pending);
  new_raise(thread, type, value);
}

/* 1 when the newest raise is what is cleared, and nothing else has happened since: the same instruction runs. */
static inline int was_a_question(u64 thread, u64 type) {
  const Raise *newest = &ERRORS.newest;
  if (newest->thread != thread || newest->type != type || !newest->memo) return 0;
  const Memo *memo = memo_of_thread(thread, 0);
  return memo == newest->memo && memo->site == newest->site; /* a memo may have been given to another instruction */
}

static inline int counts_in(u64 thread) {
  if (UNLIKELY(!(state.collected & COLLECT_ERRORS) || !thread)) return 0;
  if (LIKELY(is_main(thread))) return 1;
  __atomic_fetch_add(&ERRORS.dropped, 1, __ATOMIC_RELAXED);
  return 0;
}

#define ORIGINAL(patch) (state.code_patches[patch].original)

/* It clears an error that is set itself, where it chains them: that one has been told as overwritten. */
static void set_object(u64 thread, u64 type, u64 value) {
  if (counts_in(thread)) {
    u64 pending = error_set_in(thread);
    raised(thread, type, value);
    ERRORS.lost_error = pending;
  }
  ((void (*)(u64, u64, u64))ORIGINAL(ERROR_SET_OBJECT))(thread, type, value);
  ERRORS.lost_error = 0;
}

/* A build may have compiled this apart from set_object, or end in it. */
static void set_none(u64 thread, u64 type) {
  u64 before = ERRORS.raises;
  ((void (*)(u64, u64))ORIGINAL(ERROR_SET_NONE))(thread, type);
  if (ERRORS.raises == before && counts_in(thread)) new_raise(thread, type, 0);
}

/* What is about to be lost is counted once: these functions end in one another. A clear of what C code has just raised costs the least;
   who cleared anything else is told only when details are asked for. */
static COLD void lost_in_detail(u64 thread, u32 act, u64 type) {
  ERRORS.lost_error = error_set_in(thread);
  if (was_a_question(thread, type)) ERRORS.newest.thread = 0;
  error_lost(thread, act, type);
}

static inline void lose(u64 thread, u32 act) {
  if (!(state.collected & COLLECT_ERRORS) || !thread || !is_main(thread)) return;
  u64 type = type_of_error(error_set_in(thread));
  if (LIKELY(!type) || ERRORS.lost_error == error_set_in(thread)) return;
  if (AT.details) lost_in_detail(thread, act, type);
  else if (act == CLEARED && was_a_question(thread, type)) {
    ERRORS.newest.thread = 0;
    count_error(key_or_overflow(CLEARED, type, ERRORS.newest.site), 0);
  }
}

static void clear_of(u64 thread) {
  lose(thread, CLEARED);
  ((void (*)(u64))ORIGINAL(ERROR_CLEAR_OF))(thread);
}
static void clear(void) {
  lose(thread_with_gil(), CLEARED);
  ((void (*)(void))ORIGINAL(ERROR_CLEAR))();
}
static void restore_of(u64 thread, u64 type, u64 value, u64 traceback) {
  if (UNLIKELY(!type)) lose(thread, CLEARED);
  ((void (*)(u64, u64, u64, u64))ORIGINAL(ERROR_RESTORE_OF))(thread, type, value, traceback);
}
static void restore(u64 type, u64 value, u64 traceback) {
  lose(thread_with_gil(), type ? OVERWRITTEN : CLEARED);
  ((void (*)(u64, u64, u64))ORIGINAL(ERROR_RESTORE))(type, value, traceback);
}
static void set_raised(u64 error) {
  lose(thread_with_gil(), error ? OVERWRITTEN : CLEARED);
  ((void (*)(u64))ORIGINAL(ERROR_SET_RAISED))(error);
}

/* By ERROR_… of core.h, in order. */
void *const error_wrappers[] = {(void *)set_object, (void *)set_none, (void *)clear_of, (void *)clear, (void *)restore_of, (void *)restore, (void *)set_raised};

void extension_note(u64 from, u64 to) {
  if (ERRORS.extension_count >= MAX_RANGES) return;
  ERRORS.extensions[ERRORS.extension_count] = (Range){from, to};
  __atomic_store_n(&ERRORS.extension_count, ERRORS.extension_count + 1, __ATOMIC_RELEASE);
}

#define TP_TUPLE_SUBCLASS 26
#define TP_BASE_EXC_SUBCLASS 30
static inline int is_subclass(u64 object, u32 bit) { return load(load(object + state.target.object_type) + state.target.type_flags) >> bit & 1; }

/* The text of an error: a str, or the first argument of an exception or a tuple of arguments when that is one; 0: there is none. */
static u64 text_of(u64 value) {
  if (value && is_subclass(value, TP_BASE_EXC_SUBCLASS)) value = load(value + AT.arguments);
  if (value && is_subclass(value, TP_TUPLE_SUBCLASS)) value = load(value + AT.tuple_size) ? load(value + AT.tuple_items) : 0;
  return value && load(value + state.target.object_type) == AT.unicode_type ? value : 0;
}

static u32 put_utf8(u8 *out, u32 c) {
  if (c < 0x80) return out[0] = (u8)c, 1;
  if (c < 0x800) return out[0] = (u8)(0xc0 | c >> 6), out[1] = (u8)(0x80 | (c & 63)), 2;
  if (c < 0x10000) return out[0] = (u8)(0xe0 | c >> 12), out[1] = (u8)(0x80 | (c >> 6 & 63)), out[2] = (u8)(0x80 | (c & 63)), 3;
  out[0] = (u8)(0xf0 | c >> 18), out[1] = (u8)(0x80 | (c >> 12 & 63)), out[2] = (u8)(0x80 | (c >> 6 & 63)), out[3] = (u8)(0x80 | (c & 63));
  return 4;
}

static inline u32 character(u64 data, u32 kind, u64 i) {
  return kind == 1 ? load8(data + i) : kind == 2 ? *(const u16 *)(data + 2 * i) : load32(data + 4 * i);
}

/* PyASCIIObject.state: kind in bits 2 to 4, compact, ascii (cpython/unicodeobject.h). */
static COLD void keep_message(u32 key, u64 value) {
  u64 text = text_of(value);
  u32 kept = 0, bits = text ? load32(text + AT.unicode_state) : 0, kind = bits >> 2 & 7;
  if (!(bits >> 5 & 1)) return;
  u64 length = load(text + AT.unicode_length), data = text + (bits >> 6 & 1 ? AT.unicode_ascii : AT.unicode_compact);
  u8 *out = ERRORS.messages[key].text;
  for (u64 i = 0; i < length && kept < MESSAGE_BYTES - 5; i++) kept += put_utf8(out + kept, character(data, kind, i));
  out[kept] = 0;
}

u32 error_keys(void) { return __atomic_load_n(&ERRORS.key_count, __ATOMIC_ACQUIRE); }

u64 error_message(u32 key, u8 out[MESSAGE_BYTES]) {
  u64 length = 0;
  for (; length < MESSAGE_BYTES - 1 && ERRORS.messages[key].text[length]; length++) out[length] = ERRORS.messages[key].text[length];
  return length;
}
