// What CPython's data leaves out or says otherwise of arguments: by hand, each group with the place that states it. Next: ../derive.ts.
// One token an argument, as in shared/capi/row.ts. Several rows of a function are its signatures of different versions: the one with
// as many tokens as the prototype has counts. A private function has no section: from its source.

/** "SIGNATURE_TOKENS" of each function. `s` takes the caller's reference, `S` only on success. */
const takes = {
  // c-api/list, c-api/tuple: both take the item also when they fail.
  PyList_SetItem: "b v s",
  PyTuple_SetItem: "b v s",
  PyStructSequence_SetItem: "b v s",
  // c-api/module: PyModule_Add also on failure, PyModule_AddObject only on success.
  PyModule_Add: "b v s",
  PyModule_AddObject: "b v S",
  _PyModule_Add: "b v s",
  // c-api/exceptions, "Querying the error indicator" and "Exception Objects".
  PyErr_Restore: "s s s",
  PyErr_SetExcInfo: "s s s",
  PyErr_SetRaisedException: "s",
  PyException_SetContext: "b s",
  PyException_SetCause: "b s",
  _PyErr_Restore: "v s s s",
  _PyErr_SetRaisedException: "v s",
  _PyErr_ChainExceptions: "s s s",
  _PyErr_ChainExceptions1: "s",
  // c-api/bytes, c-api/unicode.
  PyBytes_ConcatAndDel: "x s",
  PyUnicode_AppendAndDel: "x s",
  // c-api/gen, c-api/coro: the frame is taken.
  PyGen_New: "s",
  PyGen_NewWithQualName: "s k k",
  PyCoro_New: "s k k",
  PyAsyncGen_New: "s k k",
  // c-api/refcounting.
  Py_DecRef: "s",
  _Py_DecRef: "s",
  Py_IncRef: "g",
  _Py_IncRef: "g",
  _Py_Dealloc: "d",
  // Objects/call.c: a result that breaks the rules is released and NULL returned.
  _Py_CheckFunctionResult: ["v b s v", "b s v"],
  _PyDict_SetItem_Take2: "b s s",
  _PyList_AppendTakeRefListResize: "b s",
  _PySet_AddTakeRef: "b s",
  _PyTuple_FromPairSteal: "s s",
  _PyTuple_FromArraySteal: "A v",
  _PyList_FromArraySteal: "A v",
  _PyBuildSlice_ConsumeRefs: "s s",
} as const;

/** `k` keeps a reference of its own. */
const keeps = {
  // c-api/tuple, c-api/cell, c-api/method, c-api/slice, c-api/iterator, c-api/dict, c-api/memoryview.
  PyTuple_Pack: "v k*",
  PyCell_New: "k",
  PyCell_Set: "b k",
  PyMethod_New: "k k",
  PyInstanceMethod_New: "k",
  PyStaticMethod_New: "k",
  PyClassMethod_New: "k",
  PyDictProxy_New: "k",
  PySlice_New: "k k k",
  PySeqIter_New: "k",
  PyMemoryView_FromObject: "k",
  Py_GenericAlias: "k k",
  _PyTuple_FromPair: "k k",
  // c-api/weakref: the callback, not the object.
  PyWeakref_NewRef: "b k",
  PyWeakref_NewProxy: "b k",
  // c-api/buffer: the view owns its exporter.
  PyBuffer_FillInfo: "v k v v v v",
  PyObject_GetBuffer: "k v v",
  // c-api/module.
  PyModule_AddObjectRef: "b v k",
  PyModule_AddType: "b k",
  // c-api/exceptions.
  PyErr_SetHandledException: "k",
  PyException_SetArgs: "b k",
  // c-api/dict: kept when inserted.
  PyDict_SetDefault: "b k k",
  PyDict_SetDefaultRef: "b k k o",
  PyODict_SetItem: "b k k",
  _PyDict_SetItem_KnownHash: "b k k v",
  _PyDict_SetItem_KnownHash_LockHeld: "b k k v",
  _PyDict_SetItemId: "b v k",
  _PyObject_SetAttrId: "b v k",
  // c-api/allocation, since 3.8: an instance of a heap type owns a reference to its type.
  _PyObject_New: "k",
  _PyObject_NewVar: "k v",
  _PyObject_GC_New: "k",
  _PyObject_GC_NewVar: "k v",
  PyUnstable_Object_GC_NewWithExtraData: "k v",
  PyType_GenericAlloc: "k v",
  PyType_GenericNew: "k b b",
  PyObject_Init: "b k",
  PyObject_InitVar: "b k v",
  // c-api/type.
  PyType_FromSpecWithBases: "v k",
  PyType_FromModuleAndSpec: "k v k",
  PyType_FromMetaclass: "k k v k",
  PyFunction_SetKwDefaults: "b k",
  PyFrame_New: "v k k k",
  PyTraceBack_Here: "k",
} as const;

/** Through a pointer: `o` a new reference, `w` a borrowed one, `x` the reference there is released and another put in its place. */
const outs = {
  PyBytes_Concat: "x b",
  PyUnicode_Append: "x b",
  PyUnicode_InternInPlace: "x",
  PyUnicode_InternImmortal: "x",
  PyUnicode_Resize: "x v",
  _PyBytes_Resize: "x v",
  _PyTuple_Resize: "x v",
  _PyUnicode_InternMortal: "v x",
  _PyUnicode_InternImmortal: "v x",
  _PyUnicode_InternInPlace: "v x",
  // c-api/dict.
  PyDict_Next: "b v w w",
  _PyDict_Next: "b v w w v",
  PyDict_GetItemRef: "b b o",
  PyDict_GetItemStringRef: "b v o",
  PyDict_Pop: "b b o",
  PyDict_PopString: "b v o",
  _PyDict_Pop_KnownHash: "b b v o",
  _PyDict_GetItemRef_KnownHash: "b b v o",
  _PyDict_GetItemRef_KnownHash_LockHeld: "b b v o",
  _Py_dict_lookup: "b b v w",
  _PySet_NextEntry: "b v w v",
  _PySet_NextEntryRef: "b v o v",
  // c-api/exceptions.
  PyErr_Fetch: "o o o",
  PyErr_GetExcInfo: "o o o",
  PyErr_NormalizeException: "x x x",
  _PyErr_Fetch: "v o o o",
  _PyErr_GetExcInfo: "v o o o",
  _PyErr_NormalizeException: "v x x x",
  _PyGen_FetchStopIterationValue: "o",
  _PyEval_ExceptionGroupMatch: ["v b b o o", "b b o o"],
  // c-api/object, c-api/mapping, c-api/iter, c-api/weakref, c-api/contextvars, c-api/sys, c-api/type.
  PyObject_GetOptionalAttr: "b b o",
  PyObject_GetOptionalAttrString: "b v o",
  _PyObject_LookupAttr: "b b o",
  _PyObject_LookupAttrId: "b v o",
  _PyObject_GetMethod: "b b o",
  PyMapping_GetOptionalItem: "b b o",
  PyMapping_GetOptionalItemString: "b v o",
  PyIter_NextItem: "b o",
  PyIter_Send: "b b o",
  _PyAsyncGenASend_Send: "b b o",
  PyWeakref_GetRef: "b o",
  PyContextVar_Get: "b b o",
  PySys_GetOptionalAttr: "b o",
  PySys_GetOptionalAttrString: "v o",
  _PySys_GetOptionalAttr: "b o",
  _PySys_GetOptionalAttrString: "v o",
  PyType_GetBaseByToken: "b v o",
  PyType_GetBaseByToken_DuringGC: "b v w",
  _PyType_GetBaseByToken_Borrow: "b v w",
  // c-api/unicode: converters of "O&"; the result is the caller's.
  PyUnicode_FSConverter: "b o",
  PyUnicode_FSDecoder: "b o",
  _PySlice_GetLongIndices: "b b o o o",
  _Py_GetLocaleconvNumeric: "v o o",
  // c-api/arg; the private ones: Python/getargs.c fills a buffer of borrowed references.
  PyArg_UnpackTuple: "b v v v w*",
  _PyArg_UnpackStack: "a v v v v w*",
  _PyArg_UnpackKeywords: ["a v b b v v v v v w", "a v b b v v v v w"],
  _PyArg_UnpackKeywordsWithVararg: "a v b b v v v v v w",
} as const;

/** refcounts.dat counts what happens to the object, which is not always what happens to the caller's reference. */
const otherwise = {
  // +1 is of the result or through a pointer.
  Py_NewRef: "b",
  Py_XNewRef: "b",
  // −1 is of the reference that the container or the context held.
  PySet_Discard: "b b",
  PyContext_Exit: "b",
  PyContextVar_Reset: "b b",
  Py_ReprLeave: "b",
  // Declared with void *.
  PyObject_GC_Track: "b",
  PyObject_GC_UnTrack: "b",
} as const;

export const argumentRows: Readonly<Record<string, string | readonly string[]>> = {
  ...takes,
  ...keeps,
  ...outs,
  ...otherwise,
};

/** c-api/code: a code object owns all that it was made of. */
export const keepsAllObjects = ["PyCode_New", "PyCode_NewWithPosOnlyArgs", "PyUnstable_Code_New*"];

/** What follows the named arguments of a variadic function; patterns in the order they are tried. c-api/arg, c-api/call. */
export const variadicTails: readonly (readonly [pattern: string, tail: string])[] = [
  ["_?PyObject_Call*ObjArgs", "b*"],
  ["_?PyArg_*", "p"],
  ["_?Py_(Va)?Build*", "f"],
  ["_?PyObject_Call*", "f"],
  ["PyEval_Call*", "f"],
];
