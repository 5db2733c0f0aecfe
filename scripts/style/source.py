# SPDX-License-Identifier: BSD-2-Clause
"""The tree's files, and C and assembly without comments and strings."""
import functools
import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

SKIPPED = {".git", "build", ".deps", "__pycache__", ".pytest_cache"}
BLANKED = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
                     re.S)


class Finding(NamedTuple):
    """One breach: where, which rule, what and why."""

    path: str
    line: int
    rule: str
    text: str


class Function(NamedTuple):
    name: str
    first: int
    last: int
    body: int           # line of the opening brace

    @property
    def lines(self):
        return self.last - self.first + 1


def blank(match):
    """Keep the lines and the quotes of what is taken out."""
    text = match[0]
    if text[0] in "\"'":
        return text[0] + " " * (len(text) - 2) + text[0]
    return re.sub(r"[^\n]", " ", text)


class Source:
    """One text file."""

    def __init__(self, root, path):
        self.path = path
        self.text = (root / path).read_text(errors="replace")
        self.lines = self.text.splitlines()

    @functools.cached_property
    def code(self):
        """The lines with comments and string contents blanked."""
        return BLANKED.sub(blank, self.text).splitlines()

    @functools.cached_property
    def includes(self):
        """(line, name) of each #include."""
        found = []
        for number, text in enumerate(self.lines, 1):
            match = re.match(r"\s*#\s*include\s*[<\"]([^>\"]+)[>\"]", text)
            if match and self.code[number - 1].strip():
                found.append((number, match[1]))
        return found

    @functools.cached_property
    def functions(self):
        """Functions in kernel style: the braces stand in the first column."""
        found, start = [], None
        for number, text in enumerate(self.code, 1):
            if re.match(r"static inline\b.*\)\s*\{.*\}\s*$", text):
                name = re.search(r"(\w+)\s*\(", text)
                found.append(Function(name[1], number, number, number))
            elif text.rstrip() == "{":
                start = number
            elif text.startswith("}") and start:
                first = self.head(start)
                words = " ".join(self.code[first - 1:start - 1])
                name = re.search(r"(\w+)\s*\(", words)
                found.append(Function(name[1] if name else "?", first, number,
                                      start))
                start = None
        return found

    def head(self, brace):
        """First line of the signature above an opening brace."""
        line = brace
        while line > 1:
            above = self.code[line - 2].strip()
            if not above or above[-1] in ";}" or above.startswith("#"):
                break
            line -= 1
        return line


def listed(root):
    """Files under version control or about to be; all where there is none."""
    if (root / ".git").exists():
        names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"],
                               cwd=root, text=True, capture_output=True,
                               check=True).stdout.split("\n")
        return sorted(n for n in set(names) if n and (root / n).is_file())
    return sorted(str(p.relative_to(root)) for p in root.rglob("*")
                  if p.is_file() and not SKIPPED & set(p.relative_to(root).parts))


class Tree:
    """All text files below a root."""

    def __init__(self, root):
        self.root = Path(root)
        self.sources = {path: Source(self.root, path)
                        for path in listed(self.root)
                        if b"\0" not in (self.root / path).read_bytes()[:4096]}

    def matching(self, patterns):
        """Sources whose path matches a pattern and no !pattern."""
        wanted = [p for p in patterns if not p.startswith("!")]
        unwanted = [p[1:] for p in patterns if p.startswith("!")]
        return [s for path, s in self.sources.items()
                if any(fnmatch(path, p) for p in wanted)
                and not any(fnmatch(path, p) for p in unwanted)]

    def c_like(self):
        return self.matching(["*.c", "*.h", "*.S"])
