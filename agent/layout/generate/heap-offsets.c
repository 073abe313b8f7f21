/* CPython's own headers in, the offsets that a walk of the heap needs out as one JSON object: compiled once per version by generate.mjs. */
#define Py_BUILD_CORE 1
#include <Python.h>
#include <stddef.h>
#include <stdio.h>
#include "structmember.h"
#include "internal/pycore_pystate.h"
#if PY_VERSION_HEX >= 0x03090000
#include "internal/pycore_gc.h"
#include "internal/pycore_interp.h"
#include "internal/pycore_runtime.h"
#else
#include "internal/pycore_pymem.h"
#endif
#if PY_VERSION_HEX >= 0x030b0000
#include "internal/pycore_code.h"
#include "internal/pycore_dict.h"
#include "internal/pycore_frame.h"
#if PY_VERSION_HEX >= 0x030e0000
#include "internal/pycore_interpframe.h"
#endif
#else
#include "frameobject.h"
/* Objects/dict-common.h, which is not installed. */
struct _dictkeysobject { Py_ssize_t dk_refcnt, dk_size; void *dk_lookup; Py_ssize_t dk_usable, dk_nentries; char dk_indices[]; };
#endif
#if PY_VERSION_HEX < 0x03090000
typedef struct _is Interpreter;
typedef struct _gc_runtime_state Collector;
#else
typedef PyInterpreterState Interpreter;
typedef struct _gc_runtime_state Collector;
#endif

#define OFFSET(name, type, field) printf("\"" name "\":%zu,", offsetof(type, field))
#define SIZE(name, type) printf("\"" name "\":%zu,", sizeof(type))

static void interpreter(void) {
#if PY_VERSION_HEX < 0x03090000
  OFFSET("runtimeCollector", _PyRuntimeState, gc);
#else
  OFFSET("interpreterCollector", Interpreter, gc);
#endif
  OFFSET("collectorGenerations", Collector, generations);
  OFFSET("collectorPermanent", Collector, permanent_generation);
  SIZE("generationBytes", struct gc_generation);
  SIZE("interpreterBytes", Interpreter);
  SIZE("runtimeBytes", _PyRuntimeState);
  SIZE("threadBytes", PyThreadState);
#if PY_VERSION_HEX >= 0x030c0000
  OFFSET("interpreterModules", Interpreter, imports.modules);
#else
  OFFSET("interpreterModules", Interpreter, modules);
#endif
  OFFSET("interpreterSysDict", Interpreter, sysdict);
  OFFSET("interpreterBuiltins", Interpreter, builtins);
#if PY_VERSION_HEX >= 0x030b0000
  OFFSET("interpreterThreads", Interpreter, threads.head);
  OFFSET("threadNativeId", PyThreadState, native_thread_id);
#else
  OFFSET("interpreterThreads", Interpreter, tstate_head);
#endif
  OFFSET("threadNext", PyThreadState, next);
  OFFSET("threadId", PyThreadState, thread_id);
}

static void types(void) {
  OFFSET("typeTraverse", PyTypeObject, tp_traverse);
  OFFSET("typeIsGc", PyTypeObject, tp_is_gc);
  OFFSET("typeMembers", PyTypeObject, tp_members);
  OFFSET("typeBase", PyTypeObject, tp_base);
  OFFSET("typeDict", PyTypeObject, tp_dict);
  OFFSET("typeBases", PyTypeObject, tp_bases);
  OFFSET("typeMro", PyTypeObject, tp_mro);
  OFFSET("typeCache", PyTypeObject, tp_cache);
  OFFSET("typeSubclasses", PyTypeObject, tp_subclasses);
  OFFSET("typeCachedKeys", PyHeapTypeObject, ht_cached_keys);
  OFFSET("typeOwnName", PyHeapTypeObject, ht_name);
  OFFSET("typeQualifiedName", PyHeapTypeObject, ht_qualname);
  OFFSET("typeSlots", PyHeapTypeObject, ht_slots);
}

static void containers(void) {
  OFFSET("dictKeys", PyDictObject, ma_keys);
  OFFSET("dictValues", PyDictObject, ma_values);
  OFFSET("keysEntryCount", struct _dictkeysobject, dk_nentries);
  OFFSET("keysIndices", struct _dictkeysobject, dk_indices);
#if PY_VERSION_HEX >= 0x030b0000
  OFFSET("keysLogSize", struct _dictkeysobject, dk_log2_size);
  OFFSET("keysLogIndexBytes", struct _dictkeysobject, dk_log2_index_bytes);
  OFFSET("keysKind", struct _dictkeysobject, dk_kind);
  OFFSET("valuesFirst", struct _dictvalues, values);
#else
  OFFSET("keysSize", struct _dictkeysobject, dk_size);
  printf("\"valuesFirst\":0,");
#endif
#if PY_VERSION_HEX >= 0x030d0000
  OFFSET("valuesEmbedded", struct _dictvalues, embedded);
  OFFSET("valuesValid", struct _dictvalues, valid);
#endif
  OFFSET("listItems", PyListObject, ob_item);
  OFFSET("listAllocated", PyListObject, allocated);
  OFFSET("tupleItems", PyTupleObject, ob_item);
  OFFSET("cellContents", PyCellObject, ob_ref);
  OFFSET("setMask", PySetObject, mask);
  OFFSET("setTable", PySetObject, table);
  OFFSET("setSmallTable", PySetObject, smalltable);
  OFFSET("memberType", PyMemberDef, type);
  OFFSET("memberOffset", PyMemberDef, offset);
  SIZE("memberBytes", PyMemberDef);
}

static void frames(void) {
  OFFSET("codeStackSize", PyCodeObject, co_stacksize);
#if PY_VERSION_HEX >= 0x030b0000
  OFFSET("codeLocalNames", PyCodeObject, co_localsplusnames);
  OFFSET("codeLocalKinds", PyCodeObject, co_localspluskinds);
  OFFSET("codeLocalCount", PyCodeObject, co_nlocalsplus);
  OFFSET("frameLocals", _PyInterpreterFrame, localsplus);
#if PY_VERSION_HEX >= 0x030c0000
  OFFSET("frameFunction", _PyInterpreterFrame, f_funcobj);
#else
  OFFSET("frameFunction", _PyInterpreterFrame, f_func);
#endif
  OFFSET("frameDict", _PyInterpreterFrame, f_locals);
  OFFSET("frameObject", _PyInterpreterFrame, frame_obj);
#else
  OFFSET("codeLocalNames", PyCodeObject, co_varnames);
  OFFSET("codeLocalCount", PyCodeObject, co_nlocals);
  OFFSET("codeCellNames", PyCodeObject, co_cellvars);
  OFFSET("codeFreeNames", PyCodeObject, co_freevars);
  OFFSET("frameLocals", PyFrameObject, f_localsplus);
#endif
}

int main(void) {
  printf("{");
  interpreter();
  types();
  containers();
  frames();
  printf("\"version\":%d}\n", PY_VERSION_HEX >> 16);
  return 0;
}
