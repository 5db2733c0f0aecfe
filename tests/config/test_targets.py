# SPDX-License-Identifier: BSD-2-Clause
"""Every configuration target does what its name says."""
import itertools
import re
import time

import pexpect
import pytest

from conftest import TOP

DEFCONFIGS = sorted(p.name for p in (TOP / "configs").glob("*_defconfig"))
FRAGMENTS = sorted(p.name for p in (TOP / "configs").glob("*.config"))
PAIRS = list(itertools.product(DEFCONFIGS, FRAGMENTS))


def selects(name):
    """What the board of a defconfig has, by its Kconfig.name."""
    wishes = (TOP / "configs" / name).read_text()
    symbol = re.search(r"^CONFIG_(BOARD_\w+)=y", wishes, re.M)
    own = rf"^config {symbol[1] if symbol else 'BOARD_VIRT'}$"
    texts = [path.read_text() for path in (TOP / "boards").glob("*/Kconfig.name")]
    return next(text for text in texts if re.search(own, text, re.M))


# The interrupt controller is a fact of the board, so not each fits each.
MISFITS = [(name, f"gicv{n}.config") for name in DEFCONFIGS for n in (2, 3)
           if f"select HAS_GICV{n}\n" not in selects(name)]


@pytest.mark.parametrize("name", DEFCONFIGS)
def test_defconfig_is_what_savedefconfig_writes(build, name):
    build.make(name)
    build.make("savedefconfig")
    wanted = [line for line in (TOP / "configs" / name).read_text().splitlines()
              if not re.match(r"#(?! CONFIG_)|$", line)]
    assert (build.out / "defconfig").read_text().splitlines() == wanted


@pytest.mark.parametrize("name, fragment",
                         [pair for pair in PAIRS if pair not in MISFITS])
def test_fragment_fits_defconfig(build, name, fragment):
    build.make(name, fragment)
    before = (build.out / ".config").read_text()
    build.make("olddefconfig")
    assert (build.out / ".config").read_text() == before


@pytest.mark.parametrize("name, fragment", MISFITS)
def test_fragment_refused_by_defconfig(build, name, fragment):
    assert "unmet dependency" in build.fail(name, fragment)


def test_extremes(build):
    build.make("allyesconfig")
    assert build.config()["EL3_PRESENT"] == "y"
    build.make("allnoconfig")
    assert "EL3_PRESENT" not in build.config()
    assert build.config()["SOURCE_ORDER"] == '"embedded"'
    build.make("alldefconfig")
    build.make("savedefconfig")
    assert (build.out / "defconfig").read_text() == ""


def test_randconfig_repeats_itself(build):
    def config(seed):
        assert f"SEED={seed}" in build.make("randconfig", f"SEED={seed}")
        return (build.out / ".config").read_text()
    first = [config(seed) for seed in range(4)]
    assert len(set(first)) > 1
    assert [config(seed) for seed in range(4)] == first
    assert re.search(r"SEED=\d+", build.make("randconfig"))


def test_randconfig_is_valid(build):
    for seed in range(100, 115):
        build.make("randconfig", f"SEED={seed}")
        assert "note:" not in build.make("olddefconfig")


def forget(build, name):
    """Take an option out of .config, as if it were new."""
    path = build.out / ".config"
    path.write_text(re.sub(rf"^.*CONFIG_{name}[ =].*\n", "", path.read_text(),
                           flags=re.M))


def test_new_options(build):
    build.make("virt_defconfig")
    assert "CONFIG_" not in build.make("listnewconfig")
    forget(build, "KALLSYMS")
    assert "CONFIG_KALLSYMS=y" in build.make("listnewconfig")
    assert "crash report" in build.make("helpnewconfig")
    output = build.make("oldconfig", input="n\n")
    assert "KALLSYMS" in output
    assert "KALLSYMS" not in build.config()


def test_olddefconfig_fills_in(build):
    build.make("virt_defconfig")
    forget(build, "KALLSYMS")
    build.make("olddefconfig")
    assert build.config()["KALLSYMS"] == "y"


def session(build, goal):
    command, *args = build.command(goal)
    env = dict(build.env, TERM="xterm")
    return pexpect.spawn(command, args, cwd=str(build.tree), env=env,
                         timeout=30, dimensions=(40, 120))


def test_menuconfig(build):
    build.make("virt_defconfig")
    screen = session(build, "menuconfig")
    screen.expect("Aglet configuration")
    screen.send("/")
    screen.expect("Jump to")
    screen.send("SOURCE_FW_CFG")
    time.sleep(0.5)
    screen.send("\r")
    screen.expect("SOURCE_FW_CFG|fw_cfg")
    time.sleep(0.5)
    screen.send("n")
    screen.send("q")
    screen.expect("ave configuration|ave changes")
    screen.send("y")
    screen.expect(pexpect.EOF)
    screen.close()
    assert screen.exitstatus == 0
    assert "SOURCE_FW_CFG" not in build.config()
    # What was not chosen by the user follows.
    assert build.config()["SOURCE_ORDER"] == '"disk embedded"'


def test_guiconfig_without_a_display(build):
    pytest.importorskip("tkinter")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        build.env.pop(name, None)
    build.make("virt_defconfig")
    assert "use make menuconfig" in build.fail("guiconfig")


def test_fragment_alone_needs_a_config(build):
    assert "run 'make <board>_defconfig' first" in build.fail("el1.config")


def test_configuration_and_other_targets_in_one_command(build):
    header = build.out / "include" / "generated" / "version.h"
    build.make(header, "el1.config", "virt_defconfig")
    assert header.exists()
    assert "EL3_PRESENT" not in build.config()


def test_without_a_config_the_default_is_said(build):
    assert "taking virt_defconfig" in build.make("-n", "all")
    assert build.config()["BOARD"] == '"virt"'


def test_help_names_every_target(build):
    text = build.make("help")
    files = [TOP / "Makefile", *(TOP / "scripts").glob("*.mk")]
    source = "\n".join(path.read_text() for path in files)
    phony = re.findall(r"^([a-z_]+(?:-[a-z]+)*(?:\.json)?):(?!=)", source, re.M)
    hidden = {"help", "in-turn", "files", "version"}
    missing = [name for name in phony if name not in hidden
               and name not in text]
    assert missing == []
    for name in re.search(r"simple-configs := ((?:.*\\\n)*.*)", source)[1].split():
        assert name == "\\" or name in text


def test_every_prompt_has_help():
    import kconfiglib
    import os
    here = os.getcwd()
    try:
        os.chdir(TOP)
        kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False)
    finally:
        os.chdir(here)
    assert kconf.warnings == []
    bare = [node.item.name for node in kconf.node_iter()
            if isinstance(node.item, (kconfiglib.Symbol, kconfiglib.Choice))
            and node.prompt and not node.help]
    assert bare == []
