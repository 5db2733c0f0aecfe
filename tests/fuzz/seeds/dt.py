# SPDX-License-Identifier: BSD-2-Clause
"""Trees that dtc makes, with all that the reader looks for."""
import subprocess

MACHINE = """/memreserve/ 0x10000 0x2000; /memreserve/ 0x40000000 0x1000;
/ { #address-cells = <2>; #size-cells = <2>; compatible = "acme,board", "acme,soc";
    reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;
        x { reg = <0 0x1000 0 0x1000>; no-map; }; };
    soc { #address-cells = <1>; #size-cells = <1>; compatible = "simple-bus";
        ranges = <0x1000 0 0x8000000 0x10000>, <0x20000 1 0 0x1000>;
        gic@1000 { compatible = "arm,gic-v3"; reg = <0x1000 0x100>, <0x20000 0x200>; };
        deep { #address-cells = <1>; #size-cells = <0>; ranges;
            uart@5 { reg = <5>; status = "disabled"; }; }; };
    cpus { #address-cells = <1>; #size-cells = <0>; cpu@0 { reg = <0>; }; }; };"""
SMALL = """/ { reg = <1>; a { reg = <1>; }; };"""


def compiled(text, *options):
    return subprocess.run(["dtc", "-q", "-f", "-O", "dtb", *options], check=True,
                          input=("/dts-v1/; " + text).encode(), capture_output=True).stdout


def seeds():
    return {"machine": compiled(MACHINE, "-@"), "small": compiled(SMALL, "-H", "legacy"),
            "room": compiled(SMALL, "-p", "200"), "nested": compiled(
                "/ { " + "n { " * 60 + "};" * 60 + " };")}
