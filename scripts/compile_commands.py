#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""compile_commands.py BUILD: write its compile_commands.json.

Read from the .cmd files, where the build keeps each target's command.
"""
import json
import os
import re
import sys
from pathlib import Path

SAVED = re.compile(r"^saved-(\S+) := (.* -c -o \S+ (\S+))$", re.M)


def entries(build):
    for path in sorted(build.rglob("*.o.cmd")):
        for output, command, source in SAVED.findall(path.read_text()):
            command = command.replace("\\#", "#").replace("$$", "$")
            yield {"directory": os.getcwd(), "command": command,
                   "file": source, "output": output}


def main():
    build = Path(sys.argv[1])
    path = build / "compile_commands.json"
    found = list(entries(build))
    path.write_text(json.dumps(found, indent=1) + "\n")
    print(f"{path}: {len(found)} commands")


if __name__ == "__main__":
    main()
