# SPDX-License-Identifier: BSD-2-Clause
"""SHA-256 by the CPU's instructions is the library's, and cheap (tests/bench/sha256.c)."""
import re
import subprocess

import pytest

import bench_files
import others
from bench import TOP

LIMIT = 2       # instructions a byte


@pytest.fixture(name="program", scope="module")
def compile_program(tmp_path_factory):
    out = tmp_path_factory.mktemp("sha256") / "sha256.elf"
    bench_files.compile_bare(
        out, "-Wl,-Ttext=0x40200000,--build-id=none,-e,start", "-I", TOP / "include",
        "-I", TOP / "tests/bench", "-isystem", bench_files.deps("../include"),
        "-include", TOP / "include/kconfig.h", TOP / "tests/bench/library.S",
        TOP / "tests/bench/sha256.c", TOP / "lib/sha256.c", TOP / "lib/bearssl.c",
        TOP / "arch/arm64/sha256.S", bench_files.deps("aarch64-linux-gnu/libbearssl.a"),
        bench_files.deps("picolibc/aarch64-linux-gnu/lib/release/libc.a"))
    return out


@pytest.mark.quick
@pytest.mark.parametrize("cpu", ["cortex-a53", "cortex-a72", "max"])
def test_the_same_digests(program, cpu):
    words = [others.program("new"), "-M", "virt,gic-version=3", "-cpu", cpu, "-m", "512M",
             "-nographic", "-net", "none", "-semihosting-config", "enable=on,target=native",
             "-icount", "shift=0", "-kernel", program]
    done = subprocess.run([str(w) for w in words], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120, check=False)
    text = done.stdout.decode(errors="replace")
    assert "differs" not in text and "sha256: same 1000" in text, text
    own, library, size = map(int, re.search(r"sha256: cost (\d+) (\d+) (\d+)", text).groups())
    assert 1 < own / size < LIMIT, f"{own / size} instructions a byte"
    assert library / size > 10 * LIMIT, "the library was not called"
