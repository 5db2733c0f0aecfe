# SPDX-License-Identifier: BSD-2-Clause
"""The real image in QEMU: what is signed boots, the most important attacks do not.

All others are played by tamper.py, on the same code, in this machine's memory.
"""
import copy
import fcntl
import functools
import subprocess

import pytest

import disks
import fdt
import keys
import originals
import program
from bench import BUILDS, build, conformance, play
from signing import rsa_signer, sign

WORK = BUILDS / "trust"
KEYS = {"dev": "rsa2048", "curve": "ecdsa256"}
NO_KERNEL = [r"^ok \d+", r"^1\.\.\d+", r"^handoff: "]
CHANGED = r"^verify: trust: error: .*changed after it was signed, or signed with"
UNSIGNED = r"^inspect: kernel: error: not signed"
LISTED = r"^verify: trust: error: hashed-nodes of a signature names what is not booted"


def source(key="dev", algorithm="sha256,rsa2048"):
    system = 'os = "linux"; load = <0x40200000>; entry = <0x40200000>;'
    images = "".join(originals.image(f"kernel{n}", f"kernel{n}", "kernel", "sha256", system) +
                     originals.image(f"initrd{n}", f"initrd{n}", "ramdisk", "sha256")
                     for n in ("", "2"))
    signed = (f'signature-1 {{ algo = "{algorithm}"; key-name-hint = "{key}"; '
              'sign-images = "kernel", "ramdisk"; };') if key else ""
    return ('/dts-v1/; / { description = "machine"; #address-cells = <1>; images {\n'
            f'{images}}}; configurations {{ default = "conf-1"; conf-1 {{ kernel = "kernel"; '
            f'ramdisk = "initrd"; bootargs = "{disks.words()}"; {signed} }}; }}; }};\n')


def make_all():
    kernel = (conformance() / "conformance.Image").read_bytes()
    # Who runs it sees another text: it must never be seen.
    (WORK / "kernel").write_bytes(kernel)
    (WORK / "kernel2").write_bytes(kernel[:-1] + bytes([kernel[-1] ^ 1]))
    (WORK / "initrd").write_bytes(disks.INITRD)
    (WORK / "initrd2").write_bytes(disks.INITRD[::-1])
    for name, kind in {**KEYS, "thief": "rsa2048"}.items():
        # A loader that another test builds now must not get other ones.
        if not (WORK / f"{name}.pem").exists():
            keys.make(WORK, name, kind)
    originals.mkimage(WORK, "inside", source())
    originals.mkimage(WORK, "outside", source(), "-E")
    originals.mkimage(WORK, "curve", source("curve", "sha256,ecdsa256"))
    originals.mkimage(WORK, "plain", source(None))
    (WORK / "made").touch()


@functools.cache
def work():
    """Keys, kernels and files, made once for all workers and newer than their kernel."""
    WORK.mkdir(parents=True, exist_ok=True)
    kernel = conformance() / "conformance.Image"
    with open(WORK / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = WORK / "made"
        if not made.exists() or made.stat().st_mtime < max(
                f.stat().st_mtime for f in (kernel, *program.HERE.glob("*.py"))):
            make_all()
    return WORK


def trusting(variant):
    """A variant that requires signatures by one of KEYS."""
    names = " ".join(f"{(work() / name).relative_to(originals.TOP)}.crt" for name in KEYS)
    return f'{variant}{"+" if ":" in variant else ":"}TRUST_KEYS="{names}"+TRUST_REQUIRED=y'


@functools.cache
def loader():
    return build(trusting("virt:el3+gicv3"))


def tree(name="inside"):
    return fdt.Tree((work() / f"{name}.fit").read_bytes())


def conf(changed):
    return changed.node("/configurations/conf-1")


def edited(edit, name="inside"):
    """The file after @edit has changed its tree."""
    changed = tree(name)
    edit(changed)
    return changed.pack()


def byte_of(image, name="inside"):
    """The file with a byte of an image flipped, in the middle of its data."""
    data = bytearray((work() / f"{name}.fit").read_bytes())
    part = (work() / image).read_bytes()
    data[data.index(part) + len(part) // 2] ^= 4
    return bytes(data)


def copied(changed):
    twin = copy.deepcopy(conf(changed)).set("kernel", "kernel2")
    twin.name = "conf-2"
    changed.node("/configurations").set("default", "conf-2").nodes.append(twin)


def addressed(changed):
    twin = copy.deepcopy(changed.node("/images/kernel2"))
    twin.name = "kernel@1"
    changed.node("/images").nodes.insert(0, twin)


def moved(changed):
    """The signed kernel stands elsewhere, the list of hashed nodes follows it."""
    images = changed.node("/images")
    evil = copy.deepcopy(changed.node("/images/kernel2"))
    evil.name = "kernel"
    images.nodes[0] = fdt.Node("aside", [], [images.nodes[0]])
    images.nodes.insert(1, evil)
    signature = conf(changed).nodes[0]
    signature.set("hashed-nodes", signature.get("hashed-nodes").replace(
        b"/images/kernel", b"/images/aside/kernel"))


def sha1(changed):
    node = changed.node("/images/kernel")
    node.node("hash-1").set("algo", "sha1").set("value", keys.hashlib.sha1(
        node.get("data")).digest())


def no_hash(changed):
    changed.node("/images/initrd").nodes.clear()


def signed(edit, key="dev", digest="sha256"):
    changed = tree()
    edit(changed)
    return sign(changed, rsa_signer(work(), key, digest))


def algorithm(changed):
    conf(changed).nodes[0].set("algo", "sha1,rsa2048")


def file_of(name):
    return (work() / name).read_bytes()


# What makes the file, and the line that must be there.
REFUSED = {
    "an Image": (lambda: file_of("kernel"), UNSIGNED),
    "a FIT without a signature": (lambda: file_of("plain.fit"),
                                  r"^verify: trust: error: .*not signed: "),
    "a byte of the kernel": (lambda: byte_of("kernel"),
                             r"^verify: kernel: error: an image has not the hash"),
    "a byte of the kernel outside": (lambda: byte_of("kernel", "outside"),
                                     r"^verify: kernel: error: an image has not the hash"),
    "a byte of the ramdisk": (lambda: byte_of("initrd"),
                              r"^verify: initrd: error: an image has not the hash"),
    "a byte of the ramdisk outside": (lambda: byte_of("initrd", "outside"),
                                      r"^verify: initrd: error: an image has not the hash"),
    "the command line": (lambda: edited(lambda t: conf(t).set("bootargs", "init=/bin/sh")),
                         CHANGED),
    "another kernel": (lambda: edited(lambda t: conf(t).set("kernel", "kernel2")), LISTED),
    "another ramdisk": (lambda: edited(lambda t: conf(t).set("ramdisk", "initrd2")), LISTED),
    "no ramdisk": (lambda: edited(lambda t: conf(t).drop("ramdisk")), LISTED),
    "CVE-2020-10648": (lambda: edited(copied), LISTED),
    "CVE-2021-27138": (lambda: edited(addressed), r"^inspect: kernel: error: .*unit address"),
    "CVE-2026-46728": (lambda: edited(moved), LISTED),
    "an unknown key": (lambda: signed(lambda t: t, "thief"), CHANGED),
    "a signature over sha1": (lambda: signed(algorithm, digest="sha1"),
                              r"^verify: trust: error: a signature's algo is none of"),
    "a hash of sha1": (lambda: signed(sha1), r"^verify: trust: error: an image has no hash that"),
    "no hash": (lambda: signed(no_hash), r"^verify: trust: error: an image has no hash that"),
    "a bit of an RSA signature": (lambda: edited(lambda t: conf(t).nodes[0].set(
        "value", conf(t).nodes[0].get("value")[:-1] + b"\0")), CHANGED),
    "ECDSA, r = s = 0": (lambda: edited(lambda t: conf(t).nodes[0].set("value", bytes(64)),
                                        "curve"), CHANGED),
}


@pytest.mark.parametrize("name", ["inside", "outside", "curve"])
def test_boots(name):
    run = play("run", loader(), KERNEL=work() / f"{name}.fit")
    run.expect_status(0)
    key = "curve" if name == "curve" else "dev"
    run.expect_lines([r"^board: trust: required: only what is signed boots, 2 key",
                      rf"^verify: trust: signed with the key {key}, rollback index 0",
                      r"^handoff: ", r"^ok \d+"])


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name, tmp_path):
    make, line = REFUSED[name]
    path = tmp_path / "tampered.fit"
    path.write_bytes(make())
    run = play("run", loader(), KERNEL=path)
    run.expect_lines([line])
    run.expect_none(NO_KERNEL)
    run.expect(run.status not in (0, None), "the machine ended as if all were well")


def test_outside_words_are_left_out():
    """The command line of QEMU is nobody's; that of the FIT tells of its ramdisk."""
    run = play("run", loader(), KERNEL=work() / "inside.fit", CMDLINE="aglet.initrd=0")
    run.expect_status(0)
    run.expect_lines([r"cmdline: .*not signed, it is left out", r"^ok \d+"])


def test_outside_ramdisk_is_refused(tmp_path):
    (tmp_path / "initrd").write_bytes(b"evil")
    run = play("run", loader(), KERNEL=work() / "inside.fit", INITRD=tmp_path / "initrd")
    run.expect_lines([r"initrd: the source brings one that is not signed"])
    run.expect_none(NO_KERNEL)


def test_what_is_embedded_is_not_exempt():
    run = play("run", loader())
    run.expect_lines([UNSIGNED])
    run.expect_none(NO_KERNEL)


def test_a_private_key_is_no_key_to_trust():
    done = subprocess.run([originals.sys.executable, originals.TOP / "scripts/trust_keys.py",
                           work() / "dev.key"], capture_output=True, text=True, check=False)
    assert done.returncode and "PRIVATE key" in done.stderr
