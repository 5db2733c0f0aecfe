# SPDX-License-Identifier: BSD-2-Clause
"""Every field of the Image header: honoured, ignored or refused (BP-IMG-*).

The kernel is our own with a changed header; its rows tell where it found
itself, and that the field was no hindrance.
"""
import gzip
import re
import struct

import pytest

from bench import BUILDS, build, play
from seal import digest, sealed

VARIANT = "virt:el3+gicv3"
TEXT_OFFSET, IMAGE_SIZE, FLAGS, RES2, MAGIC, RES5 = 8, 16, 24, 32, 56, 60
GREEN = r"^SUMMARY: \d+ ok, 0 not ok"


def image(folder, tmp_path, **fields):
    """conformance.Image with header fields replaced and its digest renewed."""
    data = bytearray((folder / "conformance.Image").read_bytes())
    for name, value in fields.items():
        offset = globals()[name]
        struct.pack_into("<I" if offset >= MAGIC else "<Q", data, offset, value)
    kernel = tmp_path / "conformance.Image"
    kernel.write_bytes(sealed(bytes(data)))
    return kernel


def ok(row):
    return rf"^ok \d+ - {row} (?!# SKIP)"


ACCEPTED = {
    # name: header fields, low bits of its place, row that binds now
    "offset 0": ({"TEXT_OFFSET": 0}, 0, "BP-IMG-02"),
    "offset 0x80000": ({"TEXT_OFFSET": 0x80000}, 0x80000, "BP-IMG-02"),
    "offset 0x100000": ({"TEXT_OFFSET": 0x100000}, 0x100000, "BP-IMG-02"),
    "a gap before it": ({"TEXT_OFFSET": 0x80000}, 0x80000, "BP-IMG-15"),
    "no size": ({"IMAGE_SIZE": 0}, 0x80000, "BP-IMG-03"),
    "no size, another offset": ({"IMAGE_SIZE": 0, "TEXT_OFFSET": 0x100000}, 0x80000,
                                "BP-IMG-03"),
    "no size, room": ({"IMAGE_SIZE": 0}, 0x80000, "BP-IMG-07"),
    "big-endian": ({"FLAGS": 1}, 0, "BP-IMG-08"),
    "pages of 4 KiB": ({"FLAGS": 1 << 1}, 0, "BP-IMG-09"),
    "pages of 64 KiB": ({"FLAGS": 3 << 1}, 0, "BP-IMG-09"),
    "anywhere": ({"FLAGS": 1 << 3}, 0, "BP-IMG-11"),
    "flags bit 63": ({"FLAGS": 1 << 63}, 0, "BP-IMG-12"),
    "all reserved flags": ({"FLAGS": (1 << 64) - 16}, 0, "BP-IMG-12"),
    "res2": ({"RES2": (1 << 64) - 1}, 0, "BP-IMG-12"),
    "res5": ({"RES5": 0x40}, 0, "BP-IMG-13"),
}


@pytest.mark.parametrize("variant", ACCEPTED)
def test_header_is_honoured(variant, tmp_path):
    fields, low, row = ACCEPTED[variant]
    folder = build(VARIANT)
    run = play("run", folder, KERNEL=image(folder, tmp_path, **fields), SMP=2)
    run.expect_lines([r"^find: fw_cfg", r"^handoff: kernel at ", GREEN])
    run.expect_none([r"^find: embedded"])
    run.expect_lines([ok(row)])
    run.expect_status(0)
    place = next(re.search(r"handoff: kernel at 0x(\w+)", n) for n in run.lines
                 if n.startswith("handoff: kernel at"))
    assert int(place[1], 16) % 0x200000 == low


REFUSED = {
    "a broken magic": ({"MAGIC": 0x644d5242}, r"no arm64 Image header"),
    "pages that the CPU lacks": ({"FLAGS": 2 << 1}, r"built for pages of 16 KiB"),
}


@pytest.mark.parametrize("variant", REFUSED)
def test_header_is_refused(variant, tmp_path):
    """A Cortex-A72 has no pages of 16 KiB."""
    fields, why = REFUSED[variant]
    folder = build("virt:el3+gicv3+SOURCE_EMBEDDED=n")
    run = play("run", folder, KERNEL=image(folder, tmp_path, **fields), CPU="cortex-a72")
    run.expect_lines([rf"^inspect: kernel: error: .*{why}", r"ledger"])
    run.expect_none([r"^1\.\.\d"])
    run.expect(run.status not in (0, None), f"status {run.status}")


def embedded_gzip(name):
    """A build with Image.gz in it, as QEMU unpacks what comes through fw_cfg."""
    packed = BUILDS / name
    packed.write_bytes(gzip.compress((build(VARIANT) / "conformance.Image").read_bytes(),
                                     mtime=0))
    return f'{VARIANT}+PAYLOAD_KERNEL="{packed}"'


# Without what else needs check values, their code could be missing, or zlib's.
@pytest.mark.parametrize("less", ["", "+SOURCE_DISK=n+FORMAT_FIT=n+UNPACK_GZIP=y"])
def test_gzip_is_unpacked(less):
    """BP-IMG-14; that the kernel is whole is said by its own BP-CACHE-03."""
    run = play("run", build(embedded_gzip("conformance.Image.gz") + less))
    run.expect_lines([r"^inspect: kernel: gzip with arm64 Image", r"^unpack: kernel: ", GREEN])
    run.expect_status(0)


def test_gzip_is_refused_with_the_remedy():
    """BP-IMG-14: an image without the decompressor says what to do."""
    run = play("run", build(embedded_gzip("small.Image.gz") + "+UNPACK_GZIP=n"))
    run.expect_lines([r"^inspect: kernel: error: compressed with gzip: .*gunzip"])
    run.expect_none([r"^1\.\.\d"])
    run.expect(run.status not in (0, None), f"status {run.status}")


def test_damage_anywhere_is_seen(tmp_path):
    """BP-CACHE-03 counts every byte of the file."""
    folder = build(VARIANT)
    data = bytearray((folder / "conformance.Image").read_bytes())
    text = data.rindex(b"no usable device tree")
    data[text] ^= 1
    kernel = tmp_path / "conformance.Image"
    kernel.write_bytes(data)
    run = play("run", folder, KERNEL=kernel, SMP=1)
    run.expect_lines([r"^not ok \d+ - BP-CACHE-03 ", r"^SUMMARY: \d+ ok, 1 not ok"])
    run.expect_status(1)


@pytest.mark.parametrize("size", [1, 4096, 100001])
def test_initrd_arrives_whole(size, tmp_path):
    """HO-04: the kernel is told the digest, and finds it."""
    folder = build(VARIANT)
    initrd = tmp_path / "initrd"
    initrd.write_bytes(bytes(n * 7 % 251 for n in range(size)))
    told = digest(initrd.read_bytes())
    for value, row in ((told, ok("HO-04")), (told ^ 1, r"^not ok \d+ - HO-04 every byte")):
        run = play("run", folder, INITRD=initrd, SMP=1, CMDLINE=f"aglet.initrd={value:#x}")
        run.expect_lines([row])
        run.expect_status(0 if value == told else 1)


def test_bootargs_arrive_whole():
    """HO-02: the longest command line that arm64 keeps, with its NUL 2048 bytes."""
    line = " ".join(["aglet.test=" + "x" * 88] * 20 + ["y" * 47])
    assert len(line) == 2047
    run = play("run", build(VARIANT), SMP=1, CMDLINE=line)
    run.expect_lines([rf"^# bootargs: {line}$", ok("HO-02"), GREEN])
    run.expect_status(0)
