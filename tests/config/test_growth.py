# SPDX-License-Identifier: BSD-2-Clause
"""The disks of make bench-growth hold what they say; its verdict can be bad."""
import random
import re
import subprocess
import sys

import pytest

from conftest import TOP

sys.path.insert(0, str(TOP / "scripts"))

import growth_disks         # noqa: E402
import growth_lines         # noqa: E402

SIZE = 4 << 20              # 1024 blocks


def tool(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, check=True,
                          env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin", "MTOOLS_SKIP_CHECK": "1"})
    return done.stdout


@pytest.fixture(name="kernel")
def make_kernel(tmp_path):
    path = tmp_path / "kernel"
    path.write_bytes(random.Random(5).randbytes(SIZE))
    return path


@pytest.mark.parametrize("count", [1, 2, 10, 1000])
def test_fat_pieces(tmp_path, kernel, count):
    image, size = tmp_path / "disk", SIZE // growth_disks.BLOCK
    growth_disks.pieces(image, "fat32", kernel, count)
    assert tool("mtype", "-i", image, "::vmlinuz") == kernel.read_bytes()
    runs = re.findall(r"<(\d+)(?:-(\d+))?>",
                      tool("mshowfat", "-i", image, "::vmlinuz").decode())
    assert sum(int(b or a) - int(a) + 1 for a, b in runs) == size
    # Two cannot be apart within the clusters of a whole file; what is left where
    # the count does not divide them may be one more.
    assert (count if count != 2 else 1) <= len(runs) <= count + 1


@pytest.mark.parametrize("count", [1, 2, 10, 1000])
def test_ext4_pieces(tmp_path, kernel, count):
    image = tmp_path / "disk"
    growth_disks.pieces(image, "ext4", kernel, count)
    assert tool("debugfs", "-R", "cat /vmlinuz", image) == kernel.read_bytes()
    blocks = [int(b) for b in tool("debugfs", "-R", "blocks /vmlinuz", image).split()]
    breaks = sum(b != a + 1 for a, b in zip(blocks, blocks[1:]))
    # debugfs lists blocks of the tree as well, each of which is a break or two.
    assert count - 1 <= breaks <= count + 2 + 2 * (count // 300)


@pytest.mark.parametrize("kind", ["fat32", "ext4", "ext4-list"])
def test_names(tmp_path, kernel, kind):
    image = tmp_path / "disk"
    growth_disks.names(image, kind, kernel, 500)
    if kind == "fat32":
        found = tool("mdir", "-b", "-i", image, "::BOOT").decode().split()
        last = tool("mtype", "-i", image, "::BOOT/the-kernel")
    else:
        listing = tool("debugfs", "-R", "ls -p /boot", image).decode()
        found = [n for n in re.findall(r"/([^/\n]+)//?\d*/?$", listing, re.M)]
        last = tool("debugfs", "-R", "cat /boot/the-kernel", image)
        hashed = b"Directory indexed" in tool("debugfs", "-R", "htree_dump /boot", image) or \
            b"Root node dump" in tool("debugfs", "-R", "htree_dump /boot", image)
        assert hashed == (kind == "ext4")
    names = {n.rpartition("/")[2] for n in found} - {".", ".."}
    assert names == {*(f"mod-{n:05}.ko" for n in range(499)), "the-kernel"}
    assert last == kernel.read_bytes()


@pytest.mark.parametrize("kind", ["fat32", "ext4"])
def test_entries(tmp_path, kernel, kind):
    image = tmp_path / "disk"
    growth_disks.entries(image, kind, kernel, 120)
    if kind == "fat32":
        text = tool("mdir", "-b", "-i", image, "::loader/entries")
    else:
        text = tool("debugfs", "-R", "ls -p /loader/entries", image)
    assert len(set(re.findall(rb"linux-6\.\d+\.\d+\.conf", text))) == 120


def line(cost):
    return growth_lines.verdict([(n, 3e6 + cost(n)) for n in growth_lines.COUNTS])[2]


def test_verdict():
    assert line(lambda n: 500 * n) == pytest.approx(1)
    assert line(lambda n: 500 * n + 20000 * (n > 50)) < growth_lines.STEEPER
    assert line(lambda n: n * n) > 5 * growth_lines.STEEPER
    # An end that is steep is not hidden by a beginning that costs nothing.
    assert line(lambda n: 0 if n < 10000 else 10**8) > growth_lines.STEEPER
