#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""make harden: which options of a .config are weaker than they could be.

usage: harden.py        of the build folder O (build); STRICT=1 fails if one is weak

One line for each, worst first: the option, what it gives away, what the better
value costs. What the board rules out is told last and not counted. All that is
known about options stands in RULES.
"""
import os
import sys
from typing import NamedTuple

import kconfiglib
from kconfiglib import AND, BOOL, Symbol, expr_items, expr_str, expr_value, split_expr

import trust_keys

CRITICAL, HIGH, MEDIUM, LOW = "critical", "high", "medium", "low"
GRADES = (CRITICAL, HIGH, MEDIUM, LOW)
# Not to be chosen although they have a prompt: what the machine is.
FACTS = {"EL3_PRESENT", "EL2_PRESENT"}
ANYTHING = "*"      # any string but the empty one
TO_SHIP = "-"       # no key for development


class Rule(NamedTuple):
    """An option, its better value, how much it matters, and why."""
    symbol: str
    better: str
    grade: str
    weak: str       # what the other value gives away
    costs: str      # of the better value


RULES = [
    Rule("UNSAFE_TEST_BUILD", "n", CRITICAL,
         "the image breaks a rule of the hand-off on purpose, the secure world may be open",
         "nothing"),
    Rule("CRASH_TEST", "", CRITICAL, "the image crashes on purpose and boots nothing", "nothing"),
    Rule("POISON", "n", CRITICAL, "registers and memory are filled with junk for tests",
         "nothing"),
    Rule("TRUST_KEYS", ANYTHING, CRITICAL, "nobody's signature is looked at",
         "a key pair that is kept well; half a KiB a key"),
    Rule("TRUST_KEYS", TO_SHIP, CRITICAL,
         "a key for development, by its name, is trusted: whoever has it can boot anything",
         "the kernel is signed anew"),
    Rule("TRUST_REQUIRED", "y", CRITICAL, "a kernel that nobody signed boots",
         "25 KiB, 2 instructions a byte; only signed FITs boot"),
    Rule("ROLLBACK", "y", HIGH, "an old signed image with a known hole boots again",
         "2 KiB, two sectors of secure flash; there is no way back to an older image"),
    Rule("ROLLBACK_OPEN", "n", MEDIUM, "who controls the kernel decides when the counter rises",
         "an image cannot prove itself before older ones are refused"),
    Rule("SEMIHOSTING", "n", HIGH,
         "an HLT reaches a debugger or emulator, which acts with the rights of its user",
         "QEMU does not end by itself when the boot has failed"),
    Rule("SEMIHOSTING_CONSOLE", "n", HIGH, "every character goes to the debugger as well",
         "a console where there is no UART"),
    Rule("STACK_PROTECTOR", "y", HIGH,
         "an overflowed buffer returns to an address that the attacker wrote",
         "3 % of the loader's size"),
    Rule("BRANCH_PROTECTION", "y", HIGH,
         "forged return addresses and jumps into the middle of functions work",
         "one or two instructions a function, up to 4 KiB"),
    Rule("SOURCE_FW_CFG", "n", HIGH,
         "whoever starts the emulator gives kernel, initrd and command line",
         "make run KERNEL= and -kernel do nothing"),
    Rule("MENU", "n", MEDIUM, "a key at the console chooses what boots",
         "the choice at the console"),
    Rule("DEBUG", "n", MEDIUM, "options for tests can be switched on, assertions say what is where",
         "assertions of our own code"),
    Rule("LOG_DEBUG", "n", MEDIUM, "addresses of everything are on the console",
         "messages for developers"),
    Rule("NARRATE", "n", LOW, "registers and addresses are explained on the console",
         "the explanation of the boot"),
    Rule("WATCHDOG", "y", MEDIUM, "a loader that hangs hangs for ever",
         "less than 1 KiB; a boot that takes longer starts again"),
    Rule("FORMAT_ELF", "n", MEDIUM, "one more parser of unsigned bytes; an ELF is never signed",
         "vmlinux and ELF programs do not boot"),
    Rule("FORMAT_ZBOOT", "n", LOW, "one more parser of unsigned bytes",
         "vmlinuz.efi does not boot"),
    Rule("DTB_OVERLAY", "n", LOW, "overlays change the device tree, and libfdt parses them",
         "entries with overlays do not boot"),
    Rule("UNPACK_ZSTD", "n", LOW, "the largest parser of all, 160 KiB",
         "kernels packed with zstd do not boot"),
    Rule("UNPACK_LZ4", "n", LOW, "one more parser", "kernels packed with lz4 do not boot"),
    Rule("FS_EXT4", "n", LOW, "a second file system is parsed before anything is verified",
         "files on ext4 do not boot; FAT is left"),
    Rule("KALLSYMS", "n", LOW, "a crash report names every function",
         "addresses instead of names in crash reports"),
]


class Finding(NamedTuple):
    """A rule that is not kept: what it needs first, and can it be had at all?"""
    rule: Rule
    value: str
    needs: str
    possible: bool


def has_development_key(words):
    """One of these files is named so; what is no key is for the build to refuse."""
    try:
        return any(trust_keys.is_development(path)
                   for word in words for path in trust_keys.files(word))
    except trust_keys.BadKey:
        return False


def is_good(kconf, rule):
    """The option has its better value; one that is not there is n."""
    sym = kconf.syms[rule.symbol]
    if rule.better == TO_SHIP:
        return not has_development_key(sym.str_value.split())
    if rule.better == ANYTHING:
        return bool(sym.str_value)
    if sym.orig_type == BOOL:
        return sym.str_value == rule.better
    return not sym.visibility or sym.str_value == rule.better


def unmet(sym, better):
    """What stands in the way of the better value: expressions that do not hold."""
    if better == "n":
        return [sym.rev_dep] if expr_value(sym.rev_dep) else []
    return [p for p in split_expr(sym.direct_dep, AND) if not expr_value(p)]


def can_change(item):
    """Can somebody who configures the image for this machine change it?"""
    if item.name in FACTS or (item.name or "").startswith("BOARD_"):
        return False
    selected_by = expr_items(item.rev_dep) if isinstance(item, Symbol) else ()
    return any(node.prompt for node in item.nodes) or any(
        can_change(by) for by in selected_by if isinstance(by, Symbol) and by.nodes)


def is_open(expr):
    return all(can_change(sym) for sym in expr_items(expr) if sym.nodes)


def finding(rule, sym):
    parts = unmet(sym, rule.better)
    return Finding(rule, sym.str_value, " && ".join(map(expr_str, parts)),
                   all(map(is_open, parts)))


def findings(kconf):
    """Every rule that is not kept, worst first."""
    found = [finding(rule, kconf.syms[rule.symbol])
             for rule in RULES if not is_good(kconf, rule)]
    return sorted(found, key=lambda f: (not f.possible, GRADES.index(f.rule.grade)))


def shown(sym, value):
    if value == ANYTHING:
        return "set"
    if value == TO_SHIP:
        return "without it"
    return value if sym.orig_type == BOOL else f'"{value}"'


def line(kconf, found):
    rule, sym = found.rule, kconf.syms[found.rule.symbol]
    text = (f"{rule.symbol}={shown(sym, found.value)}, better "
            f"{shown(sym, rule.better)}: {rule.weak}")
    if not found.possible:
        return f"{'-':<9}{text}; not here: {found.needs}"
    first = f"; after {found.needs}" if found.needs else ""
    return f"{rule.grade:<9}{text}; costs: {rule.costs}{first}"


def summary(found):
    weak = [f for f in found if f.possible]
    count = [(sum(f.rule.grade == g for f in weak), g) for g in GRADES]
    parts = ", ".join(f"{n} {g}" for n, g in count if n) or "none"
    return (f"harden: {len(weak)} weak ({parts}), {len(RULES) - len(found)} good, "
            f"{len(found) - len(weak)} out of reach")


def main():
    config = os.path.join(os.environ.get("O", "build"), ".config")
    if not os.path.isfile(config):
        sys.exit(f"error: {config}: not there; run 'make <board>_defconfig' first")
    kconf = kconfiglib.Kconfig("Kconfig", warn=False, suppress_traceback=True)
    kconf.load_config(config)
    found = findings(kconf)
    for one in found:
        print(line(kconf, one))
    print(summary(found))
    return bool(os.environ.get("STRICT")) and any(f.possible for f in found)


if __name__ == "__main__":
    sys.exit(main())
