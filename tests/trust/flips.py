# SPDX-License-Identifier: BSD-2-Clause
"""Every byte of a signed file flipped, by what it is; and flips at random.

A byte that is covered by the signature or that is booted must not change
unnoticed. Any other may, if exactly the same is booted.
"""
import random

import fdt
from case import MAY, MUST, Case

RANDOM_FLIPS = 2000
TOKENS = {fdt.BEGIN: "begin", fdt.END: "end", fdt.STOP: "stop", fdt.NOP: "nop"}


def node_class(path):
    """"hash", "signature", "image", ...: which kind of node this is."""
    parts = path.strip("/").split("/")
    if parts == [""]:
        return "root"
    if len(parts) == 1:
        return "/" + parts[0]
    if len(parts) == 2:
        return {"images": "image", "configurations": "configuration"}[parts[0]]
    return parts[2].split("-")[0]


def name_tokens(classes, tree):
    for token in tree.tokens:
        kind = node_class(token.path)
        if token.kind == fdt.PROP:
            label = f"{kind}: {token.prop}: "
            for part, start, size in (("token", 0, 4), ("length", 4, 4), ("name offset", 8, 4),
                                      ("value", 12, token.size)):
                classes[token.at + start:token.at + start + size] = [label + part] * size
            rest = token.at + 12 + token.size
            classes[rest:token.end] = [label + "padding"] * (token.end - rest)
        else:
            what = TOKENS[token.kind]
            classes[token.at:token.at + 4] = [f"{kind}: {what} token"] * 4
            size = token.end - token.at - 4
            classes[token.at + 4:token.end] = [f"{kind}: node name"] * size


def classes_of(original):
    """What each byte of the file is."""
    tree, facts = original.tree, original.tree.header
    classes = ["padding"] * len(original.data)
    for number, field in enumerate(fdt.FIELDS):
        classes[4 * number:4 * number + 4] = [f"header: {field}"] * 4
    start = facts["off_mem_rsvmap"]
    classes[start:start + 16] = ["memory reservations"] * 16
    name_tokens(classes, tree)
    start, size = facts["off_dt_strings"], facts["size_dt_strings"]
    for at in range(start, start + size):
        classes[at] = "names, covered" if original.covered[at] else "names, not covered"
    for at in range(tree.size, len(classes)):
        classes[at] = "data behind the tree" if original.covered[at] else "behind the tree, unused"
    return classes


def flip(data, at, mask):
    changed = bytearray(data)
    changed[at] ^= mask
    return bytes(changed)


def every_byte(original):
    """A bit that a seed picks, in each byte that is not mere filling."""
    pick = random.Random(original.name)
    classes = classes_of(original)
    for at, kind in enumerate(classes):
        mask = 1 << pick.randrange(8)
        if kind in ("padding", "behind the tree, unused") and at % 16:
            continue
        yield Case(f"flip: {kind}", f"{original.name}: byte {at}",
                   flip(original.data, at, mask), original.name,
                   MUST if original.covered[at] else MAY)


def at_random(originals):
    """1 to 4 bytes become others, anywhere in the file."""
    pick = random.Random(20260601)
    for number in range(RANDOM_FLIPS):
        original = originals[number % len(originals)]
        changed, hit = bytearray(original.data), False
        for at in pick.sample(range(len(changed)), pick.randint(1, 4)):
            changed[at] ^= pick.randrange(1, 256)
            hit |= bool(original.covered[at])
        yield Case("random flips", f"{original.name}: random {number}", bytes(changed),
                   original.name, MUST if hit else MAY)


def make(originals):
    for original in originals.values():
        yield from every_byte(original)
    yield from at_random(list(originals.values()))
