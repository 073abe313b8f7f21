"""json, re, struct and zlib on texts that are new each time."""
import json
import re
import struct
import zlib

import pace

words = re.compile(r"\w+")


def step(n):
    text = json.dumps({"n": n, "list": list(range(n % 50)), "text": "word%d " % n * 20})
    value = json.loads(text)
    found = words.findall(value["text"])
    packed = zlib.compress(struct.pack("<%dI" % len(found), *range(len(found))))
    return re.sub("w(o)rd%d" % (n % 300), r"\1", zlib.decompress(packed).hex() + text)


for warm in range(600):
    step(warm)
pace.forever(step)
