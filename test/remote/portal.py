"""The far side: a Portal of Frida's on this machine's loopback, with one process joined to it. Says the port, then leaves when stdin ends.

Words: the pid, and the file with key and certificate if it is to speak TLS. The token is what the environment says.
"""
import json
import os
import socket
import sys
import time

import frida
from frida import EndpointParameters, PortalService

QUIET = {"exit_monitor": False, "exceptor": "handler-only", "thread_suspend_monitor": False}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def opened(token, pem, tries=20):
    """A port that was free a moment ago may be taken by now."""
    for left in reversed(range(tries)):
        nodes, doors = free_port(), free_port()
        cluster = EndpointParameters(address="127.0.0.1", port=nodes, authentication=("token", "join"))
        control = EndpointParameters(address="127.0.0.1", port=doors, certificate=pem, authentication=("token", token))
        portal = PortalService(cluster, control)
        try:
            portal.start()
            return portal, nodes, doors
        except frida.AddressInUseError:
            if left == 0:
                raise


pem = open(sys.argv[2]).read() if len(sys.argv) > 2 else None
portal, nodes, doors = opened(os.environ["REFSCOPE_TEST_TOKEN"], pem)
session = frida.get_local_device().attach(int(sys.argv[1]), **QUIET)
membership = session.join_portal(f"127.0.0.1:{nodes}", token="join")
print(json.dumps({"port": doors, "pid": int(sys.argv[1])}), flush=True)
sys.stdin.read()
membership.terminate()
session.detach()
time.sleep(0.5)
os._exit(0)
