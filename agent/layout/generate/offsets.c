/* CPython's own headers in, their offsets out as one JSON object: compiled once per version and flavour by generate.mjs. */
#define Py_BUILD_CORE 1
#include <Python.h>
#include <stddef.h>
#include <stdio.h>
#include "internal/pycore_gil.h"
#include "internal/pycore_pystate.h"
#if PY_VERSION_HEX >= 0x03090000
#include "internal/pycore_interp.h"
#include "internal/pycore_runtime.h"
#endif
#if PY_VERSION_HEX >= 0x030b0000
#include "internal/pycore_code.h"
#include "internal/pycore_frame.h"
#else
#include "frameobject.h"
#endif

#define OFFSET(name, type, field) printf("\"" name "\":%zu,", offsetof(type, field))

/* What _Py_DebugOffsets does not tell: of every version. */
static void always(void) {
#if PY_VERSION_HEX < 0x030c0000
  OFFSET("threadError", PyThreadState, curexc_type);
  OFFSET("runtimeGil", _PyRuntimeState, ceval.gil);
#else
  OFFSET("threadError", PyThreadState, current_exception);
#endif
  OFFSET("threadHandled", PyThreadState, exc_info);
  OFFSET("handledValue", _PyErr_StackItem, exc_value);
  OFFSET("handledBefore", _PyErr_StackItem, previous_item);
  OFFSET("exceptionArguments", PyBaseExceptionObject, args);
  OFFSET("tupleItems", PyTupleObject, ob_item);
  OFFSET("gilInterval", struct _gil_runtime_state, interval);
  OFFSET("gilLastHolder", struct _gil_runtime_state, last_holder);
  OFFSET("gilLocked", struct _gil_runtime_state, locked);
  OFFSET("gilSwitches", struct _gil_runtime_state, switch_number);
  OFFSET("gilCond", struct _gil_runtime_state, cond);
  OFFSET("gilMutex", struct _gil_runtime_state, mutex);
  OFFSET("gilSwitchCond", struct _gil_runtime_state, switch_cond);
}

int main(void) {
  printf("{");
  always();
#if PY_VERSION_HEX < 0x030d0000
  OFFSET("threadInterpreter", PyThreadState, interp);
#if PY_VERSION_HEX < 0x030c0000
  OFFSET("runtimeCurrentThread", _PyRuntimeState, gilstate.tstate_current);
#endif
  OFFSET("runtimeInterpreters", _PyRuntimeState, interpreters.head);
#if PY_VERSION_HEX < 0x03090000
  OFFSET("runtimeFinalizing", _PyRuntimeState, finalizing);
#else
  OFFSET("runtimeFinalizing", _PyRuntimeState, _finalizing);
#endif
#if PY_VERSION_HEX >= 0x03090000
  OFFSET("interpreterNext", PyInterpreterState, next);
#else
  OFFSET("interpreterNext", struct _is, next);
#endif
#if PY_VERSION_HEX < 0x030b0000
  OFFSET("threadFrame", PyThreadState, frame);
  OFFSET("frameBack", PyFrameObject, f_back);
  OFFSET("frameCode", PyFrameObject, f_code);
  OFFSET("frameInstruction", PyFrameObject, f_lasti);
#else
  OFFSET("threadFrame", PyThreadState, cframe);
  OFFSET("cframeCurrent", _PyCFrame, current_frame);
  OFFSET("frameBack", _PyInterpreterFrame, previous);
  OFFSET("frameCode", _PyInterpreterFrame, f_code);
  OFFSET("frameInstruction", _PyInterpreterFrame, prev_instr);
  OFFSET("frameOwner", _PyInterpreterFrame, owner);
  OFFSET("codeStart", PyCodeObject, co_code_adaptive);
  OFFSET("codeQualname", PyCodeObject, co_qualname);
#endif
  OFFSET("codeName", PyCodeObject, co_name);
  OFFSET("codeFilename", PyCodeObject, co_filename);
  OFFSET("codeFirstLine", PyCodeObject, co_firstlineno);
#if PY_VERSION_HEX < 0x030a0000
  OFFSET("codeLineTable", PyCodeObject, co_lnotab);
#else
  OFFSET("codeLineTable", PyCodeObject, co_linetable);
#endif
  OFFSET("objectType", PyObject, ob_type);
  OFFSET("typeName", PyTypeObject, tp_name);
  OFFSET("typeBasicSize", PyTypeObject, tp_basicsize);
  OFFSET("typeItemSize", PyTypeObject, tp_itemsize);
  OFFSET("typeFlags", PyTypeObject, tp_flags);
  OFFSET("typeFinalize", PyTypeObject, tp_finalize);
  OFFSET("varSize", PyVarObject, ob_size);
  OFFSET("bytesData", PyBytesObject, ob_sval);
  OFFSET("unicodeLength", PyASCIIObject, length);
  OFFSET("unicodeState", PyASCIIObject, state);
#if PY_VERSION_HEX >= 0x030c0000
  OFFSET("interpreterGil", PyInterpreterState, ceval.gil);
#endif
  printf("\"unicodeAscii\":%zu,\"unicodeCompact\":%zu,", sizeof(PyASCIIObject), sizeof(PyCompactUnicodeObject));
#endif
  printf("\"version\":%d}\n", PY_VERSION_HEX >> 16);
  return 0;
}
