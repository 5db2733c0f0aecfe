# SPDX-License-Identifier: BSD-2-Clause
"""The bare program that make bench measures libraries with unpacks all of it."""
import subprocess

import pytest

import bench_packed
import qemu

SIZE = 1 << 20


@pytest.fixture(name="program", scope="module")
def compile_program(tmp_path_factory):
    return bench_packed.compile_library(tmp_path_factory.mktemp("library"))


def pack(folder, name):
    plain = folder / "plain"
    plain.write_bytes(b"".join(b"%07d\n" % (n * n % 9999991) for n in range(SIZE // 8)))
    return bench_packed.pack(plain, name)


@pytest.mark.parametrize("name", bench_packed.PACKERS)
def test_library_alone(tmp_path, program, name):
    packed = pack(tmp_path, name)
    # Nobody makes a byte of these with less, nor needs so much.
    assert SIZE / 4 < bench_packed.library_instructions(program, packed, SIZE) < 100 * SIZE


@pytest.mark.parametrize("name", bench_packed.PACKERS)
def test_damaged(tmp_path, program, name):
    """What was not unpacked to its end is no measurement."""
    packed = pack(tmp_path, name)
    packed.write_bytes(packed.read_bytes()[:-SIZE // 16])
    with pytest.raises(qemu.UsageError, match="cannot unpack it"):
        bench_packed.library_instructions(program, packed, SIZE)


def test_pack_again_when_the_kernel_is_newer(tmp_path):
    first = pack(tmp_path, "gzip")
    before = first.stat().st_mtime_ns
    assert bench_packed.pack(tmp_path / "plain", "gzip").stat().st_mtime_ns == before
    (tmp_path / "plain").write_bytes(b"other")
    again = bench_packed.pack(tmp_path / "plain", "gzip")
    assert subprocess.run(["gzip", "-dc", again], check=True,
                          capture_output=True).stdout == b"other"
