"""A threaded HTTP server under load: a thread and a connection a request, headers, bodies, access log."""
import http.client
import http.server
import threading

import pace


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("<p>%s</p>" % self.path * 20).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def request(n):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", "/page/%d" % n)
    connection.getresponse().read()
    connection.close()


pace.forever(request, 60)
