# SPDX-License-Identifier: BSD-2-Clause
"""A wrong machine is named: what was found, built for, and what to type."""
import itertools
import re

import pytest

from bench import build, need_machine, play

# The machines of QEMU virt by the exception levels that they have.
MACHINES = {
    "el1": "secure=off,virtualization=off",
    "el2": "secure=off,virtualization=on",
    "el3-no-el2": "secure=on,virtualization=off",
    "el3": "secure=on,virtualization=on",
}
# An EL2 that the image does not count on is set up and left alone.
WELCOME = {("el3-no-el2", "el3")}
PAIRS = [pair for pair in itertools.product(MACHINES, MACHINES)
         if pair[0] != pair[1] and pair not in WELCOME]


def wrong(variant, line, **given):
    """The one line comes, no kernel after it, and QEMU ends with an error.

    Return: the line.
    """
    run = play("run", build(variant), limit=40, **given)
    run.expect_lines([line, r"^run: FAILED: QEMU ended with status 1"])
    run.expect_none([r"^1\.\.\d"])
    return re.search(line, "\n".join(run.lines), re.M)[0]


@pytest.mark.parametrize("image,machine", PAIRS)
def test_exception_levels(image, machine):
    line = wrong(f"virt:{image}+gicv3", r"machine: .*built for .*: .*",
                 QEMU_ARGS=f"-M {MACHINES[machine]}")
    asked = re.search(r"start QEMU with -M ([\w=,]+)", line)
    assert asked, f"no remedy to type in: {line}"
    # The remedy, applied to this machine, gives the one that the image is for.
    settings = dict(p.split("=") for p in MACHINES[machine].split(","))
    settings.update(p.split("=") for p in asked[1].strip(",").split(","))
    wanted = dict(p.split("=") for p in MACHINES[image].split(","))
    assert settings == wanted, f"the remedy is not enough: {line}"


@pytest.mark.parametrize("image,machine", WELCOME)
def test_more_than_asked_for(image, machine):
    run = play("run", build(f"virt:{image}+gicv3"),
               QEMU_ARGS=f"-M {MACHINES[machine]}")
    run.expect_status(0)
    run.expect_lines([r"^SUMMARY: \d+ ok, 0 not ok"])


@pytest.mark.parametrize("level", ["el1", "el2", "el3"])
@pytest.mark.parametrize("built,found", [("2", "3"), ("3", "2")])
def test_gic(level, built, found):
    line = wrong(f"virt:{level}+gicv{built}", r".*built for GICv\d.*",
                 QEMU_ARGS=f"-M gic-version={found}")
    assert f"GICv{found}" in line
    assert f"built for GICv{built}" in line
    assert f"gic-version={built}" in line


@pytest.mark.quick
@pytest.mark.parametrize("level", ["el1", "el2", "el3"])
def test_too_little_ram(level):
    line = wrong(f"virt:{level}+gicv3", r".*RAM.*LOAD_ADDR.*", MEM="64M")
    assert "-m " in line and "0x47c00000" in line


@pytest.mark.parametrize("level", ["el1", "el3"])
def test_no_device_tree(level):
    line = wrong(f"virt:{level}+gicv3+DTB_ADDR=0x42000000", r"dtb: error: .*")
    assert "DTB_ADDR = 0x42000000" in line
    assert "start qemu-system-aarch64" in line


def test_machine_that_no_qemu_has(tmp_path):
    """Its cases are not run, and the suite says which."""
    folder = build("virt:el2+gicv3")
    program = tmp_path / "qemu"
    program.write_text("#!/bin/sh\necho Supported machines are:\necho 'virtual  another'\n")
    program.chmod(0o755)
    with pytest.raises(pytest.skip.Exception, match="not run: virt-el2.*no machine virt;"):
        need_machine(folder, str(program))
    need_machine(folder, "")
