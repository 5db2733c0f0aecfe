# SPDX-License-Identifier: BSD-2-Clause
"""The memory map at the hand-off, from what the machine has told.

RAM and reserved ranges are those of the device tree that the kernel gets, the
kernel's own size that of its header (or of the ledger, if it has none), the
loader's and the monitor's those of aglet.elf.
"""
import re
import struct
import subprocess

import qemu
from report_tree import Range

PLACED = re.compile(r"0x([0-9a-f]+)\.\.0x([0-9a-f]+)")
FREE = {"RAM": "free", "secure RAM": "secure RAM, not used"}
OUTSIDE = "no RAM of the tree"


def elf_symbols(build):
    tool = (qemu.variable("CROSS_COMPILE") or "aarch64-linux-gnu-") + "nm"
    try:
        text = subprocess.run([tool, f"{build}/aglet.elf"], capture_output=True, text=True,
                              check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise qemu.UsageError(f"{build}/aglet.elf: {error}; run make setup") from None
    return {name: int(address, 16) for address, name in
            re.findall(r"^([0-9a-f]+) \w (__\w+)$", text, re.M)}


def from_to(places, first, last, name):
    start, end = places.get(first, 0), places.get(last, 0)
    return [Range(start, end - start, name)] if end > start else []


def kernel(boot):
    """All that it owns, its BSS too (BP-IMG-06)."""
    size = struct.unpack_from("<Q", boot.head, 16)[0] if boot.head[56:60] == b"ARM\x64" else 0
    if size:
        return [Range(boot.entry, size, "kernel")]
    told = [PLACED.match(text) for _, step, what, text in boot.notes
            if (step, what) == ("place", "kernel")]
    if not told or not told[-1]:
        return [Range(boot.entry, 0, "kernel, of unknown size")]
    base, end = (int(n, 16) for n in told[-1].groups())
    return [Range(base, end - base, "kernel")]


def initrd(tree):
    start = tree.number("/chosen", "linux,initrd-start")
    end = tree.number("/chosen", "linux,initrd-end")
    return [Range(start, end - start, "initrd")] if end > start else []


def device_tree(boot):
    return [Range(boot.tree_at, boot.tree.size, "device tree")]


def merge(ranges):
    """What is named twice, as the ledger by a node and a reservation, once."""
    found = []
    for r in sorted(ranges, key=lambda r: (r.base, -r.size, r.name == "reserved")):
        if not any(o.base <= r.base and r.end <= o.end for o in found) or not r.size:
            found.append(r)
    return found


def used(boot, places):
    """What is in memory when the kernel begins, in order."""
    found = kernel(boot) + initrd(boot.tree) + device_tree(boot) + boot.tree.reserved()
    found += from_to(places, "__loader_start", "__loader_end", "loader, now free")
    found += from_to(places, "__monitor_start", "__monitor_memory_end", "aglet-monitor")
    return merge(found)


def fill_gaps(ram, pieces):
    """What lies in a range of RAM, and what is between."""
    parts, at = [], ram.base
    for r in pieces:
        if r.base > at:
            parts.append(Range(at, r.base - at, FREE[ram.name]))
        parts.append(r)
        at = max(at, r.end)
    return parts + ([Range(at, ram.end - at, FREE[ram.name])] if at < ram.end else [])


def picture(boot, build):
    """Each range of RAM with what it holds, without gaps: [(Range, [Range])].

    What the tree does not call memory, as a monitor on the chip, stands alone.
    """
    pieces, found = used(boot, elf_symbols(build)), []
    for ram in boot.tree.memory():
        inside = [r for r in pieces if ram.base <= r.base < ram.end]
        pieces = [r for r in pieces if r not in inside]
        found.append((ram, fill_gaps(ram, inside)))
    found += [(Range(r.base, r.size, OUTSIDE), [r]) for r in pieces]
    return sorted(found, key=lambda pair: pair[0].base)
