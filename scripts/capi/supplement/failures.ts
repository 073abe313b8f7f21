// What a function returns when it has set an exception, where neither its kind nor its documentation tells: by hand. Next: ../derive.ts.
// A trailing `?` in a key: that value may also be a good answer, then no exception is set. `none`: it sets no exception.
// Said by each function's own entry in c-api/; of private ones from knowledge of their sources.

export const failures = {
  // Good answers that look like failures: c-api/dict, c-api/iter, c-api/import, c-api/weakref, c-api/function.
  "null?": `
    PyDict_GetItemWithError _PyDict_GetItem*WithError _PyDict_GetItem_KnownHash PyIter_Next PyImport_GetModule _PyImport_GetModuleId
    PyWeakref_GetObject PyFunction_Get* PyCell_Get PyCFunction_GetSelf PyCapsule_GetContext PyCapsule_GetDestructor PyCapsule_GetName
    PyModule_GetState PyModule_GetDef PyType_GetModuleState PyType_GetSlot PyEval_GetFrame PyThread_tss_get
    PyUnstable_Exc_PrepReraiseStar _PyObject_LookupSpecial* _PyMapping_GetOptionalItem2 PyLong_AsVoidPtr _PyArg_UnpackKeywords*`,
  "-1?": `
    PyLong_AsLong PyLong_AsLongAndOverflow PyLong_AsLongLong PyLong_AsLongLongAndOverflow PyLong_AsSsize_t PyLong_AsSize_t
    PyLong_AsUnsigned* PyLong_AsInt PyLong_AsDouble PyFloat_AsDouble PyComplex_RealAsDouble PyComplex_ImagAsDouble PyComplex_AsCComplex
    PyNumber_AsSsize_t PyOS_string_to_double PyUnicode_Compare PyFloat_Unpack* _PyFloat_Unpack* _PyLong_AsInt _PyLong_AsTime_t
    PyMarshal_ReadLongFromFile PyMarshal_ReadShortFromFile PySlice_GetIndices _PyLong_Frexp _PyTime_AsSecondsDouble PyUnicode_ReadChar
     _PyLong_NumBits`,
  "-2": `PyUnicode_Find PyUnicode_FindChar`,
  "-1": `
    PyInterpreterState_GetID PySequence_In PySys_AuditTuple
    PyArena_AddPyObject PyByteArray_Size PyBytes_Size PyDict_Size PyList_Size PySet_Size PySequence_Size PyMapping_Size PyObject_Size
    PyMapping_Length PyObject_Length PySequence_Length PyUnicode_GetSize PyCapsule_Set* PyCodec_Register PyConfig_Set
    PyDict_ContainsString PyDict_DelItemString PyDict_GetItemStringRef PyDict_PopString PyDict_SetItemString PyErr_ResourceWarning
    PyErr_Warn* PyException_SetTraceback PyFloat_Pack* PyFunction_Set* PyImport_ImportFrozenModule* PyImport_Set* PyIter_Send PyLong_AsInt32
    PyLong_AsUInt32 PyMapping_GetOptionalItemString PyMapping_HasKeyStringWithError PyMapping_SetItemString
    PyMember_SetOne PyModule_Add PyModule_Add[A-Z]* PyModule_ExecDef PyModule_SetDocString PyModule_GetToken_DuringGC PyMonitoring_* PyObject_DelAttrString
    PyObject_DelItemString PyObject_GenericSetDict PyObject_GetOptionalAttrString PyObject_HasAttrStringWithError PyObject_SetAttrString
     PyObject_As*Buffer PySequence_SetSlice PySys_Audit PySys_GetOptionalAttrString
    PyTime_Monotonic PyTime_PerfCounter PyTime_Time PyType_GetBaseByToken_DuringGC PyType_Watch PyUnicode*Error_[GS]et[ES]*
    PyUnicode*Error_SetReason PyUnstable_AtExit PyUnstable_Eval_RequestCodeExtraIndex Py_EnterRecursiveCall Py_ReprEnter
     PyUnicode_EncodeDecimal PyStructSequence_InitType2 _PyStructSequence_InitType PyODict_*Item
    PyThread_ParseTimeoutArg _PyAccu_* _PyModule_Add _PyBytes_Resize _PyTuple_Resize _PyCapsule_SetTraverse _PyCode_GetExtra _PyCode_SetExtra
    _PyCode_Get*XIData _PyCode_SetUnboundVarCounts _PyCode_VerifyStateless _PyConfig_FromDict _PyCrossInterpreterData_*Class
    _PyCrossInterpreterData_InitWithSize _PyXIData_*Class _PyXIData_InitWithSize _PyDict_Contains* _PyDict_DelItem* _PyDict_SetItem*
    _PyDict_GetItemRef* _PyDict_Merge* _PyDict_StoreSubscript _PyEval_CheckExcept* _PyEval_ExceptionGroupMatch _PyEval_MakePendingCalls
    _PyEval_SetProfile _PyEval_SetTrace _PyEval_UnpackIterableStackRef _PyFloat_FormatAdvancedWriter _PyFloat_Pack* _PyFunction_GetXIData
    _PyGen_FetchStopIterationValue _PyGen_SetStopIterationValue _PyImport_SetModule _PyImport_SetModuleString _PyImport_ClearExtension
    _PyInterpreterConfig_* _PyInterpreterState_GetConfigCopy _PyInterpreterState_SetConfig _PyInterpreterState_SetRunningMain
    _PyInterpreterState_ObjectToID _PyInterpreterState_IDInitref _PyLong_AsByteArray _PyLong_FormatAdvancedWriter _PyLong_FormatWriter
    _PyMarshal_GetXIData _PyMonitoring_Fire* _PyOS_URandomNonblock _PyOS_URandom _PyObject_CheckCrossInterpreterData _PyObject_CheckXIData
    _PyObject_GetCrossInterpreterData _PyObject_GetXIData* _PyPickle_GetXIData _PyObject_LookupAttr* _PyObject_LookupSpecialMethod
    _PyObject_SetAttrId _PySet_AddTakeRef _PySet_Contains _PySet_Update _PySys_GetOptionalAttr* _PySys_SetObjectId _PySys_GetSizeOf
     _PyTime_AsTimespec _PyTime_AsTimeval _PyTime_AsTimevalTime_t _PyTime_From*Object _PyTime_FromLong
    _PyTime_ObjectTo* _PyTime_gmtime _PyTime_localtime _PyTime_GetMonotonicClockWithInfo _PyTime_GetSystemClockWithInfo
    _PyTime_GetPerfCounterWithInfo _PyUnicodeWriter_* _PyUnicode_Ready _PyStaticType_InitForExtension
    _PyList_AppendTakeRefListResize _Py_HandlePending _Py_CheckRecursiveCall* _Py_call_instrumentation* _Py_dup _Py_fstat _Py_open
    _Py_read _Py_write _Py_set_inheritable PyWeakref_GetRef Py_MakePendingCalls
    _PyAsyncGenASend_Send _PyDict_Pop_KnownHash _PyErr_CheckSignals* PyUnicode_AsWideChar`,
  // c-api/arg: parsers and converters answer 1 or 0.
  "0": `
    PyArg_Parse PyArg_Parse[A-Z]* PyArg_Unpack* PyArg_Va* _PyArg_Parse* _PyArg_Va* _PyArg_UnpackStack PyArg_ValidateKeywordArguments
    _PyArg_CheckPositional _PyArg_No* PyErr_BadArgument PyUnicode_FSConverter PyUnicode_FSDecoder _PyLong_*_Converter _Py_Gid_Converter
    _Py_Uid_Converter _Py_Sigset_Converter _Py_convert_optional_to_* _PyEval_SliceIndex* _Py_Check_ArgsIterable`,
  // Pointers that are NULL with an exception set.
  null: `
    Py_fopen PyByteArray_AsString PyBytes_AsString PyBytesWriter_Create PyBytesWriter_GrowAndUpdatePointer PyCFunction_GetFunction PyCapsule_GetPointer
    PyCapsule_Import PyLongWriter_Create PyModule_GetName PyModule_GetFilename PyOS_double_to_string PyObject_GetItemData
    PyObject_GetTypeData PyPickleBuffer_GetBuffer PyUnicode_AsUCS4 PyUnicode_AsUCS4Copy PyUnicode_AsUTF8 PyUnicode_AsUTF8AndSize
    PyUnicode_AsWideCharString PyUnicode_AsUnicode* PyUnicode_AsDecoded* PyUnicodeWriter_Create PyArena_New PyImport_GetMagicTag
    PyInterpreterGuard_From* PyInterpreterView_FromCurrent PyAST_From* _PyBytesWriter_Alloc _PyBytesWriter_Prepare
    _PyBytesWriter_Resize _PyBytesWriter_WriteBytes PyParser_*
    _PyBytesWriter_CreateByteArray _PySequence_BytesToCharpArray _PyUnicode_AsUTF8NoNUL _PyInterpreterState_LookUp*
    _PyInterpreterID_LookUp _PyXI_New* _PyXIData_New _PyCrossInterpreterData_New _Py_fopen_obj _Py_fopen`,
  // void, and yet it may set one: the pointer it was given is then NULL. c-api/bytes, c-api/unicode.
  argument: `PyBytes_Concat PyBytes_ConcatAndDel PyUnicode_Append PyUnicode_AppendAndDel`,
  // Setting one is what it is for. c-api/exceptions, "Raising exceptions".
  always: `
    PyErr_SetString PyErr_SetObject PyErr_SetNone PyErr_BadInternalCall _PyErr_BadInternalCall _PyErr_SetString _PyErr_SetObject
    _PyErr_SetNone _PyErr_SetKeyError PyErr_Restore PyErr_SetRaisedException _PyErr_Restore _PyErr_SetRaisedException
    _PyObject_NextNotImplemented _PyArg_BadArgument PyErr_SyntaxLocation* PyErr_RangedSyntaxLocationObject`,
  none: `
    *_Check PyExceptionClass_Name PyOS_InterruptOccurred PyVectorcall_NARGS
    PyDict_GetItem PyDict_GetItemString _PyDict_GetItemId PyErr_Occurred PyErr_GetRaisedException PyErr_GetHandledException
    PyErr_ExceptionMatches PyErr_GivenExceptionMatches PyErr_SetExcInfo PyErr_GetExcInfo _PyErr_ExceptionMatches _PyErr_GetTopmostException
    _PyErr_GetRaisedException _PyErr_GetHandledException PyException_Get* PyThreadState_* _PyThreadState_* PyInterpreterState_*
    _PyInterpreterState_Get _PyInterpreterState_GetConfig _PyInterpreterState_GetWhence _PyInterpreterState_Is* _PyInterpreterState_Main
    _PyInterpreterState_RequiresIDRef _PyInterpreterState_GuardCountdown PyEval_SaveThread PyEval_ThreadsInitialized PyEval_GetFunc*
    PyEval_GetBuiltins PyEval_GetGlobals PyGILState_* PyThread_* _PyThread_* PyMem_* _PyMem_* PyObject_Malloc PyObject_Calloc
    PyObject_Realloc PyFrame_Get[BCGL]* PyCode_Addr2Line PyBool_FromLong Py_NewRef Py_XNewRef PyObject_SelfIter
    PySys_GetObject PySys_GetXOptions _PySys_GetObjectId _PySys_GetAttr PyImport_GetModuleDict PyState_FindModule PyInstanceMethod_Function
    PyMethod_Function PyMethod_Self PyModuleDef_Init PyType_GetDict PyStructSequence_GetItem _PyType_Lookup _PyType_LookupRef _PyType_LookupId
    _PyType_GetDict PyGen_GetCode PyUnstable_InterpreterFrame_* Py_TYPE Py_SIZE Py_REFCNT Py_Is*
    PyDict_Next _PyDict_Next _PySet_NextEntry* PyFrame_GetLasti PyObject_CallFinalizerFromDealloc PyRun_Simple* PyRun_Any*
    PyRun_Interactive* PyThread_acquire_lock_timed PyTraceMalloc_* PyUnicode_CompareWithASCIIString PyUnstable_Perf* PyUnstable_WritePerf*
    PyUnstable_Is* PyUnstable_Object_* PyUnstable_TryIncRef PyUnstable_SetImmortal PyUnstable_Type_AssignVersionTag PyWeakref_IsDead _PyWeakref_*
    Py_AddPendingCall Py_DecodeLocale Py_EncodeLocale Py_FinalizeEx Py_Get[BCEPV]* Py_GetRecursionLimit Py_HashPointer _Py_HashPointer* Py_HashBuffer
    Py_IsInitialized Py_IsFinalizing Py_AtExit Py_Main Py_BytesMain Py_RunMain Py_PACK_* Py_IS_TYPE Py_FdIsInteractive
    Py_UniversalNewlineFgets Py_fclose PyBuffer_IsContiguous PyBuffer_GetPointer PyBytesWriter_Get* PyCapsule_IsValid PyCodec_KnownEncoding
    PyCompile_* _PyCompile_Opcode* PyDescr_IsData PyFloat_GetM* PyGC_* PyHash_GetFuncDef PyLong_GetNativeLayout PyMapping_HasKey
    PyMapping_HasKeyString PyObject_HasAttr PyObject_HasAttrString PyObject_CheckBuffer PyObject_CheckReadBuffer PyObject_GC_Is*
    PyObject_GenericHash PyObject_IS_GC PyOS_[a-rt-z]* PyOS_snprintf PyOS_strto* PyOS_setsig PyOS_getsig PyObject_GetTypeData_DuringGC PyObject_GetItemData_DuringGC
    PyModule_GetState_DuringGC PyType_GetModuleState_DuringGC PyType_GetModule_DuringGC PyRefTracer_GetTracer PySlice_AdjustIndices
    PyStatus_* PyTime_*Raw PyTime_AsSecondsDouble PyType_ClearCache PyType_GetFlags PyType_GetTypeDataSize PyType_IsSubtype
    PyUnicode_EqualToUTF8* PyUnicode_GetDefaultEncoding PyUnicode_GetMax PyUnicode_IsIdentifier PyVectorcall_Function
    PyImport_GetLazyImportsMode PyImport_AppendInittab PyImport_ExtendInittab PyInterpreterView_FromMain Py_GetConstantBorrowed Py_GetConstant PyConfig_SetB*
    Py_InitializeFromConfig Py_NewInterpreter Py_NewInterpreterFromConfig PyObject_VisitManagedDict _PyObject_Visit* _PyObject_GetDictPtr
    _PyObject_IsFreed PyMutex_IsLocked _PyMutex_LockTimed _PyRecursiveMutex_* _PyOnceFlag_* _PyParkingLot_* _PyDeadline_* _PyEval_AddPendingCall
    _PyEval_RequestCodeExtraIndex _PyEval_SpecialMethodCanSuggest _PyFrame_IsEntryFrame _PyFrame_MakeAndSetFrameObject _PyBytes_Find
    _PyBytes_ReverseFind _PyBuffer_Release* _PyCode_ReturnsOnlyNone _PyCrossInterpreterData_Release* _PyXIData_Release* _PyDict_SizeOf
    _PyLong_Sign _PyNode_SizeOf PyNode_* _PyTime_As[MN]*seconds _PyTime_AsTimeval_noraise _PyTime_From[NS]*s
    _PyTime_GetMonotonicClock _PyTime_GetPerfCounter _PyTime_GetSystemClock _PyTraceMalloc_NewReference _PyTrash_* _PyType_Name
    _PyUnicode_Equal _PyUnicode_EqualTo* _PyUnicode_EQ _PyUnicode_Is* _PyUnicode_To* _PyXIData_GetNotShareableErrorType _Py_AtExit
    _Py_DecodeLocaleEx _Py_EncodeLocaleEx _Py_GetConfig _Py_GetErrorHandler _Py_GetBuiltWithAssert _Py_HashBytes _Py_HashDouble _Py_Is*
    _Py_ReachedRecursionLimit _Py_SetLocaleFromEnv _Py_UTF8_Edit_Cost _Py_bit_length _Py_c_* _Py_cr_* _Py_rc_* _Py_dg_* _Py_fstat_noraise
    _Py_hashtable_* _Py_normpath _Py_open_noraise _Py_set_inheritable_async_safe _Py_write_noraise
    _PyJIT_AddressInJitCode _PyOS_* _PyThreadState_GetDict PyThreadState_GetFrame PyInterpreterState_GetDict PyArena_Malloc`,
} as const;
