# SPDX-License-Identifier: BSD-2-Clause
"""Keys, and FITs that mkimage signs with them, for the tests beside this file."""
import fcntl
import functools
import subprocess

from bench import BUILDS, TOP

FOLDER = BUILDS / "trust-keys"
# What each key signs with; "stranger" is trusted by nobody.
KEYS = {"owner": "sha256,rsa2048", "second": "sha512,ecdsa256", "stranger": "sha256,rsa2048"}
OPTIONS = {"rsa2048": ("RSA", "rsa_keygen_bits:2048"), "ecdsa256": ("EC", "ec_paramgen_curve:P-256")}

ITS = """/dts-v1/; / {{ description = "test"; #address-cells = <1>;
images {{
kernel-1 {{ data = /incbin/("{kernel}"); type = "kernel"; arch = "arm64"; os = "linux";
 compression = "none"; load = <0>; entry = <0>; hash-1 {{ algo = "sha256"; }}; }};
initrd-1 {{ data = /incbin/("{initrd}"); type = "ramdisk"; arch = "arm64"; os = "linux";
 compression = "none"; hash-1 {{ algo = "sha256"; }}; }};
}};
configurations {{ default = "conf-1"; conf-1 {{ kernel = "kernel-1"; ramdisk = "initrd-1";
 bootargs = "{words}"; aglet,rollback-index = <3>; {signature} }}; }}; }};
"""
SIGNATURE = """signature-1 {{ algo = "{algo}"; key-name-hint = "{key}"; {padding}
 sign-images = "kernel", "ramdisk"; }};"""


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, cwd=FOLDER, capture_output=True)


def make_key(name):
    kind, option = OPTIONS[KEYS[name].partition(",")[2]]
    openssl("genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", f"{name}.key")
    openssl("req", "-batch", "-new", "-x509", "-key", f"{name}.key", "-subj", f"/CN={name}",
            "-out", f"{name}.crt")
    # The name under which mkimage looks for one of ECDSA.
    (FOLDER / f"{name}.pem").write_bytes((FOLDER / f"{name}.key").read_bytes())


@functools.cache
def keys():
    """The folder of all, private ones too; made once for all workers."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "done").exists():
            for name in KEYS:
                make_key(name)
            (FOLDER / "done").touch()
    return FOLDER


def variant(words, policy="REQUIRED"):
    """A variant of bench.build() that trusts the two keys."""
    folder = keys().relative_to(TOP)
    return (f"{words}+TRUST_KEYS=\"{folder}/owner.crt {folder}/second.crt\""
            f"+TRUST_{policy}=y")


def fit(work, kernel, initrd, words, key="owner", options="", padding=""):
    """The path of a FIT; @key None: not signed."""
    signature = SIGNATURE.format(algo=KEYS[key], key=key, padding=padding) if key else ""
    (work / "signed.its").write_text(ITS.format(kernel=kernel, initrd=initrd, words=words,
                                               signature=signature))
    subprocess.run(["mkimage", "-q", *options.split(), "-f", "signed.its", "-k", keys(), "-r",
                    "signed.itb"], check=True, cwd=work, capture_output=True)
    return work / "signed.itb"
