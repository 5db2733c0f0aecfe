# SPDX-License-Identifier: BSD-2-Clause
"""make setup: which packages, from where, and what it says without root."""
import os
import re
import shutil
import subprocess

import pytest

from conftest import TOP, copy_tree

RELEASES = {"debian12": "bookworm", "debian13": "trixie", "ubuntu24.04": "noble"}
DEB822 = """\
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

# a vendor
Types: deb
URIs: https://vendor.example/linux/debian
Suites: bookworm
Components: stable

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""
ONE_LINE = """\
# deb http://commented.example/debian bookworm main
deb http://archive.example/debian bookworm main non-free # the mirror
deb [arch=amd64 signed-by=/etc/keys/a.gpg] http://signed.example/debian bookworm main
deb-src http://source.example/debian bookworm main
deb http://apt.postgresql.example/pub bookworm-pgdg main
deb http://other.example/debian trixie main
"""
UBUNTU = """\
Types: deb
URIs: http://archive.u.example/ubuntu/
Suites: noble noble-updates
Components: main restricted universe multiverse

Types: deb
URIs: https://ppa.launchpadcontent.net/x/ppa/ubuntu
Suites: noble
Components: main
"""


def shell(code, **env):
    """Run @code with the functions of scripts/setup-apt.sh."""
    return subprocess.run(
        ["sh", "-euc", ". scripts/setup-apt.sh\n" + code], cwd=TOP, text=True,
        env={"PATH": os.environ["PATH"], **env}, check=True,
        stdout=subprocess.PIPE).stdout.splitlines()


def sources(folder, text, name, code, arch="arm64", distribution="debian"):
    parts = folder / "sources.list.d"
    parts.mkdir(exist_ok=True)
    (parts / name).write_text(text)
    return shell(f"own_sources {arch}", ID=distribution, VERSION_CODENAME=code,
                 apt_etc=str(folder))


def test_sources_of_a_deb822_file(tmp_path):
    key = "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg"
    assert sources(tmp_path, DEB822, "debian.sources", "bookworm") == [
        f"{key}|http://mirror.example/debian|bookworm-updates|main",
        f"{key}|http://mirror.example/debian|bookworm|main",
        "|http://mirror.example/debian-security|bookworm-security|main"]


def test_sources_of_a_one_line_file(tmp_path):
    assert sources(tmp_path, ONE_LINE, "all.list", "bookworm") == [
        "signed-by=/etc/keys/a.gpg|http://signed.example/debian|bookworm|main",
        "|http://archive.example/debian|bookworm|main"]


def test_sources_of_ubuntu(tmp_path):
    assert sources(tmp_path, UBUNTU, "ubuntu.sources", "noble", "arm64",
                   "ubuntu") == [
        "|http://ports.u.example/ubuntu-ports/|noble-updates|main universe",
        "|http://ports.u.example/ubuntu-ports/|noble|main universe"]
    assert "|http://archive.u.example/ubuntu/|noble|main universe" in sources(
        tmp_path, UBUNTU, "ubuntu.sources", "noble", "amd64", "ubuntu")


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_has_its_names(release):
    env = {"release": release, "list": "scripts/packages.list"}
    host = shell("names host", **env)
    arm64 = shell("names arm64", **env)
    assert "gcc-aarch64-linux-gnu" in host
    assert len([n for n in host if n.startswith("libclang-rt-")]) == 1
    assert len([n for n in arm64 if n.startswith("linux-image-")]) == 1
    assert not any(re.search("[@,]", name) for name in host + arm64)


def test_every_package_has_a_reason():
    for line in (TOP / "scripts/packages.list").read_text().splitlines():
        if line and not line.startswith("#"):
            how, name, reason = line.split(None, 2)
            assert how in ("host", "arm64", "native", "newer"), name
            assert len(reason) > 5, name


def is_set_up():
    return subprocess.run(["sh", "scripts/setup", "--check"], cwd=TOP,
                          stdout=subprocess.DEVNULL).returncode == 0


def test_second_run_does_nothing_at_once():
    assert is_set_up(), "this machine is not set up: run make setup"
    start = os.times()
    output = subprocess.run(["make", "setup"], cwd=TOP, text=True, check=True,
                            stdout=subprocess.PIPE).stdout
    assert "nothing to do" in output
    # Of the processor, since other tests run beside this one.
    end = os.times()
    assert end.children_user - start.children_user < 0.7
    assert end.children_system - start.children_system < 0.3


def test_without_root_the_command_is_printed(tmp_path):
    assert is_set_up(), "this machine is not set up: run make setup"
    tree = copy_tree(tmp_path / "tree")
    (tree / ".deps").symlink_to(TOP / ".deps")
    # A user without sudo on a machine where nothing is installed.
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "awk", "sed", "grep", "cat", "cksum", "head", "dirname"):
        (tools / name).symlink_to(shutil.which(name))
    for name, says in (("id", "echo 1000"), ("dpkg-query", "exit 1")):
        (tools / name).write_text(f"#!/bin/sh\n{says}\n")
        (tools / name).chmod(0o755)
    result = subprocess.run(
        [tools / "sh", "scripts/setup"], cwd=tree, text=True, check=False,
        env={"PATH": str(tools)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    assert result.returncode != 0
    assert re.search("apt-get install -y --no-install-recommends .*"
                     "gcc-aarch64-linux-gnu", result.stdout), result.stdout
