// Who owns the result of a function that returns an object, where CPython's data is silent: by hand. Next: ../derive.ts.
// `NAME@8-10` is for those versions only. Private functions: from knowledge of their
// sources; those that lend a reference were looked up in 3.11.2 or 3.13.15 where they are there.

export const results = {
  /** The caller's. */
  new: `
    PyBytesWriter_Finish* PyBytes_DecodeEscape PyBytes_Join PyBytes_Repr PyCFunction_Call PyClassMethod_New PyStaticMethod_New
    PyCode_GetCellvars PyCode_GetCode PyCode_GetFreevars PyCode_GetVarnames PyConfig_Get PyConfig_Names PyErr_GetHandledException
    PyEval_CallObjectWithKeywords PyEval_CallFunction PyEval_CallMethod PyFile_NewStdPrinter PyFile_OpenCode* PyFrame_New PyFrozenDict_New
    PyGen_GetCode PyImport_GetLazyImportsFilter PyLong_FromInt32 PyLong_FromInt64 PyLong_FromUInt32 PyLong_FromUInt64
    PyLong_FromNativeBytes PyLong_FromUnsignedNativeBytes PyLong_FromUnicode PyLong_GetInfo PyMember_GetOne PyObject_Format
    PyObject_Vectorcall* PyVectorcall_Call PySys_GetAttr* PyThreadState_GetFrame PyThread_GetInfo PyTuple_FromArray PyType_FromMetaclass
    PyType_FromSlots PyType_GetDict PyType_GetFullyQualifiedName PyType_GetModuleName PyUnicodeWriter_Finish PyUnicode_AsDecoded*
    PyUnicode_AsEncoded* PyUnicode_Encode PyUnicode_Encode[A-Z]* PyUnicode_Transform* PyUnicode_TranslateCharmap PyUnicodeEncodeError_*
    PyUnicodeTranslateError_Create PyUnstable_Code_New* PyUnstable_Exc_PrepReraiseStar PyUnstable_InterpreterFrame_GetCode
    PyUnstable_InterpreterState_GetMainModule PyUnstable_Object_GC_NewWithExtraData Py_GenericAlias Py_GetConstant Py_NewRef Py_XNewRef
    PyAST_Compile* PyNode_Compile PyAsyncGen_New PyODict_New PyPickleBuffer_FromObject PyErr_ProgramText* PyImport_CreateModuleFromInitfunc
    PyCode_Optimize PyUnicode_FromUnicode
    _PyAccu_Finish* _PyBuildSlice_ConsumeRefs _PyBytesWriter_Finish _PyBytes_Join _PyBytes_DecodeEscape* _PyBytes_Format*
    _PyBytes_From* _PyCallMethodDescriptor* _PyCode_ConstantKey _PyCode_New _PyCompile_* _PyConfig_AsDict _PyPreConfig_AsDict
    _PyContext_NewHamtForTests _PyCrossInterpreterData_NewObject _PyDict_NewPresized _PyDict_Pop _PyDict_Subscript*
    _PyDict_From* _PyErr_GetRaisedException _PyErr_GetHandledException _PyEval_EvalFrameDefault _PyEval_EvalCodeWithName
    _PyEval_GetANext _PyEval_GetAwaitable _PyEval_GetBuiltin _PyEval_GetBuiltinId@11-12 _PyEval_ImportFrom _PyEval_ImportName
    _PyEval_LazyImport* _PyEval_LoadName _PyEval_MatchClass _PyEval_MatchKeys _PyEval_CallTracing _PyExc_CreateExceptionGroup
    _PyExc_PrepReraiseStar _PyFunction_Vectorcall _PyFunction_FastCallDict _PyCFunction_FastCallDict _PyMethodDef_RawFastCall* _PyGen_Send
    _PyImport_GetModuleAttr* _PyImport_GetModuleId _PyInstructionSequence_New _PyInterpolation_Build _PyInterpreterConfig_AsDict
    _PyInterpreterID_New _PyInterpreterState_GetIDObject _PyInterpreterState_GetMainModule _PyLazyImport_Reify _PyList_BinarySlice
    _PyList_Concat _PyList_Extend _PyList_From* _PyList_GetItemRef _PyList_AsTupleAndClear _PyLong_Add _PyLong_Subtract
    _PyLong_Multiply _PyLong_Copy _PyLong_DivmodNear _PyLong_Format _PyLong_From* _PyLong_GCD _PyLong_Lshift _PyLong_New _PyLong_Rshift
    _PyMapping_GetOptionalItem2 _PyNamespace_New _PyNumber_Index _PyNumber_PowerNoMod _PyNumber_InPlacePowerNoMod
    _PyObject_Call* _PyObject_FastCall* _PyObject_MakeTpCall _PyObject_GC_New* _PyObject_GenericGetAttrWithDict _PyObject_GetAttrId
    _PyObject_GetState _PyObject_LookupSpecial _PyObject_LookupSpecialId _PyObject_MaybeCallSpecial* _PyObject_FunctionStr
    _PySlice_FromIndices _PyStack_AsDict _PyStaticType_GetBuiltins _PyType_GetSlotWrapperNames _PyStructSequence_NewType _PySuper_Lookup
    _PyTemplate_Build _PyThread_CurrentExceptions _PyThread_CurrentFrames _PyTime_AsLong _PyTime_AsNanosecondsObject
    _PyTraceMalloc_Get* _PyTuple_BinarySlice _PyTuple_Concat _PyTuple_From* _PyType_LookupRef _PyType_AllocNoTrack
    _PyUnicodeWriter_Finish _PyUnicode_As*String _PyUnicode_BinarySlice _PyUnicode_Copy _PyUnicode_Decode* _PyUnicode_Encode*
    _PyUnicode_FormatLong _PyUnicode_FromASCII _PyUnicode_JoinArray _PyUnicode_Transform* _PyUnicode_XStrip _PyUnicodeTranslateError_Create
    _PyXIData_NewObject _PyXI_ExcInfoAsObject _PyXI_FormatExcInfo _PyXI_GetPreserved
    _Py_BuildMap_StackRefSteal _Py_BuildString_StackRefSteal _Py_BuildValue_SizeT _Py_VaBuildValue_SizeT _Py_BuiltinCall*
    _Py_CallBuiltinClass_StackRef _Py_CheckFunctionResult _Py_GetConfigsAsDict _Py_Get_Getpath_CodeObject _Py_GetLocaleEncodingObject
    _Py_MakeCoro _Py_Mangle _Py_VectorCall* _Py_bytes_* _Py_device_encoding _Py_strhex* _Py_string_to_number_with_underscores
    _Py_uop_symbols_test _Py_union_type_or`,
  /** Somebody else's. */
  borrowed: `
    PyCFunction_GetSelf PyType_GetModule_DuringGC Py_GetConstantBorrowed
    _PyDict_GetItemId _PyDict_GetItemIdWithError _PyDict_GetItemStringWithError _PyDict_GetItem_KnownHash _PyDict_GetItemWithError
    _PyEval_GetBuiltinId@8-10 _PyEval_GetAsyncGen* _PyFrame_MakeAndSetFrameObject _PyImport_AddModuleObject _PyImport_FindBuiltin
    _PyImport_FindExtensionObject* _PySys_GetAttr _PySys_GetObjectId _PyThreadState_GetDict _PyType_CalculateMetaclass _PyType_GetDict
    _PyType_GetModuleByDef _PyType_GetModuleByDef2 _PyType_Lookup _PyType_LookupId _PyUnicode_FromId _PyXIData_GetNotShareableErrorType`,
  /** Always NULL. */
  null: `
    _PyErr_Format _PyErr_FormatFromCause _PyErr_FormatFromCauseTstate _PyErr_FormatV _PyErr_NoMemory _PyErr_TrySetFromCause
    _PyObject_NextNotImplemented`,
} as const;
