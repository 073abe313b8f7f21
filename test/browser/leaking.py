# A folder with the extension `watched` in, a process that calls it for ever out; it prints the address of the list that one of its functions keeps.
import sys
import time

sys.path.insert(0, sys.argv[1])
import watched


class Box:
    pass


box = Box()
box.payload = ["payload"]
print(hex(id(box.payload)), flush=True)


def serve(turn):
    fresh = Box()
    fresh.payload = [turn]
    if turn % 2:
        watched.leak(fresh)
    else:
        watched.keep_nothing(fresh)
    watched.leak(box)


turn = 0
while True:
    turn += 1
    serve(turn)
    time.sleep(0.01)
