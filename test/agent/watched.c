/* An extension that changes reference counts in known ways, for the tests that follow an object. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <signal.h>

/* Each is written where it stands. */
#define BARRIER __asm__ volatile("" ::: "memory")

/* (object, times) → so many increments and as many decrements, one after another. */
static PyObject *bump(PyObject *self, PyObject *arguments) {
  PyObject *object;
  long times;
  (void)self;
  if (!PyArg_ParseTuple(arguments, "Ol", &object, &times)) return NULL;
  for (long i = 0; i < times; i++) {
    Py_INCREF(object);
    BARRIER;
    Py_DECREF(object);
    BARRIER;
  }
  Py_RETURN_NONE;
}

/* Keeps one reference to object.payload. */
static PyObject *leak(PyObject *self, PyObject *object) {
  (void)self;
  PyObject *value = PyObject_GetAttrString(object, "payload");
  if (!value) return NULL;
  return PyLong_FromSsize_t(PyObject_Length(value));
}
static PyObject *keep_nothing(PyObject *self, PyObject *object) {
  (void)self;
  PyObject *value = PyObject_GetAttrString(object, "payload");
  if (!value) return NULL;
  Py_ssize_t length = PyObject_Length(value);
  Py_DECREF(value);
  return PyLong_FromSsize_t(length);
}

static PyObject *followed;
static long wanted;
static void *in_thread(void *unused) {
  PyGILState_STATE before = PyGILState_Ensure();
  for (long i = 0; i < wanted; i++) {
    Py_INCREF(followed);
    BARRIER;
    Py_DECREF(followed);
    BARRIER;
  }
  PyGILState_Release(before);
  return unused;
}
/* As bump, in a thread that Python did not make and that runs no Python code. */
static PyObject *bump_in_thread(PyObject *self, PyObject *arguments) {
  pthread_t thread;
  (void)self;
  if (!PyArg_ParseTuple(arguments, "Ol", &followed, &wanted)) return NULL;
  Py_BEGIN_ALLOW_THREADS
  pthread_create(&thread, NULL, in_thread, NULL);
  pthread_join(thread, NULL);
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static volatile sig_atomic_t heard;
static void on_trap(int number, siginfo_t *info, void *context) {
  (void)number, (void)context;
  heard += info->si_signo == SIGTRAP;
}
/* A handler of SIGTRAP in C; how often it was called, and whether it is the one that stands there. */
static PyObject *handle_trap(PyObject *self, PyObject *unused) {
  (void)self, (void)unused;
  struct sigaction action = {0};
  action.sa_sigaction = on_trap;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGTRAP, &action, NULL);
  Py_RETURN_NONE;
}
static PyObject *trapped(PyObject *self, PyObject *unused) {
  (void)self, (void)unused;
  struct sigaction action;
  sigaction(SIGTRAP, NULL, &action);
  return Py_BuildValue("(ii)", (int)heard, action.sa_sigaction == on_trap);
}

static PyMethodDef methods[] = {
    {"bump", bump, METH_VARARGS, NULL},
    {"bump_in_thread", bump_in_thread, METH_VARARGS, NULL},
    {"leak", leak, METH_O, NULL},
    {"keep_nothing", keep_nothing, METH_O, NULL},
    {"handle_trap", handle_trap, METH_NOARGS, NULL},
    {"trapped", trapped, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "watched", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_watched(void) { return PyModule_Create(&module); }
