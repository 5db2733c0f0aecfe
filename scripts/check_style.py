#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Holds the tree to scripts/layering.rules and to the house's shape."""
import argparse
import sys
from pathlib import Path

from style import layering, shape, tree
from style.source import Tree

HERE = Path(__file__).resolve().parent


def findings(root, rules_text=None):
    """Every breach in the tree below @root."""
    text = rules_text or (HERE / "layering.rules").read_text()
    rules, limits = layering.read_rules(text)
    files = Tree(root)
    found = list(layering.check(files, rules))
    for check in shape.CHECKS + tree.CHECKS:
        found += check(files, limits)
    return files, found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", default=HERE.parent, type=Path)
    files, found = findings(parser.parse_args().root)
    for f in found:
        print(f"{f.path}:{f.line}: {f.text} [{f.rule}]")
    print(f"style: {len(files.sources)} files, {shape.curve(files)}")
    print(f"style: {len(found)} breaches" if found else "style: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
