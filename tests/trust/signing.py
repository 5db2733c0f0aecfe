# SPDX-License-Identifier: BSD-2-Clause
"""Sign a tree as mkimage would, or as it would never do."""
import struct

import fdt
import keys


def nodes_of(tree, configuration):
    """What mkimage lists for a configuration whose images are all signed."""
    conf = tree.node(f"/configurations/{configuration}")
    listed = ["/", f"/configurations/{configuration}"]
    for prop in ("kernel", "ramdisk", "fdt"):
        for name in fdt.strings_of(conf.get(prop) or b""):
            image = tree.node(f"/images/{name}")
            listed.append(f"/images/{name}")
            if image:
                listed += [f"/images/{name}/{n.name}" for n in image.nodes
                           if n.name.startswith("hash")]
    return listed


def rsa_signer(folder, key="dev", digest="sha256"):
    rsa = keys.Rsa(folder, key)
    return lambda message: rsa.sign(message, digest)


def sign(tree, signer, configuration="conf-1", listed=None, node="signature-1", strings=None):
    """The packed file, signed anew. @signer makes a value of a message."""
    signature = tree.node(f"/configurations/{configuration}/{node}")
    listed = nodes_of(tree, configuration) if listed is None else listed
    signature.set("hashed-nodes", b"".join(n.encode() + b"\0" for n in listed))
    signature.set("hashed-strings", bytes(8))
    signature.set("value", signer(b""))
    size = len(fdt.Tree(tree.pack()).strings) if strings is None else strings
    signature.set("hashed-strings", struct.pack(">II", 0, size))
    signature.set("value", signer(fdt.message(fdt.Tree(tree.pack()), listed, size)))
    return tree.pack()
