"""In: tally.c. Out: the module `tally`, built once for each Python into the checkout's .cache and imported from there.

Ends the program with status 2 and a sentence when there is no C compiler or no Python.h.
"""
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.path.join(HERE, "..", "..", ".cache", "examples")


def _compile(source, library):
    include = sysconfig.get_path("include")
    compiler = os.environ.get("CC") or next(filter(shutil.which, ("cc", "gcc", "clang")), None)
    if not compiler or not os.path.exists(os.path.join(include, "Python.h")):
        print("this example needs a C compiler and Python.h (%s)" % include, file=sys.stderr)
        sys.exit(2)
    os.makedirs(CACHE, exist_ok=True)
    # Renamed into place when it is whole: two examples may build at the same time.
    fresh = "%s.%d" % (library, os.getpid())
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-g", "-Wall", "-I", include, source, "-o", fresh], check=True)
    os.replace(fresh, library)


def tally():
    source = os.path.join(HERE, "tally.c")
    library = os.path.join(CACHE, "tally" + sysconfig.get_config_var("EXT_SUFFIX"))
    if not os.path.exists(library) or os.path.getmtime(library) < os.path.getmtime(source):
        _compile(source, library)
    spec = importlib.util.spec_from_file_location("tally", library)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
