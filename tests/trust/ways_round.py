# SPDX-License-Identifier: BSD-2-Clause
"""The ways round signatures of FITs that have been found, by their names.

Facts: the advisories of U-Boot, barebox, F-Secure and Binarly. Each function
yields files in which the true signature is kept and something else would run,
or files that break a parser before any signature is looked at.
"""
import copy
import struct

import fdt
from case import MAY, MUST, Case
from fdt import Node, Tree


def evil_kernel(tree, name="evil"):
    """An image with a right hash that nobody signed: the second kernel."""
    node = copy.deepcopy(tree.node("/images/kernel2"))
    node.name = name
    return node


def configurations(tree):
    return tree.node("/configurations")


def twin(tree, name="conf-2", **facts):
    """The signed configuration with its signature under another name, changed."""
    node = copy.deepcopy(tree.node("/configurations/conf-1"))
    node.name = name
    for prop, value in facts.items():
        node.set(prop, value)
    return node


def case(name, tree, original="inside", want=MUST):
    data = tree if isinstance(tree, bytes) else tree.pack()
    return Case("known ways round", name, data, original, want)


def cve_2020_10648(get):
    """The signature of another configuration goes for the one that boots."""
    for first in (False, True):
        tree = get()
        node = twin(tree, kernel="kernel2")
        configurations(tree).nodes.insert(0 if first else 1, node)
        configurations(tree).set("default", "conf-2")
        yield case(f"CVE-2020-10648 signature copied, {'before' if first else 'behind'}", tree)
    tree = get()
    configurations(tree).nodes.append(twin(tree, ramdisk="initrd2"))
    configurations(tree).set("default", "conf-2")
    yield case("CVE-2020-10648 signature copied, other ramdisk", tree)
    tree = get()
    node = twin(tree, kernel="kernel2")
    node.nodes.clear()
    configurations(tree).nodes.append(node)
    configurations(tree).set("default", "conf-2")
    yield case("CVE-2020-10648 unsigned configuration is the default", tree)
    tree = get()
    node = twin(tree, kernel="kernel2", compatible="acme,machine")
    configurations(tree).nodes.append(node)
    yield case("CVE-2020-10648 copy is more compatible", tree)


def cve_2021_27097(get):
    """A second root, or one with a name; something behind the end."""
    tree = get()
    root = tree.root
    evil = copy.deepcopy(root)
    evil.node("/images/kernel").set("data", evil.node("/images/kernel2").get("data"))
    for name, nodes in (("second root behind", (root, evil)),
                        ("second root in front", (evil, root))):
        parts = []
        for node in nodes:
            tree.root = node
            packed = Tree(tree.pack())
            start = packed.header["off_dt_struct"]
            parts.append(packed.blob[start:start + packed.header["size_dt_struct"] - 4])
        body = parts[0] + parts[1] + fdt.word(fdt.STOP)
        yield case(f"CVE-2021-27097 {name}", fdt.assemble(body, packed.strings))
        yield case(f"CVE-2021-27097 {name}, END between", fdt.assemble(
            parts[0] + fdt.word(fdt.STOP) + body[len(parts[0]):], packed.strings),
            want=MAY if nodes[0] is root else MUST)
    tree.root = Node("f@", [], [root])
    yield case("CVE-2021-27097 root inside of another", tree)
    tree = get()
    tree.root.name = "f@"
    yield case("CVE-2021-27097 root with a name", tree)
    wrap = get()
    wrap.root = Node("", list(wrap.root.props), [Node("f@", [], wrap.root.nodes)])
    yield case("CVE-2021-27097 all a level deeper", wrap)


def cve_2021_27138(get):
    """kernel@1 beside kernel: who leaves out the address takes the other one."""
    for before in (True, False):
        for name in ("kernel@1", "kernel@", "kernel@0"):
            tree = get()
            images = tree.node("/images")
            images.nodes.insert(0 if before else len(images.nodes), evil_kernel(tree, name))
            yield case(f"CVE-2021-27138 {name} {'before' if before else 'behind'} kernel", tree)
    tree = get()
    tree.node("/images").nodes.append(evil_kernel(tree, "kernel@1"))
    tree.node("/configurations/conf-1").set("kernel", "kernel@1")
    yield case("CVE-2021-27138 configuration names kernel@1", tree)
    tree = get()
    configurations(tree).nodes.insert(0, twin(tree, "conf-1@1", kernel="kernel2"))
    yield case("CVE-2021-27138 conf-1@1 before conf-1", tree)
    tree = get()
    twin_images = Node("images@1", [], [evil_kernel(tree, "kernel")])
    tree.root.nodes.insert(0, twin_images)
    yield case("CVE-2021-27138 images@1 before images", tree)
    tree = get()
    tree.root.nodes.insert(0, Node("configurations@1", [], [twin(tree, kernel="kernel2")]))
    yield case("CVE-2021-27138 configurations@1", tree)
    tree = get()
    node = tree.node("/images/kernel")
    node.nodes.append(Node("hash-1@1", list(node.nodes[0].props)))
    yield case("CVE-2021-27138 hash-1@1 beside hash-1", tree)


def moved_aside(get, paths):
    """Signed nodes go elsewhere, their list follows them; others take their places."""
    tree = get()
    signature = tree.node("/configurations/conf-1/signature-1")
    listed = signature.get("hashed-nodes")
    for path, evil in paths.items():
        parent, name = path.rsplit("/", 1)
        parent = tree.node(parent)
        at = next(i for i, n in enumerate(parent.nodes) if n.name == name)
        # Its place in the stream of hashed bytes stays the same.
        parent.nodes[at] = Node("aside", [], [parent.nodes[at]])
        new = evil(tree)
        new.name = name
        parent.nodes.insert(at + 1, new)
        listed = listed.replace(f"{path}\0".encode(), f"{path[:-len(name)]}aside/{name}\0".encode())
        listed = listed.replace(f"{path}/".encode(), f"{path[:-len(name)]}aside/{name}/".encode())
    tree.node("/configurations").nodes.sort(key=lambda n: n.name != "aside")
    find = tree.node("/configurations/conf-1/signature-1") or tree.node(
        "/configurations/aside/conf-1/signature-1")
    find.set("hashed-nodes", listed)
    return tree, listed


def believed(original, tree, configuration="conf-1"):
    """The file, if the signature holds for who believes its list of nodes."""
    data = tree.pack()
    tree = Tree(data)
    signature = tree.node(f"/configurations/{configuration}/signature-1")
    listed = fdt.strings_of(signature.get("hashed-nodes"))
    assert fdt.message(tree, listed, original.strings) == original.message
    return data


def cve_2026_46728(get, original):
    """The list of hashed nodes is covered by nothing (barebox: CVE-2026-33243)."""
    number = "CVE-2026-46728 CVE-2026-33243"
    cases = {"kernel": {"/images/kernel": evil_kernel},
             "ramdisk": {"/images/initrd": lambda t: copy.deepcopy(t.node("/images/initrd2"))}}
    for what, paths in cases.items():
        tree = moved_aside(get, paths)[0]
        yield case(f"{number} signed {what} moved aside", believed(original, tree))
    tree, listed = moved_aside(get, {"/configurations/conf-1": lambda t: Node("x")})
    evil = copy.deepcopy(tree.node("/configurations/aside/conf-1")).set("kernel", "kernel2")
    evil.node("signature-1").set("hashed-nodes", listed)
    configurations(tree).nodes[1] = evil
    yield case(f"{number} signed configuration moved aside", believed(original, tree))
    for what, keep in (("empty", ()), ("only the root", ("/",)),
                       ("without the kernel", ("/", "/configurations/conf-1"))):
        tree = get()
        tree.node("/configurations/conf-1/signature-1").set(
            "hashed-nodes", b"".join(k.encode() + b"\0" for k in keep))
        tree.node("/configurations/conf-1").set("kernel", "kernel2")
        yield case(f"{number} list is {what}", tree)
    tree = get()
    node = twin(tree, kernel="kernel2")
    node.node("signature-1").set("hashed-nodes", b"".join(
        n + b"\0" for n in tree.node("/configurations/conf-1/signature-1").get(
            "hashed-nodes").split(b"\0")[:-1]) + b"/configurations/conf-2\0")
    configurations(tree).nodes.append(node)
    configurations(tree).set("default", "conf-2")
    yield case(f"{number} a node more in the list", tree)


def old_version(tree, version, name="node"):
    """A tree as of before version 16, whose names are whole paths."""
    data = bytearray(tree.pack())
    data[20:28] = struct.pack(">II", version, version)
    at = data.find(b"\0images\0") + 1
    data[at:at + 6] = name.encode().ljust(6, b"x")
    return bytes(data)


def brly_2026(get):
    """What breaks a parser before it has verified anything."""
    for version in (1, 2, 3, 15):
        yield case(f"BRLY-2026-037 BRLY-2026-038 BRLY-2026-040 version {version}",
                   old_version(get(), version))
    for start, size in ((0, 0xffffffff), (0, 0x7fffffff), (0, 0x100000), (0xfffffff0, 0x20),
                        (8, 8)):
        tree = get()
        tree.node("/configurations/conf-1").set("kernel", "kernel2")
        tree.node("/configurations/conf-1/signature-1").set(
            "hashed-strings", struct.pack(">II", start, size))
        yield case(f"BRLY-2026-039 hashed-strings 0x{start:x} 0x{size:x}", tree)
    for depth in (50, 64, 1000, 20000):
        body = fdt.word(fdt.BEGIN) + fdt.word(0x61000000)
        end = fdt.word(fdt.END)
        tree = get()
        packed = Tree(tree.pack())
        at = packed.header["off_dt_struct"] + packed.header["size_dt_struct"] - 8
        inner = packed.blob[packed.header["off_dt_struct"]:at]
        yield case(f"BRLY-2026-042 {depth} nodes deep",
                   fdt.assemble(inner + body * depth + end * (depth + 1) + fdt.word(fdt.STOP),
                                packed.strings))


def brly_2026_041(get):
    """External data that lie anywhere (denx.de, May 2026: offsets below zero)."""
    for prop in ("data-offset", "data-position", "data-size"):
        for value in (0xffffffff, 0x80000000, 0x7fffffff, 0xfffffff0, 0, 40, 1 << 63,
                      (1 << 64) - 1):
            tree = get("outside")
            node = tree.node("/images/kernel")
            if prop == "data-position":
                node.drop("data-offset")
            node.set(prop, value if value < 1 << 32 else value.to_bytes(8, "big"))
            if prop == "data-offset" and not value:
                continue
            yield case(f"BRLY-2026-041 {prop} 0x{value:x}", tree, "outside")


WAYS = (cve_2020_10648, cve_2021_27097, cve_2021_27138, brly_2026, brly_2026_041)


def make(originals):
    def get(name="inside"):
        return Tree(originals[name].data)

    for way in WAYS:
        yield from way(get)
    yield from cve_2026_46728(get, originals["inside"])
