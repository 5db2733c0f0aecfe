#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Makes a board outside of the tree: a copy of boards/template with a name.

Variables of make: NAME=<name>, BOARD_ROOT=<folder>. The copy lies in
BOARD_ROOT/boards/<name>/ and BOARD_ROOT/configs/<name>_defconfig.
"""
import os
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TEMPLATE = TOP / "boards/template"


class BoardError(Exception):
    """Something the user can mend: object, reason, remedy."""


def check(name, root):
    """Refuse what would not become a board."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise BoardError(f"NAME={name}: give small letters, digits and -, "
                         "for example NAME=my-board")
    if not root:
        raise BoardError("BOARD_ROOT=: give the folder that shall hold the board, "
                         "for example BOARD_ROOT=../boards-of-mine")
    for folder in (TOP, root):
        if (folder / "boards" / name).exists():
            raise BoardError(f"NAME={name}: {folder / 'boards' / name} is there "
                             "already; take another name")


def renamed(text, name):
    """The template's text with the board's name in its place, in both spellings."""
    symbol = name.upper().replace("-", "_")
    return text.replace("BOARD_TEMPLATE", f"BOARD_{symbol}").replace("template", name)


def make(name, root):
    """Write the files. Return: their paths."""
    sources = {path: root / "boards" / name / path.name
               for path in sorted(TEMPLATE.iterdir())}
    sources[TOP / "configs/template_defconfig"] = root / f"configs/{name}_defconfig"
    for source, target in sources.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(renamed(source.read_text(), name))
    return list(sources.values())


def main():
    name, root = os.environ.get("NAME", ""), os.environ.get("BOARD_ROOT", "")
    try:
        check(name, root and Path(root))
        for path in make(name, Path(root)):
            print(path)
    except (BoardError, OSError) as error:
        print(f"new-board: error: {error}", file=sys.stderr)
        return 2
    print(f"new-board: next: make BOARD_ROOT={root} O=build/{name} {name}_defconfig run\n"
          "new-board: it is QEMU's virt machine until its facts are yours; "
          "docs/porting.md tells which and in which order")
    return 0


if __name__ == "__main__":
    sys.exit(main())
