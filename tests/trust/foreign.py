# SPDX-License-Identifier: BSD-2-Clause
"""What is no signed FIT, or more than one; data that are elsewhere; a lying disk."""
import copy
import gzip
import struct
import subprocess

import fdt
from case import GOOD, MAY, MUST, Case
from fdt import Node, Tree
from originals import configuration, hashes, mkimage, source
from signing import rsa_signer, sign


def case(name, data, original="inside", want=MUST, **more):
    return Case("other files", name, data, original, want, **more)


def legacy(folder):
    """An image of before FIT (U-Boot: CVE-2018-1000205)."""
    subprocess.run(["mkimage", "-A", "arm64", "-O", "linux", "-T", "kernel", "-C", "none", "-a",
                    "0x40200000", "-e", "0x40200000", "-n", "old", "-d", "kernel2", "old.uimage"],
                   cwd=folder, check=True, capture_output=True)
    return (folder / "old.uimage").read_bytes()


def elf(kernel):
    """A program at a fixed address, of one segment."""
    start, size = 0x40400000, len(kernel)
    head = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 2, 183, 1, start, 64, 0, 0, 64, 56, 1,
                       64, 0, 0)
    return head + struct.pack("<IIQQQQQQ", 1, 5, 120, start, start, size, size, 8) + kernel


def unsigned(folder, originals):
    kernel = (folder / "kernel2").read_bytes()
    yield case("an Image", kernel)
    yield case("an Image, packed", gzip.compress(kernel, mtime=0))
    yield case("an ELF program", elf(kernel))
    yield case("CVE-2018-1000205 a legacy uImage", legacy(folder))
    plain = source(configuration("conf-1", None, None))
    yield case("a FIT without a signature", mkimage(folder, "plain", plain, key=None))
    yield case("a FIT without a signature, outside data",
               mkimage(folder, "plain-e", plain, "-E", key=None))
    image = plain.replace(hashes("sha256"), hashes("sha256") + 'signature-1 { algo = '
                          '"sha256,rsa2048"; key-name-hint = "dev"; };')
    yield case("a FIT whose images are signed, one by one", mkimage(folder, "images", image))
    data = originals["inside"].data
    yield case("a packed signed FIT", gzip.compress(data, mtime=0), want=MAY)
    tree = Tree(mkimage(folder, "plain", plain, key=None))
    tree.node("/images/kernel").set("data", data)
    tree.node("/images/kernel").nodes.clear()
    yield case("a signed FIT inside of an unsigned one", tree.pack())
    tree.node("/images/kernel").set("compression", "gzip").set("data", gzip.compress(data, mtime=0))
    yield case("the same, packed", tree.pack())
    yield case("a signed FIT behind an Image", kernel + data)
    yield case("a signed FIT behind zeroes", bytes(512) + data)
    yield case("an empty file", b"")
    yield case("only the header", data[:40])


def mixed(originals, folder):
    """Parts of one signed file in another."""
    other = source(configuration("conf-1", "dev", "sha256,rsa2048", kernel="kernel2",
                                 initrd="initrd2"))
    other = Tree(mkimage(folder, "other", other))
    path = "/configurations/conf-1"
    for name in ("kernel", "initrd"):
        tree = Tree(originals["inside"].data)
        images = tree.node("/images")
        node = copy.deepcopy(tree.node(f"/images/{name}2"))
        node.name = name
        images.nodes = [node if n.name == name else n for n in images.nodes]
        yield case(f"mix and match: the other {name}", tree.pack())
        tree = Tree(originals["inside"].data)
        at = {"kernel": "kernel", "initrd": "ramdisk"}[name]
        tree.node(path).set(at, f"{name}2")
        yield case(f"mix and match: the configuration names the other {name}", tree.pack())
    for part in ("value", "hashed-nodes", "hashed-strings"):
        tree = Tree(originals["inside"].data)
        tree.node(f"{path}/signature-1").set(part, other.node(f"{path}/signature-1").get(part))
        # What both have alike is no change.
        yield case(f"mix and match: the other {part}", tree.pack(),
                   want=MAY if part == "hashed-strings" else MUST if part == "value" else MAY)
    tree = Tree(originals["inside"].data)
    tree.root.nodes = [tree.root.nodes[0], other.root.nodes[1]]
    yield case("mix and match: the other's configurations, both signed, kernel2 as before",
               tree.pack(), "two", MAY)
    tree = Tree(originals["two"].data)
    tree.node("/configurations").set("default", "conf-2")
    yield case("the other signed configuration is the default", tree.pack(), "two", MAY)
    tree = Tree(originals["two"].data)
    one, two = (tree.node(f"/configurations/conf-{n}") for n in (1, 2))
    one.nodes, two.nodes = two.nodes, one.nodes
    yield case("signatures of two configurations exchanged", tree.pack(), "two")
    one.name, two.name = "conf-2", "conf-1"
    yield case("names of two configurations exchanged, signatures kept", tree.pack(), "two")


def loads(originals, folder):
    """What a configuration may want besides, though the true key signs it."""
    for prop in ("loadables", "firmware", "fpga"):
        tree = Tree(originals["inside"].data)
        tree.node("/configurations/conf-1").set(prop, "kernel2")
        yield case(f"a signed configuration with {prop}", sign(tree, rsa_signer(folder)))
    for prop, value in (("bootargs", "x" * 2048), ("bootargs", b"a\0b\0"), ("bootargs", b"a"),
                        ("aglet,rollback-index", b""), ("aglet,rollback-index", bytes(8))):
        tree = Tree(originals["inside"].data)
        tree.node("/configurations/conf-1").set(prop, value)
        yield case(f"a signed configuration with {prop} of {len(value)} bytes",
                   sign(tree, rsa_signer(folder)))
    tree = Tree(originals["inside"].data)
    tree.node("/images/kernel").nodes.append(Node("cipher"))
    yield case("an encrypted kernel", sign(tree, rsa_signer(folder)))
    tree = Tree(originals["inside"].data)
    tree.node("/configurations/conf-1").set("script", "initrd2")
    yield case("a script", sign(tree, rsa_signer(folder)), want=MAY)


def data_places(originals):
    """Bytes that are said to be in two places, in none, or in each other's."""
    def tree(name):
        return Tree(originals[name].data)

    for name in ("inside", "outside"):
        for image in ("kernel", "initrd", "fdt", "over"):
            changed = tree(name)
            node = changed.node(f"/images/{image}")
            extra = {"data": b"more"} if name == "outside" else {
                "data-offset": fdt.word(0), "data-size": fdt.word(96)}
            for prop, value in extra.items():
                node.set(prop, value)
            yield case(f"{name}: data of {image} inside and outside", changed.pack(), name)
            changed = tree(name)
            node = changed.node(f"/images/{image}")
            node.set("data-position", 4096).set("data-offset", 0).set("data-size", 96).drop("data")
            yield case(f"{name}: data of {image} by offset and position", changed.pack(), name)
            changed = tree(name)
            for prop in fdt.BYTES:
                changed.node(f"/images/{image}").drop(prop)
            yield case(f"{name}: data of {image} nowhere", changed.pack(), name)
            changed = tree(name)
            spare = changed.node(f"/images/{image}2")
            for prop in ("data", "data-offset", "data-size"):
                if spare.get(prop):
                    changed.node(f"/images/{image}").set(prop, spare.get(prop))
            yield case(f"{name}: data of {image} are another's", changed.pack(), name)
    sizes = {"no byte": 0, "a byte less": -1, "a byte more": 1, "a word more": 4, "all": 1 << 20}
    for image in ("kernel", "initrd", "fdt", "over"):
        for what, delta in sizes.items():
            changed = tree("outside")
            node = changed.node(f"/images/{image}")
            size = int.from_bytes(node.get("data-size"), "big")
            node.set("data-size", size + delta if delta else 0)
            yield case(f"data-size of {image}: {what}", changed.pack(), "outside")
    changed = tree("outside")
    changed.node("/images/initrd").set("data-offset", 0)
    yield case("outside data overlap", changed.pack(), "outside")


def lying_disk(originals):
    """Other bytes for who reads once more than needed: what was verified must run."""
    for name in ("inside", "outside", "placed", "two"):
        original = originals[name]
        for what, data in (("every byte", bytes(b ^ 0xff for b in original.data)),
                           ("zeroes", bytes(len(original.data)))):
            for image in (None, "kernel", "initrd", "fdt", "over"):
                again = bytearray(original.data)
                start, end = (0, len(again)) if image is None else original.place(
                    original.tree.node(f"/images/{image}"))
                again[start:end] = data[start:end]
                yield case(f"{name}: the disk lies at the second time: {what} of {image or 'all'}",
                           original.data, name, MAY, again=bytes(again))
        yield case(f"{name}: the disk tells the truth at the second time",
                   bytes(len(original.data)), name, again=original.data)


def good(originals):
    for original in originals.values():
        yield Case("not tampered with", original.name, original.data, original.name, GOOD)
        yield Case("not tampered with", f"{original.name}, written anew", original.tree.pack(),
                   original.name, GOOD)


def make(originals, folder):
    yield from good(originals)
    yield from unsigned(folder, originals)
    yield from mixed(originals, folder)
    yield from loads(originals, folder)
    yield from data_places(originals)
    yield from lying_disk(originals)
