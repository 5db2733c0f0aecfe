#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every error message of the image and of `make disk` stands in docs/messages.md.

Collects the format strings of errors and warnings from the sources, cuts them
at their conversions, and looks for each fixed part in the page; the names of
errors likewise. And what the page says of disks must still stand in a source.
--list prints what was found in the sources.
"""
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PAGE = "docs/messages.md"
SOURCES = ("boot/*.c", "fs/*.c", "drivers/**/*.c", "lib/*.c", "arch/arm64/*.c",
           "arch/arm64/*.S", "arch/arm64/el3/*.c", "boards/*/board.c",
           "scripts/disk.py", "scripts/boot_bench.py", "scripts/linux.py", "include/err.h")
LITERALS = r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*'
# Where a literal is what a person gets to read as an error: all of a call's
# literals, what a pointer to a reason is set to, or what such a function says.
CALL = re.compile(r"\b(boot_refuse|boot_warn|warn|WORDS|monitor_refuse|arch_panic|ASSERT)"
                  r"\((?:[^;\"]|" + LITERALS + r")*?\)\s*(?:;|\n)", re.S)
REASON = re.compile(r"(?:\bwhy\s*=|\breturn|\?|:)\s*(?:WORDS\()?(" + LITERALS
                    + r")\s*[;:),]")
PRINT = re.compile(r"\bprint\(\s*(\"(?:start|reset|panic|fail|monitor|crash test):"
                   r"(?:[^\"\\]|\\.)*\"(?:\s*\"(?:[^\"\\]|\\.)*\")*)")
BOARD = re.compile(r"\.(?:no_tree|use_gicv2|use_gicv3|more_ram)\s*=\s*(" + LITERALS + ")")
RAISE = re.compile(r"\b(?:Disk|Usage)Error\((f?\"(?:[^\"\\]|\\.)*\""
                   r"(?:\s*f?\"(?:[^\"\\]|\\.)*\")*)")
NAME = re.compile(r"^\t(E[A-Z0-9]+ = \d+),", re.M)
# Where such a literal is a reason, and not a name or a word of a report.
CONVERSION = r"%[-0-9.]*l*[a-z]|\{[^}]*\}"
REASON_FILES = re.compile(r"boot/(format_|entry_|fit|tree|items|inspect|overlay|"
                          r"source_|verify|volumes)|fs/|lib/(dt_check|fdt_overlay)\.c")


def text_of(literals):
    """Adjacent C literals as one string."""
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
    return "".join(parts).replace('\\"', '"').replace("\\n", "").strip()


def messages(name, text):
    """The error formats of one source file."""
    if name.endswith(".h"):
        return [f"{pair.replace(' = ', ' | ')} |" for pair in NAME.findall(text)]
    if name.endswith(".py"):
        return list(map(text_of, RAISE.findall(text)))
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    found = [text_of(literals) for call in CALL.finditer(text)
             for literals in re.findall(LITERALS, call[0])]
    for pattern in [PRINT, BOARD] + [REASON] * bool(REASON_FILES.match(name)):
        found += map(text_of, pattern.findall(text))
    return found


def fixed_parts(message):
    """What stands between the conversions; only words can be searched for."""
    for part in re.split(CONVERSION, message):
        part = part.strip(" .,:;()")
        if len(part.split()) > 1:
            yield part


def plain(page):
    """The page as one line, without its marks."""
    return " ".join(page.replace("`", "").split())


def collect(top):
    """{message: the file that it stands in} for the whole tree."""
    return {message: str(path.relative_to(top)) for pattern in SOURCES
            for path in sorted(top.glob(pattern))
            for message in messages(str(path.relative_to(top)), path.read_text())}


def missing(found, page):
    """[(file, part)] of what the page does not have."""
    return [(path, part) for message, path in found.items()
            for part in fixed_parts(message) if part not in plain(page)]


def stale(found, page):
    """What the page quotes in its tables of disks, and no source says."""
    said = " ".join(" ".join(re.split(CONVERSION, message)) for message in found)
    said = " ".join(said.split())
    part = page.partition("\n## From disks\n")[2].partition("\n## ")[0]
    cells = [line.split(" | ")[0] for line in part.split("\n") if line.startswith("| `")]
    quotes = [quote for cell in cells for quote in re.findall(r"`([^`]*)`", cell)]
    parts = [piece.strip(" .,:;()") for quote in quotes for piece in quote.split("...")]
    return [piece for piece in parts if len(piece.split()) > 1 and piece not in said]


def main():
    found = collect(TOP)
    if "--list" in sys.argv[1:]:
        for message, path in found.items():
            print(f"{path}: {message}")
    page = (TOP / PAGE).read_text()
    absent, old = missing(found, page), stale(found, page)
    for path, part in absent:
        print(f"{path}: not in {PAGE}: {part}")
    for part in old:
        print(f"{PAGE}: no source says: {part}")
    return 1 if absent or old else 0


if __name__ == "__main__":
    sys.exit(main())
