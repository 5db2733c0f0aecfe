#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The QEMU command line of a build, from the same .config as the binary.

boards/<board>/run.args holds QEMU's arguments, some on a line, quoted as in a
shell. A line may begin with conditions and a colon: CONFIG_X (is y, or not
empty), QEMU_9 (this QEMU is of version 9 or later; any number), any other
name in capitals (that variable of make or the environment is given); `!`
turns a condition round, several must all hold. {CONFIG_X} is a value of
.config, {O} the build folder, {NAME} a variable, {NAME=value} a variable
with its default. -M is collected into one machine option, in which the last
value of a property wins, so that QEMU_ARGS can overrule a line.
"""
import functools
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import flash

TOP = Path(__file__).resolve().parent.parent


class UsageError(Exception):
    """Something the user can mend: object, reason, remedy."""


def read_config(build):
    """CONFIG_* of a build folder as a dictionary of strings."""
    path = Path(build) / ".config"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; configure first, for example "
                         f"make virt_defconfig O={build}")
    found = re.findall(r"^(CONFIG_\w+)=(.*)$", path.read_text(), re.M)
    return {name: value.strip('"') for name, value in found}


def variable(name):
    """A variable of make or of the environment; empty is as good as absent."""
    return os.environ.get(name, "")


def run_args_file(board):
    """boards/<board>/run.args, of the tree or of BOARD_ROOT."""
    for root in (TOP, Path(variable("BOARD_ROOT") or TOP)):
        path = root / "boards" / board / "run.args"
        if path.is_file():
            return path
    raise UsageError(f"board {board}: QEMU does not know it, there is no "
                     f"boards/{board}/run.args; start it on its hardware")


def holds(condition, values):
    name = condition.lstrip("!")
    given = values.get(name, "") not in ("", "n")
    return given != condition.startswith("!")


def expand(word, values, where):
    """Replace every {NAME} and {NAME=default} of one word."""
    def value(match):
        name, default = match.group(1), match.group(2)
        found = values.get(name, "") or default
        if found is None:
            raise UsageError(f"{where}: {{{name}}} has no value and no default")
        return found

    return re.sub(r"\{(\w+)(?:=([^}]*))?\}", value, word)


def board_words(path, values):
    """The words of run.args whose conditions hold."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        where = f"{path.name}:{number}"
        match = re.match(r"((?:!?[A-Z][A-Z0-9_]*\s*)+):\s(.*)", line)
        conditions, rest = match.groups() if match else ("", line)
        if all(holds(c, values) for c in conditions.split()):
            for word in shlex.split(rest, comments=True):
                yield expand(word, values, where)


def merge_machine(words):
    """One -M in front, its properties in order of first appearance."""
    machine, others = {}, []
    words = iter(words)
    for word in words:
        if word not in ("-M", "-machine"):
            others.append(word)
            continue
        for prop in next(words, "").split(","):
            name, _, value = prop.partition("=")
            machine[name] = value
    props = [f"{n}={v}" if v else n for n, v in machine.items() if n]
    return (["-M", ",".join(props)] if props else []) + others


def find_qemu():
    """$QEMU, or the newest that `make setup` found, or the one on PATH."""
    own = TOP / variable("DEPS") / "bin/qemu-system-aarch64"
    if not variable("DEPS"):
        own = TOP / ".deps/bin/qemu-system-aarch64"
    asked = variable("QEMU")
    for name in [asked] if asked else [str(own), "qemu-system-aarch64"]:
        if shutil.which(name):
            return name
    raise UsageError(f"{asked or 'qemu-system-aarch64'}: no such program; "
                     + ("give QEMU= a program" if asked else "run make setup"))


def versions(qemu):
    """QEMU_1 ... QEMU_n for the program @qemu of major version n."""
    told = subprocess.run([qemu, "--version"], capture_output=True, text=True,
                          check=False).stdout
    found = re.search(r"version (\d+)", told)
    major = int(found.group(1)) if found else 0
    return {f"QEMU_{n}": "y" for n in range(1, major + 1)}


def check_files(board, path, values):
    """The files that the user names exist, and the board can take them."""
    text = path.read_text()
    for name in ("INITRD", "DTB", "CMDLINE", "KERNEL", "DISK"):
        if not values.get(name):
            continue
        if f"{{{name}}}" not in text:
            raise UsageError(f"{name}={values[name]}: QEMU cannot hand it to "
                             f"board {board}; build it in (CONFIG_PAYLOAD_*)")
        if name != "CMDLINE" and not Path(values[name]).is_file():
            raise UsageError(f"{name}={values[name]}: no such file")


def machine(board):
    """The QEMU machine of a board, from its run.args; None: none is named."""
    found = re.search(r"^-M ([\w.-]+)", run_args_file(board).read_text(), re.M)
    return found and found[1]


@functools.cache
def machines(program):
    """The names of the machines that a QEMU has."""
    told = subprocess.run([program, "-M", "help"], text=True, capture_output=True,
                          check=True).stdout
    return {line.split()[0] for line in told.splitlines()[1:] if line}


def flash_file(build, path, config, given):
    """FLASH=, the boot flash: a build that keeps a counter in it needs one."""
    asked = given or variable("FLASH")
    if config.get("CONFIG_ROLLBACK") != "y" or "{FLASH}" not in path.read_text():
        if asked:
            raise UsageError(f"FLASH={asked}: this build keeps nothing in its flash; build "
                             "with CONFIG_ROLLBACK=y, or leave FLASH= out")
        return ""
    return asked or f"{build}/flash.img"


def prepare_flash(build, name, config):
    """Write this build's image into it; its counter stays."""
    try:
        if name:
            flash.prepare(name, f"{build}/aglet.bin", config)
    except (OSError, flash.FlashError) as error:
        raise UsageError(str(error)) from error


def takes(build, name):
    """Can QEMU hand over that variable on the board of this build?"""
    path = run_args_file(read_config(build).get("CONFIG_BOARD", ""))
    return f"{{{name}}}" in path.read_text()


def command(build, given=None, extra=()):
    """QEMU's whole command line. @given adds to or overrules variables."""
    config = read_config(build)
    board = config.get("CONFIG_BOARD", "")
    path = run_args_file(board)
    values = {**os.environ, **config, "O": str(build), **(given or {})}
    values["FLASH"] = flash_file(build, path, config, (given or {}).get("FLASH"))
    prepare_flash(build, values["FLASH"], config)
    check_files(board, path, values)
    if "QEMU_" in path.read_text():
        values.update(versions(find_qemu()))
    words = list(board_words(path, values))
    words += shlex.split(variable("QEMU_ARGS")) + list(extra)
    return [find_qemu()] + merge_machine(words)
