# SPDX-License-Identifier: BSD-2-Clause
"""Helpers of the tests of configuration and build: make in a folder of ours."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
# Variables that an outer make or a user's shell would leak into ours.
LEAKS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "O", "LLVM", "V",
         "W", "SEED", "BOARD_ROOT", "NAME", "KCFLAGS", "KCONFIG_CONFIG", "GNUMAKEFLAGS")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: not a part of make check-quick")


class Build:
    """One build folder and the source tree that it belongs to."""

    def __init__(self, out, tree=TOP):
        self.out = Path(out)
        self.tree = Path(tree)
        self.env = {k: v for k, v in os.environ.items() if k not in LEAKS}
        self.env["DEPS"] = str(TOP / ".deps")

    def command(self, *args):
        return ["make", f"O={self.out}", *map(str, args)]

    def run(self, *args, **more):
        return subprocess.run(self.command(*args), cwd=self.tree, text=True,
                              env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=300,
                              check=False, **more)

    def make(self, *args, **more):
        """make that has to succeed. Return: what it printed."""
        result = self.run(*args, **more)
        assert result.returncode == 0, result.stdout
        return result.stdout

    def fail(self, *args):
        """make that has to fail. Return: what it printed."""
        result = self.run(*args)
        assert result.returncode != 0, result.stdout
        return result.stdout

    def fragment(self, text, name="test.config"):
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / name
        path.write_text(text)
        return path

    def config(self):
        """{name without CONFIG_: value} of .config, n left out."""
        text = (self.out / ".config").read_text()
        return dict(re.findall(r"^CONFIG_(\w+)=(.*)$", text, re.M))

    def set(self, name, value):
        """Change one line of .config by hand."""
        path = self.out / ".config"
        line = f"CONFIG_{name}={value}"
        if value == "n":
            line = f"# CONFIG_{name} is not set"
        text, count = re.subn(rf"^(# )?CONFIG_{name}( is not set|=.*)$",
                              lambda _: line, path.read_text(), flags=re.M)
        assert count == 1, f"CONFIG_{name} stands {count} times in .config"
        path.write_text(text)


def made(output, *tags):
    """The targets that make named with one of the tags (CC, AS, LD, ...)."""
    return {line.split()[1] for line in output.splitlines()
            if line.startswith("  ") and line.split()[0] in tags}


def sizes(output):
    """make size as {region: bytes}."""
    return {name: int(size) for name, size in
            re.findall(r"^(\S.*?) +(\d+)$", output, re.M)}


def copy_tree(folder):
    """The source tree as it is now, without what a build or setup made."""
    files = subprocess.run(
        ["git", "-C", str(TOP), "ls-files", "-coz", "--exclude-standard"],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        if (TOP / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / name, folder / name)
    return folder


@pytest.fixture
def build(tmp_path):
    return Build(tmp_path / "out")


@pytest.fixture(scope="module")
def own_tree(tmp_path_factory):
    """A built default variant of a copy of the tree, free to be changed."""
    folder = tmp_path_factory.mktemp("tree")
    own = Build(folder / "out", copy_tree(folder / "src"))
    own.make("virt_defconfig")
    own.make()
    return own
