# SPDX-License-Identifier: BSD-2-Clause
"""Signatures that are none: of other keys, other shapes, other digests.

Some are made with the true private key, so that only what is said to be wrong
is wrong. That the same way of signing is accepted if all is right is a case
as well: else all of these would be refused for a reason that nobody knows.
"""
import copy
import hashlib
import zlib

import fdt
import keys
from case import GOOD, MAY, MUST, Case
from fdt import Tree
from signing import rsa_signer, sign

SIGNATURE = "/configurations/conf-1/signature-1"


def case(name, data, original="inside", want=MUST, group="signatures"):
    return Case(group, name, data, original, want)


def valued(tree, value):
    """The file with another value of the signature."""
    tree.node(SIGNATURE).set("value", value)
    return tree.pack()


def of_keys(get, folder):
    """Another key than those that are built in, whatever it calls itself."""
    for key, hint in (("thief", "dev"), ("thief", "thief"), ("thief", "big"), ("thief", "")):
        tree = get()
        tree.node(SIGNATURE).set("key-name-hint", hint)
        yield case(f"unknown key, hint \"{hint}\"", sign(tree, rsa_signer(folder, key)))
    tree = get()
    tree.node(SIGNATURE).set("algo", "sha256,rsa1024")
    yield case("RSA-1024", sign(tree, rsa_signer(folder, "small")))
    yield case("RSA-1024 as rsa2048", sign(get(), rsa_signer(folder, "small")))
    for hint in ("dev", "big", "nobody", ""):
        tree = get()
        tree.node(SIGNATURE).set("key-name-hint", hint)
        yield case(f"known key, hint \"{hint}\"", sign(tree, rsa_signer(folder)), want=GOOD)
    tree = get()
    tree.node(SIGNATURE).drop("key-name-hint")
    yield case("known key, no hint", sign(tree, rsa_signer(folder)), want=MAY)


def of_digests(get, folder):
    """Digests that can be forged, or are not there, though the true key signs them."""
    for algo in ("sha1,rsa2048", "md5,rsa2048", "crc32,rsa2048", "sha256", "sha256,", ",rsa2048",
                 "sha256,rsa2048,", "sha256,rsa4096", "sha256,rsa1024", "sha256,ecdsa256",
                 "sha256,rsa2048 ", "SHA256,RSA2048", "sha512,rsa2048", "none,none", ""):
        tree = get()
        tree.node(SIGNATURE).set("algo", algo)
        digest = algo.split(",")[0]
        digest = digest if digest in keys.DIGEST_INFO else "sha256"
        # A name is no more than a name if digest and key are good.
        want = GOOD if algo == "sha512,rsa2048" else MAY if "sha256" in algo else MUST
        yield case(f"signed as \"{algo}\"", sign(tree, rsa_signer(folder, digest=digest)),
                   want=want)
    for name, digest in (("crc32", None), ("sha1", "sha1"), ("md5", "md5")):
        for image in ("kernel", "initrd", "fdt", "over"):
            tree = get()
            node = tree.node(f"/images/{image}")
            data = node.get("data")
            value = hashlib.new(digest, data).digest() if digest else fdt.word(zlib.crc32(data))
            node.node("hash-1").set("algo", name).set("value", value)
            yield case(f"the {image} has only {name}", sign(tree, rsa_signer(folder)))
    for image in ("kernel", "initrd", "fdt", "over"):
        tree = get()
        tree.node(f"/images/{image}").nodes.clear()
        yield case(f"the {image} has no hash", sign(tree, rsa_signer(folder)))
        tree = get()
        tree.node(f"/images/{image}/hash-1").name = "check-1"
        yield case(f"the hash of the {image} is none", sign(tree, rsa_signer(folder)))
        tree = get()
        tree.node(f"/images/{image}/hash-1").set("value", b"")
        yield case(f"the hash of the {image} is empty", sign(tree, rsa_signer(folder)))
    tree = get()
    tree.node("/images/initrd/hash-1").set("value", bytes(32))
    tree.node("/images/initrd/hash-1").set("uboot-ignore", 1)
    yield case("a hash that says uboot-ignore", sign(tree, rsa_signer(folder)))


def of_lists(get, folder):
    """The true key signed less than what is used (barebox: CVE-2026-33243)."""
    whole = fdt.strings_of(get().node(SIGNATURE).get("hashed-nodes"))
    yield case("signed anew, all right", sign(get(), rsa_signer(folder)), want=GOOD)
    for left_out in whole:
        rest = [n for n in whole if n != left_out]
        yield case(f"CVE-2026-33243 signed without {left_out}",
                   sign(get(), rsa_signer(folder), listed=rest))
    rest = [n for n in whole if not n.startswith("/images/initrd")]
    yield case("CVE-2026-33243 sign-images without the ramdisk",
               sign(get(), rsa_signer(folder), listed=rest))
    yield case("image nodes without their hashes signed", sign(
        get(), rsa_signer(folder), listed=[n for n in whole if "/hash" not in n]))
    yield case("no name is signed", sign(get(), rsa_signer(folder), strings=0))
    yield case("half of the names are signed", sign(get(), rsa_signer(folder), strings=40))


def of_values(get, folder):
    """What the number may be: any length, any size."""
    rsa = keys.Rsa(folder, "dev")
    good = get().node(SIGNATURE).get("value")
    number = int.from_bytes(good, "big")
    values = {"empty": b"", "a byte": good[:1], "short": good[:-1], "shifted": good[1:],
              "longer by a zero": b"\0" + good, "longer": good + b"\0", "twice": good * 2,
              "zero": bytes(256), "one": bytes(255) + b"\1", "all ones": b"\xff" * 256,
              "backwards": good[::-1], "n": rsa.n.to_bytes(256, "big"),
              "n - 1": (rsa.n - 1).to_bytes(256, "big"),
              "n + 1": (rsa.n + 1).to_bytes(256, "big"),
              "negated": (rsa.n - number).to_bytes(256, "big"),
              "huge": good * 64}
    if number + rsa.n < 1 << 2048:
        values["n more"] = (number + rsa.n).to_bytes(256, "big")
    for name, value in values.items():
        yield case(f"value: {name}", valued(get(), value))


def of_padding(get, folder):
    """Blocks that are nearly right, signed with the true key."""
    rsa = keys.Rsa(folder, "dev")
    info = keys.DIGEST_INFO
    shapes = {"type 2": {"kind": 2}, "type 0": {"kind": 0}, "filled with 0xfe": {"fill": 0xfe},
              "filled with zeroes": {"fill": 0}, "ASN.1 of sha512": {"info": info["sha512"]},
              "ASN.1 of sha1": {"info": info["sha1"]}, "no ASN.1": {"info": b""}}
    for name, shape in shapes.items():
        yield case(f"padding: {name}", sign(
            get(), lambda m, s=shape: rsa.sign_block(keys.pkcs1(m, rsa.size, **s))))

    def garbage(message):
        tail = b"\0" + info["sha256"] + hashlib.sha256(message).digest()
        return rsa.sign_block((b"\0\1" + b"\xff" * 8 + tail).ljust(256, b"\x5a"))

    def short(message):
        return rsa.sign_block(b"\0\1\0".ljust(256 - 51, b"\x5a") + info["sha256"] +
                              hashlib.sha256(message).digest())

    # RFC 8017, 9.2, note 2: some leave out the NULL of the parameters.
    bare = bytes.fromhex("302f300b0609608648016503040201") + b"\4\x20"
    yield case("padding: ASN.1 without NULL", sign(
        get(), lambda m: rsa.sign_block(keys.pkcs1(m, rsa.size, info=bare))), want=MAY)
    yield case("padding: garbage behind the digest", sign(get(), garbage))
    yield case("padding: none, garbage before the digest", sign(get(), short))
    yield case("padding: as it should be", sign(
        get(), lambda m: rsa.sign_block(keys.pkcs1(m, 256))), want=GOOD)


def of_pss(get, folder):
    rsa = keys.Rsa(folder, "mid")
    room = rsa.size - 2 - 48
    shapes = {"trailer 0xcc": {"trailer": 0xcc}, "bits above the modulus": {"leading": 0x80},
              "other digest": {"digest": "sha256"}, "garbage before the salt": {"gap": -1}}
    salts = {f"salt of {n} bytes": {"salt": bytes(n)} for n in (0, 20, 47, 48, 49, room - 1, room)}
    for name, shape in {**shapes, **salts}.items():
        shape = {"digest": "sha384", **shape}
        data = sign(get("placed"), lambda m, s=shape: _pss(rsa, m, **s))
        # mkimage makes the longest; who has the key may make another.
        want = MUST if name in shapes else MAY
        yield case(f"PSS: {name}", data, "placed", GOOD if str(room) in name else want)
    tree = get("placed")
    tree.node(SIGNATURE).drop("padding")
    yield case("PSS: not announced", tree.pack(), "placed")
    tree = get()
    tree.node(SIGNATURE).set("padding", "pss")
    yield case("PSS: announced, not done", tree.pack())
    tree = get()
    tree.node(SIGNATURE).set("padding", "none")
    yield case("padding of no name", tree.pack())


def _pss(rsa, message, digest, gap=0, **shape):
    block = keys.pss(message, rsa.n.bit_length() - 1, digest, **shape)
    if gap:
        # Some byte before the 1 is none of the zeroes that must be there.
        changed = bytearray(block)
        changed[5] ^= 0x40
        block = bytes(changed)
    return rsa.sign_block(block)


def of_cube(get, folder):
    """A key of exponent 3 is built in: no signature can be made without it."""
    rsa = keys.Rsa(folder, "cube")
    yield case("exponent 3: true signature", sign(get(), lambda m: rsa.sign(m)), want=MAY)
    yield case("exponent 3: forged by Bleichenbacher's garbage",
               sign(get(), lambda m: keys.forge_cube(m, 256)))


def of_curve(get, folder):
    r, s = keys.sign_ec(folder, "curve", b"any")
    order = keys.P256_ORDER
    good = get("curve").node(SIGNATURE).get("value")
    one, two = (int.from_bytes(good[i:i + 32], "big") for i in (0, 32))
    pairs = {"r = 0": (0, two), "s = 0": (one, 0), "both 0": (0, 0), "r = n": (order, two),
             "s = n": (one, order), "r = n, s = n": (order, order), "r + n": (one + order, two),
             "s + n": (one, two + order), "all ones": (-1, -1), "r = 1, s = 1": (1, 1),
             "exchanged": (two, one), "of another message": (r, s), "r negated": (order - one, two)}
    for name, pair in pairs.items():
        yield case(f"ECDSA: {name}", valued(get("curve"), keys.raw_ec(*pair)), "curve")
    yield case("ECDSA: s negated", valued(get("curve"), keys.raw_ec(one, order - two)), "curve",
               MAY)
    for name, value in {"empty": b"", "short": good[:-1], "longer": good + b"\0",
                        "only r": good[:32],
                        "a zero each": b"\0" + good[:32] + b"\0" + good[32:]}.items():
        yield case(f"ECDSA: {name}", valued(get("curve"), value), "curve")
    for key, want in (("curve2", MUST), ("curve", GOOD)):
        yield case(f"ECDSA: key {key}", sign(get("curve"), lambda m, k=key: keys.raw_ec(
            *keys.sign_ec(folder, k, m))), "curve", want)


def of_several(get, folder):
    """More than one signature: a true one does not vouch for another node."""
    tree = get()
    conf = tree.node("/configurations/conf-1")
    good = conf.nodes[0]
    bad = copy.deepcopy(good)
    bad.name = "signature-2"
    bad.set("value", bytes(256))
    for order in ([good, bad], [bad, good]):
        conf.nodes = order
        # A child more is a change of what is signed.
        yield case(f"signature-2 put in at {order.index(bad)}", tree.pack())
        yield case(f"signature-2 put in at {order.index(bad)}, first signed anew",
                   sign(tree, rsa_signer(folder)), want=MAY)
    tree = get()
    tree.node("/configurations/conf-1").nodes[0].name = "sig-1"
    yield case("the signature has another name", tree.pack())
    tree = get()
    node = tree.node("/configurations/conf-1").nodes.pop()
    tree.node("/images/kernel").nodes.append(node)
    yield case("the signature is one of the kernel", tree.pack())


def make(originals, folder):
    def get(name="inside"):
        return Tree(originals[name].data)

    for kind in (of_keys, of_digests, of_lists, of_values, of_padding, of_pss, of_cube, of_curve,
                 of_several):
        yield from kind(get, folder)
