# SPDX-License-Identifier: BSD-2-Clause
"""A board outside of the tree, made by script, boots as its defconfig says."""
import subprocess

import pytest

from bench import BUILDS, TOP, conformance, environment, make, play

NAME = "newcomer"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("boards")
    subprocess.run(["make", "new-board", f"NAME={NAME}", f"BOARD_ROOT={folder}"],
                   cwd=TOP, env=environment({}), check=True)
    return folder


@pytest.mark.parametrize("level,fragments", [("EL2", []), ("EL3", ["el3.config"])])
def test_it_boots(root, level, fragments):
    folder = BUILDS / f"{NAME}-{level}"
    make(folder, f"BOARD_ROOT={root}", f"{NAME}_defconfig", *fragments, "all",
         f"CONFORMANCE={conformance().relative_to(TOP)}")
    run = play("run", folder, BOARD_ROOT=root, MEM="128M", SMP=2)
    run.expect_status(0)
    run.expect_lines([rf"^aglet .* on {NAME}: EL2, ", r"I see 2 CPUs",
                      r"^SUMMARY: \d+ ok, 0 not ok", r"^run: green$"])


def test_forgotten_root_is_told(root):
    folder = BUILDS / f"{NAME}-EL2"
    make(folder, f"BOARD_ROOT={root}", f"{NAME}_defconfig", "all",
         f"CONFORMANCE={conformance().relative_to(TOP)}")
    run = play("run", folder, MEM="128M")
    run.expect_status(2)
    run.expect_lines([rf"board {NAME}: QEMU does not know it"])
