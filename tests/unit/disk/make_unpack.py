# SPDX-License-Identifier: BSD-2-Clause
"""Packed files, as gzip, lz4 and zstd make them, and what went into them."""
import random
import struct
import subprocess
import zlib

LEGACY_BLOCK = 8 << 20


def texts():
    """{name: bytes}: within a block, and beyond one of 64 KiB."""
    words = random.Random(1)
    line = b"".join(b"%d bottles of %x " % (n % 7, words.getrandbits(8)) for n in range(40))
    noise = random.Random(2).randbytes
    long = b"".join(line[n % 90:n % 90 + 300] + noise(20 + n % 40) for n in range(900))
    return {
        "short": line, "tiny": b"less than a peek", "empty": b"", "long": long,
        # Nothing to pack: as many packed bytes as unpacked ones, and more.
        "noise": noise(200000),
    }


def large(long):
    """Beyond a block of a legacy frame: what is not written, since it repeats."""
    exact = long[:LEGACY_BLOCK // 64] * 64
    huge = (long * 40)[:LEGACY_BLOCK + 100000]
    return {
        "exact-l.lz4": run("lz4 -l", exact),
        "exact-size.lz4": run("lz4 -l", exact) + struct.pack("<I", len(exact)),
        "huge-l.lz4": run("lz4 -l", huge),
        "huge.lz4": run("lz4 -BD -BX -B5", huge),
        "huge.zst": run("zstd -3", huge),
        "zeroes.gz": run("gzip -1 -n", bytes(17 << 20)),
    }


def run(words, data):
    return subprocess.run(words.split(), input=data, check=True, capture_output=True).stdout


def whole_gzip(data):
    """A header with everything that there is (RFC 1952, 2.3.1)."""
    head = (b"\x1f\x8b\x08\x1e" + struct.pack("<I", 1) + b"\2\3" +
            struct.pack("<H", 8) + b"AG\4\0data" + b"name\0" + b"comment\0")
    head += struct.pack("<H", zlib.crc32(head) & 0xffff)
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (head + pack.compress(data) + pack.flush() +
            struct.pack("<II", zlib.crc32(data), len(data)))


def gzip(text):
    packed = {f"{name}.gz": run("gzip -9 -n", text[name]) for name in text}
    packed["short-1.gz"] = run("gzip -1 -n", text["short"])
    packed["header.gz"] = whole_gzip(text["short"])
    packed["two.gz"] = run("gzip -n", text["short"][:300]) + run("gzip -n", text["short"][300:])
    return packed


def skippable(magic):
    return struct.pack("<II", magic, 5) + b"12345"


def lz4(text):
    packed = {f"{name}.lz4": run("lz4 -9", text[name]) for name in text}
    packed |= {f"{name}-l.lz4": run("lz4 -l -9", text[name])
               for name in ("short", "long", "tiny", "noise")}
    # The Linux build appends the size to some of its legacy files.
    packed["short-size.lz4"] = packed["short-l.lz4"] + struct.pack("<I", len(text["short"]))
    packed["linked.lz4"] = run("lz4 -BD -B4", text["long"])
    packed["checked.lz4"] = run("lz4 -BX -B4 --no-frame-crc", text["short"])
    packed["bare.lz4"] = run("lz4 --no-frame-crc", text["short"])
    packed["two.lz4"] = (run("lz4", text["short"][:300]) + skippable(0x184d2a5f) +
                         run("lz4 -l", text["short"][300:400]) + run("lz4", text["short"][400:]))
    return packed


def zstd(text):
    packed = {f"{name}.zst": run("zstd -19", text[name]) for name in text}
    packed["short-fast.zst"] = run("zstd -1 --no-check", text["short"])
    packed["two.zst"] = (skippable(0x184d2a50) + run("zstd", text["short"][:300]) +
                         run("zstd", text["short"][300:]))
    return packed


def sized(folder, text):
    """From a file, not from a pipe, the tools know the size and write it."""
    for name in ("short", "long"):
        for words in ("lz4 -f --content-size {0} {0}-sized.lz4",
                      "zstd -f -q {0} -o {0}-sized.zst",
                      "gzip -k -f -N {0}"):
            subprocess.run(words.format(name).split(), check=True, cwd=folder,
                           capture_output=True)


def make(folder):
    text = texts()
    for name, data in text.items():
        (folder / name).write_bytes(data)
    sized(folder, text)
    for name, data in (gzip(text) | lz4(text) | zstd(text) | large(text["long"])).items():
        (folder / name).write_bytes(data)
