# SPDX-License-Identifier: BSD-2-Clause
"""Rows that are more than bits of a register, each a function of an entry.

An entry (machine.py) has the CPU's state at its first instruction; the row's
condition has been looked at before.
"""
import struct

from oracle.verdict import BLIND, UNBOUND, Verdict, want

SZ_2M = 2 << 20
IMAGE_MAGIC, FDT_MAGIC = b"ARM\x64", 0xd00dfeed
# SCTLR_ELx: MMU, data cache, big-endian data.
SCTLR_M, SCTLR_C, SCTLR_EE = 1 << 0, 1 << 2, 1 << 25
HCR_VM = 1 << 0
PSTATE_AARCH32, PSTATE_IL = 1 << 4, 1 << 20
# Registers of the kernel's own level; it may have left them as it liked.
ID_REGISTERS = ["CTR_EL0", "CNTFRQ_EL0", *(f"ID_AA64{name}_EL1" for name in (
    "PFR1", "PFR2", "SMFR0", "ZFR0", "DFR0", "DFR1", "ISAR0", "ISAR1", "ISAR2",
    "MMFR0", "MMFR1", "MMFR2", "MMFR3"))]
TIMERS = ["CNTP_CTL_EL0", "CNTV_CTL_EL0", "CNTHP_CTL_EL2", "CNTHV_CTL_EL2"]
# What the rows here read beside the registers that the table names.
NEEDS = {*ID_REGISTERS, *TIMERS, "SCTLR_EL1", "SCTLR_EL2", "HCR_EL2"}


def x_is_zero(number):
    return lambda entry: want(not entry.x[number], f"x{number} = {entry.x[number]:#x}")


def context_id(entry):
    """The kernel starts each CPU with context id 0 first, then with others."""
    if entry.first is not entry:
        return Verdict(UNBOUND, "not the first start of this CPU")
    return x_is_zero(0)(entry)


def masked(bit):
    return lambda entry: want(entry.cpsr >> bit & 1, f"PSTATE = {entry.cpsr:#x}")


def level(entry):
    """With PSTATE.IL the way to the kernel was none, the CPU stayed above."""
    return want(entry.el in (1, 2) and not entry.cpsr & (PSTATE_IL | PSTATE_AARCH32),
                f"PSTATE = {entry.cpsr:#x}")


def same_level(entry):
    return want(entry.el == entry.boot.el, f"EL{entry.el}, the first EL{entry.boot.el}")


def sctlr(entry):
    return entry.value(f"SCTLR_EL{entry.el}")


def at_kernel_level(judge):
    """A CPU that came at another level has a SCTLR that is not looked at."""
    def row(entry):
        if sctlr(entry) is None:
            return Verdict(BLIND, f"entered at EL{entry.el}")
        return judge(entry)
    return row


def mmu_off(entry):
    good = not sctlr(entry) & (SCTLR_M | SCTLR_C)
    text = f"SCTLR_EL{entry.el} = {sctlr(entry):#x}"
    if entry.el == 1 and entry.facts.has_el(2):
        hcr = entry.value("HCR_EL2")
        good, text = good and not hcr & HCR_VM, f"{text}, HCR_EL2 = {hcr:#x}"
    return want(good, text)


def little_endian(entry):
    return want(not sctlr(entry) & SCTLR_EE, f"SCTLR_EL{entry.el} = {sctlr(entry):#x}")


def frequency(entry):
    found, real = entry.value("CNTFRQ_EL0"), entry.facts.frequency
    return want(found == real, f"{found} Hz, the machine counts {real} Hz")


def timers_off(entry):
    running = [name for name in TIMERS if (entry.value(name) or 0) & 1]
    return want(not running, f"enabled: {' '.join(running) or 'none'}")


def same_registers(entry):
    other = [name for name in ID_REGISTERS
             if entry.value(name) != entry.boot.value(name)]
    return want(not other, f"different: {' '.join(other) or 'none'}")


def same_as_first(entry):
    """BP-SEC-05 for a CPU that comes again: as at its first start."""
    if entry.first is entry:
        return Verdict(UNBOUND, "the first start of this CPU")
    other = [name for name in entry.lasting
             if entry.value(name) != entry.first.value(name)]
    if entry.cpsr & 0x3df != entry.first.cpsr & 0x3df:
        other.append("PSTATE")
    return want(not other, f"different: {' '.join(other) or 'none'}")


# --- memory: the Image header where the CPU stands, the device tree at x0 ----
def image(entry):
    """(text_offset, image_size, flags, magic) at the first instruction."""
    if entry.at_pc is None or len(entry.at_pc) < 64:
        return None
    return struct.unpack_from("<8xQQQ24x4s", entry.at_pc)


def about_image(judge):
    def row(entry):
        if not entry.primary or entry.first is not entry:
            return Verdict(UNBOUND, "only the primary's first entry")
        header = image(entry)
        if header is None:
            return Verdict(BLIND, "no memory at the entry")
        return judge(entry.pc, *header)
    return row


def starts_at_code0(pc, _offset, _size, _flags, magic):
    return want(magic == IMAGE_MAGIC, f"{magic.hex()} behind {pc:#x}")


def sized_offset(pc, offset, size, _flags, _magic):
    if not size:
        return Verdict(UNBOUND, "image_size is 0")
    return want(pc % SZ_2M == offset % SZ_2M, f"entry {pc:#x}, text_offset {offset:#x}")


def old_offset(pc, _offset, size, _flags, _magic):
    if size:
        return Verdict(UNBOUND, "image_size is not 0")
    return want(pc % SZ_2M == 0x80000, f"entry {pc:#x}")


def aligned_base(pc, offset, size, _flags, _magic):
    base = pc - (offset if size else 0x80000)
    return want(base % SZ_2M == 0, f"base {base:#x}")


def below_48_bits(pc, _offset, size, flags, _magic):
    if not flags & 8:
        return Verdict(UNBOUND, "flags bit 3 is 0")
    return want(pc + size <= 1 << 48, f"entry {pc:#x}")


def tree_header(entry):
    """(magic, totalsize, version) of the device tree, None without one."""
    if entry.at_x0 is None or len(entry.at_x0) < 40:
        return None
    return struct.unpack_from(">II12xI", entry.at_x0)


def about_tree(judge):
    def row(entry):
        if not entry.primary or entry.first is not entry:
            return Verdict(UNBOUND, "only the primary's first entry")
        return judge(entry, tree_header(entry) or (0, 0, 0))
    return row


def tree_there(entry, header):
    return want(header[0] == FDT_MAGIC, f"{header[0]:#x} at x0 = {entry.x[0]:#x}")


def tree_aligned(entry, _header):
    return want(entry.x[0] % 8 == 0, f"x0 = {entry.x[0]:#x}")


def tree_size(_entry, header):
    magic, size, version = header
    return want(magic == FDT_MAGIC and size <= SZ_2M and version >= 16,
                f"magic {magic:#x}, {size} bytes, version {version}")


BY_HAND = {
    "BP-IMG-01": about_image(starts_at_code0), "BP-IMG-02": about_image(sized_offset),
    "BP-IMG-03": about_image(old_offset), "BP-IMG-04": about_image(aligned_base),
    "BP-IMG-05": about_image(starts_at_code0), "BP-IMG-11": about_image(below_48_bits),
    "BP-GPR-01": about_tree(tree_there), "BP-GPR-02": x_is_zero(1),
    "BP-GPR-03": x_is_zero(2), "BP-GPR-04": x_is_zero(3),
    "BP-DTB-01": about_tree(tree_aligned), "BP-DTB-02": about_tree(tree_size),
    "BP-SEC-01": context_id, "BP-SEC-02": x_is_zero(1), "BP-SEC-03": x_is_zero(2),
    "BP-SEC-04": x_is_zero(3), "BP-SEC-05": same_as_first,
    "BP-CPU-01": masked(9), "BP-CPU-02": masked(8), "BP-CPU-03": masked(7),
    "BP-CPU-04": masked(6), "BP-CPU-06": level, "BP-CPU-07": same_level,
    "BP-CACHE-01": at_kernel_level(mmu_off),
    "BX-24": at_kernel_level(little_endian), "BP-TMR-01": frequency,
    "HO-28": timers_off, "HO-30": same_registers,
}
