# SPDX-License-Identifier: BSD-2-Clause
"""Trees and overlays that dtc makes."""
import itertools
import subprocess

ONE, REPAIR, OWN_TREE, NO_ROOM = 1, 2, 4, 8
BASE = """/ { compatible = "acme,board"; #address-cells = <1>; #size-cells = <1>;
    aliases { serial0 = &uart; };
    soc { #address-cells = <1>; #size-cells = <1>;
        uart: serial@1000 { reg = <0x1000 0x100>; interrupt-parent = <&gic>; };
        i2c: i2c@2000 { status = "disabled"; };
        gic: gic@3000 { interrupt-controller; }; }; };"""
PLAIN = """/ { soc { serial@1000 { reg = <0x1000 0x100>; }; }; chosen { }; };"""
OVERLAYS = {
    "label": '&uart { status = "okay"; child: child { x = <&child &gic>; }; };',
    "two": '&i2c { status = "okay"; dev@1 { irq = <&gic>; }; }; &gic { second; };',
    "path": '&{/soc/serial@1000} { speed = <9600>; };',
    "root": '&{/} { new { deep { deeper { a = "b"; }; }; }; };',
    "chosen": '&{/chosen} { bootargs = "quiet"; };',
    "local": '&{/} { l1: one { self = <&l1>; other = <&l2>; }; l2: two { me = <&l2>; }; };',
    "missing": '&nobody { x; };',
    "lost": '&{/no/such/node} { x; };',
    "hand": '/ { fragment@0 { target-path = "/"; __overlay__ { soc { by = "hand"; }; }; }; };',
}


def compiled(text, *options):
    return subprocess.run(["dtc", "-q", "-O", "dtb", *options, "-"], check=True,
                          input=text.encode(), capture_output=True).stdout


def packed(flags, tree, first, second=b""):
    return (bytes([flags]) + len(tree).to_bytes(2, "little") + len(first).to_bytes(2, "little")
            + tree + first + second)


def seeds():
    base = compiled("/dts-v1/; " + BASE, "-@")
    plain = compiled("/dts-v1/; " + PLAIN)
    made = {name: compiled("/dts-v1/; /plugin/; " + text) for name, text in OVERLAYS.items()}
    found = {}
    for (name, data), tree in itertools.product(made.items(), (base, plain)):
        found[f"{name}-{len(tree)}"] = packed(ONE | REPAIR, tree, data)
    for a, b in itertools.permutations(("label", "root", "two"), 2):
        found[f"{a}-{b}"] = packed(OWN_TREE | REPAIR, base, made[a], made[b])
    return found | {"no-room": packed(ONE | NO_ROOM, base, made["root"]),
                    "as-it-is": packed(ONE, base, made["label"])}
