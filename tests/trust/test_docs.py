# SPDX-License-Identifier: BSD-2-Clause
"""docs/trust.md: each command of it, as it stands there, one shell for all."""
import os
import re
import subprocess

import pytest

from bench import LEAKS, TOP, TURNS

PAGE = TOP / "docs/trust.md"
LIMIT = 900
# What the page shows of the console; and what must be there besides.
SHOWN = [r"^board: trust: required: only what is signed boots, 1 key",
         r"^verify: trust: signed with the key my-product, rollback index 1",
         r"^user space: 4 CPUs", r"^run: 4 CPUs in user space",
         r"^verify: kernel: error: an image has not the hash that its node says",
         r"^refused: changed", r"^inspect: kernel: error: not signed: only a FIT can be",
         r"^refused: not signed", r"^board: trust: required: .* 2 key",
         r"^verify: trust: signed with the key next", r"^user space: 4 CPUs"]


def blocks():
    return re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), re.M | re.S)


def environment(home):
    kept = {k: v for k, v in os.environ.items() if k not in (*LEAKS, "MY", "DISK")}
    return {**kept, "HOME": str(home), "QEMU_ARGS": TURNS, "TIMEOUT": "300"}


@pytest.mark.linux
def test_each_command(tmp_path):
    assert len(blocks()) == 7
    script = "set -eu\n" + "".join(blocks())
    done = subprocess.run(["bash", "-c", script], cwd=TOP, env=environment(tmp_path), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT,
                          check=False, errors="replace")
    lines = done.stdout.replace("\r", "").split("\n")
    tail = "\n".join(lines[-40:])
    assert done.returncode == 0, tail
    rest = iter(lines)
    for pattern in SHOWN:
        assert any(re.search(pattern, line) for line in rest), f"no line {pattern}\n{tail}"


def test_shows_what_is_said():
    """The lines of the console on the page are those that are looked for."""
    shown = re.findall(r"^    ([a-z ]+: .*)$", PAGE.read_text(), re.M)
    assert len(shown) == 5
    for line in shown:
        assert any(re.search(pattern, line) for pattern in SHOWN), line
