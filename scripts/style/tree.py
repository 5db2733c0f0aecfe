# SPDX-License-Identifier: BSD-2-Clause
"""What spans files: Kconfig help, make help, board addresses, commits."""
import re
import subprocess

from style.source import Finding


def kconfig_help(tree, _limits):
    """Every prompt has help that says more than the prompt."""
    for source in tree.matching(["Kconfig", "*/Kconfig", "*/Kconfig.*"]):
        entries = re.split(r"^(?=(?:menu)?config |choice\b|menu |endchoice|endmenu"
                           r"|if |endif|source |comment )", source.text, flags=re.M)
        line = 1
        for entry in entries:
            prompt = re.search(r"^\t(?:bool|string|hex|int|prompt) \"", entry, re.M)
            words = re.split(r"^\thelp\n", entry, flags=re.M)[1:]
            if prompt and len(" ".join(words).split()) < 8:
                name = entry.split("\n", 1)[0]
                yield Finding(source.path, line, "kconfig",
                              f"{name}: help must say what it is, when to change "
                              "it, what it costs")
            line += entry.count("\n")


# Powers of two and masks are addresses on some board, but not only there.
ROUND = {1 << bit for bit in range(64)} | {
    (1 << top) - (1 << bit) for top in (32, 64) for bit in range(top)}
HEX = re.compile(r"\b0x[0-9a-fA-F]{7,16}(?=[uUlL]*\b)")


def addresses(tree, _limits):
    """A board's addresses stand in its folder only."""
    known = {}
    for source in tree.matching(["boards/*"]):
        for text in source.code:
            for word in HEX.findall(text):
                known.setdefault(int(word, 16), source.path)
    # The kernel knows no configuration; its console falls back to virt's.
    others = ["arch/*", "boot/*", "drivers/*", "fs/*", "include/*", "lib/*",
              "kernel/*", "Kconfig", "!kernel/stdout.c"]
    for source in tree.matching(others):
        for number, text in enumerate(source.code, 1):
            for word in HEX.findall(text):
                value = int(word, 16)
                if value in known and value not in ROUND:
                    yield Finding(source.path, number, "addresses",
                                  f"{word} is an address of {known[value]}")


def is_comment(source, number):
    """Nothing, or nothing but a comment, stands in this line."""
    if source.path.endswith((".c", ".h", ".S")):
        return not source.code[number].strip()
    return not source.lines[number].split("#")[0].strip()


def board_costs(tree, limits):
    """A board is small: lines without comments, and without its device tree."""
    costs = {}
    for source in tree.matching(["boards/*/*", "!*.dts"]):
        folder = source.path.split("/")[1]
        costs[folder] = costs.get(folder, 0) + sum(
            not is_comment(source, n) for n in range(len(source.lines)))
    for folder, lines in costs.items():
        if lines > limits["board-lines"]:
            yield Finding(f"boards/{folder}", 0, "board-costs",
                          f"{lines} lines, more than {limits['board-lines']}: what "
                          "other boards could use belongs into a driver")


# The board that is taken when nobody says which; texts may have it as example.
DEFAULT_BOARD = "virt"


def board_names(tree, _limits):
    """No shared file knows a board: who adds one edits none of them."""
    names = {path.split("/")[1] for path in tree.sources if path.startswith("boards/")}
    symbols = {"BOARD_" + name.upper().replace("-", "_") for name in names}
    words = "|".join(map(re.escape, symbols | names - {DEFAULT_BOARD}))
    pattern = re.compile(rf"(?<![\w-])(?:CONFIG_)?({words})(?![\w-])")
    shared = ["Makefile", "Kconfig", "*/Kconfig", "*.mk", "*.lds.S", "arch/*", "boot/*",
              "drivers/*", "fs/*", "include/*", "kernel/*", "lib/*", "!boards/*"]
    for source in tree.matching(shared if words else []):
        for number, text in enumerate(source.lines, 1):
            match = pattern.search(text)
            if match and text.strip() != f"default BOARD_{DEFAULT_BOARD.upper()}":
                yield Finding(source.path, number, "board-names",
                              f"'{match[1]}': a board's name stands in its folder")


def make_help(tree, limits):
    """`make help` lists each target that a user may ask for."""
    targets, shown = set(), set()
    for source in tree.matching(["Makefile", "scripts/*.mk"]):
        for match in re.finditer(r"^([a-z][\w. -]*):(?!=)", source.text, re.M):
            targets |= {(source.path, name) for name in match[1].split()}
        shown |= set(re.findall(r"^#: (\S+) ", source.text, re.M))
    for path, name in sorted(targets):
        if name not in shown | limits["internal"] | {"help"}:
            yield Finding(path, 1, "help", f"make {name} is not in make help")


def commits(tree, limits):
    """area: verb object, short, no full stop, and a body that says why."""
    if not (tree.root / ".git").exists():
        return
    log = subprocess.run(["git", "log", "-n", "100", "--no-merges",
                          "--format=%h%x1f%s%x1f%b%x1e"], cwd=tree.root, text=True,
                         capture_output=True, check=True).stdout
    for entry in filter(str.strip, log.split("\x1e")):
        name, subject, body = entry.strip("\n").split("\x1f")
        problems = []
        if not re.fullmatch(r"[\w./,-]+(, [\w./-]+)*: \S.*[^.\s]", subject):
            problems.append("is not 'area: verb object'")
        if len(subject) > limits["subject-length"]:
            problems.append(f"is longer than {limits['subject-length']}")
        if not body.strip():
            problems.append("has no body that says why")
        for problem in problems:
            yield Finding(f"commit {name}", 0, "commits", f"'{subject}' {problem}")


CHECKS = (kconfig_help, addresses, board_costs, board_names, make_help, commits)
