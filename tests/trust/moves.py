# SPDX-License-Identifier: BSD-2-Clause
"""Nodes and properties removed, doubled, renamed, moved; files cut and grown.

Each is done to every node and property of the tree in turn. What of it the
signature covers must be refused, the rest may change nothing that counts.
"""
import copy
import struct

import fdt
from case import MAY, MUST, Case
from fdt import Prop, Tree


def want_of(original, data):
    """A signed byte or a name of a signed node is another, moved or not."""
    try:
        tree = Tree(data)
        same = fdt.message(tree, original.listed, original.strings) == original.message
    except (ValueError, struct.error, IndexError, UnicodeDecodeError, KeyError):
        return MAY
    return MAY if same else MUST


def put(node, index, child):
    node.nodes.insert(index, child)


def node_edits(parent, index):
    """Name and effect of each change of one child."""
    node = parent.nodes[index]
    twin = copy.deepcopy(node)
    other = copy.deepcopy(node)
    other.name += "-2"
    address = copy.deepcopy(node)
    address.name += "@1"
    yield "removed", lambda: parent.nodes.remove(node)
    yield "twice", lambda: put(parent, index, twin)
    yield "twice, the second at the end", lambda: parent.nodes.append(twin)
    yield "copied under another name", lambda: put(parent, index, other)
    yield "copied with a unit address", lambda: put(parent, index, address)
    yield "renamed", lambda: setattr(node, "name", node.name + "x")
    yield "renamed to a unit address", lambda: setattr(node, "name", node.name + "@1")
    yield "name cut", lambda: setattr(node, "name", node.name[:-1])
    yield "emptied", lambda: (node.props.clear(), node.nodes.clear())
    yield "moved to the end", lambda: parent.nodes.append(parent.nodes.pop(index))
    yield "moved to the front", lambda: put(parent, 0, parent.nodes.pop(index))
    yield "a level deeper", lambda: parent.nodes.__setitem__(
        index, fdt.Node("inner", [], [node]))
    yield "with a child more", lambda: node.nodes.append(fdt.Node("more"))
    yield "with a property more", lambda: node.props.append(Prop("more", b"more\0"))
    yield "with a property \"data\" more", lambda: node.props.append(Prop("data", b"more\0"))


def prop_edits(node, index):
    prop = node.props[index]
    value = prop.value
    yield "removed", lambda: node.props.remove(prop)
    yield "twice", lambda: node.props.insert(index, copy.copy(prop))
    yield "twice, the second at the end", lambda: node.props.append(copy.copy(prop))
    yield "renamed", lambda: setattr(prop, "name", prop.name + "x")
    yield "renamed to data", lambda: setattr(prop, "name", "data")
    yield "emptied", lambda: setattr(prop, "value", b"")
    yield "a byte shorter", lambda: setattr(prop, "value", value[:-1])
    yield "a byte longer", lambda: setattr(prop, "value", value + b"\0")
    yield "a word longer", lambda: setattr(prop, "value", value + b"more")
    yield "zeroes", lambda: setattr(prop, "value", bytes(len(value)))
    yield "moved to the end", lambda: node.props.append(node.props.pop(index))
    if index + 1 < len(node.props):
        after = node.props[index + 1]
        yield "the value of the next", lambda: setattr(prop, "value", after.value)


def edited(original, choose, count, edits):
    """A file for each edit; the tree is read anew for each, since edits change it."""
    for number in range(count):
        names = [name for name, _ in edits(*choose(Tree(original.data), number))]
        for which, name in enumerate(names):
            tree = Tree(original.data)
            where = choose(tree, number)
            act = list(edits(*where))[which][1]
            act()
            yield where, name, tree.pack()


def child_number(tree, number):
    pairs = [(node, i) for _, node in tree.root.walk() for i in range(len(node.nodes))]
    return pairs[number]


def prop_number(tree, number):
    pairs = [(node, i) for _, node in tree.root.walk() for i in range(len(node.props))]
    return pairs[number]


def nodes_and_props(original):
    nodes = sum(len(n.nodes) for _, n in original.tree.root.walk())
    props = sum(len(n.props) for _, n in original.tree.root.walk())
    for kind, choose, count, edits in (("node", child_number, nodes, node_edits),
                                       ("property", prop_number, props, prop_edits)):
        for (node, _), name, data in edited(original, choose, count, edits):
            yield Case(f"{kind} {name}", f"{original.name}: {kind} of {node.name or '/'}: {name}",
                       data, original.name, want_of(original, data))


def nops(original):
    """A NOP before each token."""
    facts = original.tree.header
    for token in original.tree.tokens:
        body = bytearray(original.data[facts["off_dt_struct"]:facts["off_dt_strings"]])
        at = token.at - facts["off_dt_struct"]
        body[at:at] = fdt.word(fdt.NOP)
        data = fdt.assemble(bytes(body), original.tree.strings, original.tree.behind)
        yield Case("NOP put in", f"{original.name}: NOP at {token.at}", data, original.name,
                   want_of(original, data))


def cut_and_grown(original):
    size = len(original.data)
    for at in sorted({*range(0, size, size // 150), *range(size - 8, size)}):
        yield Case("cut short", f"{original.name}: cut at {at}", original.data[:at],
                   original.name, MAY if not any(original.covered[at:]) else MUST)
    for count in (1, 4, 4096, 100000):
        yield Case("grown", f"{original.name}: {count} bytes more",
                   original.data + b"\xa5" * count, original.name, MAY)
    yield Case("grown", f"{original.name}: twice", original.data * 2, original.name, MAY)


def swapped_words(original):
    """Neighbouring words of the structure change places."""
    facts = original.tree.header
    start = facts["off_dt_struct"]
    for at in range(start, start + facts["size_dt_struct"] - 8, 4):
        one, two = original.data[at:at + 4], original.data[at + 4:at + 8]
        if one != two:
            data = original.data[:at] + two + one + original.data[at + 8:]
            hit = any(original.covered[at:at + 8])
            yield Case("words swapped", f"{original.name}: words at {at}", data, original.name,
                       MUST if hit else MAY)


def header_values(original):
    """Each field of the header with values that are worth a try."""
    for number, field in enumerate(fdt.FIELDS):
        old = original.tree.header[field]
        for value in {0, 1, 4, 15, 16, 17, 18, old - 4, old - 1, old + 1, old + 4, old + 8,
                      old * 2, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, len(original.data)}:
            if value == old or not 0 <= value < 1 << 32:
                continue
            data = bytearray(original.data)
            data[4 * number:4 * number + 4] = fdt.word(value)
            yield Case("header field set", f"{original.name}: {field} = 0x{value:x}", bytes(data),
                       original.name, MAY)


def make(originals):
    for name in ("inside", "outside", "two", "curve"):
        original = originals[name]
        yield from nodes_and_props(original)
        yield from nops(original)
        yield from cut_and_grown(original)
        yield from swapped_words(original)
        yield from header_values(original)
    original = originals["placed"]
    yield from cut_and_grown(original)
    yield from header_values(original)
