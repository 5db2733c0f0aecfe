# SPDX-License-Identifier: BSD-2-Clause
"""TRUST_KEYS: what is a key becomes one, everything else is refused in words."""
import base64
import re
import subprocess
import sys

import pytest

from conftest import TOP

RSA = ("-algorithm", "RSA", "-pkeyopt")
EC = ("-algorithm", "EC", "-pkeyopt")
MADE = {
    "owner": (*RSA, "rsa_keygen_bits:2048"), "short": (*RSA, "rsa_keygen_bits:1024"),
    "odd": (*RSA, "rsa_keygen_bits:2056"), "curve": (*EC, "ec_paramgen_curve:P-256"),
    "other": (*EC, "ec_paramgen_curve:P-384"), "ed": ("-algorithm", "ED25519"),
    "pss": ("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"),
}


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(name="keys", scope="module")
def make_keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name, words in MADE.items():
        openssl(folder, "genpkey", *words, "-out", f"{name}.key")
        openssl(folder, "pkey", "-in", f"{name}.key", "-pubout", "-out", f"{name}.pub")
    for name in "owner", "curve":
        openssl(folder, "req", "-batch", "-new", "-x509", "-key", f"{name}.key", "-subj",
                f"/CN={name}", "-out", f"{name}.crt")
    openssl(folder, "rsa", "-in", "owner.key", "-RSAPublicKey_out", "-out", "owner-pkcs1.pem")
    openssl(folder, "rsa", "-in", "owner.key", "-traditional", "-out", "old.key")
    openssl(folder, "pkey", "-in", "owner.key", "-aes128", "-passout", "pass:x", "-out", "sealed.key")
    openssl(folder, "ec", "-in", "curve.key", "-pubout", "-conv_form", "compressed", "-out",
            "small.pub")
    (folder / "request.pem").write_text("-----BEGIN CERTIFICATE REQUEST-----\nMA==\n"
                                        "-----END CERTIFICATE REQUEST-----\n")
    (folder / "text.pem").write_text("no key\n")
    (folder / "empty").mkdir()
    return folder


def read(folder, *names):
    return subprocess.run([sys.executable, TOP / "scripts/trust_keys.py", *names], cwd=folder,
                          text=True, capture_output=True, check=False)


def arrays(text):
    """Names and bytes of the arrays in the header."""
    return {name: bytes.fromhex("".join(re.findall(r"0x(..)", body)))
            for name, body in re.findall(r"uint8_t (\w+)\[\] = \{(.*?)\};", text, re.S)}


def modulus(folder, name):
    text = subprocess.run(["openssl", "rsa", "-in", f"{name}.key", "-noout", "-modulus"],
                          cwd=folder, text=True, capture_output=True, check=True).stdout
    return bytes.fromhex(text.strip().partition("=")[2])


@pytest.mark.parametrize("name", ["owner.pub", "owner.crt", "owner-pkcs1.pem"])
def test_rsa(keys, name):
    done = read(keys, name)
    assert done.returncode == 0 and not done.stderr
    assert arrays(done.stdout) == {"key_0": modulus(keys, "owner"),
                                   "key_0_exponent": b"\1\0\1"}
    assert f'"{name.rpartition(".")[0]}", false, PUBLIC_KEY_RSA' in done.stdout


@pytest.mark.parametrize("name", ["curve.pub", "curve.crt"])
def test_p256(keys, name):
    done = read(keys, name)
    pem = (keys / "curve.pub").read_text().splitlines()
    assert done.returncode == 0 and not done.stderr
    assert arrays(done.stdout) == {"key_0": base64.b64decode("".join(pem[1:-1]))[-65:]}
    assert '"curve", false, PUBLIC_KEY_P256' in done.stdout


def test_folder_and_the_same_key_twice(keys, tmp_path):
    for name in "owner.pub", "owner.crt", "curve.crt":
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "README").write_text("not looked at")
    done = read(tmp_path, ".")
    assert list(arrays(done.stdout)) == ["key_0", "key_1", "key_1_exponent"]


@pytest.mark.parametrize("name", ["dev.pub", "my-TEST-key.pem"])
def test_development_key_is_told_of(keys, tmp_path, name):
    (tmp_path / name).write_bytes((keys / "owner.pub").read_bytes())
    done = read(tmp_path, name)
    assert done.returncode == 0 and "never ship this image" in done.stderr
    assert f'"{name.rpartition(".")[0]}", true, PUBLIC_KEY_RSA' in done.stdout


@pytest.mark.parametrize("name", ["my-device.pub", "attested.pub", "latest.pub"])
def test_device_key_is_none_for_development(keys, tmp_path, name):
    (tmp_path / name).write_bytes((keys / "owner.pub").read_bytes())
    done = read(tmp_path, name)
    assert done.returncode == 0 and not done.stderr and ", false, PUBLIC_KEY_RSA" in done.stdout


REFUSED = {
    "owner.key": "WARNING: a PRIVATE key: it does not belong there",
    "old.key": "WARNING: a PRIVATE key", "sealed.key": "WARNING: a PRIVATE key",
    "curve.key": "WARNING: a PRIVATE key", ".": "WARNING: a PRIVATE key",
    "short.pub": "RSA of 1024 bits: give a key of 2048", "odd.pub": "RSA of 2056 bits",
    "other.pub": "ECDSA over P-384: give a key over P-256", "ed.pub": "neither RSA nor ECDSA",
    "pss.pub": "a key for RSASSA-PSS only", "small.pub": "compressed form",
    "request.pem": "a CERTIFICATE REQUEST: give a PUBLIC KEY", "text.pem": "no key there",
    "none.pem": "No such file", "empty": "no file with a key there",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(keys, name):
    done = read(keys, "owner.crt", name)
    assert done.returncode == 1 and not done.stdout
    assert REFUSED[name] in done.stderr and done.stderr.startswith("error: CONFIG_TRUST_KEYS: ")
    assert done.stderr.count("\n") == 1, "one line"


def test_no_file_at_all(keys):
    assert "no file is named" in read(keys).stderr


@pytest.mark.parametrize("cut", range(0, 294, 7))
def test_cut_anywhere(keys, tmp_path, cut):
    """A damaged file is refused, never read in part."""
    pem = (keys / "owner.pub").read_text().splitlines()
    der = base64.b64decode("".join(pem[1:-1]))
    bad = base64.b64encode(der[:cut]).decode()
    (tmp_path / "cut.pub").write_text("\n".join([pem[0], bad, pem[-1]]))
    done = read(tmp_path, "cut.pub")
    assert done.returncode == 1 and done.stderr.startswith("error: CONFIG_TRUST_KEYS: cut.pub: ")


def test_point_that_is_not_on_the_curve(keys, tmp_path):
    pem = (keys / "curve.pub").read_text().splitlines()
    der = bytearray(base64.b64decode("".join(pem[1:-1])))
    der[-1] ^= 1
    (tmp_path / "bad.pub").write_text("\n".join([pem[0], base64.b64encode(der).decode(), pem[-1]]))
    assert "not on the curve" in read(tmp_path, "bad.pub").stderr


def test_policy_needs_keys(build, keys):
    """And required has neither a menu nor an initrd of its own."""
    lone = build.fragment("CONFIG_TRUST_REQUIRED=y\n")
    assert "TRUST_KEYS" in build.fail("virt_defconfig", lone)
    trust = build.fragment(f'CONFIG_TRUST_KEYS="{keys}/owner.crt"\nCONFIG_TRUST_REQUIRED=y\n')
    build.make("virt_defconfig", trust)
    config = build.config()
    assert config["TRUST"] == "y" and config["SHA256_CPU"] == "y"
    assert "MENU" not in config and "PAYLOAD_INITRD" not in config


def test_build_names_what_is_wrong(build, keys):
    """And a changed key file is a changed image."""
    trust = f'CONFIG_TRUST_KEYS="{build.out}/key.pem"\nCONFIG_TRUST_REPORT=y\n'
    build.make("virt_defconfig", build.fragment(trust))
    header = build.out / "include/generated/trust_keys.h"
    for name in "owner", "curve":
        (build.out / "key.pem").write_bytes((keys / f"{name}.pub").read_bytes())
        build.make(header)
        assert ("key_0_exponent" in header.read_text()) == (name == "owner")
    (build.out / "key.pem").write_bytes((keys / "owner.key").read_bytes())
    assert "a PRIVATE key" in build.fail(header)
    (build.out / "key.pem").unlink()
    assert "give a readable file" in build.fail(header)
