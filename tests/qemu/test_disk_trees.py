# SPDX-License-Identifier: BSD-2-Clause
"""Device trees and overlays that a disk brings reach the kernel."""
import subprocess

import pytest

import disks
import qemu
from bench import MEMORY, build, play

VARIANT = "virt:el2+gicv3"
WORDS = "aglet.skip=BP-GPR-01"
# The kernel prints its command line, and none comes from elsewhere.
BY_PATH = (f'/dts-v1/; /plugin/; / {{ fragment@0 {{ target-path = "/chosen"; '
           f'__overlay__ {{ bootargs = "{WORDS}"; }}; }}; }};')
BY_LABEL = f'/dts-v1/; /plugin/; &words {{ bootargs = "{WORDS}"; }};'
OTHER = '/dts-v1/; /plugin/; &words { aglet-other; };'
FIT = """/dts-v1/; / { description = "test"; #address-cells = <1>;
images {
k { description = "k"; data = /incbin/("Image"); type = "kernel"; arch = "arm64";
 os = "linux"; compression = "none"; load = <0x40200000>; entry = <0x40200000>; };
f { description = "f"; data = /incbin/("base.dtb"); type = "flat_dt"; arch = "arm64";
 compression = "none"; hash-1 { algo = "sha1"; }; };
o { description = "o"; data = /incbin/("label.dtbo"); type = "flat_dt"; arch = "arm64";
 compression = "none"; };
};
configurations { default = "c"; c { kernel = "k"; fdt = "f", "o"; }; };
};
"""


def dtc(source, target, kind="dts", *more):
    subprocess.run(["dtc", "-q", *more, "-I", kind, "-O", "dts" if kind == "dtb" else "dtb",
                    "-o", target, source], check=True)


def base(folder, work):
    """The machine's own tree, in which /chosen has a label."""
    words = qemu.command(str(folder), {"MEM": MEMORY, "SMP": "1"},
                         ["-M", f"dumpdtb={work}/machine.dtb"])
    subprocess.run(words, check=True, capture_output=True)
    dtc(work / "machine.dtb", work / "machine.dts", "dtb")
    text = (work / "machine.dts").read_text()
    assert text.count("\tchosen {") == 1
    (work / "machine.dts").write_text(text.replace("\tchosen {", "\twords: chosen {"))
    dtc(work / "machine.dts", work / "base.dtb", "dts", "-@")


@pytest.fixture
def parts(tmp_path):
    """{name: bytes}: a kernel, a tree, and overlays."""
    folder = build(VARIANT)
    base(folder, tmp_path)
    for name, text in (("path", BY_PATH), ("label", BY_LABEL), ("other", OTHER)):
        (tmp_path / f"{name}.dtso").write_text(text)
        dtc(tmp_path / f"{name}.dtso", tmp_path / f"{name}.dtbo", "dts", "-@")
    (tmp_path / "Image").write_bytes((folder / "conformance.Image").read_bytes())
    (tmp_path / "fit.its").write_text(FIT)
    disks.disk.run("mkimage", "-q", "-f", "fit.its", "fit.itb", cwd=tmp_path)
    return {n: (tmp_path / n).read_bytes() for n in (
        "Image", "base.dtb", "path.dtbo", "label.dtbo", "other.dtbo", "fit.itb")}


BLS = "loader/entries/x.conf"
EXTLINUX = "extlinux/extlinux.conf"
LOADED = r"^load: dtb: /base\.dtb, \d+ bytes"
CASES = {
    "an overlay on the machine's tree": (
        BLS, "linux /Image\ndevicetree-overlay /path.dtbo\n",
        [r"^load: overlay: /path\.dtbo", f"^# bootargs: {WORDS}$"]),
    "a tree": (BLS, "linux /Image\ndevicetree /base.dtb\n", [LOADED, "^# bootargs: $"]),
    "a tree and overlays": (
        BLS, "linux /Image\ndevicetree /base.dtb\ndevicetree-overlay /other.dtbo /label.dtbo\n",
        [LOADED, r"^load: overlay: /other", r"^load: overlay: /label", f"^# bootargs: {WORDS}$"]),
    "the same in extlinux": (
        EXTLINUX, "label x\nlinux /Image\nfdt ../base.dtb\nfdtoverlays ../other.dtbo /label.dtbo\n",
        [LOADED, r"^load: overlay: /other", r"^load: overlay: /label", f"^# bootargs: {WORDS}$"]),
    "the same in a FIT": (BLS, "linux /fit.itb\n", [
        "^load: dtb: fdt of the FIT", "^load: overlay: overlay of the FIT",
        f"^# bootargs: {WORDS}$"]),
    "the entry's command line wins": (
        BLS, "linux /Image\ndevicetree-overlay /path.dtbo\noptions aglet.skip=BP-GPR-02\n",
        ["^# bootargs: aglet.skip=BP-GPR-02$"]),
}


@pytest.mark.parametrize("name", CASES)
def test_trees(name, parts, tmp_path):
    where, text, lines = CASES[name]
    root = disks.write(tmp_path / "root", {where: text, **parts})
    run = play("run", build(VARIANT), SMP=1, DISK=disks.make(tmp_path, "gpt", "fat16", root))
    run.expect_status(0)
    run.expect_lines([*lines, r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none(["^find: embedded", "warning: ", "error: "])
