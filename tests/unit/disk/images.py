#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the disk images of the unit tests, with the tools that everybody uses.

usage: images.py FOLDER     each make_*.py beside this file has make(folder)
"""
import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    folder = Path(sys.argv[1])
    for script in sorted(HERE.glob("make_*.py")):
        out = folder / script.stem.removeprefix("make_")
        stamp = out / "stamp"
        if stamp.exists() and stamp.stat().st_mtime > script.stat().st_mtime:
            continue
        out.mkdir(parents=True, exist_ok=True)
        spec = importlib.util.spec_from_file_location(script.stem, script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.make(out)
        stamp.touch()


if __name__ == "__main__":
    main()
