// Which functions may be called without the GIL, and which with an exception set: by hand. Next: ../derive.ts.

/**
 * No thread state is needed. c-api/memory "Raw Memory Interface", c-api/threads and c-api/synchronization, c-api/init "Before Python
 * Initialization", c-api/exceptions (PyErr_SetInterrupt), c-api/time (…Raw), c-api/sys (PyOS_…). The GIL must not be held by those that take it.
 */
export const withoutGil = `
  PyMem_Raw* _PyMem_Raw* PyMem_GetAllocator PyMem_SetAllocator PyMem_SetupDebugHooks _PyMem_GetCurrentAllocatorName PyGILState_Ensure
  PyGILState_Check PyGILState_GetThisThreadState PyEval_RestoreThread PyEval_AcquireThread PyEval_InitThreads PyEval_ThreadsInitialized
  PyThread_* _PyThread_* PyMutex_* _PyMutex_* _PyRecursiveMutex_* _PyRWMutex_* _PyEvent_* _PyParkingLot_* PyThreadState_Ensure*
  PyThreadState_New PyThreadState_GetUnchecked _PyThreadState_UncheckedGet PyThreadState_Swap PyThreadState_Next PyThreadState_GetInterpreter
  PyInterpreterState_Head PyInterpreterState_Main PyInterpreterState_Next PyInterpreterState_ThreadHead _PyInterpreterState_Main
  PyInterpreterGuard_FromView PyInterpreterGuard_Close PyInterpreterView_Close PyInterpreterView_FromMain Py_AddPendingCall
  PyErr_SetInterrupt PyErr_SetInterruptEx PyTime_*Raw Py_IsInitialized Py_IsFinalizing _Py_IsFinalizing Py_GetVersion Py_GetPlatform
  Py_GetCopyright Py_GetCompiler Py_GetBuildInfo Py_DecodeLocale Py_EncodeLocale _Py_DecodeLocaleEx _Py_EncodeLocaleEx Py_AtExit
  Py_Initialize* Py_PreInitialize* Py_Main Py_BytesMain Py_RunMain Py_Exit Py_FatalError _Py_FatalError* PyPreConfig_* PyConfig_Init*
  PyConfig_Set*String* PyConfig_Clear PyStatus_* PyImport_AppendInittab PyImport_ExtendInittab PyOS_snprintf PyOS_vsnprintf PyOS_mystr*
  PyOS_setsig PyOS_getsig _PyOS_IsMainThread PyHash_GetFuncDef Py_HashBuffer Py_HashPointer _Py_HashBytes _Py_HashPointer*
  _PyTime_Get* _PyTime_As*seconds _PyTime_From[NS]*s _PyDeadline_* Py_SetPath Py_SetProgramName Py_SetPythonHome Py_GetPath
  Py_PACK_* PyUnstable_DumpTraceback* _Py_dg_* _Py_c_* _Py_hashtable_* PySys_AddWarnOption PyFloat_GetM* _Py_open_noraise
  _Py_write_noraise _Py_fstat_noraise _Py_set_inheritable_async_safe _PyUnicode_Is* _PyUnicode_To* PyTraceMalloc_* PySys_ResetWarnOptions`;

/** They neither read nor change the error indicator by accident: c-api/exceptions, c-api/memory, c-api/refcounting, c-api/gcsupport. */
export const fineWithError = `
  PyErr_Occurred PyErr_Fetch PyErr_Restore PyErr_Clear PyErr_Set* PyErr_Get* PyErr_Format PyErr_FormatV PyErr_NoMemory PyErr_Bad*
  PyErr_Print* PyErr_Display* PyErr_WriteUnraisable PyErr_FormatUnraisable PyErr_NormalizeException PyErr_ExceptionMatches
  PyErr_GivenExceptionMatches PyErr_SyntaxLocation* _PyErr_[A-W]* PyException_* PyTraceBack_Here _PyTraceback_Add PyDict_GetItem PyDict_GetItemString
  Py_IncRef Py_DecRef _Py_IncRef _Py_DecRef _Py_Dealloc Py_NewRef Py_XNewRef PyObject_ClearWeakRefs
  PyObject_CallFinalizer* PyObject_ClearManagedDict PyObject_GC_* PyBuffer_Release PyGILState_* PyEval_SaveThread PyEval_RestoreThread
  PyThreadState_* PyThread_* PyMem_* PyObject_Malloc PyObject_Calloc PyObject_Realloc PyObject_Free _PyObject_GC_* _PyObject_New* _PyTrash_*
  _Py_FatalError* _Py_CheckFunctionResult _PyUnicodeWriter_Dealloc _PyBytesWriter_Dealloc _PyArg_BadArgument
  PySys_WriteStd* PyModule_GetState* PyModule_GetDef PyType_GetModuleState* PyType_GetSlot PyCapsule_Get[CDN]* PyCFunction_GetSelf
  PyFunction_Get* PyEval_GetFrame PyCell_Get PyWeakref_GetObject PyUnicode_Compare PyBytesWriter_Discard PyUnicodeWriter_Discard PyDict_Clear`;

/**
 * CPython asserts in a debug build that no exception is set (3.11.2, 3.13.15: assert(!PyErr_Occurred())), or it runs Python code with one
 * pending, which c-api/exceptions forbids.
 */
export const wrongWithError = `
  PyByteArray_Concat PyCode_New PyCode_NewWithPosOnlyArgs PyUnstable_Code_New* PyEval_CallObjectWithKeywords PyFile_NewStdPrinter PyFrame_FastToLocals
  PyImport_Import* PyMarshal_WriteObjectToFile PyObject_Call* PyObject_Vectorcall* PyVectorcall_Call PyObject_Repr PyObject_Str PyObject_ASCII
  PyObject_Bytes PyObject_Format PyObject_GetAttr* PyObject_SetAttr* PyObject_DelAttr* PyObject_GetItem PyObject_SetItem PyObject_DelItem*
  PyObject_RichCompare* PyObject_Hash PyObject_IsTrue PyObject_Not PyObject_IsInstance PyObject_IsSubclass PyObject_GetIter PyObject_GetOptional*
  PyObject_Dir PyObject_Size PyObject_Length PyIter_Next* PyIter_Send PyNumber_[A-BD-Z]* PySequence_[A-BD-Z]* PySequence_Con* PyMapping_[A-BD-Z]*
  PySys_AddWarnOptionUnicode PyType_Ready PyType_From* PyType_GetFullyQualifiedName PyEval_Eval* PyRun_String* PyArg_Parse* PyArg_Unpack*
  _PyArg_Parse* _PyArg_Unpack* PyDict_SetItem PyDict_GetItemRef PyDict_Contains PySet_Add PySet_Contains PyList_Sort PyUnicode_Format
  _PyEval_EvalFrameDefault _PyImport_GetModuleAttr* _PyObject_Call* _PyObject_FastCall* _PyObject_MakeTpCall _PyType_Lookup _PyType_LookupRef
  _PyObject_FunctionStr _Py_read _Py_write PyErr_Warn* PyErr_NewException*`;

/** Declared in headers that are not installed (Modules/posixmodule.h, signalmodule.c, Python/sysmodule.c, Objects/listobject.c). */
export const undeclared: Readonly<Record<string, string>> = {
  _PyLong_FromGid: "PyObject *(gid_t)",
  _PyLong_FromUid: "PyObject *(uid_t)",
  _Py_Gid_Converter: "int (PyObject *, gid_t *)",
  _Py_Uid_Converter: "int (PyObject *, uid_t *)",
  _Py_Sigset_Converter: "int (PyObject *, void *)",
  _Py_GetBuiltWithAssert: "int ()",
  _PyList_SliceSubscript: "PyObject *(PyObject *, PyObject *)",
};
