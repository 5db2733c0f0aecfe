# SPDX-License-Identifier: BSD-2-Clause
"""Signed files as mkimage makes them, of all kinds: what is tampered with.

For each it is worked out which bytes its signature covers, and openssl must
say that this is so: what is covered and is changed must be refused.
"""
import random
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import fdt
import keys

TOP = Path(__file__).resolve().parents[2]
KERNEL_SIZE, INITRD_SIZE = 400, 96
# Name, kind of the key; those of STRANGERS are not built in.
KEYS = {"dev": "rsa2048", "mid": "rsa3072", "big": "rsa4096", "curve": "ecdsa256",
        "cube": "rsa2048"}
STRANGERS = {"thief": "rsa2048", "small": "rsa1024", "curve2": "ecdsa256"}
NAMES = ("kernel", "initrd", "fdt", "over")


@dataclass
class Original:
    name: str
    data: bytes
    key: str
    digest: str = "sha256"
    padding: str = "pkcs-1.5"
    configuration: str = "conf-1"

    def __post_init__(self):
        self.tree = fdt.Tree(self.data)
        self.signature = self.tree.node(f"/configurations/{self.configuration}/signature-1")
        self.listed = fdt.strings_of(self.signature.get("hashed-nodes"))
        self.strings = struct.unpack(">II", self.signature.get("hashed-strings"))[1]
        self.message = fdt.message(self.tree, self.listed, self.strings)
        self.covered = self._covered()

    def place(self, node):
        """Where the bytes of an image are in the file."""
        data = next((p for p in node.props if p.name == "data"), None)
        if data:
            return data.at + 12, data.at + 12 + len(data.value)
        base = (self.tree.size + 3) // 4 * 4
        where = node.get("data-position") or node.get("data-offset")
        at = int.from_bytes(where, "big") + (0 if node.get("data-position") else base)
        return at, at + int.from_bytes(node.get("data-size"), "big")

    def _covered(self):
        """A flag for each byte: signed, or the value, or data of what is booted."""
        value = next(p for p in self.signature.props if p.name == "value").at + 12
        ranges = fdt.covered(self.tree, self.listed, self.strings)
        ranges += [self.place(self.tree.node(f"/images/{name}")) for name in NAMES]
        ranges.append((value, value + len(self.signature.get("value"))))
        flags = bytearray(len(self.data))
        for start, end in ranges:
            flags[start:end] = b"\1" * (end - start)
        return flags


def hashes(algorithm):
    return f'hash-1 {{ algo = "{algorithm}"; }};'


def image(name, file, kind, algorithm, more=""):
    return (f'{name} {{ description = "{name}"; data = /incbin/("{file}"); type = "{kind}"; '
            f'arch = "arm64"; compression = "none"; {more} {hashes(algorithm)} }};\n')


def configuration(name, key, algorithm, more="", kernel="kernel", initrd="initrd"):
    signed = (f'signature-1 {{ algo = "{algorithm}"; key-name-hint = "{key}"; {more} '
              'sign-images = "kernel", "ramdisk", "fdt"; }; ') if key else ""
    return (f'{name} {{ description = "{name}"; kernel = "{kernel}"; ramdisk = "{initrd}"; '
            f'fdt = "fdt", "over"; bootargs = "quiet {name}"; '
            f'aglet,rollback-index = <3>; {signed} }};\n')


def source(configurations, digest="sha256", default="conf-1"):
    system = 'os = "linux"; load = <0x40200000>; entry = <0x40200000>;'
    images = (image("kernel", "kernel", "kernel", digest, system) +
              image("kernel2", "kernel2", "kernel", digest, system) +
              image("initrd", "initrd", "ramdisk", digest) +
              image("initrd2", "initrd2", "ramdisk", digest) +
              image("fdt", "tree.dtb", "flat_dt", digest) +
              image("fdt2", "tree2.dtb", "flat_dt", digest) +
              image("over", "over.dtbo", "flat_dt", digest) +
              image("over2", "over2.dtbo", "flat_dt", digest))
    return ('/dts-v1/; / { description = "signed"; #address-cells = <1>;\n'
            f"images {{\n{images}}};\n"
            f'configurations {{ default = "{default}";\n{configurations}}};\n}};\n')


def kernel_file(seed):
    """A kernel that owns no more memory than it has bytes."""
    head = struct.pack("<IIQQQQQQ4sI", 0x14000010, 0, 0, KERNEL_SIZE, 0xa, 0, 0, 0, b"ARM\x64", 0)
    return head + random.Random(seed).randbytes(KERNEL_SIZE - len(head))


def compile_tree(folder, name, text):
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", folder / name, "-"],
                   input=("/dts-v1/; " + text).encode(), check=True)


def make_parts(folder):
    for number, name in enumerate(("kernel", "kernel2")):
        (folder / name).write_bytes(kernel_file(number))
    for number, name in enumerate(("initrd", "initrd2")):
        (folder / name).write_bytes(random.Random(number + 9).randbytes(INITRD_SIZE))
    for number, name in enumerate(("", "2")):
        compile_tree(folder, f"tree{name}.dtb", f'/ {{ compatible = "acme,{number}"; '
                     'clock: clock { }; uart: uart { clocks = <&clock>; }; };')
        compile_tree(folder, f"over{name}.dtbo",
                     f"/plugin/; &{{/uart}} {{ speed = <{9600 + number}>; }};")
    for name, kind in {**KEYS, **STRANGERS}.items():
        keys.make(folder, name, kind, 3 if name == "cube" else 65537)


def mkimage(folder, name, text, *options, key="."):
    (folder / f"{name}.its").write_text(text)
    words = ["mkimage", "-q", *options, "-f", f"{name}.its", *(["-k", key, "-r"] if key else []),
             f"{name}.fit"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or ("sign-images" in text and
                           b"hashed-nodes" not in (folder / f"{name}.fit").read_bytes()):
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return (folder / f"{name}.fit").read_bytes()


def prove(folder, original):
    """The bytes that we believe to be signed are: openssl says so."""
    value, words = original.signature.get("value"), []
    if original.key == "curve":
        value = der([value[:32], value[32:]])
    if original.padding == "pss":
        words = ["-sigopt", "rsa_padding_mode:pss"]
    (folder / "value").write_bytes(value)
    (folder / "message").write_bytes(original.message)
    keys.openssl("dgst", f"-{original.digest}", *words, "-verify", folder / f"{original.key}.pub",
                 "-signature", folder / "value", folder / "message")


def der(halves):
    """r and s as the ASN.1 that openssl wants: no needless zeroes."""
    out = b""
    for half in halves:
        half = half.lstrip(b"\0")
        half = (b"\0" if half[0] & 0x80 else b"") + half
        out += b"\2" + bytes([len(half)]) + half
    return b"\x30" + bytes([len(out)]) + out


def make(folder: Path):
    """Keys, parts and all originals, by name; the header that the build includes."""
    folder.mkdir(parents=True, exist_ok=True)
    make_parts(folder)
    (folder / "generated").mkdir(exist_ok=True)
    header = subprocess.run([sys.executable, TOP / "scripts/trust_keys.py",
                             *(folder / f"{name}.pub" for name in KEYS)], check=True,
                            capture_output=True, text=True)
    (folder / "generated/trust_keys.h").write_text(header.stdout)

    def one(name, key, algorithm, *options, digest="sha256", more="", **facts):
        text = source(configuration("conf-1", key, algorithm, more), digest)
        return Original(name, mkimage(folder, name, text, *options), key, digest, **facts)

    two = source(configuration("conf-1", "dev", "sha256,rsa2048") +
                 configuration("conf-2", "dev", "sha256,rsa2048", kernel="kernel2",
                               initrd="initrd2"))
    made = [one("inside", "dev", "sha256,rsa2048"),
            one("outside", "big", "sha512,rsa4096", "-E", digest="sha512"),
            one("placed", "mid", "sha384,rsa3072", "-E", "-p", "0x2000", digest="sha384",
                more='padding = "pss";', padding="pss"),
            one("curve", "curve", "sha256,ecdsa256"),
            Original("two", mkimage(folder, "two", two), "dev")]
    for original in made:
        prove(folder, original)
    return {original.name: original for original in made}
