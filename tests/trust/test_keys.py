# SPDX-License-Identifier: BSD-2-Clause
"""make keys: pairs that mkimage and openssl take; nothing is lost or given away."""
import os
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
ALGORITHMS = ("rsa2048", "rsa3072", "rsa4096", "ecdsa256")
SOURCE = """/dts-v1/; / { description = "x"; images { kernel { description = "x";
data = /incbin/("kernel"); type = "kernel"; arch = "arm64"; os = "linux"; compression = "none";
load = <0>; entry = <0>; hash-1 { algo = "sha256"; }; }; };
configurations { default = "conf"; conf { kernel = "kernel"; signature-1 {
algo = "sha256,ALGO"; key-name-hint = "NAME"; sign-images = "kernel"; }; }; }; };"""


def keys(folder, **more):
    """make keys, as a beginner types it."""
    words = [f"{k}={v}" for k, v in {"DIR": folder, **more}.items()]
    env = {k: v for k, v in os.environ.items() if k not in ("DIR", "ALGO", "NAME", "MAKEFLAGS")}
    return subprocess.run(["make", "-s", "keys", *words], cwd=TOP, env=env, text=True,
                          capture_output=True, check=False)


def signs(folder, work, algo):
    """mkimage finds the private key and signs with it."""
    (work / "kernel").write_bytes(b"kernel")
    (work / "x.its").write_text(SOURCE.replace("ALGO", algo).replace("NAME", folder.name))
    subprocess.run(["mkimage", "-f", "x.its", "-k", folder, "-r", "x.fit"], cwd=work, check=True,
                   capture_output=True)
    return b"hashed-nodes" in (work / "x.fit").read_bytes()


@pytest.mark.parametrize("algo", ALGORITHMS)
def test_makes_a_pair(algo, tmp_path):
    folder = tmp_path / "my-product"
    done = keys(folder, ALGO=algo)
    assert done.returncode == 0, done.stderr
    for path in folder.iterdir():
        private = path.suffix != ".crt"
        assert path.stat().st_mode & 0o777 == (0o600 if private else 0o644)
        assert (b"PRIVATE KEY" in path.read_bytes()) == private
    text = subprocess.run(["openssl", "x509", "-in", folder / "my-product.crt", "-noout", "-text"],
                          text=True, capture_output=True, check=True).stdout
    assert "CN = my-product" in text
    bits = re.search(r"Public-Key: \((\d+) bit\)", text)[1]
    assert algo.endswith(bits), text
    assert signs(folder, tmp_path, algo)


def test_says_what_is_next(tmp_path):
    said = keys(tmp_path / "a").stdout
    for words in (f"{tmp_path}/a/a.crt", "CONFIG_TRUST_REQUIRED=y", "mkimage -f", "docs/trust.md"):
        assert words in said


def test_overwrites_nothing(tmp_path):
    assert keys(tmp_path / "a", NAME="one").returncode == 0
    before = {p: p.read_bytes() for p in (tmp_path / "a").iterdir()}
    done = keys(tmp_path / "a", NAME="one", ALGO="rsa2048")
    assert done.returncode and "there already" in done.stderr
    assert {p: p.read_bytes() for p in (tmp_path / "a").iterdir()} == before
    assert keys(tmp_path / "a", NAME="two").returncode == 0


@pytest.mark.parametrize("words, said", [
    ({"DIR": ""}, "give the folder that shall hold the keys"),
    ({"DIR": "keys"}, "inside of the source tree"),
    ({"DIR": TOP}, "inside of the source tree"),
    ({"DIR": TOP / "tests/../build"}, "inside of the source tree"),
    ({"ALGO": "rsa1024"}, "ALGO=rsa1024: give one of"),
    ({"ALGO": "ed25519"}, "ALGO=ed25519: give one of"),
    ({"NAME": "a/b"}, "NAME=a/b: give letters"),
])
def test_refuses(words, said, tmp_path):
    done = keys(**{"folder": tmp_path / "a", **{k: v for k, v in words.items() if k != "DIR"}}) \
        if "DIR" not in words else keys(words["DIR"])
    assert done.returncode and said in done.stderr, done.stderr
    assert not list(tmp_path.iterdir()) and not (TOP / "keys").exists()


def test_refuses_a_link_into_the_tree(tmp_path):
    (tmp_path / "link").symlink_to(TOP)
    done = keys(tmp_path / "link/keys")
    assert done.returncode and "inside of the source tree" in done.stderr


def test_no_private_key_is_in_the_tree():
    """Whoever has it can sign; one in the tree would be everybody's."""
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, check=True,
                           capture_output=True, text=True).stdout.split("\n")
    head = b"-----BEGIN "
    for name in filter(None, files):
        path = TOP / name
        if path.is_file():
            for line in path.read_bytes().split(b"\n"):
                assert not (line.startswith(head) and b"PRIVATE KEY" in line), name
