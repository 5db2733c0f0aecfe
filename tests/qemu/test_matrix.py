# SPDX-License-Identifier: BSD-2-Clause
"""The matrix: all pairs, the smallest set that fails, shards, the reports."""
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"
# Where the planted bug is: a refusal behind two options that are rarely together.
PLANTED = ("boot/handoff.c", "	leave_ledger(boot);\n",
           "	if (IS_ENABLED(CONFIG_NARRATE) && IS_ENABLED(CONFIG_GICV2))\n"
           "		boot_fail(boot);\n	leave_ledger(boot);\n")
AXES = "GIC NARRATE KALLSYMS MENU"


def load(name):
    """A module of scripts/matrix; its folder is no package of the tests."""
    folder = str(TOP / "scripts/matrix")
    sys.path.insert(0, folder)
    try:
        return __import__(name)
    finally:
        sys.path.remove(folder)


def matrix(tree, out, *words, **given):
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "O", "QEMU")}
    return subprocess.run([PYTHON, "scripts/matrix", "--build", out, "--random", "0", *words],
                          cwd=tree, text=True, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, env={**env, **given})


@pytest.mark.quick
def test_every_pair_that_fits_is_covered():
    space = load("space").Space()
    cover = load("cover").Cover(space)
    variants = cover.variants()
    assert not cover.left
    covered = set().union(*(cover.pairs(v) for v in variants))
    for pair in cover.impossible:
        assert pair not in covered
    for one, two in itertools.combinations(space.axes, 2):
        for x in space.axes[one].labels:
            for y in space.axes[two].labels:
                pair = cover.pair(one, x, two, y)
                assert pair in covered or pair in cover.impossible, sorted(pair)
    for variant in variants:
        assert space.fits(variant) and set(space.needed) <= set(variant)
    # What no board but others has stays out; nothing else is lost.
    alone = {label for label in ((a, x) for a in space.axes for x in space.axes[a].labels)
             if not any(label in v.items() for v in variants)}
    assert {axis for axis, _ in alone} <= {"GIC", "UART", "SDHCI", "AHCI"}


def test_shards_are_a_partition():
    whole = json.loads(matrix(TOP, "build", "--json").stdout)
    assert len(whole["variants"]) >= 50
    assert whole["pairs"]["covered"] == whole["pairs"]["possible"] > 5000


def planted(tmp_path):
    """A copy of the sources with the bug in it."""
    tree = tmp_path / "tree"
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, text=True,
                           capture_output=True, check=True).stdout.split()
    for name in names:
        if (TOP / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, tree / name)
    (tree / ".deps").symlink_to((TOP / ".deps").resolve())
    path, old, new = PLANTED
    text = (tree / path).read_text()
    assert text.count(old) == 1
    (tree / path).write_text(text.replace(old, new))
    return tree


def test_a_bug_behind_two_options_is_named(tmp_path):
    tree = planted(tmp_path)
    run = matrix(tree, tmp_path / "out", AXES=AXES)
    assert run.returncode == 1, run.stdout
    assert re.search(r"smallest set that fails: GIC=GICV2 NARRATE=y$", run.stdout, re.M), run.stdout
    suite = xml.parse(tmp_path / "out/junit.xml").getroot()
    red = [case.get("name") for case in suite if case.find("failure") is not None]
    assert red and len(red) == int(suite.get("failures")) < int(suite.get("tests"))
    assert all("GIC=GICV2" in name and "NARRATE=y" in name for name in red)
    page = (tmp_path / "out/report.html").read_text()
    assert "smallest set" in page and "GIC=GICV2 NARRATE=y" in page


def test_mistakes_are_told():
    assert "no axis NONSENSE" in matrix(TOP, "build", "--axes", "NONSENSE").stdout
    assert "SHARD=5/4: give i/n" in matrix(TOP, "build", "--shard", "5/4").stdout
