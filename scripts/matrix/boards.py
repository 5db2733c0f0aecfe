# SPDX-License-Identifier: BSD-2-Clause
"""The defconfigs of all boards, with the fragments that change their entry."""
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "scripts")]

import qemu  # noqa: E402

LEVELS = ("el1", "el2", "el3", "el3-no-el2", "el3-kernel-el1")


def names():
    return sorted(path.name.removesuffix("_defconfig")
                  for path in (TOP / "configs").glob("*_defconfig"))


def board_of(name):
    """The board that a defconfig configures."""
    text = (TOP / f"configs/{name}_defconfig").read_text()
    found = re.search(r"^CONFIG_BOARD_(\w+)=y", text, re.M)
    return found[1].lower().replace("_", "-") if found else "virt"


def machine_of(name):
    return qemu.machine(board_of(name))


def is_playable(name):
    return machine_of(name) in qemu.machines(qemu.find_qemu())


def levels(name):
    """The other entries that the board's page tells to build for: so it stays true."""
    path = TOP / f"docs/boards/{board_of(name)}.md"
    text = path.read_text() if path.exists() else ""
    return [level for level in LEVELS
            if re.search(rf"{name}_defconfig {level}\.config", text)]


def playable():
    """(defconfig, fragments) of every board that some QEMU here knows."""
    return [(name, words) for name in filter(is_playable, names())
            for words in ([], *([level] for level in levels(name)))]


def not_playable():
    """(name, why) of the defconfigs that cannot be played here."""
    return [(name, f"this QEMU has no machine {machine_of(name)}")
            for name in names() if not is_playable(name)]
