# SPDX-License-Identifier: BSD-2-Clause
"""What comes out: the same bytes everywhere, and no more than promised."""
import gzip
import re
import subprocess

import pytest

from conftest import TOP, Build, copy_tree, sizes

pytestmark = pytest.mark.slow
KIB = 1024


def commit(tree):
    """Make the copied tree a repository, as a clone is one."""
    from subprocess import run
    git = ["git", "-C", str(tree), "-c", "user.name=t", "-c", "user.email=t@t"]
    run([*git, "init", "-q"], check=True)
    run([*git, "add", "-A"], check=True)
    run([*git, "commit", "-qm", "all"], check=True,
        env={"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "PATH": "/usr/bin:/bin",
             "GIT_COMMITTER_DATE": "2001-01-01T00:00:00Z"})
    return tree


@pytest.mark.parametrize("llvm", [(), ("LLVM=1",)], ids=["gnu", "llvm"])
def test_two_clones_give_the_same_bytes(tmp_path, llvm):
    outputs = []
    for place in ("here", "somewhere/quite/else"):
        tree = commit(copy_tree(tmp_path / place / "aglet"))
        clone = Build(tmp_path / place / "out", tree)
        clone.make("virt_defconfig")
        clone.make(*llvm)
        outputs.append([(clone.out / name).read_bytes() for name in
                        ("aglet.bin", "aglet.elf", "conformance.Image",
                         "conformance.elf")])
        header = clone.out / "include" / "generated" / "version.h"
        assert "dirty" not in header.read_text()
    assert outputs[0] == outputs[1]


def test_kernel_alone(build):
    """No configuration, no loader: only what another loader can boot."""
    build.make("conformance-image")
    kernel = (build.out / "conformance.Image").read_bytes()
    assert gzip.decompress((build.out / "conformance.Image.gz").read_bytes()) == kernel
    assert kernel[56:60] == b"ARM\x64"
    assert not list(build.out.glob("aglet.*"))
    build.make("tiny.config")
    build.make("conformance-image")
    assert (build.out / "conformance.Image").read_bytes() == kernel


def test_tiny_is_tiny(build):
    build.make("virt_defconfig", "tiny.config")
    image = sizes(build.make("size"))
    assert image["aglet.bin less payload"] <= 16 * KIB


def test_default_and_monitor_are_small(build):
    build.make("virt_defconfig")
    image = sizes(build.make("size"))
    assert image["aglet.bin less payload"] <= 448 * KIB
    assert image["monitor"] <= 16 * KIB  # stacks of 8 CPUs included


# Most of it are libraries: zstd alone has 146 KiB.
LIBRARIES = ["UNPACK_GZIP", "UNPACK_LZ4", "UNPACK_ZSTD", "FORMAT_FIT", "DTB_OVERLAY"]


@pytest.mark.parametrize("without, limit", [(LIBRARIES, 160), (["SOURCE_DISK"], 128)])
def test_what_is_left_out_costs_nothing(build, without, limit):
    lines = "".join(f"CONFIG_{option}=n\n" for option in without)
    build.make("virt_defconfig", build.fragment(lines))
    assert sizes(build.make("size"))["aglet.bin less payload"] <= limit * KIB


def test_only_an_unsafe_test_build_can_break_a_rule(build):
    def traces():
        build.make()
        names = subprocess.run(
            ["aarch64-linux-gnu-nm", str(build.out / "aglet.elf")],
            text=True, capture_output=True, check=True).stdout
        return [bool(re.search(r" (mutation|handoff_mutate)$", names, re.M)),
                b"unsafe test build" in (build.out / "aglet.bin").read_bytes()]

    build.make("virt_defconfig", build.fragment("CONFIG_DEBUG=y\n"))
    assert traces() == [False, False]
    build.make("virt_defconfig", build.fragment("CONFIG_DEBUG=y\n"
                                                "CONFIG_UNSAFE_TEST_BUILD=y\n"))
    assert traces() == [True, True]


def test_monitor_exports_its_entries_only(build):
    from subprocess import run
    build.make("virt_defconfig")
    build.make(build.out / "monitor.o")
    table = run(["aarch64-linux-gnu-nm", "-g", "--defined-only",
                 build.out / "monitor.o"], capture_output=True, text=True,
                check=True).stdout
    assert {line.split()[2] for line in table.splitlines()} == {
        "monitor_reset", "monitor_warm_entry"}


@pytest.mark.parametrize("goal", ["allyesconfig", "allnoconfig", "SEED=1",
                                  "SEED=2", "SEED=3"])
def test_any_configuration_builds_without_a_warning(build, goal):
    if goal.startswith("SEED"):
        build.make("randconfig", goal)
    else:
        build.make(goal)
    build.make("KCFLAGS=-Werror")


def test_more_warnings(build):
    build.make("virt_defconfig")
    assert "-Wconversion" in build.make("-n", "W=1", "V=1")


# What runs before the MMU is on, besides the UART driver of the variant.
BEFORE_MMU = ("arch/arm64/start", "arch/arm64/mmu", "arch/arm64/cpu",
              "arch/arm64/reset_failed", "arch/arm64/exception",
              "arch/arm64/guard", "drivers/serial/pl011", "lib/print",
              "lib/region",
              # and on each secondary of a spin table
              "arch/arm64/spin", "arch/arm64/el2", "arch/arm64/duty",
              "arch/arm64/id_regs", "arch/arm64/quiet")


def test_nothing_before_the_mmu_calls_a_library(build):
    """The library's memcpy and memset fault on Device memory."""
    build.make("virt_defconfig", "spin-table.config")
    build.make()
    library = subprocess.run(
        ["aarch64-linux-gnu-nm", "--defined-only",
         str(TOP / ".deps/arm64/usr/lib/picolibc/aarch64-linux-gnu/lib/release/libc.a")],
        text=True, capture_output=True, check=True).stdout
    names = {name for name in re.findall(r" [TW] (\w+)$", library, re.M)
             if not name.startswith("__stack_chk")}  # ours, too
    assert {"memcpy", "memset"} <= names
    for name in BEFORE_MMU:
        undefined = subprocess.run(
            ["aarch64-linux-gnu-nm", "-u", str(build.out / f"{name}.o")],
            text=True, capture_output=True, check=True).stdout
        assert not names & set(re.findall(r" U (\w+)", undefined)), name


def test_a_primary_without_a_record_is_refused(build):
    """The monitor would take the memory before its records for one."""
    build.make("virt_defconfig",
               build.fragment("CONFIG_PRIMARY_MPIDR=0x10000\n"))
    assert "PRIMARY_MPIDR: the monitor has no record" in build.fail()


NARRATED = re.compile(r"\n\t+if \(IS_ENABLED\(CONFIG_NARRATE\)\)\n"
                      r"\t+(?:boot_)?narrate\w*\([^;]*\);")


def test_narration_costs_nothing_when_off(own_tree, tmp_path):
    """Not one byte: a tree whose calls are cut out gives the same image."""
    with_calls = (own_tree.out / "aglet.bin").read_bytes()
    assert b"why: " not in with_calls
    bare = Build(tmp_path / "out", copy_tree(tmp_path / "src"))
    cut = 0
    for path in bare.tree.glob("[ab]*/**/*.c"):
        text, count = NARRATED.subn("", path.read_text())
        path.write_text(text)
        cut += count
    assert cut >= 7
    bare.make("virt_defconfig")
    bare.make()
    assert (bare.out / "aglet.bin").read_bytes() == with_calls
