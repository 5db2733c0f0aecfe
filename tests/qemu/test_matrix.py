# SPDX-License-Identifier: BSD-2-Clause
"""The matrix: all pairs, the smallest set that fails, shards, the reports."""
import functools
import importlib.util
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import kconfiglib
import pytest

TOP = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"
# Where the planted bug is: a refusal behind two options that are rarely together.
PLANTED = ("boot/handoff.c", "	leave_ledger(boot);\n",
           "	if (IS_ENABLED(CONFIG_NARRATE) && IS_ENABLED(CONFIG_GICV2))\n"
           "		boot_fail(boot);\n	leave_ledger(boot);\n")
AXES = "GIC NARRATE KALLSYMS MENU"


@functools.cache
def load(name):
    """A module of scripts/matrix; its folder is no package of the tests."""
    folder = TOP / "scripts/matrix"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location(f"matrix_{name}", folder / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(folder))


def matrix(tree, out, *words, **given):
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "O", "QEMU")}
    return subprocess.run([PYTHON, "scripts/matrix", "--build", out, "--random", "0", *words],
                          cwd=tree, text=True, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, env={**env, **given})


def never(space, axis, label):
    """None of 300 configurations, thrown at random, has the label."""
    rng, symbols = random.Random(1), [s for s in space.kconf.unique_defined_syms
                                      if s.choice is None and s.orig_type == kconfiglib.BOOL]
    members = [s for choice in space.kconf.unique_choices for s in choice.syms
               if choice.name != "BOARD_CHOICE"]
    for _ in range(300):
        space.misfits({})
        for sym in rng.sample([*symbols, *members], len(symbols)):
            sym.set_value(rng.choice("yn") if sym in symbols else "y")
        lines, _ = space.axes[axis].labels[label]
        for line in lines:
            space.kconf.syms[line.partition("=")[0]].set_value(line.partition("=")[2])
        if not space.misses(lines):
            return False
    return True


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
    # A label in no variant is one that this board never has, whatever is chosen.
    alone = {label for label in ((a, x) for a in space.axes for x in space.axes[a].labels)
             if not any(label in v.items() for v in variants)}
    assert all(never(space, axis, label) for axis, label in alone), alone


@pytest.mark.quick
def test_json_names_variants_and_shards():
    whole = json.loads(matrix(TOP, "build", "--json").stdout)
    names = [variant["name"] for variant in whole["variants"]]
    assert len(names) == len(set(names)) >= 80
    assert {"v01", "virt", "raspi4b+el2", "template"} <= set(names)
    assert whole["pairs"]["covered"] == whole["pairs"]["possible"] > 5000
    assert whole["shards"] == ["1/4", "2/4", "3/4", "4/4"]


@pytest.mark.quick
@pytest.mark.parametrize("count", [1, 3, 7])
def test_shards_are_a_partition_by_cost(count):
    main = load("__main__")
    tasks = [main.Task(f"v{n}", {"n": str(n)}, None) for n in range(60)]
    costs = {task.key: 1 + n * n % 17 for n, task in enumerate(tasks)}
    shards = [main.shard(tasks, f"{i}/{count}", costs) for i in range(1, count + 1)]
    assert sorted(t.name for shard in shards for t in shard) == sorted(t.name for t in tasks)
    loads = [sum(costs[t.key] for t in shard) for shard in shards]
    assert max(loads) - min(loads) <= max(costs.values())


@pytest.mark.quick
def test_chance_is_the_same_for_a_seed():
    space, cover = load("space").Space(), load("cover")
    one, two, other = (cover.by_chance(space, seed, 3, []) for seed in (5, 5, 6))
    assert one == two != other and len(one) == 3
    assert all(space.fits(v) and set(space.needed) <= set(v) for v in one)


class Anything:
    """A space in which all labels go together."""

    @staticmethod
    def repaired(chosen, _depth):
        return dict(chosen)


@pytest.mark.quick
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_search_ends_with_the_smallest_set(size):
    """From one red variant and from several; and with less than a build a label."""
    rng = random.Random(size)
    for _ in range(50):
        variants = [{f"axis{n}": rng.choice("abc") for n in range(45)} for _ in range(3)]
        bug = dict(rng.sample(sorted(variants[0].items()), size))
        bad = [variants[0]] + [{**v, **bug} for v in variants[1:]]
        shrinker = load("shrink").Shrinker(Anything, lambda v, bug=bug:
                                           set(bug.items()) <= set(v.items()))
        assert shrinker.smallest(bad[:rng.randint(1, 3)]) == bug
        assert shrinker.left >= 60 - 10 * size - 2


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
    assert re.search(r"smallest set that fails: GIC=GICV2 NARRATE=y  ", run.stdout, re.M), run.stdout
    suite = xml.parse(tmp_path / "out/junit.xml").getroot()
    red = [case.get("name") for case in suite if case.find("failure") is not None]
    assert red and len(red) == int(suite.get("failures")) < int(suite.get("tests"))
    assert all("GIC=GICV2" in name and "NARRATE=y" in name for name in red)
    page = (tmp_path / "out/report.html").read_text()
    assert "smallest set" in page and "GIC=GICV2 NARRATE=y" in page


def test_mistakes_are_told():
    assert "no axis NONSENSE" in matrix(TOP, "build", "--axes", "NONSENSE").stdout
    assert "SHARD=5/4: give i/n" in matrix(TOP, "build", "--shard", "5/4").stdout
