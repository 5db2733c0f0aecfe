# SPDX-License-Identifier: BSD-2-Clause
"""Boards outside of the tree: made from the template, configured, built."""
import shutil

import pytest

from conftest import TOP, made

DTS = """/dts-v1/;
#define NAME "outside"
/ {
	model = NAME;
};
"""


@pytest.fixture
def root(build, tmp_path):
    """A folder with a board `outside` as the script makes it."""
    folder = tmp_path / "mine"
    build.make("new-board", "NAME=outside", f"BOARD_ROOT={folder}")
    build.env["BOARD_ROOT"] = str(folder)
    return folder


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1, f"{path}: {old}"
    path.write_text(text.replace(old, new))


def test_copy_is_the_template(root):
    """Nothing is lost or added but the name."""
    for path in (TOP / "boards/template").iterdir():
        copy = (root / "boards/outside" / path.name).read_text()
        assert copy.replace("outside", "template").replace(
            "OUTSIDE", "TEMPLATE") == path.read_text()
    assert "TEMPLATE" not in (root / "configs/outside_defconfig").read_text()


@pytest.mark.parametrize("words, says", [
    (["NAME=Board", "BOARD_ROOT=mine"], "NAME=Board: give small letters"),
    (["NAME=../x", "BOARD_ROOT=mine"], "NAME=../x: give small letters"),
    (["BOARD_ROOT=mine"], "NAME=: give small letters"),
    (["NAME=board"], "BOARD_ROOT=: give the folder"),
    (["NAME=virt", "BOARD_ROOT=mine"], "virt is there already"),
])
def test_name_is_refused(build, words, says):
    assert says in build.fail("new-board", *words)
    assert not (TOP / "mine").exists()


def test_board_is_not_overwritten(build, root):
    assert "is there already" in build.fail("new-board", "NAME=outside")


def test_name_with_a_dash(build, root):
    build.make("new-board", "NAME=a-9")
    build.make("a-9_defconfig")
    assert build.config()["BOARD"] == '"a-9"'
    assert build.config()["BOARD_A_9"] == "y"


def test_savedefconfig_gives_the_defconfig(build, root):
    build.make("outside_defconfig")
    build.make("savedefconfig")
    assert (build.out / "defconfig").read_text() == (
        root / "configs/outside_defconfig").read_text()


def test_other_boards_stay(build, root):
    build.make("virt_defconfig")
    inside = build.config()
    del build.env["BOARD_ROOT"]
    build.make("virt_defconfig")
    assert build.config() == inside


@pytest.mark.slow
def test_build_with_a_device_tree(build, root):
    """It builds from its folder, and what it is made from is known."""
    board = root / "boards/outside"
    edit(board / "Kconfig.name", "select HAS_GICV3", "select HAS_GICV3\n\tselect BOARD_HAS_DTS")
    (board / "outside.dts").write_text(DTS)
    build.make("outside_defconfig", "el3.config")
    first = made(build.make(), "CC", "DTC")
    assert {"boards/outside/board.o", "monitor/boards/outside/monitor.o",
            "boards/outside/outside.dtb"} <= first
    image = (build.out / "aglet.bin").read_bytes()
    assert b"outside\0" in image
    assert str(root).encode() not in (build.out / "aglet.elf").read_bytes()
    assert not made(build.make(), "CC", "DTC", "LD", "AS")
    edit(board / "outside.dts", 'NAME "outside"', 'NAME "elsewhere"')
    edit(board / "board.c", "128 MiB", "129 MiB")
    assert made(build.make(), "CC", "DTC") == {"boards/outside/board.o",
                                               "boards/outside/outside.dtb"}
    edit(board / "Kconfig.name", "select HAS_GICV3", "select HAS_GICV3\n\tselect HAS_GICV2")
    build.make()
    assert "CONFIG_HAS_GICV2 := y" in (build.out / "include/config/auto.conf").read_text()
    del build.env["BOARD_ROOT"]
    said = build.fail()
    assert "no boards/outside/objects.mk here" in said and "give BOARD_ROOT=" in said


def test_forgotten_root(build, root):
    build.make("outside_defconfig")
    del build.env["BOARD_ROOT"]
    said = build.fail("olddefconfig")
    assert "CONFIG_BOARD_OUTSIDE; a board outside of the tree needs BOARD_ROOT=" in said
    said = build.fail("outside_defconfig")
    assert "outside_defconfig: no such file" in said


@pytest.mark.parametrize("folder", ["nowhere", "mine/boards", "mine/boards/outside"])
def test_wrong_root(build, root, tmp_path, folder):
    said = build.fail("virt_defconfig", f"BOARD_ROOT={tmp_path / folder}")
    assert f"BOARD_ROOT={tmp_path / folder}: no board there" in said
    assert "make new-board" in said


def test_root_with_a_space(build):
    said = build.fail("virt_defconfig", "BOARD_ROOT=/tmp/a b")
    assert "must not contain spaces" in said


def test_name_of_the_tree(build, root):
    shutil.copytree(root / "boards/outside", root / "boards/virt")
    said = build.fail("virt_defconfig")
    assert "the tree has a board virt as well" in said
