#!/usr/bin/env python3
"""Bombs: inputs made to break a reader, each read by `onrecord read` and by `onrecord add`, from files and, where it is a page or a
feed, over HTTP from loopback.

    python3 hardening/bombs.py --program target/release/onrecord [--quick] [--only NAME]

Each bomb stands between two good reports. It must cost at most 512 MB of memory (the most that the process ever held) and the seconds
that are stated with it (30 where nothing is), give the lines on standard error that are expected of it and no other, exit status 1 where something failed and
0 where not, and everything else must be read. `--quick` makes everything smaller and takes under a minute. Exit status: 0 when all
of it holds, 1 when not. Nothing made here needs more than 150 MB of disk.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import made
from host import Host
from made import GIB, MIB
from words import report

MEMORY = 512  # MB
GOOD = " ".join(report("good")[1])
LINE = json.dumps({"id": "line", "text": GOOD}).encode() + b"\n"


class Bomb:
    """`make(write)` writes it. `says` are patterns of the lines that it gives, `kept` how many documents in it are read all the same."""

    def __init__(self, name, suffix, make, says=(), kept=0, seconds=30, http=None, piped=False, folder=None):
        self.name, self.suffix, self.make, self.says, self.kept = name, suffix, make, says, kept
        self.seconds, self.http, self.piped, self.folder = seconds, http, piped, folder


def pieces(*parts):
    """Writes bytes, and what gives them piece by piece."""
    def make(write):
        for part in parts:
            for piece in [part] if isinstance(part, bytes) else part() if callable(part) else part:
                write(piece)
    return make


def bombs(small):
    """All of them; with `small`, of a size that takes seconds."""
    size, deep, many = (1 * GIB, 50_000, 3_000) if small else (10 * GIB, 1_000_000, 100_000)
    swells, long, no_page = "swell to hundreds", "longer than 8 MB", "no article found"
    good_record = made.record("good", made.page(GOOD))
    html, xml = {"Content-Type": "text/html"}, {"Content-Type": "application/xml"}

    def gz(**parts):
        return lambda: made.gzip_bomb(size, **parts)

    def zst(**parts):
        return lambda: made.zstd_bomb(size, **parts)

    def tags(open, close, around=("<html><body><article>", "</article></body></html>"), times=deep, inside="Words."):
        return pieces(around[0].encode(), lambda: made.nested(open, close, times, inside), around[1].encode())

    def packed_record(encoding, bomb):
        return lambda: iter([made.record("bomb", b"".join(bomb()), encoding=encoding)])

    def member(name):
        return made.gzipped(made.record(name, made.page(f"{name}. {GOOD}")))

    rss = ("<rss version='2.0'><channel><title>Deep</title><item><guid>1</guid><title>A title</title>", "</item></channel></rss>")
    outline = "<body><outline text='&a10;&x;' xmlUrl='https://host.invalid/&a10;'/></body>"
    no_link = "is a link to a feed|has only a link|host that cannot be found"
    bad_xml = "cannot be read as a feed|not well-formed|has no link|has only a link|is empty|no article"

    yield Bomb("text.gz", ".txt.gz", pieces(gz(before=GOOD.encode())), [f"{swells}|{long}"])
    yield Bomb("lines.gz", ".jsonl.gz", pieces(gz(before=LINE)), [swells], kept=1, http={"Content-Type": "application/gzip"})
    yield Bomb("lines.zst", ".jsonl.zst", pieces(zst(before=LINE)), [swells], kept=1, http={"Content-Type": "application/zstd"})
    yield Bomb("page.gz", ".html.gz", pieces(gz(before=made.page(GOOD))), [f"{swells}|{long}"])
    yield Bomb("feed.gz", ".rss.gz", pieces(gz(before=b"<rss version='2.0'><channel>")), [f"{swells}|{long}"])
    yield Bomb("archive.gz", ".warc.gz", pieces(member("one"), gz(before=made.warc_head("bomb", size + 100) + b"HTTP/1.1 200 OK\r\n\r\n"), member("two")),
               [swells], kept=2)
    yield Bomb("archive.zst", ".warc.zst", pieces(zst(before=good_record + made.warc_head("bomb", size))), [swells], kept=1)
    for encoding, bomb in (("gzip", gz), ("zstd", zst)):
        yield Bomb(f"page in an archive, {encoding}", ".warc", pieces(good_record, packed_record(encoding, bomb(before=made.page(GOOD)[:-30])), made.record("next", made.page(GOOD))),
                   [f"{swells}|{long}"], kept=2)
    yield Bomb("page over HTTP, gzip", None, pieces(gz(before=made.page(GOOD))), ["longer than 64 MB"], http=html | {"Content-Encoding": "gzip"})
    yield Bomb("page over HTTP, zstd", None, pieces(zst(before=made.page(GOOD)[:1000])), ["packed as zstd"], http=html | {"Content-Encoding": "zstd"})

    for name, open, close in (("div", "<div>", "</div>"), ("table", "<table><tr><td>", "</td></tr></table>"), ("b", "<b id={}>", "</b>"),
                              ("a", "<a href={}>", ""), ("font and p", "<font size={}><p>", ""), ("svg", "<svg><g>", "")):
        yield Bomb(f"nested {name}", ".html", tags(open, close), [f"{no_page}|{long}"], http=html)
    yield Bomb("one million tags", ".html", tags("<li>", "", times=1_000_000), [no_page], http=html)
    yield Bomb("tags just not too many", ".html", tags("<li>x", "", times=20_000 if small else 290_000), kept=1, seconds=120)
    yield Bomb("nested tags in a feed", ".rss", tags("&lt;i>", "&lt;/i>", (rss[0] + "<description>", "</description>" + rss[1])), ["is empty"], http=xml)
    yield Bomb("nested tags in a line", ".jsonl", pieces(LINE, b'{"html": "', lambda: made.nested("<div>", "</div>", deep), b'"}\n', LINE.replace(b'"line"', b'"2"')),
               [f"line 2: ({no_page}|is {long})"], kept=2)
    yield Bomb("nested JSON", ".jsonl", pieces(LINE, b'{"text": ', b"[" * deep, b"]" * deep, b"}\n", LINE.replace(b'"line"', b'"2"')), ["line 2: not a JSON object"], kept=2)
    yield Bomb("nested JSON in a feed", ".json", pieces(b'{"version": "https://jsonfeed.org/version/1.1", "items": ', b'[{"a":' * deep), ["cannot be read as a feed"], http={"Content-Type": "application/json"})
    yield Bomb("nested JSON, news item", ".json", pieces(b'{"uri": "urn:1", "bodies": ', b"[" * deep, b"]" * deep, b"}"), ["is no news item"])
    for root, around in (("rss", rss), ("atom", ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='xhtml'>", "</content></entry></feed>")),
                         ("opml", ("<opml><body>", "</body></opml>")), ("sitemap", ("<urlset><url>", "</url></urlset>"))):
        yield Bomb(f"nested XML, {root}", ".xml", tags("<a>", "</a>", around), [bad_xml], http=xml)
    # Entities that a file declares stand for nothing: the entry is read without them, the addresses lead nowhere.
    for root, says, inside in (("rss", [], f"{rss[0]}<description>{GOOD} &a10;&x;</description>{rss[1]}"), ("opml", [no_link], f"<opml>{outline}</opml>"),
                               ("urlset", [no_link], "<urlset><url><loc>https://host.invalid/&a10;&x;</loc></url></urlset>")):
        yield Bomb(f"laughs, {root}", ".xml", pieces(made.laughs(root, inside)), says, kept=1 - len(says), http=xml)

    for name, bad, line in (("no length", good_record.replace(b"Content-Length: ", b"Content-Length: x"), "Content-Length is missing or no number"),
                            ("no end of head", b"WARC/1.0\r\n" + b"A: b\r\n" * 1000 + b"\r\n\r\n", "its head does not end"),
                            ("no record", b"Nothing of the kind\r\n" * 1000, "does not begin with WARC/"),
                            ("long line", b"WARC/1.0\r\nA: " + b"b" * (20 * MIB) + b"\r\n\r\n", "longer than|head")):
        yield Bomb(f"broken record: {name}", ".warc", pieces(made.record("one", made.page(GOOD)), bad, made.record("two", made.page(GOOD))), [line], kept=2)
    for name, length in (("too short", 200), ("too long", 5000), ("exabytes", 1 << 62)):
        yield Bomb(f"broken record: length {name}", ".warc", pieces(good_record, made.record("bad", made.page(GOOD), length=length), *(made.record(f"next-{n}", made.page(GOOD)) for n in range(9))),
                   ["record 2: bad record: its Content-Length is wrong"], kept=10)
    yield Bomb("broken record: cut off", ".warc", pieces(good_record, made.record("cut", made.page(GOOD))[:-300]), ["ends in the middle"], kept=1)
    yield Bomb("broken record: part cut short", ".warc.gz", pieces(member("one"), member("cut")[:-300], member("two"), b"\0" * 600, member("three")), ["gzip data are damaged|Content-Length is wrong"], kept=3)

    yield Bomb(f"feed of {many:,} entries", ".rss", pieces(lambda: made.feed(many, "Report {} came from the army. It said that rebels killed {} people.".replace("{} people", "nine people"))),
               kept=many, seconds=900, http=xml)
    yield Bomb("line of 2 GB", ".jsonl", pieces(LINE, b'{"text": "', lambda: (b"x" * MIB for _ in range(64 if small else 2048)), b'"}\n', LINE.replace(b'"line"', b'"2"')),
               ["line 2: is longer than 8 MB"], kept=2, piped=True)
    for name, unit in (("no space", "x"), ("one sentence", "the army and "), ("ordinary words", GOOD + "\n\n"), ("brackets", "(\"")):
        whole = 50_000 if small else MIB - 500
        yield Bomb(f"1 MB of {name}", ".txt", pieces((unit * (whole // len(unit))).encode()), kept=1, seconds=180)
    yield Bomb("8 MB of words", ".txt", pieces(GOOD.encode() * (7 * MIB // len(GOOD))), ["more than 1 MB of words"])
    yield Bomb("8 MB of words in an entry", ".rss", pieces(rss[0].encode(), b"<description>", GOOD.encode() * (7 * MIB // len(GOOD)), b"</description>", rss[1].encode()),
               ["more than 1 MB of words"], http=xml)
    yield Bomb("100 MB of no space", ".txt", pieces(lambda: (b"x" * MIB for _ in range(100))), ["longer than (8|32) MB"], http={"Content-Type": "text/plain"})
    yield Bomb(f"{many:,} files of nothing", "", None, ["is empty; nothing to read"] * many, seconds=300, folder=many)


class Run:
    def __init__(self, program, folder):
        self.program, self.folder, self.failed = program, folder, []
        self.bodies = {}
        self.host = Host(self.answer)
        for name in ("before", "after"):
            with open(f"{folder}/{name}.txt", "w") as file:
                file.write(f"{name}: {GOOD}\n")

    def answer(self, request):
        path, fields = self.bodies[request.path]
        request.raw("".join(["HTTP/1.1 200 OK\r\n", f"Content-Length: {os.path.getsize(path)}\r\n"]
                            + [f"{name}: {value}\r\n" for name, value in fields.items()] + ["\r\n"]).encode())
        with open(path, "rb") as file:
            while piece := file.read(MIB):
                request.raw(piece)
        return True

    def bomb(self, bomb):
        made_at = f"{self.folder}/bomb{bomb.suffix or ''}"
        if bomb.folder:
            os.mkdir(made_at)
            for number in range(bomb.folder):
                open(f"{made_at}/{number}.txt", "w").close()
        elif not bomb.piped:
            with open(made_at, "wb") as file:
                bomb.make(file.write)
        ways = [("file", made_at if not bomb.piped else "-")] * (bomb.suffix is not None)
        if bomb.http:
            path = f"/bomb{bomb.suffix or ''}"
            self.bodies[path] = (made_at, bomb.http)
            ways.append(("http", self.host.base + path))
        for way, place in ways:
            for command in ("read", "add"):
                self.one(bomb, way, command, place)
        shutil.rmtree(made_at) if bomb.folder else os.path.exists(made_at) and os.remove(made_at)

    def one(self, bomb, way, command, place):
        sources = [f"{self.folder}/before.txt", place, f"{self.folder}/after.txt"]
        options = ["--format", "jsonl"] if command == "read" else ["--db", f"{self.folder}/bombs.db"]
        arguments = [self.program, command, *options, "--allow-private", *sources] + (["--input", "jsonl"] if place == "-" else [])
        if place == "-":
            # Of a form that is given, the other reports must be, too.
            arguments = [self.program, command, *options, "--input", "jsonl", "-"]
        out, wrong = open(f"{self.folder}/out", "w+b"), open(f"{self.folder}/wrong", "w+b")
        begun = time.time()
        child = subprocess.Popen(arguments, stdin=subprocess.PIPE if place == "-" else subprocess.DEVNULL, stdout=out, stderr=wrong)
        if place == "-":
            threading.Thread(target=self.feed, args=(bomb, child.stdin)).start()
        killer = threading.Timer(2 * bomb.seconds, child.kill)
        killer.start()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        killer.cancel()
        seconds, memory = time.time() - begun, used.ru_maxrss >> 10
        kept = self.kept(command, out)
        wrong.seek(0)
        said = wrong.read().decode(errors="replace").splitlines()
        if command == "add":
            said = [line for line in said if not re.match(r"onrecord: [\d,]+ reports? kept", line)]
        expected = bomb.kept + (0 if place == "-" else 2)
        faults = []
        if memory > MEMORY:
            faults.append(f"{memory} MB")
        if seconds > bomb.seconds:
            faults.append(f"{seconds:.0f} s")
        if child.returncode != (1 if bomb.says else 0):
            faults.append(f"status {child.returncode}")
        if kept != expected:
            faults.append(f"kept {kept} of {expected}")
        if len(said) != len(bomb.says) or not all(re.search(pattern, line) and line.startswith("onrecord: ") and len(line) < 600 for pattern, line in zip(bomb.says, said)):
            faults.append(f"{len(said)} lines said: " + " / ".join(line[:300] for line in said[:3]))
        print(f"{'holds' if not faults else 'FAILS'}  {bomb.name:36} {way:4} {command:4} {memory:5} MB {seconds:6.1f} s  {'; '.join(faults) or (said[0][:100] if said else '')}", flush=True)
        if faults:
            self.failed.append((bomb.name, way, command))
        for name in os.listdir(self.folder):
            if name.startswith(("bombs.db", "out", "wrong")):
                os.remove(f"{self.folder}/{name}")

    @staticmethod
    def feed(bomb, pipe):
        try:
            bomb.make(pipe.write)
            pipe.close()
        except BrokenPipeError:
            pass

    def kept(self, command, out):
        if command == "read":
            out.seek(0)
            return sum(1 for _ in out)
        done = subprocess.run([self.program, "sql", "SELECT count(*) AS n FROM report", "--db", f"{self.folder}/bombs.db", "--format", "jsonl"], capture_output=True)
        return json.loads(done.stdout or b'{"n": -1}')["n"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default="target/release/onrecord")
    parser.add_argument("--quick", action="store_true", help="smaller bombs, under a minute")
    parser.add_argument("--only", default="", help="bombs of which the name has this in it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-bombs-") as folder:
        run = Run(os.path.abspath(arguments.program), folder)
        for bomb in bombs(arguments.quick):
            if arguments.only in bomb.name:
                run.bomb(bomb)
    print(f"{len(run.failed)} fail" if run.failed else "all hold")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
