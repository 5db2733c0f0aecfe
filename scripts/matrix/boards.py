# SPDX-License-Identifier: BSD-2-Clause
"""The defconfigs of all boards, with the fragments that change their entry."""
import functools
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "scripts")]

import qemu  # noqa: E402

LEVELS = ("el1", "el2", "el3", "el3-no-el2", "el3-kernel-el1")
REFUSED = re.compile(r"^error:", re.M)


def names():
    return sorted(path.name.removesuffix("_defconfig")
                  for path in (TOP / "configs").glob("*_defconfig"))


@functools.cache
def machines():
    """The machines of the newest QEMU."""
    told = subprocess.run([qemu.find_qemu(), "-M", "help"], capture_output=True, text=True,
                          check=True).stdout
    return {line.split()[0] for line in told.splitlines()[1:] if line}


def machine(board):
    """The QEMU machine of a board, from its run.args; None: none is named."""
    try:
        found = re.search(r"^-M ([\w.-]+)", qemu.run_args_file(board).read_text(), re.M)
    except qemu.UsageError:
        return None
    return found and found[1]


def board_of(name):
    """The board that a defconfig configures."""
    text = (TOP / f"configs/{name}_defconfig").read_text()
    found = re.search(r"^CONFIG_BOARD_(\w+)=y", text, re.M)
    return found[1].lower().replace("_", "-") if found else "virt"


def levels(name):
    """Fragments of other entries, where the board's run.args or its page names them."""
    path = TOP / f"docs/boards/{board_of(name)}.md"
    text = path.read_text() if path.exists() else ""
    return [level for level in LEVELS
            if re.search(rf"{name}_defconfig {level}\.config", text)]


def playable():
    """(defconfig, fragments) of every board that some QEMU here knows."""
    found = []
    for name in names():
        if machine(board_of(name)) not in machines():
            continue
        found += [(name, [])] + [(name, [level]) for level in levels(name)]
    return found


def not_playable():
    """(name, why) of the defconfigs that cannot be played here."""
    return [(name, f"this QEMU has no machine {machine(board_of(name))}")
            for name in names() if machine(board_of(name)) not in machines()]
