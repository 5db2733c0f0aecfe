# SPDX-License-Identifier: BSD-2-Clause
"""Flattened trees, byte for byte: taken apart, changed, put together again.

A parser of our own, so that a mistake of the loader's is not made twice.
Devicetree Specification v0.4, chapter 5. What a signature of mkimage covers
is worked out here as well, and proved by openssl (originals.py).
"""
import struct
from dataclasses import dataclass, field

MAGIC = 0xd00dfeed
BEGIN, END, PROP, NOP, STOP = 1, 2, 3, 4, 9
FIELDS = ("magic", "totalsize", "off_dt_struct", "off_dt_strings", "off_mem_rsvmap", "version",
          "last_comp_version", "boot_cpuid_phys", "size_dt_strings", "size_dt_struct")
# Properties that no signature covers: the bytes have hashes instead.
BYTES = ("data", "data-size", "data-position", "data-offset")


def word(value):
    return struct.pack(">I", value)


def pad(data):
    return data + bytes(-len(data) % 4)


@dataclass
class Prop:
    name: str
    value: bytes
    at: int = 0         # where its token was in the file that was read


@dataclass
class Node:
    name: str
    props: list = field(default_factory=list)
    nodes: list = field(default_factory=list)

    def get(self, name):
        return next((p.value for p in self.props if p.name == name), None)

    def text(self, name):
        value = self.get(name)
        return value and value.rstrip(b"\0").decode()

    def set(self, name, value):
        value = value.encode() + b"\0" if isinstance(value, str) else value
        value = word(value) if isinstance(value, int) else value
        for prop in self.props:
            if prop.name == name:
                prop.value = value
                return self
        self.props.append(Prop(name, value))
        return self

    def drop(self, name):
        self.props = [p for p in self.props if p.name != name]
        return self

    def node(self, path):
        """The node at a path below this one; None if there is none."""
        here = self
        for part in filter(None, path.split("/")):
            here = next((n for n in here.nodes if n.name == part), None)
            if here is None:
                return None
        return here

    def walk(self, path=""):
        yield path or "/", self
        for node in self.nodes:
            yield from node.walk(f"{path}/{node.name}")


@dataclass
class Token:
    kind: int
    at: int
    end: int            # with the padding
    path: str
    prop: str = ""
    size: int = 0


class Tree:
    """A file that begins with a tree, in its parts."""

    def __init__(self, blob):
        self.blob = bytes(blob)
        self.header = dict(zip(FIELDS, struct.unpack_from(">10I", blob)))
        self.size = self.header["totalsize"]
        self.behind = self.blob[self.size:]
        start, end = self.header["off_dt_strings"], self.header["size_dt_strings"]
        self.strings = self.blob[start:start + end]
        self.tokens = list(self._tokens())
        self.root = self._build(iter(self.tokens))

    def string(self, offset):
        return self.strings[offset:self.strings.index(b"\0", offset)].decode()

    def _tokens(self):
        at, path = self.header["off_dt_struct"], []
        while True:
            kind, = struct.unpack_from(">I", self.blob, at)
            token = Token(kind, at, at + 4, "")
            if kind == BEGIN:
                name = self.blob[at + 4:self.blob.index(b"\0", at + 4)]
                path.append(name.decode())
                token.end = at + 4 + len(pad(name + b"\0"))
            if kind == PROP:
                token.size, name = struct.unpack_from(">II", self.blob, at + 4)
                token.prop, token.end = self.string(name), at + 12 + len(pad(bytes(token.size)))
            token.path = "/".join(path) or "/"
            if kind == END:
                path.pop()
            yield token
            at = token.end
            if kind == STOP:
                return

    def _build(self, tokens):
        stack, root = [], None
        for token in tokens:
            if token.kind == BEGIN:
                node = Node(token.path.rsplit("/", 1)[-1])
                if stack:
                    stack[-1].nodes.append(node)
                root = root or node
                stack.append(node)
            elif token.kind == END:
                stack.pop()
            elif token.kind == PROP:
                value = self.blob[token.at + 12:token.at + 12 + token.size]
                stack[-1].props.append(Prop(token.prop, value, token.at))
        return root

    def node(self, path):
        return self.root.node(path)

    def pack(self):
        """The file anew: names keep their places among the strings, new ones follow.

        What lies behind the tree stays where it is, if there is room.
        """
        strings = bytearray(self.strings)
        body = bytearray()
        offsets = {}

        def name(text):
            if text not in offsets:
                at = (b"\0" + bytes(strings)).find(b"\0" + text.encode() + b"\0")
                offsets[text] = at if at >= 0 else len(strings)
                if at < 0:
                    strings.extend(text.encode() + b"\0")
            return offsets[text]

        def put(node):
            body.extend(word(BEGIN) + pad(node.name.encode() + b"\0"))
            for prop in node.props:
                body.extend(word(PROP) + word(len(prop.value)) + word(name(prop.name)) +
                            pad(prop.value))
            for child in node.nodes:
                put(child)
            body.extend(word(END))

        put(self.root)
        body.extend(word(STOP))
        blob = assemble(bytes(body), bytes(strings), b"", self.header)
        more = len(blob) - self.size
        if not self.behind or self.behind[:max(more, 0)].strip(b"\0"):
            return blob + self.behind
        blob += bytes(max(-more, 0))
        return blob[:4] + word(len(blob)) + blob[8:] + self.behind[max(more, 0):]


def assemble(body, strings, behind=b"", header=None):
    """A file of these blocks, with one empty reservation."""
    at = 56
    size = (at + len(body) + len(strings) + 3) // 4 * 4
    facts = {"version": 17, "last_comp_version": 16, "boot_cpuid_phys": 0, **(header or {}),
             "magic": MAGIC, "totalsize": size, "off_dt_struct": at, "off_mem_rsvmap": 40,
             "off_dt_strings": at + len(body), "size_dt_strings": len(strings),
             "size_dt_struct": len(body)}
    blob = struct.pack(">10I", *(facts[f] for f in FIELDS)) + bytes(16) + body + strings
    return blob + bytes(size - len(blob)) + behind


def strings_of(value):
    return [s.decode() for s in value.split(b"\0")[:-1]]


def covered(tree, listed, strings):
    """The ranges that a signature over the nodes @listed covers, as mkimage does it.

    A listed node is covered whole but for BYTES, with the tags of its children;
    then the end of the structure and the first @strings bytes of names.
    """
    ranges, want, stack = [], 0, []
    for token in tree.tokens:
        if token.kind == BEGIN:
            stack.append(want)
            want = 2 if token.path in listed else max(want - 1, 0)
            take = want
        elif token.kind == END:
            take, want = want, stack.pop()
        elif token.kind == STOP:
            take = 1
        else:
            take = want == 2 and token.prop not in BYTES
        if take and ranges and ranges[-1][1] == token.at:
            ranges[-1] = (ranges[-1][0], token.end)
        elif take:
            ranges.append((token.at, token.end))
    start = tree.header["off_dt_strings"]
    return ranges + [(start, start + strings)]


def message(tree, listed, strings):
    return b"".join(tree.blob[a:b] for a, b in covered(tree, listed, strings))
