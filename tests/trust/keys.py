# SPDX-License-Identifier: BSD-2-Clause
"""Key pairs by openssl, and signatures that openssl would refuse to make."""
import hashlib
import re
import subprocess

# ASN.1 of the digests in a signature of PKCS #1 v1.5 (RFC 8017, 9.2).
DIGEST_INFO = {
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440")}
P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551


def openssl(*words, **more):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True,
                          **more).stdout


def make(folder, name, kind, exponent=65537):
    """NAME.key, NAME.crt and NAME.pub (all PEM) in @folder."""
    key = folder / f"{name}.key"
    kinds = {"ecdsa256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]}
    rsa = ["-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{kind[3:]}",
           "-pkeyopt", f"rsa_keygen_pubexp:{exponent}"]
    openssl("genpkey", *kinds.get(kind, rsa), "-out", key)
    openssl("req", "-batch", "-new", "-x509", "-key", key, "-subj", f"/CN={name}",
            "-days", 3650, "-out", folder / f"{name}.crt")
    openssl("pkey", "-in", key, "-pubout", "-out", folder / f"{name}.pub")
    # mkimage looks for keys of ECDSA under this name.
    (folder / f"{name}.pem").write_bytes(key.read_bytes())


class Rsa:
    """The numbers of a private key, and raw powers."""

    def __init__(self, folder, name):
        text = openssl("rsa", "-in", folder / f"{name}.key", "-noout", "-text").decode()
        self.n, self.d = (self._number(text, part) for part in ("modulus", "privateExponent"))
        self.e = int(re.search(r"publicExponent: (\d+)", text)[1])
        self.size = (self.n.bit_length() + 7) // 8

    @staticmethod
    def _number(text, part):
        digits = re.search(rf"^{part}:\n((?: +[0-9a-f:]+\n)+)", text, re.M)[1]
        return int(re.sub(r"[\s:]", "", digits), 16)

    def sign_block(self, block):
        """The signature whose power is exactly these bytes."""
        value = pow(int.from_bytes(block, "big"), self.d, self.n)
        return value.to_bytes(self.size, "big")

    def sign(self, data, digest="sha256"):
        return self.sign_block(pkcs1(data, self.size, digest))

    def sign_pss(self, data, digest="sha256", **more):
        return self.sign_block(pss(data, self.n.bit_length() - 1, digest, **more))


def pkcs1(data, size, digest="sha256", info=None, kind=1, fill=0xff):
    tail = (DIGEST_INFO[digest] if info is None else info) + hashlib.new(digest, data).digest()
    return bytes([0, kind]) + bytes([fill]) * (size - 3 - len(tail)) + b"\0" + tail


def mask(seed, size, digest):
    made = b"".join(hashlib.new(digest, seed + n.to_bytes(4, "big")).digest()
                    for n in range(size // 20 + 1))
    return made[:size]


def pss(data, bits, digest="sha256", salt=None, trailer=0xbc, leading=0, gap=0):
    """RFC 8017, 9.1.1; @salt, @trailer, @leading and @gap for what is wrong."""
    size, length = (bits + 7) // 8, hashlib.new(digest).digest_size
    salt = bytes(range(length)) if salt is None else salt
    inner = hashlib.new(digest, bytes(8) + hashlib.new(digest, data).digest() + salt).digest()
    block = bytes(size - len(salt) - length - 2 - gap) + b"\1" + bytes(gap) + salt
    made = bytearray(a ^ b for a, b in zip(block, mask(inner, len(block), digest)))
    made[0] = made[0] & (0xff >> (8 * size - bits)) | leading
    return bytes(made) + inner + bytes([trailer])


def cube_root(value):
    """The smallest number whose third power is not below @value."""
    low, high = 0, 1 << (value.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle ** 3 < value else (low, middle)
    return low


def forge_cube(data, size, digest="sha256"):
    """A signature for exponent 3 made without the key: garbage behind the digest.

    Bleichenbacher, 2006: who does not look at the end of the block takes it.
    """
    tail = b"\0" + DIGEST_INFO[digest] + hashlib.new(digest, data).digest()
    head = b"\0\1" + b"\xff" * 8 + tail
    return cube_root(int.from_bytes(head.ljust(size, b"\0"), "big")).to_bytes(size, "big")


def sign_ec(folder, name, data):
    """A true signature as r and s."""
    (folder / "message").write_bytes(data)
    der = openssl("dgst", "-sha256", "-sign", folder / f"{name}.key", folder / "message")
    numbers, at = [], 2
    for _ in range(2):
        numbers.append(int.from_bytes(der[at + 2:at + 2 + der[at + 1]], "big"))
        at += 2 + der[at + 1]
    return numbers


def raw_ec(r, s):
    """As mkimage writes it: both numbers, 32 bytes each."""
    return (r % (1 << 256)).to_bytes(32, "big") + (s % (1 << 256)).to_bytes(32, "big")
