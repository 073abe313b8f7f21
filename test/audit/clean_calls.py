# In: a module's name, then a line on stdin a round. Out: a line of JSON a round: how many functions were called, 200 times each, and a
# digest of everything they returned or raised, so that a round under audit can be told from one that was not. Next: clean.test.ts.
import copy, copyreg, decimal, gc, hashlib, importlib, io, json, pickle, sys

CALLS = 200
NAMES = {"numpy": "numpy", "lxml": "lxml.etree"}


def shown(value, depth=0):
    """What a result is, without addresses."""
    if depth < 4 and isinstance(value, (list, tuple)):
        return [shown(item, depth + 1) for item in value]
    if depth < 4 and isinstance(value, dict):
        return [[shown(k, depth + 1), shown(v, depth + 1)] for k, v in value.items()]
    if isinstance(value, (type(None), bool, int, float, complex, str, bytes, bytearray, decimal.Decimal)):
        return repr(value)
    if type(value).__module__ == "numpy" and type(value).__name__ == "ndarray":
        plain = value.dtype != object and value.dtype.char not in "gG"  # a long double has padding, which is any bytes
        return [str(value.dtype), list(value.shape), value.tobytes().hex() if plain else repr(value.tolist())]
    return type(value).__name__


def words_for(name):
    """Arguments that any function of the module is tried with: most are refused, and a refusal is a result too."""
    common = [(), (1,), ("text",), (b"bytes",), ([1, 2, 3],), (None,), ({"a": 1},), (2.5, 3), ([3, 1, 2], [1, 2, 3]), ("a", "b", "c")]
    if name == "lxml":
        common.remove((1,))  # a number is a file descriptor there
    if name == "numpy":
        import numpy

        a = numpy.arange(6.0).reshape(2, 3)
        common += [(a,), (a, a), (a, 1), (a[0], 2), (numpy.int64(3),), (numpy.arange(4), numpy.arange(4))]
    return common


SKIP = {
    "numpy": {"test", "show_config", "show_runtime", "info", "save", "savez", "savez_compressed", "savetxt", "fromfile", "load",
              "memmap", "DataSource", "genfromtxt", "loadtxt", "fromregex", "open_memmap", "seterrcall", "setbufsize", "seterr",
              "set_printoptions", "empty", "empty_like", "ndarray", "get_include", "getbufsize", "geterr"},
    "lxml": {"clear_error_log", "use_global_python_log", "set_default_parser", "setDefaultParser", "memory_debugger"},
    "_decimal": {"setcontext"},
    "_pickle": set(),
}


def public(name):
    module = importlib.import_module(NAMES.get(name, name))
    skip = SKIP.get(name, set())
    for key in sorted(vars(module)):
        value = getattr(module, key)
        if key.startswith("_") or key in skip or not callable(value):
            continue
        if isinstance(value, type) and issubclass(value, BaseException):
            continue
        yield key, value


def methods(thing, skip=()):
    for key in sorted(dir(type(thing))):
        if not key.startswith("__") and key not in skip and callable(getattr(type(thing), key)):
            yield f"{type(thing).__name__}.{key}", key


def tree_things(etree):
    root = etree.fromstring("<r a='1'><b>t</b><b x='2'/>tail</r>")
    return root


class Thing:
    def __init__(self):
        self.one, self.two = 1, "two"

    def __eq__(self, other):
        return vars(self) == vars(other)


def pickled():
    values = [Thing(), {"k": [1, 2.5, None, True, "é" * 9]}, {1, 2}, (1, (2,)), b"x" * 300, 1 << 80, copyreg.pickle, frozenset([3])]
    loops = []
    loops.append(loops)

    def of(value, protocol):
        raw = pickle.dumps(value, protocol)
        return [raw, type(pickle.loads(raw)).__name__]

    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield f"dumps{protocol}", lambda p=protocol: [of(value, p) for value in values]
    yield "loop", lambda: len(pickle.loads(pickle.dumps(loops)))

    def stream():
        out = io.BytesIO()
        pickler = pickle.Pickler(out, 4)
        for value in values[1:4]:
            pickler.dump(value)
        pickler.clear_memo()
        size = len(pickler.memo.copy())
        out.seek(0)
        unpickler = pickle.Unpickler(out)
        return [size, [shown(unpickler.load()) for _ in range(3)], len(unpickler.memo.copy())]

    yield "stream", stream
    for bad in (b"", b"garbage.", b"\x80\x04K", b"\x80\x05cno\nmodule\n."):
        yield f"bad {bad!r}", lambda b=bad: pickle.loads(b)
    yield "unpicklable", lambda: pickle.dumps(lambda: 0)


def json_things():
    import json as text

    values = [{"a": [1, 2.5, None, True, "é\n\""]}, [[]] * 3, "s" * 50, -1, float("inf"), {"k": {"k": {}}}]
    yield "dumps", lambda: [text.dumps(v) for v in values]
    yield "loads", lambda: [text.loads(text.dumps(v)) for v in values]
    for words in ({"ensure_ascii": False}, {"sort_keys": True}, {"default": str}, {"skipkeys": True}, {"separators": (",", ":")}):
        yield f"dumps {words}", lambda w=words: text.dumps({"z": 1, "a": [object, 2] if "default" in w else 3}, **w)
    for bad in ("", "[1,", "{\"a\" 1}", "nul", "\"\\u12", "[1e999999]", "{1:2}"):
        yield f"bad {bad!r}", lambda b=bad: text.loads(b)
    yield "hook", lambda: text.loads('{"a": {"b": 1.5}}', object_hook=lambda d: sorted(d), parse_float=str)
    yield "pairs", lambda: text.loads('{"a": {"b": 1}}', object_pairs_hook=tuple)
    yield "circular", lambda: (lambda a: (a.append(a), text.dumps(a)))([])
    yield "not serializable", lambda: text.dumps({"a": object()})


def decimal_things():
    one, other = decimal.Decimal("12.5"), decimal.Decimal("-3.125")
    for label, key in methods(one):
        for words in ((), (other,), (2,), (other, one), ("x",)):
            yield f"{label} {words}", lambda k=key, w=words: getattr(one, k)(*w)
    context = decimal.Context(prec=9)
    for label, key in methods(context, {"clear_flags", "clear_traps"}):
        for words in ((), (one,), (one, other), (2, other), ("x",)):
            yield f"{label} {words}", lambda k=key, w=words: getattr(context.copy(), k)(*w)
    for sign in ("+", "-", "*", "/", "//", "%", "**", "<", "==", ">="):
        yield f"operator {sign}", lambda s=sign: eval(f"a {s} b", {"a": one, "b": other})
        yield f"operator int {sign}", lambda s=sign: eval(f"a {s} 3", {"a": one})
    yield "format", lambda: [format(one, f) for f in ("", ".1f", "e", "010", "%")]
    yield "hash", lambda: [int(one), float(one), bool(one), copy.copy(one), round(one, 1), str(one), repr(one)]
    yield "local", lambda: decimal.localcontext().__enter__().prec


def element_things(etree):
    root = tree_things(etree)
    for label, key in methods(root, {"clear", "addnext", "addprevious"}):
        for words in ((), ("b",), ("a", "1"), (0,), (etree.fromstring("<n/>"),), ([etree.fromstring("<n/>")],)):
            yield f"{label} {words!s:.20}", lambda k=key, w=words: shown(getattr(tree_things(etree), k)(*copy.deepcopy(w)))
    yield "walk", lambda: [node.tag for node in root.iter()] + list(root.itertext())
    yield "slices", lambda: (lambda r: (r.__setitem__(slice(0, 1), [etree.fromstring("<n/>")]), len(r), r[-1].tag))(tree_things(etree))
    yield "index", lambda: root[9]
    yield "text", lambda: [etree.tostring(tree_things(etree)), root.tail, root.attrib.get("a")]
    for bad in ("", "<a>", "<a></b>", "&"):
        yield f"bad {bad}", lambda b=bad: etree.fromstring(b)


def etree_things():
    import xml.etree.ElementTree as etree

    yield from element_things(etree)

    def built():
        builder = etree.TreeBuilder()
        builder.start("a", {"k": "v"})
        builder.data("x")
        builder.end("a")
        parser = etree.XMLParser(target=builder)
        return [builder.close().tag, type(parser).__name__]

    def parsed():
        parser = etree.XMLPullParser(["start", "end"])
        parser.feed("<a><b>t</b></a>")
        return [(event, node.tag) for event, node in parser.read_events()]

    yield "builder", built
    yield "pull", parsed


def lxml_things():
    from lxml import etree

    yield from element_things(etree)
    yield "xpath", lambda: [etree.fromstring("<r><b>1</b></r>").xpath(x) for x in ("//b/text()", "count(//b)", "string(.)")]
    yield "bad xpath", lambda: etree.fromstring("<r/>").xpath("//[")
    sheet = etree.XML('<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:template match="/"><o/></x:template></x:stylesheet>')
    yield "xslt", lambda: etree.tostring(etree.XSLT(sheet)(etree.XML("<a/>")))
    yield "iterparse", lambda: [node.tag for _, node in etree.iterparse(io.BytesIO(b"<a><b/></a>"))]


def orjson_things():
    import orjson

    values = [{"a": [1, 2.5, None, True, "é\n"]}, [[]] * 3, "s" * 50, -1, b"no", 1 << 70, {1: 2}, object()]
    for at, value in enumerate(values):
        yield f"dumps {at}", lambda v=value: orjson.dumps(v)
        yield f"default {at}", lambda v=value: orjson.dumps(v, default=lambda o: "é")
        yield f"option {at}", lambda v=value: orjson.dumps(v, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)
    for text in (b'{"a":[1,2.5,null,"x"]}', "[1", b"", b"\xff", '"s"', "1e400"):
        yield f"loads {text!r}", lambda t=text: orjson.loads(t)

    def refuses(_):
        raise ValueError("no")

    yield "default raises", lambda: orjson.dumps(object(), default=refuses)
    yield "fragment", lambda: orjson.dumps([orjson.Fragment(b"1")])


def msgpack_things():
    import msgpack

    values = [{"a": [1, 2.5, None, True, "é"]}, [[]] * 3, b"raw", -1, 1 << 63, 1 << 70, object(), msgpack.Timestamp(1, 2)]
    for at, value in enumerate(values):
        yield f"packb {at}", lambda v=value: msgpack.packb(v)
        yield f"default {at}", lambda v=value: msgpack.packb(v, default=str if at != 6 else (lambda o: "x"))
        yield f"unpackb {at}", lambda v=value: msgpack.unpackb(msgpack.packb(v))
    for raw in (b"", b"\x93\x01", b"\xc1", b"\x81\x01\x02"):
        yield f"bad {raw!r}", lambda r=raw: msgpack.unpackb(r)

    def stream():
        unpacker = msgpack.Unpacker()
        packer = msgpack.Packer(autoreset=False)
        for value in values[:4]:
            packer.pack(value)
        unpacker.feed(packer.bytes())
        packer.reset()
        return [shown(value) for value in unpacker]

    yield "stream", stream
    yield "ext", lambda: msgpack.unpackb(msgpack.packb(msgpack.ExtType(5, b"x")), ext_hook=lambda c, d: [c, d])


MORE = {"_json": json_things, "_pickle": pickled, "_decimal": decimal_things, "_elementtree": etree_things, "lxml": lxml_things,
        "orjson": orjson_things, "msgpack": msgpack_things}


def functions(name):
    """Each public function with words, and what is worth more thought."""
    for key, value in public(name):
        for at, words in enumerate(words_for(name)):
            yield f"{key} {at}", lambda f=value, w=words: f(*copy.deepcopy(w))
    if name in MORE:
        yield from MORE[name]()


def call(function):
    try:
        return shown(function())
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:80]}" if " at 0x" not in str(error) else type(error).__name__


def one_round(name, table, calls):
    digest = hashlib.sha256()
    for label, function in table:
        for at in range(calls):
            result = call(function)
            if at % 50 == 0:
                digest.update(json.dumps([label, result], default=str).encode())
                if TELL:
                    TELL.write(json.dumps([label, result], default=str) + "\n")
    return {"functions": len({label.split(" ")[0] for label, _ in table}), "rows": len(table), "digest": digest.hexdigest()}


TELL = open(sys.argv[2], "w") if len(sys.argv) > 2 else None
if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    target = sys.argv[1]
    table = list(functions(target))
    one_round(target, table, 2)
    gc.collect()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(one_round(target, table, int(line.strip() or CALLS))), flush=True)
