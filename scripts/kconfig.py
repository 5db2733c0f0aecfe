#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""All configuration targets: a strict wrapper around kconfiglib.

kconfiglib warns about mistakes in a configuration; here they are fatal, and
the message says what was wanted, what came out and why.
"""
import os
import random
import sys

import kconfiglib
from kconfiglib import BOOL, HEX, INT, STRING, Choice

import kconfig_check as check

OUT = os.environ.get("O", "build")
CONFIG = os.environ["KCONFIG_CONFIG"] = os.path.join(OUT, ".config")


def new_kconf():
    return kconfiglib.Kconfig("Kconfig", warn=False, suppress_traceback=True)


def save(kconf, path=CONFIG):
    check.rules(kconf)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    print(kconf.write_config(path))


def load_existing(kconf):
    """The .config as it is; what no longer fits adapts with a note."""
    if not os.path.exists(CONFIG):
        check.die(f"{CONFIG}: not there; run 'make <board>_defconfig' first")
    assigned = check.load(kconf, [CONFIG])
    for message in check.ineffective(kconf, assigned):
        print(f"note: {message}", file=sys.stderr)


def config_folders():
    """configs/ of the tree and, if there is one, of BOARD_ROOT."""
    root = os.environ.get("BOARD_ROOT")
    outside = [os.path.join(root, "configs")] if root else []
    return ["configs"] + list(filter(os.path.isdir, outside))


def find_file(name, kind):
    folders = config_folders()
    for path in [name] + [os.path.join(f, name) for f in folders]:
        if os.path.isfile(path):
            return path
    known = sorted(f for folder in folders for f in os.listdir(folder)
                   if f.endswith(kind))
    check.die(f"{name}: no such file here or in {' or '.join(folders)}; "
              "there are: " + " ".join(known))


def defconfig(names):
    """<name>_defconfig [frag.config ...]: later files win."""
    bases = [n for n in names if n.endswith("_defconfig")]
    frags = [n for n in names if not n.endswith("_defconfig")]
    if len(bases) > 1:
        check.die("more than one defconfig: " + " ".join(bases))
    kconf = new_kconf()
    if not bases:
        load_existing(kconf)
        follow_defaults(kconf)
    files = [find_file(n, "_defconfig") for n in bases]
    files += [find_file(n, ".config") for n in frags]
    assigned = check.load(kconf, files)
    problems = check.ineffective(kconf, assigned)
    if problems:
        check.die(*problems)
    save(kconf)


def oldconfig(_):
    import oldconfig as tool
    kconf = new_kconf()
    load_existing(kconf)
    tool.conf_changed = True
    while tool.conf_changed:
        tool.conf_changed = False
        for node in kconf.node_iter():
            tool.oldconfig(node)
    save(kconf)


def olddefconfig(_):
    kconf = new_kconf()
    load_existing(kconf)
    save(kconf)


def follow_defaults(kconf):
    """What has its default value follows it when other options change."""
    for item in list(kconf.unique_defined_syms) + kconf.unique_choices:
        if isinstance(item, Choice):
            picked = item.selection
            item.unset_value()
            if picked and picked is not item.selection:
                picked.set_value(2)
        elif not item.choice and any(n.prompt for n in item.nodes):
            value = item.str_value
            item.unset_value()
            if item.str_value != value:
                item.set_value(value)


def edit(tool, name):
    """Run kconfiglib's editor on the few lines that are no defaults."""
    kconf = new_kconf()
    os.makedirs(OUT, exist_ok=True)
    if os.path.exists(CONFIG):
        load_existing(kconf)
        kconf.write_min_config(CONFIG, header="")
    getattr(tool, name)(kconf)
    if os.path.exists(CONFIG):
        olddefconfig(None)


def menuconfig(_):
    import menuconfig as tool
    edit(tool, "menuconfig")


def guiconfig(_):
    import tkinter
    import guiconfig as tool
    try:
        edit(tool, "menuconfig")
    except tkinter.TclError as error:
        check.die(f"guiconfig: {error}; use make menuconfig on a terminal")


def savedefconfig(_):
    kconf = new_kconf()
    load_existing(kconf)
    print(kconf.write_min_config(os.path.join(OUT, "defconfig"), header=""))


def new_symbols():
    kconf = new_kconf()
    load_existing(kconf)
    for sym in kconf.unique_defined_syms:
        if sym.user_value is None and (len(sym.assignable) > 1 or (
                sym.visibility and
                (sym.choice or sym.orig_type in (INT, HEX, STRING)))):
            value = sym.str_value
            yield sym, f'"{value}"' if sym.orig_type == STRING else value


def listnewconfig(_):
    for sym, value in new_symbols():
        print(f"CONFIG_{sym.name}={value}")


def helpnewconfig(_):
    for sym, value in new_symbols():
        print(f"CONFIG_{sym.name}={value}\n")
        for node in sym.nodes:
            if node.help:
                print("  " + node.help.replace("\n", "\n  ") + "\n")


def all_bools(value):
    kconf = new_kconf()
    for sym in kconf.unique_defined_syms:
        if sym.orig_type == BOOL and not sym.choice:
            sym.set_value(value)
    save(kconf)


def allyesconfig(_):
    all_bools(2)


def allnoconfig(_):
    all_bools(0)


def alldefconfig(_):
    save(new_kconf())


def randomise(kconf, rng):
    """One pass over everything that can be set; addresses stay facts."""
    for node in kconf.node_iter(unique_syms=True):
        item = node.item
        if isinstance(item, Choice):
            open_syms = [s for s in item.syms if s.visibility == 2]
            if open_syms:
                rng.choice(open_syms).set_value(2)
        elif not isinstance(item, kconfiglib.Symbol) or item.choice:
            continue
        elif item.orig_type == BOOL and len(item.assignable) > 1:
            item.set_value(rng.choice(item.assignable))
        elif item.name == "NR_CPUS":
            item.set_value(str(rng.randint(1, 64)))


def randconfig(_):
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(2**32))
    print(f"randconfig: SEED={seed}")
    rng = random.Random(seed)
    kconf = new_kconf()
    # Twice, since a symbol may open up others that stand before it.
    randomise(kconf, rng)
    randomise(kconf, rng)
    save(kconf)


def sync(_):
    """Write what the build reads: header, makefile, one stamp per symbol."""
    kconf = new_kconf()
    load_existing(kconf)
    check.rules(kconf)
    kconf.write_config(CONFIG, save_old=False)
    include = os.path.join(OUT, "include")
    os.makedirs(os.path.join(include, "generated"), exist_ok=True)
    os.makedirs(os.path.join(include, "config"), exist_ok=True)
    kconf.write_autoconf(os.path.join(include, "generated", "autoconf.h"))
    lines = []
    for sym in kconf.unique_defined_syms:
        stamp(os.path.join(include, "config", sym.name), sym.str_value)
        value = sym.str_value
        if sym.orig_type == BOOL and value == "n":
            continue
        value = value.replace("$", "$$").replace("#", "\\#")
        lines.append(f"CONFIG_{sym.name} := {value}\n")
    with open(os.path.join(include, "config", "auto.conf"), "w",
              encoding="utf-8") as out:
        out.writelines(lines)


def stamp(path, value):
    """Touch @path only if the symbol's value is another one than before."""
    try:
        with open(path, encoding="utf-8") as old:
            if old.read() == value:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as new:
        new.write(value)


COMMANDS = (defconfig, oldconfig, olddefconfig, menuconfig, guiconfig,
            savedefconfig, listnewconfig, helpnewconfig, allnoconfig,
            allyesconfig, alldefconfig, randconfig, sync)


def main():
    by_name = {c.__name__: c for c in COMMANDS}
    by_name[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
