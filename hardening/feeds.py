"""Feeds for the soak: well behaved ones that grow, and ones that go wrong in every way feeds do."""

import email.utils
import gzip
import html
import json
import random
import time
import zlib

from host import Host
from words import report

WINDOW = 60  # Entries that a feed has at a time; older ones have gone from it.


class Feed:
    """A feed on a host of its own, whose entries come one every `every` seconds. `form` is how it is written; `fault` (see FAULTS)
    how it goes wrong, if it does, always or in spells of `spell` seconds, `phase` seconds into the first; `why` is what the program must
    say of it then."""

    def __init__(self, name, form="rss", every=30.0, first=5, fault=None, why=None, spell=None, phase=0, health="failing", robots=404,
                 served=None, window=WINDOW):
        self.name, self.form, self.every, self.first, self.fault, self.why = name, form, every, first, fault, why
        self.spell, self.phase, self.health, self.served, self.window = spell, phase, health, served, window
        self.begun, self.frozen = time.time(), None
        self.offered = {}  # Id of an entry to its headline, once the feed was sent whole.
        self.looks = []  # (ended, whether it was answered well)
        self.host = Host(self.answer, robots)
        self.url = self.host.base + "/feed"
        self.pages = {}

    def age(self):
        return (self.frozen or time.time()) - self.begun

    def is_bad(self):
        return self.fault is not None and (self.spell is None or int((self.age() + self.phase) / self.spell) % 2 == 1)

    def numbers(self):
        """Of the entries it has now, the latest first."""
        last = self.first + int(self.age() / self.every)
        return range(last, max(0, last - self.window), -1)

    def entry(self, number):
        """Id, address, headline and paragraphs."""
        headline, paragraphs = report(f"{self.name} {number}")
        id = f"{self.host.base}/r/{number}" if self.form in ("links", "sitemap") else f"{self.name}-{number}"
        return id, f"{self.host.base}/r/{number}", f"{headline} ({self.name} {number})", paragraphs

    def answer(self, request):
        if request.path.startswith("/r/"):
            return self.page(request, int(request.path[3:]))
        if request.path != "/feed":
            return request.send(status=404) or True
        if self.is_bad():
            try:
                return FAULTS[self.fault](request, self)
            finally:
                self.looks.append((time.time(), False))
        entries = [self.entry(number) for number in self.numbers()]
        body = FORMS[self.form](self, entries)
        etag = f'"{zlib.crc32(body):08x}"'
        if request.fields.get("if-none-match") == etag:
            request.send(status=304, ETag=etag)
        elif self.served:
            self.served(request, body, etag)
        else:
            request.send(body, ETag=etag)
        self.looks.append((time.time(), True))
        self.offered.update({id: title for id, _, title, _ in entries})
        return True

    def page(self, request, number):
        """Of a feed of links. One in ten is in trouble at first, and well at the second look."""
        asked = self.pages[number] = self.pages.get(number, 0) + 1
        if number % 10 == 7 and asked <= 4:
            return request.send(status=503) or True
        _, url, title, paragraphs = self.entry(number)
        text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        page = f"<html><head><title>{html.escape(title)}</title></head><body><nav>Home</nav><article><h1>{html.escape(title)}</h1>{text}</article></body></html>"
        return request.send(page.encode(), Content_Type="text/html; charset=utf-8") or True


# How feeds are written.

def rss(feed, entries, encoding="utf-8", title=None):
    def item(entry):
        id, url, headline, paragraphs = entry
        text = html.escape("".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs))
        return (f"<item><guid isPermaLink='false'>{id}</guid><link>{url}</link><title>{html.escape(headline)}</title>"
                f"<content:encoded>{text}</content:encoded></item>")

    return (f"<?xml version='1.0' encoding='{encoding}'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
            f"<channel><title>{title or feed.name}</title>{''.join(map(item, entries))}</channel></rss>").encode()


def atom(feed, entries):
    def one(entry):
        id, url, headline, paragraphs = entry
        return (f"<entry><id>{id}</id><link rel='alternate' href='{url}'/><title>{html.escape(headline)}</title>"
                f"<content type='text'>{html.escape(' '.join(paragraphs))}</content></entry>")

    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{feed.name}</title>{''.join(map(one, entries))}</feed>".encode()


def json_feed(feed, entries):
    items = [{"id": id, "url": url, "title": title, "content_text": "\n\n".join(paragraphs)} for id, url, title, paragraphs in entries]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": feed.name, "items": items}).encode()


def links(feed, entries):
    items = "".join(f"<item><guid>{url}</guid><link>{url}</link><title>{html.escape(title)}</title></item>" for _, url, title, _ in entries)
    return f"<rss version='2.0'><channel><title>{feed.name}</title>{items}</channel></rss>".encode()


def sitemap(feed, entries):
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for _, url, _, _ in entries)}</urlset>".encode()


def latin(feed, entries):
    """Says that it is UTF-8, and is not."""
    return rss(feed, entries, title=f"{feed.name} \u00e9t\u00e9").decode().encode("latin-1")


def utf16(feed, entries):
    """Says that it is UTF-16, and is UTF-8."""
    return rss(feed, entries, encoding="utf-16")


def restless(feed, entries):
    """The words of every entry change from look to look, and its address too."""
    seed = len(feed.looks)
    return rss(feed, [(id, f"{url}?{seed}", title, report(f"{feed.name} {id} {seed}")[1]) for id, url, title, _ in entries])


def numbered(feed, entries):
    """Calls its entries by bare numbers, as other feeds do."""
    return rss(feed, [(id.rpartition("-")[2], url, title, paragraphs) for id, url, title, paragraphs in entries])


FORMS = dict(rss=rss, atom=atom, json=json_feed, links=links, sitemap=sitemap, latin=latin, utf16=utf16, restless=restless,
             numbered=numbered)


# How good answers are sent, other than at once.

def slowly(request, body, etag):
    request.raw(f"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
    step = max(1, len(body) // 15)
    request.drip((body[at:at + step] for at in range(0, len(body), step)), 0.5)


def packed(request, body, etag):
    request.send(gzip.compress(body), Content_Encoding="gzip", ETag=etag)


def chunked(request, body, etag):
    request.raw(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: {etag}\r\n\r\n".encode())
    for at in range(0, len(body), 1000):
        request.raw(b"%x\r\n%s\r\n" % (len(body[at:at + 1000]), body[at:at + 1000]))
    request.raw(b"0\r\n\r\n")


def dated(request, body, etag):
    """Knows its last change by date alone, to the second."""
    date = email.utils.formatdate(zlib.crc32(body) % 1_000_000_000, usegmt=True)
    if request.fields.get("if-modified-since") == date:
        request.send(status=304, Last_Modified=date)
    else:
        request.send(body, Last_Modified=date)


# How feeds go wrong.

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"


def good(feed):
    return rss(feed, [feed.entry(number) for number in feed.numbers()])


def cut(request, feed):
    return request.send(good(feed)[:-400]) or True


def garbage(request, feed):
    return request.send(random.Random(feed.name).randbytes(50_000)) or True


def too_little(request, feed):
    body = good(feed)
    request.raw(HEAD + b"Content-Length: %d\r\n\r\n" % (2 * len(body)) + body)


def too_much(request, feed):
    body = good(feed)
    request.raw(HEAD + b"Content-Length: %d\r\n\r\n" % (len(body) // 2) + body)


def forever(request, feed):
    """As fast as it goes."""
    request.raw(HEAD + b"\r\n" + good(feed)[:-400])
    request.drip(iter(lambda: b"<item><title>More</title></item>" * 2000, b""), 0)


def drip(request, feed):
    request.raw(HEAD + b"\r\n")
    request.drip(iter(lambda: b"<", b""), 1)


def bomb(request, feed):
    zeros = zlib.compressobj(9, wbits=31)
    body = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(200)) + zeros.flush()
    return request.send(body, Content_Encoding="gzip") or True


def headers(request, feed):
    request.raw(b"HTTP/1.1 200 OK\r\n")
    request.drip((b"X-%d: y\r\n" % number for number in range(10 ** 9)), 0)


def to(location, status=302):
    return lambda request, feed: request.send(status=status, Location=location) or True


def loop(request, feed):
    return request.send(status=302, Location="/feed") or True


def status(number, **fields):
    return lambda request, feed: request.send(status=number, **fields) or True


FAULTS = {
    "cut": cut, "garbage": garbage, "too_little": too_little, "too_much": too_much, "forever": forever, "drip": drip, "bomb": bomb,
    "headers": headers, "loop": loop,
    "silent": lambda request, feed: request.wait(),
    "hangs_up": lambda request, feed: None,
    "nonsense": lambda request, feed: request.raw(b"\x00\x01 no HTTP \xff\xff\r\n\r\n"),
    "empty": lambda request, feed: request.send() or True,
    "page": lambda request, feed: request.send(b"<html><body><p>Sign in</p></body></html>", Content_Type="text/html") or True,
    "ten_gigabytes": lambda request, feed: request.raw(HEAD + b"Content-Length: 10737418240\r\n\r\n<rss>"),
    "brotli": lambda request, feed: request.send(good(feed), Content_Encoding="br") or True,
    "500": status(500), "404": status(404), "403": status(403), "410": status(410),
    "429": status(429, Retry_After="40"), "503": status(503),
    # Where no program may be led. The program refuses before it connects; nothing is sent there.
    "metadata": to("http://169.254.169.254/latest/meta-data/"),
    "metadata_number": to("http://2852039166/latest/", 301),
    "metadata_v6": to("http://[::ffff:169.254.169.254]/", 307),
    "metadata_ec2": to("http://[fd00:ec2::254]/latest/"),
    "file": to("file:///etc/passwd"),
    "password": to("http://user:word@127.0.0.1/feed"),
    "nowhere": status(302),
}
