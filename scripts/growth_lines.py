# SPDX-License-Identifier: BSD-2-Clause
"""The lines of make bench-growth: what grows, how far, and whether it is straight."""
import growth_disks

MIB = 1 << 20
SMALL = 1 * MIB             # bytes of a kernel that is not what grows
PIECES = 40 * MIB           # of one that comes in pieces: 10240 blocks of 4 KiB
STEEPER = 2     # and a line is not straight; a square would be 5 to 11 times as steep
COUNTS = (1, 10, 100, 1000, 10000)


class Line:
    """One thing that grows: its name, what it is counted in, how it is made."""

    def __init__(self, name, unit, make, counts, kernel=lambda count: SMALL):
        self.name, self.unit, self.make = name, unit, make
        self.counts, self.kernel = counts, kernel
        self.kind = name.rpartition("-")[2] if name.count("-") == 1 else \
            name.partition("-")[2]


def lines():
    found = []
    for kind in ("fat32", "ext4"):
        found.append(Line(f"size-{kind}", "MiB", growth_disks.sized, (1, 4, 16, 64, 256),
                          lambda count: count * MIB))
        found.append(Line(f"entries-{kind}", "entry", growth_disks.entries, COUNTS[:-1]))
        found.append(Line(f"pieces-{kind}", "piece", growth_disks.pieces, COUNTS,
                          lambda count: PIECES))
    for kind in ("fat32", "ext4", "ext4-list"):
        found.append(Line(f"names-{kind}", "name", growth_disks.names, COUNTS))
    return found


def slope(first, last):
    """What one more has cost between two points (count, instructions)."""
    return (last[1] - first[1]) / (last[0] - first[0])


def verdict(points):
    """What one more costs at first and at the end, and the two as a ratio.

    The first points are so near to each other that waiting for the disk is
    more than what they differ by, so the beginning goes to the last but one.
    """
    low, high = slope(points[0], points[-2]), slope(points[-2], points[-1])
    return low, high, high / max(low, 1.0)
