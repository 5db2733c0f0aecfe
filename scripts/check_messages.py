#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every error message of the image stands in docs/messages.md.

Collects the format strings of errors and warnings from the sources, cuts them
at their conversions, and looks for each fixed part in the page. --list prints
what was found in the sources.
"""
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PAGE = "docs/messages.md"
SOURCES = ("boot/*.c", "arch/arm64/*.c", "arch/arm64/*.S", "arch/arm64/el3/*.c",
           "lib/*.c", "boards/*/board.c")
LITERALS = r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*'
# Where a literal is what a person gets to read as an error: all of a call's
# literals, what a pointer to a reason is set to, or what such a function says.
CALL = re.compile(r"\b(boot_refuse|boot_warn|WORDS|monitor_refuse|arch_panic|ASSERT)"
                  r"\((?:[^;\"]|" + LITERALS + r")*?\)\s*(?:;|\n)", re.S)
REASON = re.compile(r"(?:\bwhy\s*=|\breturn|\?|:)\s*(?:WORDS\()?(" + LITERALS
                    + r")\s*[;:),]")
PRINT = re.compile(r"\bprint\(\s*(\"(?:start|reset|panic|fail|monitor|crash test):"
                   r"(?:[^\"\\]|\\.)*\"(?:\s*\"(?:[^\"\\]|\\.)*\")*)")
BOARD = re.compile(r"\.(?:no_tree|use_gicv2|use_gicv3|more_ram)\s*=\s*(" + LITERALS + ")")
REASON_FILES = re.compile(r"boot/format_|boot/tree|lib/dt\.c")


def text_of(literals):
    """Adjacent C literals as one string."""
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
    return "".join(parts).replace('\\"', '"').replace("\\n", "").strip()


def messages(path):
    """The error formats of one source file."""
    text = re.sub(r"/\*.*?\*/", " ", path.read_text(), flags=re.S)
    name = str(path.relative_to(TOP))
    for call in CALL.finditer(text):
        yield from map(text_of, re.findall(LITERALS, call[0]))
    for pattern in [PRINT, BOARD] + [REASON] * bool(REASON_FILES.match(name)):
        yield from map(text_of, pattern.findall(text))


def fixed_parts(message):
    """What stands between the conversions; only words can be searched for."""
    for part in re.split(r"%[-0-9.]*l*[a-z]", message):
        part = part.strip(" .,:;()")
        if len(part.split()) > 1:
            yield part


def main():
    page = " ".join((TOP / PAGE).read_text().replace("`", "").split())
    found = {message: path for pattern in SOURCES
             for path in sorted(TOP.glob(pattern)) for message in messages(path)}
    missing = [(path, part) for message, path in found.items()
               for part in fixed_parts(message) if part not in page]
    if "--list" in sys.argv[1:]:
        for message, path in found.items():
            print(f"{path.relative_to(TOP)}: {message}")
    for path, part in missing:
        print(f"{path.relative_to(TOP)}: not in {PAGE}: {part}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
