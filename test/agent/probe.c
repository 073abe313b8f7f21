/* An extension that does in C what the tests of this folder count: plain memory, memory and objects without a Python frame, a tracer of its own,
   waits for the GIL, errors that overwrite each other. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST 4096
static void *kept[MOST];

/* times → mallocs 24 and frees every second, grows the rest to 100, callocs 2 × 8, copies "twelve bytes", each once per time and kept. */
static PyObject *memory(PyObject *self, PyObject *times) {
  (void)self;
  long n = PyLong_AsLong(times);
  for (long i = 0; i < n; i++) {
    void *block = malloc(24);
    if (i % 2) free(block);
    else kept[i % MOST] = realloc(block, 100);
    kept[(i + 1) % MOST] = calloc(2, 8);
    kept[(i + 2) % MOST] = strdup("twelve bytes");
  }
  Py_RETURN_NONE;
}

static long wanted;
static void *raw_in_thread(void *unused) {
  for (long i = 0; i < wanted; i++) PyMem_RawFree(PyMem_RawMalloc(40));
  return unused;
}
static PyObject *list_of_lists;
static void *objects_in_thread(void *unused) {
  PyGILState_STATE before = PyGILState_Ensure();
  for (long i = 0; i < wanted; i++) {
    PyObject *list = PyList_New(0);
    PyList_Append(list_of_lists, list);
    Py_DECREF(list);
  }
  PyGILState_Release(before);
  return unused;
}

static PyObject *in_thread(void *(*work)(void *), PyObject *times) {
  pthread_t thread;
  wanted = PyLong_AsLong(times);
  Py_BEGIN_ALLOW_THREADS
  pthread_create(&thread, NULL, work, NULL);
  pthread_join(thread, NULL);
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}
static PyObject *raw(PyObject *self, PyObject *times) {
  (void)self;
  return in_thread(raw_in_thread, times);
}
static PyObject *lists(PyObject *self, PyObject *times) {
  (void)self;
  if (!list_of_lists) list_of_lists = PyList_New(0);
  return in_thread(objects_in_thread, times);
}

/* times → milliseconds that PyEval_RestoreThread took after a sleep of 10 ms, each. */
static PyObject *waits(PyObject *self, PyObject *times) {
  (void)self;
  PyObject *list = PyList_New(0);
  for (long n = PyLong_AsLong(times); n > 0; n--) {
    struct timespec before, after;
    PyThreadState *thread = PyEval_SaveThread();
    usleep(10000);
    clock_gettime(CLOCK_MONOTONIC, &before);
    PyEval_RestoreThread(thread);
    clock_gettime(CLOCK_MONOTONIC, &after);
    PyObject *ms = PyFloat_FromDouble((double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6);
    PyList_Append(list, ms);
    Py_DECREF(ms);
  }
  return list;
}

/* times → as often an error that is set while another one is, and cleared; then one with a text that takes any arguments, and cleared. */
static void set_twice(long times) {
  for (long i = 0; i < times; i++) {
    PyErr_SetString(PyExc_ValueError, "first");
    PyErr_SetString(PyExc_KeyError, "second");
    if (PyErr_Occurred()) PyErr_Clear();
    PyErr_Format(PyExc_TypeError, "%ld of %s, %d", times, "them", 7);
    PyErr_Clear();
  }
}
/* Fails, and overwrites its error with another of the same type. */
static PyObject *same_twice(PyObject *self, PyObject *unused) {
  (void)self, (void)unused;
  PyErr_SetString(PyExc_ValueError, "first");
  PyErr_SetString(PyExc_ValueError, "second");
  return NULL;
}
static PyObject *overwrite(PyObject *self, PyObject *times) {
  (void)self;
  set_twice(PyLong_AsLong(times));
  Py_RETURN_NONE;
}
static void *overwrite_in_thread(void *unused) {
  PyGILState_STATE before = PyGILState_Ensure();
  set_twice(wanted);
  PyGILState_Release(before);
  return unused;
}
static PyObject *overwrite_outside(PyObject *self, PyObject *times) {
  (void)self;
  return in_thread(overwrite_in_thread, times);
}

#if PY_VERSION_HEX >= 0x030d0000
static long heard;
static int tracer(PyObject *object, PyRefTracerEvent event, void *data) {
  (void)object;
  if (event == PyRefTracer_CREATE && data == &heard) heard++;
  return 0;
}
static PyObject *trace(PyObject *self, PyObject *on) {
  (void)self;
  PyRefTracer_SetTracer(PyObject_IsTrue(on) ? tracer : NULL, &heard);
  Py_RETURN_NONE;
}
/* Whether ours is the one that is installed, and how often it was called. */
static PyObject *traced(PyObject *self, PyObject *unused) {
  (void)self, (void)unused;
  void *data;
  int mine = PyRefTracer_GetTracer(&data) == tracer && data == &heard;
  return Py_BuildValue("(il)", mine, heard);
}
#endif

static PyMethodDef methods[] = {
    {"memory", memory, METH_O, NULL},
    {"raw", raw, METH_O, NULL},
    {"lists", lists, METH_O, NULL},
    {"waits", waits, METH_O, NULL},
    {"same_twice", same_twice, METH_NOARGS, NULL},
    {"overwrite", overwrite, METH_O, NULL},
    {"overwrite_outside", overwrite_outside, METH_O, NULL},
#if PY_VERSION_HEX >= 0x030d0000
    {"trace", trace, METH_O, NULL},
    {"traced", traced, METH_NOARGS, NULL},
#endif
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "probe", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_probe(void) { return PyModule_Create(&module); }
