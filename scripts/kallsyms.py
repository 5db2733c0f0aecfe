#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""kallsyms.py NM [ELF [--check FILE]]: the loader's functions, in assembly.

Sorted by address: offsets from __loader_start, and for each the place of its
name among the strings. Without ELF the table is empty (first link). With
--check write nothing, but compare with the table that was linked in.
"""
import subprocess
import sys
from pathlib import Path

START, END = "__loader_start", "__loader_rodata_start"


def functions(nm, elf):
    output = subprocess.run(nm.split() + ["-n", elf], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    symbols = [line.split() for line in output.splitlines()]
    symbols = [(int(s[0], 16), s[1], s[2]) for s in symbols if len(s) == 3]
    bounds = {name: address for address, _, name in symbols}
    start, end = bounds.get(START), bounds.get(END)
    if start is None or end is None:
        sys.exit(f"error: {elf}: no {START} or {END} in the link script")
    return [(address - start, name) for address, kind, name in symbols
            if start <= address < end and kind in "tTW"
            and not name.startswith(("$", ".L", "__loader_"))]


def table(entries):
    yield "/* Made by scripts/kallsyms.py */"
    yield '\t.section .rodata.kallsyms, "a"'
    for name in ("count", "offsets", "names", "strings"):
        yield f"\t.global kallsyms_{name}"
    yield "\t.balign 4"
    yield f"kallsyms_count:\n\t.word {len(entries)}"
    yield "kallsyms_offsets:"
    yield from (f"\t.word {offset:#x}" for offset, _ in entries)
    yield "kallsyms_names:"
    place = 0
    for _, name in entries:
        yield f"\t.word {place}"
        place += len(name) + 1
    yield "kallsyms_strings:"
    yield from (f'\t.asciz "{name}"' for _, name in entries)


def main():
    _, nm, *args = sys.argv
    text = "\n".join(table(functions(nm, args[0]) if args else [])) + "\n"
    if args[1:2] != ["--check"]:
        print(text, end="")
    elif Path(args[2]).read_text(encoding="utf-8") != text:
        sys.exit(f"error: {args[0]}: the symbol table moved the text; keep "
                 ".rodata.kallsyms behind the text in the link script")


if __name__ == "__main__":
    main()
