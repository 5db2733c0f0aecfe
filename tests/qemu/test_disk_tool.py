# SPDX-License-Identifier: BSD-2-Clause
"""make disk and DISK=: what cannot be done is refused in words, and nothing is left half-made."""
import os
import subprocess

import pytest

from bench import LEAKS, PYTHON, TOP, build, play

VARIANT = "virt:el2+gicv3"
NAMES = ("DISK", "DISK_DEVICE", "OVERLAYS", "TITLE", "TABLE", "FS", "ENTRY", "DISK_SIZE", "DEPS")


def call(script, folder, given):
    kept = {k: v for k, v in os.environ.items() if k not in (*LEAKS, *NAMES)}
    words = {k: str(v) for k, v in given.items()}
    action = [script] if script != "run" else ["run", "run"]
    return subprocess.run([PYTHON, f"scripts/{action[0]}.py", *action[1:], "--build", str(folder)],
                          cwd=TOP, env={**kept, **words}, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                          check=False)


def files(folder):
    """Names and bytes of all that is below @folder."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# Variables beside a good KERNEL and DISK, {tmp} stands for the folder; the words of the error.
REFUSED = {
    "table": ({"TABLE": "apm"}, "TABLE=apm: give one of gpt, mbr, none"),
    "file system": ({"FS": "ntfs"}, "FS=ntfs: give one of fat, ext4"),
    "entry": ({"ENTRY": "grub"}, "ENTRY=grub: give one of bls, extlinux, path"),
    "size": ({"DISK_SIZE": "1G"}, "DISK_SIZE=1G: not a number of MiB"),
    "negative size": ({"DISK_SIZE": "-1"}, "DISK_SIZE=-1: not a number of MiB"),
    "kernel": ({"KERNEL": "{tmp}/none"}, "{tmp}/none: no such file"),
    "folder as kernel": ({"KERNEL": "{tmp}"}, "{tmp}: no such file"),
    "initrd": ({"INITRD": "{tmp}/none"}, "{tmp}/none: no such file"),
    "second initrd": ({"INITRD": "{tmp}/disk.img,{tmp}/none"}, "{tmp}/none: no such file"),
    "two initrds without entry": ({"ENTRY": "path", "INITRD": "{tmp}/disk.img,{tmp}/kernel"},
                                  "{tmp}/kernel: there is a file of that name already"),
    "two that FAT takes for one": ({"INITRD": "{tmp}/KERNEL"},
                                   "{tmp}/KERNEL: there is a file of that name already"),
    "device tree": ({"DTB": "{tmp}/none"}, "{tmp}/none: no such file"),
    "overlay": ({"OVERLAYS": "{tmp}/none"}, "{tmp}/none: no such file"),
    "two of a name": ({"INITRD": "{tmp}/more/kernel"},
                      "{tmp}/more/kernel: there is a file of that name already"),
    "command line without entry": ({"ENTRY": "path", "CMDLINE": "quiet"},
                                   "ENTRY=path: takes neither CMDLINE nor a device tree"),
    "no such folder": ({"DISK": "{tmp}/no/disk.img"}, "{tmp}/no/disk.img: its folder is not there"),
    "no kernel at all": ({"KERNEL": "", "DEPS": "{tmp}"}, "run make setup"),
    "no tools": ({"PATH": "/nowhere"}, "mcopy: not installed; run make setup"),
    "command line of two lines": ({"CMDLINE": "quiet\nlinux /other"},
                                  "CMDLINE: has a line break"),
}


@pytest.fixture
def place(tmp_path):
    """A folder with a kernel, another file of its name, and an older image."""
    (tmp_path / "more").mkdir()
    for name in ("kernel", "KERNEL", "more/kernel"):
        (tmp_path / name).write_bytes(b"kernel" * 100)
    (tmp_path / "disk.img").write_bytes(b"older")
    return tmp_path


@pytest.mark.parametrize("name", REFUSED)
def test_make_disk_refuses(name, place):
    given, words = REFUSED[name]
    given = {k: v.format(tmp=place) for k, v in given.items()}
    before = files(place)
    done = call("disk", place, {"KERNEL": place / "kernel", "DISK": place / "disk.img", **given})
    assert done.returncode == 2, done.stdout
    assert done.stdout.startswith("disk: error: "), done.stdout
    assert words.format(tmp=place) in done.stdout
    assert len(done.stdout.splitlines()) == 1, "more than one line"
    assert files(place) == before, "something was left or changed"


def test_make_disk_makes(place):
    """The same folder, with nothing wrong: only the image is new."""
    before = files(place)
    done = call("disk", place, {"KERNEL": place / "kernel", "DISK": place / "new.img",
                                "DISK_SIZE": "1"})
    assert done.returncode == 0, done.stdout
    assert "make run DISK=" in done.stdout
    assert set(files(place)) == {*before, place / "new.img"}


RUNS = {
    "no such image": ({"DISK": "{tmp}/none"}, "run: error: DISK={tmp}/none: no such file", 2),
    "a folder": ({"DISK": "{tmp}"}, "run: error: DISK={tmp}: no such file", 2),
    "1 without run-linux": ({"DISK": "1"}, "run: error: DISK=1: no such file", 2),
    "no such device": ({"DISK_DEVICE": "floppy"}, "is not a valid device model name", 1),
}


@pytest.mark.parametrize("name", RUNS)
def test_make_run_refuses(name, place):
    given, words, status = RUNS[name]
    given = {k: v.format(tmp=place) for k, v in given.items()}
    done = call("run", build(VARIANT), {"DISK": place / "disk.img", **given})
    assert words.format(tmp=place) in done.stdout
    assert done.returncode == status, done.stdout
    assert "Traceback" not in done.stdout


def test_run_linux_refuses_before_it_makes(tmp_path):
    run = play("linux", build(VARIANT), DISK="1", TABLE="apm")
    run.expect_lines(["^run: error: TABLE=apm: give one of gpt, mbr, none"])
    run.expect_status(2)


def test_board_without_disks(place):
    done = call("run", build("template"), {"DISK": place / "disk.img"})
    assert "QEMU cannot hand it to board template" in done.stdout
    assert done.returncode == 2
