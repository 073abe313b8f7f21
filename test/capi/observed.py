"""In: nothing. Out: one JSON object on standard output: what functions of this interpreter's C API were seen to do with references.
Each call is made by ctypes on raw addresses, and the reference count of one object is read before, after, and when its container is gone.
A function that this version does not have is left out. Next: references.test.ts."""

import contextvars
import ctypes
import json
import sys
import types
import weakref

word = ctypes.c_uint32 if sys.version_info >= (3, 12) else ctypes.c_ssize_t
seen = []


class Thing:
    """Weakly referenced, with attributes, not immortal."""


def references(address):
    return word.from_address(address).value


def function(name):
    try:
        found = ctypes.PyDLL(None)[name]
    except AttributeError:
        return None
    found.restype = ctypes.c_void_p
    return found


increase, decrease = function("Py_IncRef"), function("Py_DecRef")


def argument(name, index, call, thing=None, owned=True):
    """`call` gets the function and the object's address. What it returns is a container to let go of, an address when `owned`."""
    found = function(name)
    if found is None:
        return
    thing = Thing() if thing is None else thing
    address = id(thing)
    increase(ctypes.c_void_p(address))
    base = references(address)
    held = call(found, ctypes.c_void_p(address))
    after = references(address) - base
    if isinstance(held, int) and owned and held:
        decrease(ctypes.c_void_p(held))
    del held
    end = references(address) - base
    rules = {(0, 0): "borrows", (1, 0): "keeps", (0, -1): "steals", (-1, -1): "steals", (1, 1): "gives"}
    seen.append({"name": name, "argument": index, "rule": rules.get((after, end), f"{after:+d} then {end:+d}")})
    for _ in range(end + 1):
        decrease(ctypes.c_void_p(address))


def result(name, thing, call):
    """`call` must answer with `thing`."""
    found = function(name)
    if found is None:
        return
    address = id(thing)
    base = references(address)
    answer = call(found)
    change = references(address) - base
    rule = {0: "borrowed", 1: "new"}.get(change, f"{change:+d}") if answer == address else "another object"
    seen.append({"name": name, "result": rule})
    if change == 1:
        decrease(ctypes.c_void_p(address))


def out(name, index, thing, call):
    """`call` gets the function and a place for the address."""
    found = function(name)
    if found is None:
        return
    place = ctypes.c_void_p()
    address = id(thing)
    base = references(address)
    call(found, ctypes.byref(place))
    change = references(address) - base
    rule = {0: "borrowed-out", 1: "new-out"}.get(change, f"{change:+d}") if place.value == address else "another object"
    seen.append({"name": name, "argument": index, "rule": rule})
    if change == 1:
        decrease(ctypes.c_void_p(address))


def obj(value):
    return ctypes.c_void_p(id(value))


def size(value):
    return ctypes.c_ssize_t(value)


def into(container, call):
    """The container itself is what to let go of."""

    def made(found, item):
        one = container()
        call(found, obj(one), item)
        return [one]

    return made


def new_tuple():
    return function("PyTuple_New")(size(1))


def set_tuple(found, item):
    made = new_tuple()
    found(ctypes.c_void_p(made), size(0), item)
    return made


def arguments():
    argument("PyList_SetItem", 2, into(lambda: [None], lambda f, c, i: f(c, size(0), i)))
    argument("PyTuple_SetItem", 2, set_tuple)
    argument("PyList_Append", 1, into(list, lambda f, c, i: f(c, i)))
    argument("PyList_Insert", 2, into(list, lambda f, c, i: f(c, size(0), i)))
    argument("PyDict_SetItemString", 2, into(dict, lambda f, c, i: f(c, b"x", i)))
    argument("PyDict_SetItem", 1, into(dict, lambda f, c, i: f(c, i, obj(seen))))
    argument("PyDict_SetItem", 2, into(dict, lambda f, c, i: f(c, obj(Thing), i)))
    argument("PyDict_SetDefault", 2, into(dict, lambda f, c, i: f(c, obj(Thing), i)))
    argument("PyDict_SetDefaultRef", 2, into(dict, lambda f, c, i: f(c, obj(Thing), i, None)))
    argument("PyObject_SetAttrString", 2, into(Thing, lambda f, c, i: f(c, b"x", i)))
    argument("PyObject_SetItem", 2, into(dict, lambda f, c, i: f(c, obj(Thing), i)))
    argument("PySequence_SetItem", 2, into(lambda: [None], lambda f, c, i: f(c, size(0), i)))
    argument("PyMapping_SetItemString", 2, into(dict, lambda f, c, i: f(c, b"x", i)))
    argument("PySet_Add", 1, into(set, lambda f, c, i: f(c, i)))
    module = lambda: types.ModuleType("made")  # noqa: E731
    argument("PyModule_AddObject", 2, into(module, lambda f, c, i: f(c, b"x", i)))
    argument("PyModule_AddObjectRef", 2, into(module, lambda f, c, i: f(c, b"x", i)))
    argument("PyModule_Add", 2, into(module, lambda f, c, i: f(c, b"x", i)))
    argument("PyCell_New", 0, lambda f, i: f(i))
    argument("PyCell_Set", 1, into(types.CellType, lambda f, c, i: f(c, i)))
    argument("PyMethod_New", 1, lambda f, i: f(obj(len), i))
    argument("PyInstanceMethod_New", 0, lambda f, i: f(i))
    argument("PySlice_New", 0, lambda f, i: f(i, None, None))
    argument("PyStaticMethod_New", 0, lambda f, i: f(i))
    argument("PyClassMethod_New", 0, lambda f, i: f(i))
    argument("PySeqIter_New", 0, lambda f, i: f(i), thing=[1])
    argument("PyDictProxy_New", 0, lambda f, i: f(i), thing={})
    argument("PyMemoryView_FromObject", 0, lambda f, i: f(i), thing=bytearray(4))
    argument("PyTuple_Pack", "rest", lambda f, i: f(size(1), i))
    argument("Py_GenericAlias", 1, lambda f, i: f(obj(list), i))
    argument("PyWeakref_NewRef", 1, lambda f, i: f(obj(Thing), i))
    argument("PyCallIter_New", 1, lambda f, i: f(obj(len), i))
    argument("PyContextVar_New", 1, lambda f, i: f(b"x", i))
    argument("PyException_SetCause", 1, into(ValueError, lambda f, c, i: f(c, i)), thing=KeyError())
    argument("PyException_SetContext", 1, into(ValueError, lambda f, c, i: f(c, i)), thing=KeyError())
    argument("PyObject_Repr", 0, lambda f, i: f(i))
    argument("PyObject_IsTrue", 0, lambda f, i: f(i), owned=False)
    argument("PyObject_Hash", 0, lambda f, i: f(i), owned=False)
    argument("PySequence_Contains", 1, into(list, lambda f, c, i: f(c, i)))
    argument("PyObject_GetAttrString", 0, lambda f, i: f(i, b"__doc__"))
    argument("Py_DecRef", 0, lambda f, i: f(i), owned=False)
    argument("Py_IncRef", 0, lambda f, i: f(i), owned=False)


def results():
    thing = Thing()
    tuple_, list_, dict_, cell = (thing,), [thing], {"x": thing}, types.CellType(thing)
    key = "x"
    result("PyTuple_GetItem", thing, lambda f: f(obj(tuple_), size(0)))
    result("PyList_GetItem", thing, lambda f: f(obj(list_), size(0)))
    result("PyList_GetItemRef", thing, lambda f: f(obj(list_), size(0)))
    result("PySequence_GetItem", thing, lambda f: f(obj(list_), size(0)))
    result("PyDict_GetItem", thing, lambda f: f(obj(dict_), obj(key)))
    result("PyDict_GetItemWithError", thing, lambda f: f(obj(dict_), obj(key)))
    result("PyDict_GetItemString", thing, lambda f: f(obj(dict_), b"x"))
    result("PyDict_SetDefault", thing, lambda f: f(obj(dict_), obj(key), obj(None)))
    result("PyObject_GetItem", thing, lambda f: f(obj(dict_), obj(key)))
    result("PyMapping_GetItemString", thing, lambda f: f(obj(dict_), b"x"))
    result("PyCell_Get", thing, lambda f: f(obj(cell)))
    result("PySequence_Fast", list_, lambda f: f(obj(list_), b""))
    result("PyObject_Type", Thing, lambda f: f(obj(thing)))
    holder = Thing()
    holder.x = thing
    result("PyObject_GetAttrString", thing, lambda f: f(obj(holder), b"x"))
    result("PyObject_GetAttr", thing, lambda f: f(obj(holder), obj(key)))
    result("PyObject_GenericGetAttr", thing, lambda f: f(obj(holder), obj(key)))
    Thing.y = thing
    result("_PyType_Lookup", thing, lambda f: f(obj(Thing), obj("y")))
    result("_PyType_LookupRef", thing, lambda f: f(obj(Thing), obj("y")))
    give = lambda: thing  # noqa: E731
    result("PyObject_CallNoArgs", thing, lambda f: f(obj(give)))
    result("PyObject_CallObject", thing, lambda f: f(obj(give), None))
    result("PyObject_CallFunctionObjArgs", thing, lambda f: f(obj(give), None))
    result("PyFunction_GetGlobals", globals(), lambda f: f(obj(give)))
    bound, append = types.MethodType(len, thing), list_.append
    result("PyMethod_Self", thing, lambda f: f(obj(bound)))
    result("PyCFunction_GetSelf", list_, lambda f: f(obj(append)))
    iterator = iter(list_)
    result("PyObject_SelfIter", iterator, lambda f: f(obj(iterator)))
    result("PyIter_Next", thing, lambda f: f(obj(iterator)))
    error, cause = ValueError(), KeyError()
    error.__cause__ = cause
    result("PyException_GetCause", cause, lambda f: f(obj(error)))
    module = types.ModuleType("refscope_observed")
    sys.modules["refscope_observed"] = module
    sys.refscope_observed = thing
    result("PyImport_AddModule", module, lambda f: f(b"refscope_observed"))
    result("PyImport_AddModuleRef", module, lambda f: f(b"refscope_observed"))
    result("PyImport_ImportModule", module, lambda f: f(b"refscope_observed"))
    result("PyImport_GetModule", module, lambda f: f(obj("refscope_observed")))
    result("PySys_GetObject", thing, lambda f: f(b"refscope_observed"))
    result("PyModule_GetDict", vars(module), lambda f: f(obj(module)))
    weak = weakref.ref(thing)
    result("PyWeakref_GetObject", thing, lambda f: f(obj(weak)))
    out("PyWeakref_GetRef", 1, thing, lambda f, p: f(obj(weak), p))
    out("PyDict_GetItemRef", 2, thing, lambda f, p: f(obj(dict_), obj(key), p))
    out("PyDict_GetItemStringRef", 2, thing, lambda f, p: f(obj(dict_), b"x", p))
    out("PyMapping_GetOptionalItem", 2, thing, lambda f, p: f(obj(dict_), obj(key), p))
    out("PyObject_GetOptionalAttr", 2, thing, lambda f, p: f(obj(holder), obj(key), p))
    out("_PyObject_LookupAttr", 2, thing, lambda f, p: f(obj(holder), obj(key), p))
    out("PyDict_Next", 3, thing, lambda f, p: f(obj(dict_), ctypes.byref(size(0)), None, p))
    variable = contextvars.ContextVar("x", default=thing)
    out("PyContextVar_Get", 2, thing, lambda f, p: f(obj(variable), None, p))


arguments()
results()
print(json.dumps({"minor": sys.version_info[1], "seen": seen}))
