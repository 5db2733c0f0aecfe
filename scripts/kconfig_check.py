# SPDX-License-Identifier: BSD-2-Clause
"""Reads configuration files strictly and explains what did not take effect."""
import re
import sys

from kconfiglib import (AND, BOOL, HEX, INT, STRING, Symbol, expr_str,
                        expr_value, split_expr, unescape)

SET = re.compile(r"CONFIG_([A-Za-z0-9_]+)=(.*)$")
UNSET = re.compile(r"# CONFIG_([A-Za-z0-9_]+) is not set$")

# What Kconfig's language cannot say: these must be multiples.
MULTIPLES = {"LOAD_ADDR": 0x200000, "MONITOR_ADDR": 0x1000,
             "MONITOR_SIZE": 0x1000}


def die(*messages):
    for message in messages:
        print(f"error: {message}", file=sys.stderr)
    sys.exit(1)


def parse(path):
    """Yield (line number, symbol name, text of the value) of each line."""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip()
            match = SET.match(line)
            unset = UNSET.match(line)
            if match:
                yield number, match[1], match[2]
            elif unset:
                yield number, unset[1], "n"
            elif line and not line.startswith("#"):
                die(f"{path}:{number}: malformed line '{line}'; write "
                    "CONFIG_NAME=value or '# CONFIG_NAME is not set'")


def value_of(sym, text, where):
    """The value in kconfiglib's form, or the end of the run."""
    if sym.orig_type == STRING:
        if len(text) < 2 or text[0] != '"' or text[-1] != '"':
            die(f"{where}: CONFIG_{sym.name} is a string: write "
                f'CONFIG_{sym.name}="..." instead of {text}')
        return unescape(text[1:-1])
    forms = {BOOL: (r"[yn]", "y or n"), INT: (r"-?[0-9]+", "a number"),
             HEX: (r"0[xX][0-9a-fA-F]+", "a number like 0x1f")}
    form, says = forms[sym.orig_type]
    if not re.fullmatch(form, text):
        die(f"{where}: CONFIG_{sym.name}={text}: the value must be {says}")
    return text


def load(kconf, paths):
    """Assign all files in order. Return {symbol: (value, where)}, last wins."""
    assigned = {}
    for path in paths:
        seen = {}
        for number, name, text in parse(path):
            where = f"{path}:{number}"
            sym = kconf.syms.get(name)
            if sym is None or not sym.nodes:
                die(f"{where}: unknown symbol CONFIG_{name}"
                    + similar(kconf, name))
            if name in seen:
                die(f"{where}: CONFIG_{name} is set twice, first at "
                    f"{seen[name]}")
            seen[name] = where
            value = value_of(sym, text, where)
            if sym.choice and value == "y":
                replace_siblings(assigned, sym, path)
            assigned[sym] = (value, where)
            sym.set_value(value)
    return assigned


def replace_siblings(assigned, sym, path):
    """A later file's pick of a choice takes the place of an earlier one."""
    for other in sym.choice.syms:
        value, where = assigned.get(other, (None, ""))
        if value == "y" and other is not sym:
            if where.rpartition(":")[0] == path:
                continue
            del assigned[other]


def similar(kconf, name):
    import difflib
    if name.startswith("BOARD_"):
        return "; a board outside of the tree needs BOARD_ROOT=folder"
    names = [s.name for s in kconf.unique_defined_syms]
    close = difflib.get_close_matches(name, names, 1)
    return f"; did you mean CONFIG_{close[0]}?" if close else ""


def same(sym, wanted):
    got = sym.str_value
    if sym.orig_type in (INT, HEX) and got:
        base = 16 if sym.orig_type == HEX else 10
        return int(wanted, base) == int(got, base)
    return wanted == got


def ineffective(kconf, assigned):
    """Messages for the assignments whose symbol has another value now."""
    return [f"{where}: CONFIG_{sym.name}={wanted} does not take effect, it "
            f"is {sym.str_value or 'not set'}: {reason(sym, wanted)}"
            for sym, (wanted, where) in assigned.items()
            if not same(sym, wanted) and not gone(sym, wanted)]


def gone(sym, wanted):
    """Saying n or "" of something that is not there is no contradiction."""
    return not sym.str_value and wanted in ("n", "")


def reason(sym, wanted):
    unmet = unmet_terms(sym)
    if unmet and not (sym.orig_type == BOOL and wanted == "n"):
        return "unmet dependency " + " and ".join(unmet)
    bounds = out_of_range(sym, wanted)
    if bounds:
        return f"out of range [{bounds[0]}, {bounds[1]}]"
    if sym.choice and sym.choice.selection:
        winner = sym.choice.selection
        if winner is sym:
            return ("it is the choice's pick; set another of "
                    + " ".join(s.name for s in sym.choice.syms))
        return f"the choice picked CONFIG_{winner.name}"
    if sym.orig_type == BOOL and expr_value(sym.rev_dep):
        return "selected by " + expr_str(sym.rev_dep)
    if not any(node.prompt for node in sym.nodes):
        return "it has no prompt; its value follows from other options"
    return "unmet dependency " + " and ".join(unmet) if unmet else "unknown"


def unmet_terms(sym):
    """The terms of the prompts' conditions that are n, with their values."""
    terms = []
    for node in sym.nodes:
        if not node.prompt:
            continue
        for term in split_expr(node.prompt[1], AND):
            text = expr_str(term, show)
            if not expr_value(term) and text not in terms:
                terms.append(text)
    return terms


def show(item):
    if isinstance(item, Symbol) and not item.is_constant:
        return f"{item.name} (={item.str_value or 'not set'})"
    return (item.name or '""') if isinstance(item, Symbol) else "choice"


def out_of_range(sym, wanted):
    if sym.orig_type not in (INT, HEX):
        return None
    base = 16 if sym.orig_type == HEX else 10
    for low, high, condition in sym.ranges:
        if expr_value(condition):
            bounds = low.str_value, high.str_value
            inside = int(bounds[0], base) <= int(wanted, base) \
                <= int(bounds[1], base)
            return None if inside else bounds
    return None


def rules(kconf):
    """The constraints between values that Kconfig itself cannot express."""
    problems = []
    for name, unit in MULTIPLES.items():
        text = kconf.syms[name].str_value
        if text and int(text, 16) % unit:
            problems.append(f"CONFIG_{name}={text} must be a multiple of "
                            f"{unit:#x}; e.g. {int(text, 16) // unit * unit:#x}")
    sources = kconf.syms["SOURCE_ORDER"].str_value.split()
    for source in sources or ["(empty)"]:
        sym = kconf.syms.get("SOURCE_" + source.upper())
        if sym is None or sym.str_value != "y":
            problems.append(f"CONFIG_SOURCE_ORDER names '{source}', which is "
                            "not built in; set CONFIG_SOURCE_"
                            f"{source.upper()}=y or take it out")
    for name, sym in kconf.syms.items():
        source = name.removeprefix("SOURCE_").lower()
        if (name.startswith("SOURCE_") and name != "SOURCE_ORDER"
                and sym.str_value == "y" and source not in sources):
            problems.append(f"CONFIG_{name}=y, but CONFIG_SOURCE_ORDER=\""
                            f"{' '.join(sources)}\" never asks it; add "
                            f"{source} there or set CONFIG_{name}=n")
    for name in ("KERNEL", "INITRD", "DTB"):
        path = kconf.syms["PAYLOAD_" + name].str_value
        if " " in path:
            problems.append(f"CONFIG_PAYLOAD_{name}: '{path}' has a space in "
                            "it, which make cannot handle; rename the file")
    if problems:
        die(*problems)
