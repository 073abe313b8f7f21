/* In: a number. Out: the length of its label. One function forgets the reference it owns, its twin gives it back.
 * Built by build.py beside it; called by extension_leaky.py and extension_clean.py. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *label(Py_ssize_t number) {
  return PyUnicode_FromFormat("a label of some length for order number %zd", number);
}

static PyObject *measure_leaky(PyObject *self, PyObject *argument) {
  (void)self;
  PyObject *text = label(PyLong_AsSsize_t(argument)); /* a new reference: ours to give back */
  if (text == NULL) return NULL;
  return PyLong_FromSsize_t(PyUnicode_GetLength(text)); /* leaks here: no Py_DECREF(text) */
}

static PyObject *measure(PyObject *self, PyObject *argument) {
  (void)self;
  PyObject *text = label(PyLong_AsSsize_t(argument));
  if (text == NULL) return NULL;
  Py_ssize_t length = PyUnicode_GetLength(text);
  Py_DECREF(text);
  return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {
    {"measure_leaky", measure_leaky, METH_O, "The length of a label; keeps a reference to it."},
    {"measure", measure, METH_O, "The length of a label."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {.m_base = PyModuleDef_HEAD_INIT, .m_name = "tally", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_tally(void) { return PyModule_Create(&module); }
