#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""trust_keys.py FILE|FOLDER...: the public keys of TRUST_KEYS, as a C header.

Reads PEM: PUBLIC KEY, RSA PUBLIC KEY and CERTIFICATE. RSA of 2048, 3072 or
4096 bits, ECDSA over P-256. A certificate is only an envelope for its key:
its dates, names and signature are not looked at.
"""
import base64
import binascii
import re
import sys
from pathlib import Path

SUFFIXES = (".pem", ".crt", ".cer", ".pub", ".key")     # of a folder's files
RSA_BITS = (2048, 3072, 4096)
OID_RSA = bytes.fromhex("2a864886f70d010101")
OID_RSA_PSS = bytes.fromhex("2a864886f70d01010a")
OID_EC = bytes.fromhex("2a8648ce3d0201")
OID_P256 = bytes.fromhex("2a8648ce3d030107")
OIDS_CURVES = {bytes.fromhex("2b81040022"): "P-384", bytes.fromhex("2b81040023"): "P-521",
               bytes.fromhex("2b8104000a"): "secp256k1"}
INTEGER, BITS, OID, SEQUENCE, VERSION = 0x02, 0x03, 0x06, 0x30, 0xa0
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.S)
MAKE = "make one with: make keys DIR=<folder>"


class BadKey(Exception):
    """What is wrong with a key, and what to do."""


def take(der, want=None):
    """The first element of @der. Return: its tag, its content, what follows."""
    if len(der) < 2:
        raise BadKey("it ends too early: export it again")
    tag, size, at = der[0], der[1], 2
    if size & 0x80:
        count = size & 0x7f
        if not 1 <= count <= 4 or len(der) < 2 + count:
            raise BadKey("it is no DER: export it again")
        size, at = int.from_bytes(der[2:2 + count], "big"), 2 + count
    if len(der) < at + size or want not in (None, tag):
        raise BadKey("it is not what its first line says: export it again")
    return tag, der[at:at + size], der[at + size:]


def inside(der, want):
    """The content of an element that is all there is."""
    _, content, rest = take(der, want)
    if rest:
        raise BadKey("there are bytes behind it: export it again")
    return content


def number(der):
    """An INTEGER that is above 0. Return: it, what follows."""
    _, content, rest = take(der, INTEGER)
    value = int.from_bytes(content, "big", signed=True)
    if value <= 0:
        raise BadKey("a number of it is not above 0: make another key")
    return value, rest


def rsa(der):
    """RSAPublicKey (RFC 8017, A.1.1)."""
    modulus, rest = number(inside(der, SEQUENCE))
    exponent, rest = number(rest)
    bits = modulus.bit_length()
    if rest:
        raise BadKey("there are bytes behind it: export it again")
    if bits not in RSA_BITS:
        raise BadKey(f"RSA of {bits} bits: give a key of 2048, 3072 or 4096 bits; {MAKE}")
    if not modulus & 1 or not exponent & 1 or not 3 <= exponent < 1 << 64:
        raise BadKey(f"RSA with numbers that are no key; {MAKE}")
    return {"kind": "RSA", "text": f"rsa{bits}", "value": modulus.to_bytes(bits // 8, "big"),
            "exponent": exponent.to_bytes((exponent.bit_length() + 7) // 8, "big")}


def p256(point):
    """A point in full (SEC 1, 2.3.3), on the curve."""
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    if len(point) != 65 or point[0] != 4:
        raise BadKey("a point in its compressed form: export it uncompressed")
    if x >= P or y >= P or (y * y - x ** 3 + 3 * x - B) % P:
        raise BadKey(f"its point is not on the curve P-256; {MAKE}")
    return {"kind": "P256", "text": "ecdsa256", "value": point, "exponent": b""}


def bits(der):
    content = inside(der, BITS)
    if content[:1] != b"\0":
        raise BadKey("it is no DER: export it again")
    return content[1:]


def public_key(der):
    """SubjectPublicKeyInfo (RFC 5280, 4.1)."""
    _, algorithm, rest = take(inside(der, SEQUENCE), SEQUENCE)
    _, oid, parameters = take(algorithm, OID)
    if oid == OID_RSA:
        return rsa(bits(rest))
    if oid == OID_RSA_PSS:
        raise BadKey("a key for RSASSA-PSS only: make a plain RSA key, which can sign with "
                        "pss as well")
    if oid != OID_EC:
        raise BadKey(f"neither RSA nor ECDSA: give another; {MAKE}")
    curve = inside(parameters, OID)
    if curve != OID_P256:
        raise BadKey(f"ECDSA over {OIDS_CURVES.get(curve, 'another curve')}: give a key over "
                        f"P-256 (prime256v1); {MAKE}")
    return p256(bits(rest))


def certificate(der):
    """Certificate (RFC 5280, 4.1): version, five more, then the key."""
    _, rest, _ = take(inside(der, SEQUENCE), SEQUENCE)
    if take(rest)[0] == VERSION:
        rest = take(rest)[2]
    for _ in range(5):
        rest = take(rest)[2]
    _, _, behind = take(rest, SEQUENCE)
    return public_key(rest[:len(rest) - len(behind)])


READERS = {"PUBLIC KEY": public_key, "RSA PUBLIC KEY": rsa, "CERTIFICATE": certificate}


def block(label, body):
    if "PRIVATE KEY" in label:
        raise BadKey("WARNING: a PRIVATE key: it does not belong there, nor anywhere near a "
                        "build; give its public key or certificate, in a folder without it")
    if label not in READERS:
        raise BadKey(f"a {label}: give a PUBLIC KEY or a CERTIFICATE")
    try:
        return READERS[label](base64.b64decode("".join(body.split()), validate=True))
    except binascii.Error:
        raise BadKey("its text is damaged: export it again") from None


def is_development(path):
    """By its name: not what has device, attest or latest in it."""
    return bool(re.search("dev(?!ice)|(?<![a-z])test", path.name, re.I))


def read(path):
    """All keys of one file, each with a name."""
    try:
        found = BLOCK.findall(path.read_text(encoding="ascii", errors="replace"))
    except OSError as error:
        raise BadKey(f"{error.strerror}: give a readable file") from None
    found = [b for b in found if b[0] != "EC PARAMETERS"] or found
    if not found:
        raise BadKey("no key there: give a file in PEM (-----BEGIN PUBLIC KEY-----)")
    name = re.sub(r"[^\w.+-]", "_", path.stem, flags=re.A)[:28]
    return [{**block(*b), "name": name + (f"-{n}" if n > 1 else ""), "path": path,
             "development": is_development(path)}
            for n, b in enumerate(found, 1)]


def files(word):
    """The key files that a word of TRUST_KEYS means."""
    path = Path(word)
    if not path.is_dir():
        return [path]
    found = sorted(f for f in path.iterdir() if f.suffix in SUFFIXES and f.is_file())
    if not found:
        raise BadKey(f"no file with a key there ({' '.join(SUFFIXES[:-1])}); {MAKE}")
    return found


def read_all(words):
    """Each key once."""
    keys = {}
    for word in words:
        path = word
        try:
            for path in files(word):
                for key in read(path):
                    keys.setdefault((key["value"], key["exponent"]), key)
        except BadKey as error:
            raise BadKey(f"{path}: {error}") from None
    if not keys:
        raise BadKey(f"no file is named; {MAKE}")
    return list(keys.values())


def array(name, data):
    lines = [", ".join(f"0x{b:02x}" for b in data[i:i + 12]) for i in range(0, len(data), 12)]
    return f"static const uint8_t {name}[] = {{\n\t" + ",\n\t".join(lines) + "\n};"


def header(keys):
    yield "/* Made by scripts/trust_keys.py from TRUST_KEYS */"
    rows = []
    for n, key in enumerate(keys):
        yield f"/* {key['text']} */"
        yield array(f"key_{n}", key["value"])
        if key["exponent"]:
            yield array(f"key_{n}_exponent", key["exponent"])
        exponent = f"sizeof(key_{n}_exponent), key_{n}_exponent" if key["exponent"] else "0, NULL"
        rows.append(f'\t{{ "{key["name"]}", {str(key["development"]).lower()}, '
                    f'PUBLIC_KEY_{key["kind"]}, \\\n\t  sizeof(key_{n}), key_{n}, {exponent} }}, \\')
    yield "#define TRUST_KEYS \\\n" + "\n".join(rows).removesuffix(" \\")


def main():
    try:
        keys = read_all(sys.argv[1:])
    except BadKey as error:
        sys.exit(f"error: CONFIG_TRUST_KEYS: {error}")
    for key in keys:
        if key["development"]:
            print(f"warning: CONFIG_TRUST_KEYS: {key['path']}: a key for development, by its "
                  "name: never ship this image", file=sys.stderr)
    print("\n".join(header(keys)))


if __name__ == "__main__":
    main()
