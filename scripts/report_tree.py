# SPDX-License-Identifier: BSD-2-Clause
"""A flattened device tree, as far as the picture of the memory map needs it.

Facts: Devicetree Specification, chapter 5.
"""
import struct
from dataclasses import dataclass

MAGIC = 0xd00dfeed
BEGIN, END, PROP, NOP, LAST = 1, 2, 3, 4, 9


@dataclass(frozen=True)
class Range:
    """Bytes of memory [base, end), and what they are."""
    base: int
    size: int
    name: str

    @property
    def end(self):
        return self.base + self.size


def text_at(data, at):
    return data[at:data.index(b"\0", at)].decode(errors="replace")


def align(at):
    return (at + 3) & ~3


class Tree:
    """{path: {property: bytes}}, and the memory reservations."""

    def __init__(self, data):
        fields = struct.unpack_from(">10I", data)
        self.size = len(data)
        self.nodes, self.reservations = {}, []
        self.read_nodes(data, fields[2], fields[3])
        for base, size in struct.iter_unpack(">QQ", data[fields[4]:fields[2]]):
            if not base and not size:
                break
            self.reservations.append(Range(base, size, "reserved"))

    def read_nodes(self, data, at, strings):
        path = []
        while True:
            token, = struct.unpack_from(">I", data, at)
            at += 4
            if token == BEGIN:
                path.append(text_at(data, at))
                at = align(data.index(b"\0", at) + 1)
                self.nodes["/".join(path) or "/"] = {}
            elif token == PROP:
                size, name = struct.unpack_from(">II", data, at)
                self.nodes["/".join(path) or "/"][text_at(data, strings + name)] = \
                    data[at + 8:at + 8 + size]
                at = align(at + 8 + size)
            elif token == END:
                path.pop()
            elif token != NOP:
                return

    def number(self, path, name, default=0):
        value = self.nodes.get(path, {}).get(name)
        return int.from_bytes(value, "big") if value else default

    def ranges(self, path, parent, name):
        """The reg of a node, with the cells of its parent."""
        address = 4 * self.number(parent, "#address-cells", 2)
        size = 4 * self.number(parent, "#size-cells", 1)
        reg = self.nodes[path].get("reg", b"")
        for at in range(0, len(reg) - address - size + 1, address + size or 1):
            yield Range(int.from_bytes(reg[at:at + address], "big"),
                        int.from_bytes(reg[at + address:at + address + size], "big"), name)

    def memory(self):
        """All RAM, in order; what the kernel may not use is the secure world's."""
        found = []
        for path, props in self.nodes.items():
            if path.count("/") == 1 and props.get("device_type") == b"memory\0":
                usable = props.get("status", b"okay\0") in (b"okay\0", b"ok\0")
                found += self.ranges(path, "/", "RAM" if usable else "secure RAM")
        return sorted(found, key=lambda r: r.base)

    def reserved(self):
        """What /reserved-memory and the memory reservations keep."""
        found = list(self.reservations)
        for path in self.nodes:
            if path.startswith("/reserved-memory/") and path.count("/") == 2:
                found += self.ranges(path, "/reserved-memory",
                                     path.rpartition("/")[2].partition("@")[0])
        return found
