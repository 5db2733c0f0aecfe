# SPDX-License-Identifier: BSD-2-Clause
"""scripts/check: all parts are run, and its last lines tell what was not."""
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]

# What stands for make: it knows two parts that end well and one that fails.
FAKE = """#!/bin/sh
case $2 in
check-a) echo 'SKIPPED [1] a.py:1: not run: raspi4b: no machine raspi4b' ;;
check-b) echo broken; exit 2 ;;
check-c) echo fine ;;
esac
"""


def check(tmp_path, *parts):
    fake = tmp_path / "make"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    return subprocess.run(["sh", "scripts/check", *parts], cwd=TOP, text=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "MAKE": str(fake)},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_all_parts_are_run_and_one_failure_counts(tmp_path):
    done = check(tmp_path, "b", "c")
    assert done.returncode == 1
    assert "broken" in done.stdout and "fine" in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines()[-2:]] == [
        ["check-b", "FAILED"], ["check-c", "ok"]]


def test_last_lines_name_what_was_not_run(tmp_path):
    done = check(tmp_path, "a", "c")
    assert done.returncode == 0
    end = done.stdout[done.stdout.index("== not run on this machine"):].splitlines()
    assert "not run: raspi4b: no machine raspi4b" in end[1]
    assert end[2] == "== summary"
    assert "not run" not in check(tmp_path, "c").stdout
