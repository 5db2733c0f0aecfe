# SPDX-License-Identifier: BSD-2-Clause
"""Signed image trees, by mkimage with keys that are made now, and what trusts them.

Trusted are the keys "main" (RSA of 2048 bits), "long", "longest" and "curve",
under other names than those that the signatures hint at. "other" is not.
"""
import itertools
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
KEYS = {"main": "rsa2048", "long": "rsa3072", "longest": "rsa4096", "curve": "ecdsa256",
        "other": "rsa2048"}
TRUSTED = ("main.crt", "my-long.pub", "longest-test.pem", "curve.pub")
HASHES = ("sha256", "sha384", "sha512")
LAYOUTS = (("", ""), ("-e", "-E"), ("-p", "-E -p 0x8000"))
ALL = 'sign-images = "kernel", "ramdisk", "fdt";'


def run(*words, folder):
    subprocess.run(words, check=True, cwd=folder, capture_output=True)


def make_keys(folder):
    for name, kind in KEYS.items():
        key = f"{name}.key"
        option = ("ec_paramgen_curve:P-256" if kind == "ecdsa256" else
                  f"rsa_keygen_bits:{kind[3:]}")
        run("openssl", "genpkey", "-algorithm", "EC" if kind == "ecdsa256" else "RSA",
            "-pkeyopt", option, "-out", key, folder=folder)
        run("openssl", "req", "-batch", "-new", "-x509", "-key", key, "-subj", f"/CN={name}",
            "-out", f"{name}.crt", folder=folder)
        run("openssl", "pkey", "-in", key, "-pubout", "-out", f"{name}.pub", folder=folder)
    # Where mkimage looks for it.
    (folder / "curve.pem").write_bytes((folder / "curve.key").read_bytes())
    (folder / "my-long.pub").write_bytes((folder / "long.pub").read_bytes())
    run("openssl", "rsa", "-in", "longest.key", "-RSAPublicKey_out", "-out", "longest-test.pem",
        folder=folder)
    made = subprocess.run([sys.executable, TOP / "scripts/trust_keys.py", *TRUSTED], check=True,
                          cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    (folder / "generated").mkdir(exist_ok=True)
    (folder / "generated/trust_keys.h").write_bytes(made)


def signature(algo="sha256,rsa2048", key="main", more=ALL, number=1):
    return (f'signature-{number} {{ algo = "{algo}"; key-name-hint = "{key}"; {more} }};\n')


def image(name, file, kind, hashes=("sha256",), more=""):
    subnodes = "".join(f'hash-{n} {{ algo = "{h}"; }}; ' for n, h in enumerate(hashes, 1))
    return (f'{name} {{ data = /incbin/("{file}"); type = "{kind}"; arch = "arm64"; '
            f'os = "linux"; compression = "none"; load = <0>; entry = <0>; {more} {subnodes} }};\n')


def images(**kernel):
    return (image("kernel-1", "kernel", "kernel", **kernel) +
            image("initrd-1", "initrd", "ramdisk", ("sha512", "crc32")) +
            image("fdt-1", "one.dtb", "flat_dt", ("sha384",)) +
            image("over-1", "over.dtb", "flat_dt") + image("fs-1", "initrd", "filesystem"))


def configuration(signatures, name="conf-1", more='bootargs = "signed words";'):
    return (f'{name} {{ kernel = "kernel-1"; ramdisk = "initrd-1"; fdt = "fdt-1", "over-1"; '
            f'{more}\n{signatures} }};\n')


def source(configurations, made=None):
    return ('/dts-v1/; / { description = "test"; #address-cells = <1>;\n'
            f"images {{\n{made or images()}}};\nconfigurations {{\n"
            f'default = "conf-1";\n{configurations}}};\n}};\n')


def combinations():
    """A configuration for each way to sign."""
    rsa = itertools.product(HASHES, ("main", "long", "longest"), ("pkcs-1.5", "pss"))
    made = [(f"{h}-{KEYS[key]}-{padding[:3]}", f"{h},{KEYS[key]}", key,
             f'padding = "{padding}"; {ALL}') for h, key, padding in rsa]
    made += [(f"{h}-ecdsa256", f"{h},ecdsa256", "curve", ALL) for h in HASHES]
    return source("".join(configuration(signature(algo, key, more), name)
                          for name, algo, key, more in made))


def sources():
    """{name: text}"""
    good, other = signature(), signature(key="other")
    many = "".join(signature(key="other", number=n) for n in range(1, 6))
    one = configuration(good, more='bootargs = "signed words"; aglet,rollback-index = <7>;')
    unsigned = configuration("")
    text = "x" * 2048
    return {
        "all": combinations(),
        "one": source(one + configuration(good, "conf-2") + configuration("", "conf-3")),
        "bare": source('conf-1 { kernel = "kernel-1"; ' + signature(more="") + "};"),
        "unsigned": source(unsigned),
        "image-signed": source(unsigned, images(more=signature(more=""))),
        "weak": source(configuration(good), images(hashes=("sha1", "crc32"))),
        "some": source(configuration(signature(more='sign-images = "kernel", "fdt";'))),
        "default": source(configuration(signature(more=""))),
        "other": source(configuration(other)),
        "second": source(configuration(other + signature(number=2))),
        "many": source(configuration(many)),
        "sha1": source(configuration(signature("sha1,rsa2048"))),
        "kind": source(configuration(signature("sha256,rsa3072"))),
        "index": source(configuration(good, more="aglet,rollback-index = <0 7>;")),
        "texts": source(configuration(good, more='bootargs = "a", "b";')),
        "text": source(configuration(good, more=f'bootargs = "{text}";')),
        "quiet": source(configuration(good, more="")),
        "loadables": source(configuration(good, more='loadables = "fs-1";')),
        "loadables-all": source(configuration(
            signature(more=ALL.replace(";", ', "loadables";')), more='loadables = "fs-1";')),
    }


def make(folder):
    make_keys(folder)
    kernel = bytearray(5000)
    kernel[16:20], kernel[56:60], kernel[24] = (8192).to_bytes(4, "little"), b"ARM\x64", 10
    (folder / "kernel").write_bytes(kernel)
    (folder / "initrd").write_bytes(bytes(range(256)) * 8)
    for name, text in (("one", '/ { compatible = "acme,one"; x: x { }; };'),
                       ("over", "/plugin/; &x { over; };")):
        (folder / f"{name}.dts").write_text("/dts-v1/; " + text)
        run("dtc", "-q", "-@", "-O", "dtb", "-o", f"{name}.dtb", f"{name}.dts", folder=folder)
    for name, text in sources().items():
        (folder / f"{name}.its").write_text(text)
        for suffix, options in LAYOUTS:
            if suffix and name not in ("all", "one", "bare"):
                continue
            run("mkimage", "-q", *options.split(), "-f", f"{name}.its", "-k", ".", "-r",
                f"{name}{suffix}.itb", folder=folder)
