#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Makes a key pair to sign kernels with, and its certificate, with openssl.

Variables of make: DIR=<folder> (needed), ALGO=rsa2048|rsa3072|rsa4096|ecdsa256
(rsa3072), NAME=<name> (the folder's). Writes NAME.key (NAME.pem for ECDSA), the
private key, and NAME.crt, the certificate.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
ALGORITHMS = {
    "rsa2048": ("RSA", "rsa_keygen_bits:2048"),
    "rsa3072": ("RSA", "rsa_keygen_bits:3072"),
    "rsa4096": ("RSA", "rsa_keygen_bits:4096"),
    "ecdsa256": ("EC", "ec_paramgen_curve:P-256"),
}
DAYS = "7300"           # nobody asks a certificate for its age at boot

NEXT = """\
keys: {private} is the private key: keep it off the device and out of every repository,
      and make a copy that you can find again. Without it nothing can be signed.
keys: {public} is the certificate: it goes into the loader.
next: 1. let the image trust it, in make menuconfig or a fragment:
             CONFIG_TRUST_REQUIRED=y
             CONFIG_TRUST_KEYS="{public}"
      2. sign: in the configuration of your .its write
             signature-1 {{ algo = "sha256,{algo}"; key-name-hint = "{name}";
                           sign-images = "kernel", "ramdisk", "fdt"; }};
         and make the FIT with
             mkimage -f my.its -k {folder} -r my.fit
      3. docs/trust.md has the whole way, to a booting Linux."""


class KeysError(Exception):
    """Something the user can mend: object, reason, remedy."""


def check(folder, algo, name):
    """Refuse what would lose a key, or give it away."""
    if not folder:
        raise KeysError("DIR=: give the folder that shall hold the keys, for example "
                        "DIR=~/keys/my-product")
    if algo not in ALGORITHMS:
        raise KeysError(f"ALGO={algo}: give one of {' '.join(ALGORITHMS)}")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise KeysError(f"NAME={name}: give letters, digits, - and _, for example NAME=my-product")
    path = Path(folder).expanduser().resolve()
    if path == TOP or TOP in path.parents:
        raise KeysError(f"DIR={folder}: this is inside of the source tree, where a private key "
                        "is soon published: give a folder outside of it")
    return path


def names(folder, name, algo):
    """The private key, by the name under which mkimage looks for it, and the certificate."""
    return folder / f"{name}.{'pem' if algo == 'ecdsa256' else 'key'}", folder / f"{name}.crt"


def openssl(*words):
    try:
        done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True,
                              check=False)
    except FileNotFoundError:
        raise KeysError("openssl: not installed; run make setup") from None
    if done.returncode:
        raise KeysError(f"openssl: {done.stderr.strip()}")


def make(folder, name, algo):
    """Both files appear whole, or none does."""
    private, public = names(folder, name, algo)
    for path in (private, public):
        if path.exists():
            raise KeysError(f"{path}: there already; a lost key cannot be made again, so it is "
                            "not overwritten: give another NAME or DIR")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind, option = ALGORITHMS[algo]
    made = [path.with_name(path.name + ".new") for path in (private, public)]
    try:
        openssl("genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", made[0])
        openssl("req", "-batch", "-new", "-x509", "-sha256", "-key", made[0], "-days", DAYS,
                "-subj", f"/CN={name}", "-out", made[1])
        made[1].chmod(0o644)
        os.link(made[0], private)
        os.link(made[1], public)
    finally:
        for path in made:
            path.unlink(missing_ok=True)
    return private, public


def main():
    os.umask(0o077)
    folder, algo = os.environ.get("DIR", ""), os.environ.get("ALGO", "") or "rsa3072"
    try:
        name = os.environ.get("NAME", "") or Path(folder or "x").expanduser().resolve().name
        path = check(folder, algo, name)
        private, public = make(path, name, algo)
    except (KeysError, OSError) as error:
        print(f"keys: error: {error}", file=sys.stderr)
        return 2
    print(NEXT.format(private=private, public=public, algo=algo, name=name, folder=path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
