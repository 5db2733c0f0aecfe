# SPDX-License-Identifier: BSD-2-Clause
"""What make report asks the machine: one boot, stopped where its stages change.

QEMU's gdbstub stops the machine at the monitor's first instruction, at the
loader's, and at the kernel's. There the counter is read by an instruction of
ours, and the rest from memory: the device tree that x0 points to, and the
ledger that this names (include/ledger.h). No constant of a board is asked.
"""
import struct
import tempfile

import report_tree
import symbols
from oracle.gdbstub import Stub, StubError, stopped_machine
from oracle.machine import Patience, stop_at

READ_COUNTER = (0xd53be040).to_bytes(4, "little")   # mrs x0, CNTVCT_EL0
PIECE = 1024                # bytes of memory that a packet carries
TREE_MAX = 2 << 20          # BP-DTB-03
STAGES = 12                 # of include/ledger.h, as are the two below
HEAD = struct.Struct("<8sIIIIQ")
ENTRY = struct.Struct("<Qi8s12s160s")
NANOSECONDS = 10 ** 9       # a second of -icount shift=0 has so many instructions


class Boot:
    """What one boot told, when the kernel was about to begin."""

    def __init__(self):
        self.marks = []         # [(stage, ticks of the counter at its start)]
        self.end = 0            # ticks at the kernel's first instruction
        self.entry = self.tree_at = self.level = 0
        self.tree = None        # report_tree.Tree
        self.head = b""         # first bytes of the kernel
        self.frequency = 0
        self.notes = []         # [(ticks, step, object, text)] of the ledger
        self.refused = 0        # entries of it that are errors
        self.console = ""

    def stages(self):
        """[(stage, guest instructions)]"""
        ends = [ticks for _, ticks in self.marks[1:]] + [self.end]
        scale = NANOSECONDS / self.frequency
        return [(name, round((end - start) * scale))
                for (name, start), end in zip(self.marks, ends)]


def read_counter(stub, thread):
    """Let a CPU execute one instruction of ours where it stands."""
    pc, x0 = stub.read("pc", thread), stub.read("x0", thread)
    code = stub.read_memory(pc, 4, thread)
    stub.write_memory(pc, READ_COUNTER, thread)
    stub.step(thread)
    value = stub.read("x0", thread)
    stub.write_memory(pc, code, thread)
    stub.write("x0", x0, thread=thread)
    stub.write("pc", pc, thread=thread)
    return value


def read_bytes(stub, address, size, thread):
    found = b""
    while len(found) < size:
        part = stub.read_memory(address + len(found), min(PIECE, size - len(found)), thread)
        if not part:
            raise StubError(f"memory at {address + len(found):#x} cannot be read")
        found += part
    return found


def read_tree(stub, address, thread):
    head = read_bytes(stub, address, 40, thread)
    magic, size = struct.unpack_from(">II", head)
    if magic != report_tree.MAGIC or size > TREE_MAX:
        raise StubError(f"x0 = {address:#x} points to no device tree")
    return report_tree.Tree(read_bytes(stub, address, size, thread))


def read_ledger(stub, boot, thread):
    """Stages and entries; an image without a ledger has neither."""
    place = next((r.base for r in boot.tree.reserved() if r.name == "aglet-ledger"), None)
    if place is None:
        return
    size = HEAD.size + STAGES * 16
    data = read_bytes(stub, place, size, thread)
    magic, version, entry_size, count, _, frequency = HEAD.unpack_from(data)
    if magic != b"AGLEDGR1" or version != 2 or entry_size != ENTRY.size:
        raise StubError(f"no ledger of version 2 is at {place:#x}")
    boot.frequency = frequency
    for name, ticks in struct.iter_unpack("<8sQ", data[HEAD.size:]):
        name = name.rstrip(b"\0").decode()
        if ticks and name != "loader":      # that has begun before it could note it
            boot.marks.append((name, ticks))
    entries = read_bytes(stub, place + size, count * entry_size, thread)
    for ticks, error, *texts in ENTRY.iter_unpack(entries):
        boot.refused += error != 0
        boot.notes.append((ticks, *(t.split(b"\0")[0].decode(errors="replace")
                                    for t in texts)))


def split_refused(boot):
    """The ledger keeps when a stage began the last time: what was tried before
    that is no part of the stage in front of it."""
    names = [name for name, _ in boot.marks]
    if boot.refused and "find" in names:
        begun = max((ticks for ticks, step, *_ in boot.notes if step == "board"), default=None)
        if begun is not None:
            boot.marks.insert(names.index("find"), ("refused", begun))


def observe(stub, boot, places):
    """Stop by stop; @places are the addresses of functions."""
    boot.frequency = stub.read("CNTFRQ_EL0") or boot.frequency
    boot.marks = [("reset", read_counter(stub, 1))]
    if "monitor_reset" in places:
        thread = stop_at(stub, [places["monitor_reset"]])
        boot.marks.append(("monitor", read_counter(stub, thread)))
    thread = stop_at(stub, [places["loader_entry"]])
    boot.marks.append(("loader", read_counter(stub, thread)))
    thread = stop_at(stub, [a for n, a in places.items() if n in ("handoff_el1", "handoff_el2")])
    boot.entry = stub.read("x0", thread)
    thread = stop_at(stub, [boot.entry])
    boot.frequency = stub.read("CNTFRQ_EL0", thread) or boot.frequency
    boot.tree_at = stub.read("x0", thread)
    boot.level = stub.read("cpsr", thread) >> 2 & 3
    boot.head = stub.read_memory(boot.entry, 64, thread) or b""
    boot.end = read_counter(stub, thread)
    boot.tree = read_tree(stub, boot.tree_at, thread)
    read_ledger(stub, boot, thread)
    split_refused(boot)


def boot_once(words, build, limit, silence=60):
    """Start QEMU with the command line @words. Return: a Boot; StubError, with
    what the console said, if it did not come to the kernel."""
    boot = Boot()
    places = {name: address for address, name in symbols.functions(build)}
    if "loader_entry" not in places:
        raise StubError(f"{build}/aglet.elf: the names of its functions cannot be read")
    words = [*words, "-icount", "shift=0,sleep=off"]
    with tempfile.TemporaryFile() as console:
        with stopped_machine(words, console) as (_, wire):
            try:
                observe(Stub(wire, Patience(console, limit, silence)), boot, places)
            except StubError as error:
                raise StubError(f"{error}{said(console)}") from None
        console.seek(0)
        boot.console = console.read().decode(errors="replace")
    return boot


def said(console):
    """The end of the console, for an error."""
    console.seek(0)
    lines = console.read().decode(errors="replace").splitlines()[-8:]
    return "".join(f"\n  {line}" for line in lines)
