"""A host on loopback that answers as it is told, well or badly, and remembers what it was asked.

Each host has an address of its own in 127.0.1.0/24, because the program keeps a pace for each host: one that asks to be left
alone must not hold up the others. (Linux has all of 127.0.0.0/8; elsewhere the addresses must be made first.)
"""

import itertools
import socket
import socketserver
import threading
import time

NUMBERS = itertools.count(2)
REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 304: "Not Modified", 403: "Forbidden", 404: "Not Found", 410: "Gone",
           429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
# No bad answer goes on for longer: the program must have ended it before.
LONGEST = 120


class Request:
    def __init__(self, path, fields, out):
        self.path, self.fields, self.out = path, fields, out

    def send(self, body=b"", status=200, **fields):
        """A whole answer, as it should be. Fields are named with _ for -."""
        head = {"Content-Type": "application/xml", "Content-Length": len(body)}
        head.update({name.replace("_", "-"): value for name, value in fields.items()})
        lines = [f"HTTP/1.1 {status} {REASONS[status]}"] + [f"{name}: {value}" for name, value in head.items()]
        self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def raw(self, data):
        self.out.sendall(data)

    def drip(self, pieces, pause):
        """Piece by piece, until there are none, the other side has had enough, or it has gone on for too long."""
        end = time.time() + LONGEST
        for piece in pieces:
            self.raw(piece)
            time.sleep(pause)
            if time.time() > end:
                break

    def wait(self):
        """Says nothing until the other side gives up."""
        self.out.settimeout(LONGEST)
        self.out.recv(1)


class Host:
    """`answer(request)` answers, and returns True where the connection may be used again. What goes wrong between the two sides is
    what this is for, and no error here. `robots` is the text of its robots.txt, or the status instead of one."""

    def __init__(self, answer, robots=404):
        self.answer, self.robots = answer, robots
        self.asked = []  # (begun, ended, path)
        host = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.settimeout(30)
                try:
                    while host.one(self.request):
                        pass
                except OSError:
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64

            def handle_error(self, request, client_address):
                if threading.main_thread().is_alive():
                    super().handle_error(request, client_address)

        self.server = Server((f"127.0.1.{next(NUMBERS)}", 0), Handler)
        self.base = "http://{}:{}".format(*self.server.server_address)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def one(self, out):
        """One request; false where there will be no more."""
        head = b""
        while b"\r\n\r\n" not in head:
            more = out.recv(65536)
            if not more or len(head) > 65536:
                return False
            head += more
        first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(first.split(" ")[1], fields, out)
        if request.path == "/robots.txt":
            if isinstance(self.robots, int):
                request.send(status=self.robots)
            else:
                request.send(self.robots.encode(), Content_Type="text/plain")
            return True
        begun = time.time()
        try:
            again = bool(self.answer(request))
        finally:
            self.asked.append((begun, time.time(), request.path))
        if not again:
            # Told at once, and not when this thread is collected.
            out.shutdown(socket.SHUT_RDWR)
        return again
