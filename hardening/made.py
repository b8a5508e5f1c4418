"""Files made to break a reader, written piece by piece: none needs the memory or the disk that it means to fill."""

import struct
import zlib

GIB = 1 << 30
MIB = 1 << 20


# Packed bytes.

def gzip_bomb(size, before=b"", after=b""):
    """`before`, `size` zeros and `after` in one part of gzip, in pieces. A block of deflate that was flushed stands for itself, so that
    one is repeated instead of packing the same again and again."""
    packer = zlib.compressobj(9, wbits=-15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    step = 64 * MIB
    packer.compress(bytes(1))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(step)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(after) + packer.flush()
    check, zeros = zlib.crc32(before), bytes(step)
    yield b"\x1f\x8b\x08\0\0\0\0\0\2\xff" + head
    for _ in range(size // step):
        check = zlib.crc32(zeros, check)
        yield block
    length = len(before) + size // step * step + len(after)
    yield end + struct.pack("<II", zlib.crc32(after, check), length & 0xFFFFFFFF)


def zstd_bomb(size, before=b""):
    """`before` and `size` zeros in one frame of zstd. A block of equal bytes is four bytes, and stands for 128 KiB."""
    block = 128 << 10
    yield b"\x28\xb5\x2f\xfd\x00" + bytes([7 << 3])  # A window of 128 KiB, no length, no checksum.
    if before:
        yield struct.pack("<I", len(before) << 3)[:3] + before
    zeros = struct.pack("<I", block << 3 | 1 << 1)[:3] + b"\0"
    for _ in range(size // block // 1024):
        yield zeros * 1024
    yield struct.pack("<I", 1)[:3]


def gzipped(data):
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(data) + packer.flush()


# Web archives.

def record(name, body, content_type="text/html", encoding=None, length=None):
    """One record: the page at https://example.org/NAME."""
    field = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{field}\r\n".encode() + body
    return warc_head(name, len(answer) if length is None else length) + answer + b"\r\n\r\n"


def warc_head(name, length):
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{name}>\r\nWARC-Target-URI: https://example.org/{name}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n").encode()


# Pages and feeds.

def page(words):
    return (f"<html><head><title>A report</title></head><body><article><h1>A report</h1><p>{words}</p></article></body></html>").encode()


def nested(open, close, times, inside="Words in the middle of it all."):
    """`{}` in `open` counts."""
    step = 10_000
    for at in range(0, times, step):
        yield "".join(open.replace("{}", str(n)) for n in range(at, min(times, at + step))).encode()
    yield inside.encode()
    for at in range(0, times, step):
        yield (close * min(step, times - at)).encode()


def laughs(root, inside):
    """An entity of entities of entities: ten billion words, were it unfolded."""
    entities = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11))
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{inside}".encode()


def feed(count, words):
    yield b"<?xml version='1.0'?><rss version='2.0'><channel><title>Long</title>"
    for at in range(0, count, 1000):
        yield "".join(f"<item><guid isPermaLink='false'>entry-{n}</guid><title>Entry {n}</title><description>{words.format(n)}</description></item>"
                      for n in range(at, min(count, at + 1000))).encode()
    yield b"</channel></rss>"
