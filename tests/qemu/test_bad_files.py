# SPDX-License-Identifier: BSD-2-Clause
"""An entry of a disk whose files are damaged is refused with its reason, the next boots."""
import struct
import subprocess
import zlib

import pytest

import disks
import seal
from bench import build, play

VARIANT = "virt:el2+gicv3"
GIB = 1 << 30
PAGE = bytes(range(256)) * 16
LOADER = 0x47c00000             # LOAD_ADDR of virt, with 128 MiB of memory


def put(data, offset, form, *values):
    data = bytearray(data)
    struct.pack_into(form, data, offset, *values)
    return bytes(data)


def flip(data, offset):
    return put(data, offset, "B", data[offset] ^ 0x40)


def header(size):
    """The first 4 KiB of a kernel that wants @size bytes (booting.rst)."""
    return struct.pack("<IIQQ32xI", 0x14000000, 0, 0, size, 0x644d5241).ljust(4096, b"\0")


def gzip_bomb():
    """4 GiB of zeroes: deflated pieces that need nothing of each other."""
    def piece(data):
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH)

    return (b"\x1f\x8b\x08" + bytes(7) + piece(header(1 << 20)) +
            piece(bytes(1 << 20)) * 4096 + b"\x03\0" + bytes(8))


def lz4_bomb():
    """1 GiB in blocks of the legacy frame."""
    first = disks.through("lz4 -l -9", header(1 << 20).ljust(8 << 20, b"\0"))
    return first + disks.through("lz4 -l -9", bytes(8 << 20))[4:] * 127


def zstd_bomb():
    """4 GiB: a block of bytes, then those that repeat one (RFC 8878, 3.1.1.2)."""
    def block(kind, size, content):
        return struct.pack("<I", size << 3 | kind << 1)[:3] + content

    return (b"\x28\xb5\x2f\xfd\x00\x58" + block(0, 4096, header(1 << 20)) +
            block(1, 128 << 10, b"\0") * 32768)


def elf(*segments, entry=None):
    """An ELF program for AArch64; a segment is (physical address, bytes, size)."""
    head = b"\x7fELF\2\1\1".ljust(16, b"\0") + struct.pack(
        "<HHIQQQIHHHHHH", 2, 183, 1, entry or segments[0][0], 64, 0, 0, 64, 56,
        len(segments), 0, 0, 0)
    programs, at = b"", 0x1000
    for address, data, size in segments:
        programs += struct.pack("<IIQQQQQQ", 1, 5, at, address, address, len(data), size, 4)
        at += 0x1000
    return (head + programs).ljust(0x1000, b"\0") + b"".join(
        data.ljust(0x1000, b"\0") for _, data, _ in segments)


def overlay(work, text):
    dts = work / "overlay.dts"
    dts.write_text(f"/dts-v1/; /plugin/; {text}")
    subprocess.run(["dtc", "-q", "-@", "-O", "dtb", "-o", work / "overlay.dtbo", dts],
                   check=True)
    return (work / "overlay.dtbo").read_bytes()


LABEL = "&no_such_label { status = \"okay\"; };"
PATH = "/ { fragment@0 { target-path = \"/no/such\"; __overlay__ { a; }; }; };"
# What the bad entry's kernel is made of: its bytes from those of a good Image.
KERNELS = {
    "empty": (lambda i: b"", r"^find: disk: error: .*2-bad\.conf: /bad: .*\(ENOENT\)"),
    "one byte": (lambda i: b"x", r"^inspect: kernel: error: .*\(ENOEXEC\)"),
    "text": (lambda i: b"MZ is no kernel\n" * 20, r"^inspect: kernel: error: .*\(ENOEXEC\)"),
    "larger than RAM": (lambda i: put(i, 16, "<Q", GIB),
                        r"^place: kernel: error: no free 1048576 KiB .*\(ENOMEM\)"),
    "says 1 TiB": (lambda i: put(i, 16, "<Q", 1 << 40),
                   r"^place: kernel: error: no free \d+ KiB .*\(ENOMEM\)"),
    "size wraps": (lambda i: put(i, 16, "<Q", (1 << 64) - 1),
                   r"^inspect: kernel: error: text_offset and image_size go beyond.*\(ERANGE\)"),
    "gzip cut": (lambda i: disks.through("gzip", i)[:-9000],
                 r"^unpack: kernel: error: packed with gzip, and damaged"),
    "gzip damaged": (lambda i: flip(disks.through("gzip", i), 30_000),
                     r"^unpack: kernel: error: packed with gzip, and damaged"),
    "gzip with another CRC": (lambda i: flip(disks.through("gzip", i), -8),
                              r"^unpack: kernel: error: packed with gzip, and damaged"),
    "lz4 damaged": (lambda i: flip(disks.through("lz4", i), 30_000),
                    r"^unpack: kernel: error: packed with lz4, and damaged"),
    "zstd cut": (lambda i: disks.through("zstd", i)[:20_000],
                 r"^inspect: kernel: error: packed with zstd, and damaged or too short"),
    "zstd damaged": (lambda i: flip(disks.through("zstd", i), -1),
                     r"^unpack: kernel: error: packed with zstd, and damaged"),
    "gzip bomb": (lambda i: gzip_bomb(), r"^unpack: kernel: error: .*larger than its header"),
    "lz4 bomb": (lambda i: lz4_bomb(), r"^unpack: kernel: error: .*larger than its header"),
    "zstd bomb": (lambda i: zstd_bomb(), r"^unpack: kernel: error: .*larger than its header"),
    "zboot cut": (lambda i: disks.zboot(disks.through("gzip", i), "gzip")[:20_000],
                  r"^inspect: kernel: error: an EFI zboot image that is cut short"),
    "zboot of another kind": (lambda i: disks.zboot(disks.through("xz", i), "xzkern"),
                              r"^inspect: kernel: error: an EFI zboot image, packed in a way"),
    "ELF over the loader": (lambda i: elf((LOADER, PAGE, 0x1000)),
                            r"^place: kernel: error: it runs at 0x47c00000 only"),
    "ELF over itself": (lambda i: elf((0x40200000, PAGE, 0x2000), (0x40201000, PAGE, 0x1000)),
                        r"^inspect: kernel: error: "),
    "ELF outside of RAM": (lambda i: elf((0x1000, PAGE, 0x1000)),
                           r"^place: kernel: error: it runs at 0x1000 only"),
    "ELF cut": (lambda i: elf((0x40200000, PAGE, 4096))[:0x1800],
                r"^unpack: kernel: error: "),
}


def boot(work, files, patterns, system="fat16", change=None, **given):
    """A bad entry first, a good one behind it: one reason, then a green report."""
    folder = build(VARIANT)
    good = (folder / "conformance.Image").read_bytes()
    root = disks.write(work / "root", {
        "loader/entries/1-good.conf": "linux /good.Image\n", "good.Image": good, **files})
    image = disks.make(work, "gpt", system, root)
    if change:
        change(image)
    run = play("run", folder, SMP=1, DISK=image, **given)
    run.expect_status(0)
    run.expect_lines([*patterns, r"^find: disk: virtio0p1 /loader/entries/1-good\.conf: kernel of",
                      r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none(["^find: embedded"])
    return run


def entry(more="", kernel="/bad"):
    return {"loader/entries/2-bad.conf": f"linux {kernel}\n{more}"}


@pytest.mark.parametrize("damage", KERNELS)
def test_damaged_kernel(damage, tmp_path):
    make, pattern = KERNELS[damage]
    image = (build(VARIANT) / "conformance.Image").read_bytes()
    boot(tmp_path, {**entry(), "bad": make(image)}, [pattern])


@pytest.mark.parametrize("lie", [0, 4096], ids=["none", "less than the file"])
def test_size_that_is_too_small_counts_for_nothing(lie, tmp_path):
    """The whole file is loaded, and nothing else is put there."""
    folder = build(VARIANT)
    image = put((folder / "conformance.Image").read_bytes(), 16, "<Q", lie)
    root = disks.write(tmp_path / "root", {"Image": seal.sealed(image)})
    run = play("run", folder, SMP=1, DISK=disks.make(tmp_path, "gpt", "ext4", root))
    run.expect_lines([rf"^load: kernel: {len(image)} bytes from disk", r"^ok \d+ - BP-CACHE-03"])


MISSING = {
    "kernel": (entry(kernel="/nothing"), r"/nothing: there is no such file"),
    "kernel in no folder": (entry(kernel="/no/thing"), r"/no/thing: there is no such file"),
    "kernel above the root": (entry(kernel="/../bad"), r"path: has a \.\. in it"),
    "folder for a kernel": ({**entry(), "bad/x": b"x"}, r"/bad: .*\(EISDIR\)"),
    "file for a folder": ({**entry(kernel="/bad/x"), "bad": b"x"}, r"/bad/x: .*\(E\w+\)"),
    "no kernel line": ({"loader/entries/2-bad.conf": "title none\n"}, r"\(ENOENT\)"),
    "an EFI program": ({"loader/entries/2-bad.conf": "efi /x.efi\n"}, r"\(ENOTSUP\)"),
    "another architecture": (entry("architecture x64\n", "/good.Image"), r"\(ENOTSUP\)"),
    "binary entry": ({"loader/entries/2-bad.conf": b"linux /bad\0\0\n"}, r"\(EINVAL\)"),
    "initrd": (entry("initrd /nothing\n", "/good.Image"), r"/nothing: there is no such file"),
    "second initrd": (entry("initrd /good.Image\ninitrd /nothing\n", "/good.Image"),
                      r"/nothing: there is no such file"),
    "device tree": (entry("devicetree /nothing\n", "/good.Image"), r"/nothing: there is no such"),
    "overlay": (entry("devicetree-overlay /nothing\n", "/good.Image"), r"/nothing: there is no"),
}


@pytest.mark.parametrize("name", MISSING)
def test_entry_that_names_nothing(name, tmp_path):
    files, why = MISSING[name]
    boot(tmp_path, files, [rf"^find: disk: error: virtio0p1 /loader/entries/2-bad\.conf.*{why}"],
         "ext4" if "folder" in name else "fat16")


TREES = {
    "label": (LABEL, r"/bad\.dtbo: /fragment@0\S* wants the label no_such_label, which the tree"),
    "path": (PATH, r"/bad\.dtbo: fragment@0 wants the node /no/such, which the tree"),
    "garbage": (None, r"/bad\.dtbo: there is no device tree header"),
}


@pytest.mark.parametrize("name", TREES)
def test_overlay_that_does_not_fit(name, tmp_path):
    """The message names overlay, fragment and what is missing; the tree survives."""
    text, why = TREES[name]
    bad = overlay(tmp_path, text) if text else b"x" * 4096
    boot(tmp_path, {**entry("devicetree-overlay /bad.dtbo\n", "/good.Image"), "bad.dtbo": bad},
         [rf"^fixup: overlay: error: {why}"])


def test_device_tree_that_is_none(tmp_path):
    boot(tmp_path, {**entry("devicetree /bad\n", "/good.Image"), "bad": b"x" * 4096},
         [r"^fixup: dtb: error: /bad: there is no device tree header"])


@pytest.mark.parametrize("what", ["kernel", "initrd"])
def test_fit_with_another_hash(what, tmp_path):
    folder = build(VARIANT)
    fit = disks.pack(folder, "fit", tmp_path)
    inside = {"kernel": (tmp_path / "kernel").read_bytes(), "initrd": disks.INITRD}[what]
    boot(tmp_path, {**entry(), "bad": flip(fit, fit.index(inside) + 70_000)},
         [rf"^verify: {what}: error: .*\(EBADMSG\)"])


def test_fit_that_is_cut(tmp_path):
    fit = disks.pack(build(VARIANT), "fit", tmp_path)
    boot(tmp_path, {**entry(), "bad": fit[:len(fit) // 2]},
         [r"^inspect: kernel: error: a FIT that is cut short"])


def test_initrd_larger_than_memory(tmp_path):
    """Allocated, not filled: the file is all holes."""
    root = disks.write(tmp_path / "root", entry("initrd /huge\n", "/good.Image"))
    with open(root / "huge", "wb") as f:
        f.truncate(300 << 20)
    boot(tmp_path, {}, [r"^place: initrd: error: no free \d+ KiB"], "ext4")
