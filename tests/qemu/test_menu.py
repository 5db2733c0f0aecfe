# SPDX-License-Identifier: BSD-2-Clause
"""Which entry boots: the default of the disk, a key on the console, tries that are left."""
import time

import pexpect
import pytest

import disks
from bench import MEMORY, PYTHON, RUN_LIMIT, TOP, TURNS, build, environment, play

VARIANT = "virt:el2+gicv3"
GREEN = r"^SUMMARY: \d+ ok, 0 not ok"
ENTRIES = ("one", "two", "three")


def bls(loader="", names=ENTRIES):
    """Boot Loader Specification entries; by name the last comes first."""
    files = {f"loader/entries/{name}.conf": f"title the {name.split('+')[0]}\nlinux /Image\n"
             for name in names}
    return {**files, "loader/loader.conf": loader} if loader else files


def extlinux(head, default=None):
    labels = "".join(f"label {name}\n  menu label the {name}\n  linux /Image\n"
                     + "  menu default\n" * (name == default) for name in ENTRIES)
    return {"extlinux/extlinux.conf": f"{head}\n{labels}"}


def disk(work, files):
    image = (build(VARIANT) / "conformance.Image").read_bytes()
    return disks.make(work, "gpt", "ext4",
                      disks.write(work / "root", {"Image": image, **files}))


# Files, and whose title boots without a key; what the console says before.
DEFAULTS = {
    "BLS, by name": (bls(), "two"),
    "BLS, by version": (bls(names=("k-6.9", "k-6.10", "k-6.8")), "k-6.10"),
    "loader.conf": (bls("default one\n"), "one"),
    "loader.conf, file name": (bls("default three.conf\n"), "three"),
    "loader.conf, pattern": (bls("default t?r*\n"), "three"),
    "loader.conf, nobody": (bls("default nobody\n"), "two"),
    "loader.conf, a wait of 0": (bls("timeout 0\ndefault one\n"), "one"),
    "extlinux, first": (extlinux(""), "one"),
    "extlinux, default": (extlinux("default two"), "two"),
    "extlinux, menu default": (extlinux("default menu.c32\nprompt 0", "three"), "three"),
    "extlinux, prompt": (extlinux("default three\nprompt 1\ntimeout 1"), "three"),
    "BLS before extlinux": ({**extlinux("default three"), **bls("default one\n")}, "one"),
    "tries used up": (bls(names=("one", "two+0", "three")), "three"),
    "tries used up and default": (bls("default two\n", ("one", "two+0-3", "three")), "three"),
    "tries left": (bls(names=("one", "two+1-2", "three")), "two"),
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_default(name, tmp_path):
    files, wanted = DEFAULTS[name]
    run = play("run", build(VARIANT), SMP=1, DISK=disk(tmp_path, files))
    run.expect_status(0)
    run.expect_lines([rf'^find: disk: .*"the {wanted}": kernel of', GREEN])


def test_tries_used_up_come_last(tmp_path):
    """Behind a kernel at a well-known path, and each is tried once."""
    good = (build(VARIANT) / "conformance.Image").read_bytes()
    root = disks.write(tmp_path / "root", {
        **bls(names=("one+0-3", "two+0")), "loader/entries/three.conf": "linux /nothing\n",
        "loader/entries/two+0.conf": "title the two\nlinux /good\n", "good": good,
        "loader/entries/one+0-3.conf": "title the one\nlinux /good\n", "Image": b"x"})
    run = play("run", build(VARIANT), SMP=1, DISK=disks.make(tmp_path, "gpt", "ext4", root))
    run.expect_status(0)
    run.expect_lines([r"^find: disk: error: .*/three\.conf: /nothing",
                      "^find: disk: virtio0p1 /Image: kernel of 1 bytes", "^inspect: .*error",
                      r'^find: disk: .*"the two": kernel of', GREEN])
    run.expect_none(["the one"])


class Console:
    """make run on a terminal."""

    def __init__(self, image):
        given = {"DISK": image, "TAP": 1, "SMP": 1, "MEM": MEMORY, "QEMU_ARGS": TURNS}
        self.child = pexpect.spawn(
            PYTHON, ["scripts/run.py", "run", "--build", str(build(VARIANT))], cwd=TOP,
            env=environment(given), timeout=RUN_LIMIT / 2, encoding="utf-8")

    def sees(self, *patterns):
        for pattern in patterns:
            self.child.expect(pattern)

    def press(self, key):
        self.child.send(key)

    def ends(self):
        self.sees(r"SUMMARY: \d+ ok, 0 not ok", pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0


@pytest.mark.parametrize("files", [bls("timeout 30\n"), extlinux("timeout 300")],
                         ids=["BLS", "extlinux"])
def test_a_key_chooses(files, tmp_path):
    """Any key shows the list; one that is not in it does nothing."""
    console = Console(disk(tmp_path, files))
    console.sees(r"menu: starting in 30 s, a key shows the list")
    console.press(" ")
    console.sees(*(rf"menu: {n} [^\n]*the" for n in (1, 2, 3)), "embedded", "press a key")
    console.press("z")
    console.press("3")
    third = "one" if "loader/loader.conf" in files else "three"
    console.sees(rf'find: disk: .*"the {third}": kernel of')
    console.ends()


def test_enter_is_the_first(tmp_path):
    console = Console(disk(tmp_path, bls("timeout 30\ndefault three\n")))
    console.sees("menu: starting in 30 s")
    console.press("x")
    console.sees("press a key")
    console.press("\r")
    console.sees('find: disk: .*"the three": kernel of')
    console.ends()


def test_another_source_can_be_chosen(tmp_path):
    console = Console(disk(tmp_path, bls("timeout 30\n")))
    console.sees("menu: starting in 30 s")
    console.press("x")
    console.sees("menu: 5  embedded", "press a key")
    console.press("5")
    console.sees("find: embedded: kernel of")
    console.ends()


def test_what_is_refused_after_a_choice_goes_on(tmp_path):
    """The next in the order, not the end."""
    files = {**bls("timeout 30\n"), "loader/entries/one.conf": "title the one\nlinux /bad\n",
             "bad": b"x" * 100}
    console = Console(disk(tmp_path, files))
    console.sees("menu: starting in 30 s")
    console.press("x")
    console.sees("press a key")
    console.press("3")
    console.sees('find: disk: .*"the one": kernel of', "inspect: kernel: error: ", "find: ")
    console.ends()


@pytest.mark.parametrize("files,least", [(bls("timeout 2\n"), 2), (extlinux("timeout 15"), 1.5)],
                         ids=["BLS", "extlinux"])
def test_without_a_key_the_default_boots(files, least, tmp_path):
    console = Console(disk(tmp_path, files))
    console.sees("menu: starting in")
    start = time.monotonic()
    console.sees('find: disk: .*"the (one|two)": kernel of')
    assert time.monotonic() - start > least - 1.2, "it did not wait"
    console.ends()
