# SPDX-License-Identifier: BSD-2-Clause
"""Runs a machine and looks at every CPU at its first instruction.

QEMU's gdbstub shows almost every system register of every exception level.
The machine stops when a CPU enters the kernel: the first where the loader
jumps to, the others at the kernel's secondary_entry, each time they come.
Between the stops it runs as it always does, up to its own report.
"""
import functools
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from oracle import judge, table
from oracle.by_hand import NEEDS
from oracle.gdbstub import Stub, StubError, stopped_machine
from oracle.kernel import Console

# Names by which QEMU knows a register, where they are not the manual's.
ALIASES = {"SCTLR_EL1": "SCTLR", "CPACR_EL1": "CPACR"}
# mrs x0, ID_AA64PFR0_EL1: the one ID register that the stub does not show.
READ_PFR0 = (0xd5380400).to_bytes(4, "little")
# EL2's vectors for what comes up from a lower level in AArch64.
FROM_BELOW = (0x400, 0x480, 0x500, 0x580)
# The kernel's to change: they tell nothing when a CPU comes again.
CHANGING = {"PMCR_EL0", "CNTP_CTL_EL0", "CNTV_CTL_EL0", "SCTLR_EL1", "CPACR_EL1"}


class Facts:
    """What a machine is, read before its first instruction."""

    def __init__(self, stub):
        self.threads = stub.threads()
        self.pfr0 = self.read_pfr0(stub)
        self.frequency = read(stub, "CNTFRQ_EL0", 1)
        # Out of reset these are what MIDR_EL1 and MPIDR_EL1 are for ever.
        self.fixed = {t: {"ID_AA64PFR0_EL1": self.pfr0,
                          "MIDR_EL1": read(stub, "VPIDR_EL2", t),
                          "MPIDR_EL1": read(stub, "VMPIDR_EL2", t)}
                      for t in self.threads}

    @staticmethod
    def read_pfr0(stub):
        """Let CPU 0 execute one instruction of ours at its reset vector."""
        pc, x0 = stub.read("pc"), stub.read("x0")
        code = stub.read_memory(pc, 4)
        stub.write_memory(pc, READ_PFR0)
        stub.step(1)
        value, at = stub.read("x0"), stub.read("pc")
        stub.write_memory(pc, code)
        stub.write("x0", x0)
        stub.write("pc", pc)
        if at != pc + 4:
            raise StubError("ID_AA64PFR0_EL1 cannot be read")
        return value

    def has_el(self, level):
        return bool(self.pfr0 >> 4 * level & 0xf)


class Entry:
    """A CPU at its first instruction in the kernel."""

    def __init__(self, stub, thread, facts, before, names):
        mine = [e for e in before if e.thread == thread]
        self.thread, self.cpu, self.facts = thread, thread - 1, facts
        self.boot = before[0] if before else self
        self.first = mine[0] if mine else self
        self.primary = self.boot.thread == thread
        self.x = [stub.read(f"x{n}", thread) for n in range(31)]
        self.pc, self.cpsr = stub.read("pc", thread), stub.read("cpsr", thread)
        self.el = self.cpsr >> 2 & 3
        self.values = {n: read(stub, n, thread) for n in names}
        self.values.update(facts.fixed[thread])
        self.lasting = sorted(n for n in names if not n.startswith("ID_")
                              and n not in CHANGING and self.values[n] is not None)
        self.at_pc = self.at_x0 = None
        if self.boot is self:
            self.at_pc = stub.read_memory(self.pc, 64, thread)
            self.at_x0 = stub.read_memory(self.x[0], 40, thread)

    def value(self, name):
        """A system register by the manual's name, None if it is not shown."""
        return self.values.get(name)


def read(stub, name, thread):
    for known in (name, ALIASES.get(name), name + "_RESERVED"):
        if known in stub.numbers:
            return stub.read(known, thread)
    return None


@functools.cache
def symbols(elf):
    """{name: address} of the functions of an ELF file."""
    text = subprocess.run(["aarch64-linux-gnu-nm", str(elf)], check=True,
                          capture_output=True, text=True).stdout
    return {name: int(address, 16) for address, name in
            re.findall(r"^([0-9a-f]+) [tT] (\w+)", text, re.M)}


class Observation:
    """What one boot told: @entries by the host, @console by the kernel."""

    def __init__(self):
        self.rows = table.read()
        self.entries = []
        self.console = Console()
        self.facts = self.status = self.trouble = None

    @property
    def host(self):
        """{(row ID, CPU): Verdict} of the host."""
        return judge.verdicts(self.rows, self.entries)

    @property
    def kernel(self):
        """{(row ID, CPU): Verdict} of the kernel; rows about no CPU are CPU 0's."""
        return self.console.verdicts()


class Guard:
    """Below a kernel at EL1 nobody is at EL2: what goes there is the end."""

    def __init__(self, stub):
        self.stub = stub
        self.places = set()

    def see(self, entry):
        """Stop the machine when a CPU that was entered at EL1 comes to EL2."""
        base = read(self.stub, "VBAR_EL2", entry.thread)
        if entry.el != 1 or not entry.facts.has_el(2) or base is None:
            return
        for place in {base + offset for offset in FROM_BELOW} - self.places:
            self.stub.break_at(place)
            self.places.add(place)

    def check(self, thread):
        if self.stub.read("pc", thread) in self.places:
            raise StubError(f"cpu{thread - 1} trapped to EL2")


class Patience:
    """Gives up on a machine that is silent, or that talks for too long."""

    def __init__(self, console, limit, silence):
        self.console, self.limit, self.silence = console, limit, silence
        self.start = self.heard = time.monotonic()
        self.size = 0

    def __call__(self):
        now, size = time.monotonic(), os.fstat(self.console.fileno()).st_size
        if size != self.size:
            self.size, self.heard = size, now
        if now > self.heard + self.silence:
            raise StubError(f"the machine said nothing for {self.silence} s")
        if self.limit and now > self.start + self.limit:
            raise StubError(f"the machine did not end in {self.limit} s")


def stop_at(stub, places):
    """Run to the first of @places. Return: the thread that is there."""
    for place in places:
        stub.break_at(place)
    thread = stub.go()
    if thread is None:
        raise StubError("the machine ended before the hand-off")
    for place in places:
        stub.unbreak(place)
    return thread


def run_to_kernel(stub, loader):
    """Go to the loader's last instructions. Return: where it will jump to."""
    places = [a for n, a in symbols(loader).items()
              if re.fullmatch(r"handoff_el[12]", n)]
    return stub.read("x0", stop_at(stub, places))


def watch(stub, seen, loader, kernel, entry):
    """Stop at every entry of every CPU until the machine ends."""
    names = sorted(judge.registers(seen.rows) | NEEDS)
    seen.facts = Facts(stub)
    place = entry if entry is not None else run_to_kernel(stub, loader)
    again = place + symbols(kernel)["secondary_entry"]
    guard = Guard(stub)
    stub.break_at(place)
    while (thread := stub.go()) is not None:
        guard.check(thread)
        seen.entries.append(Entry(stub, thread, seen.facts, seen.entries, names))
        guard.see(seen.entries[-1])
        # A CPU that stands on a breakpoint would meet it again at once.
        stub.unbreak(place)
        place = again
        if len(seen.entries) > 1:
            stub.step(thread)
        stub.break_at(place)


def observe(words, kernel, loader=None, entry=None, limit=120, silence=20):
    """Boot with the command line @words and look at every entry.

    @kernel: conformance.elf. @loader: aglet.elf, whose hand-off says where
    the kernel is; or @entry, the kernel's address under another loader.
    After @limit seconds, @silence seconds without a word on the console, or a
    trap to the EL2 that the kernel was not given, the machine is ended;
    .trouble says so.
    """
    seen = Observation()
    # Its clock stands still with it, while we look (BP-TMR-01).
    words = [*words, "-rtc", "clock=vm"]
    with tempfile.TemporaryFile() as console:
        with stopped_machine(words, console) as (qemu, wire):
            try:
                stub = Stub(wire, Patience(console, limit, silence))
                watch(stub, seen, loader and Path(loader), Path(kernel), entry)
                seen.status = qemu.wait(silence)
            except (StubError, subprocess.TimeoutExpired) as error:
                seen.trouble = str(error)
        console.seek(0)
        for line in console.read().decode(errors="replace").splitlines():
            seen.console.line(line)
    return seen
