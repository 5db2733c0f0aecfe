# SPDX-License-Identifier: BSD-2-Clause
"""Puts the number of a fault into an image of an unsafe test build."""
import re
import subprocess
from pathlib import Path

TOOLS = "aarch64-linux-gnu-"


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def offsets(build):
    """Where aglet.bin has the words `mutation`: the loader's, the monitor's."""
    elf = str(Path(build) / "aglet.elf")
    loads = [[int(n, 16) for n in line.split()[1:5]] for line in
             output(TOOLS + "readelf", "-lW", elf).splitlines()
             if line.split()[:1] == ["LOAD"]]
    for address in re.findall(r"^(\w+) . mutation$", output(TOOLS + "nm", elf), re.M):
        at = int(address, 16)
        for _, virtual, physical, size in loads:
            if virtual <= at < virtual + size:
                yield physical + at - virtual


def with_fault(build, number, target):
    """Write the image of @build with fault @number to @target; return it."""
    image = bytearray((Path(build) / "aglet.bin").read_bytes())
    places = list(offsets(build))
    assert places, f"{build}: no unsafe test build"
    for place in places:
        image[place:place + 4] = number.to_bytes(4, "little")
    Path(target).write_bytes(image)
    return Path(target)
