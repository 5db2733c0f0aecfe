# SPDX-License-Identifier: BSD-2-Clause
"""Keys, and FITs that mkimage signs with them, for the tests beside this file."""
import fcntl
import functools
import subprocess

import make_keys
from bench import BUILDS, TOP

FOLDER = BUILDS / "trust-keys"
# What each key signs with; "stranger" is trusted by nobody.
KEYS = {"owner": "sha256,rsa2048", "second": "sha512,ecdsa256", "stranger": "sha256,rsa2048"}

ITS = """/dts-v1/; / {{ description = "test"; #address-cells = <1>;
images {{
kernel-1 {{ data = /incbin/("{kernel}"); type = "kernel"; arch = "arm64"; os = "linux";
 compression = "none"; load = <0>; entry = <0>; hash-1 {{ algo = "sha256"; }}; }};
{ramdisk}}};
configurations {{ default = "conf-1"; conf-1 {{ kernel = "kernel-1"; {use} {index}
 bootargs = "{words}"; {signature} }}; }}; }};
"""
RAMDISK = """initrd-1 {{ data = /incbin/("{initrd}"); type = "ramdisk"; arch = "arm64"; os = "linux";
 compression = "none"; hash-1 {{ algo = "sha256"; }}; }};
"""
SIGNATURE = """signature-1 {{ algo = "{algo}"; key-name-hint = "{key}"; {padding}
 sign-images = {images}; }};"""


@functools.cache
def keys():
    """The folder of all, private ones too; made once for all workers."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name, algorithm in KEYS.items():
            if not (FOLDER / f"{name}.crt").exists():
                make_keys.make(FOLDER, name, algorithm.partition(",")[2])
    return FOLDER


def variant(words, policy="REQUIRED"):
    """A variant of bench.build() that trusts the two keys."""
    folder = keys().relative_to(TOP)
    return (f"{words}+TRUST_KEYS=\"{folder}/owner.crt {folder}/second.crt\""
            f"+TRUST_{policy}=y")


def fit(work, kernel, initrd, words, *, key="owner", options="", padding="", index=3):
    """The path of a FIT. @initrd, @index None: it has none; @key None: not signed."""
    images = '"kernel", "ramdisk"' if initrd else '"kernel"'
    signature = SIGNATURE.format(algo=KEYS[key], key=key, padding=padding,
                                 images=images) if key else ""
    (work / "signed.its").write_text(ITS.format(
        kernel=kernel, words=words, signature=signature,
        ramdisk=RAMDISK.format(initrd=initrd) if initrd else "",
        use='ramdisk = "initrd-1";' if initrd else "",
        index="" if index is None else f"aglet,rollback-index = <{index}>;"))
    subprocess.run(["mkimage", "-q", *options.split(), "-f", "signed.its", "-k", keys(), "-r",
                    "signed.itb"], check=True, cwd=work, capture_output=True)
    return work / "signed.itb"
