# SPDX-License-Identifier: BSD-2-Clause
"""Flattened Image Trees, as mkimage makes them from usual sources."""
import random
import subprocess

ALGORITHMS = ("sha1", "sha256", "sha384", "sha512", "crc32")
BOARDS = ("one", "two", "three")


def tree(folder, name, text):
    (folder / f"{name}.dts").write_text("/dts-v1/; " + text)
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", f"{name}.dtb", f"{name}.dts"],
                   check=True, cwd=folder)


def node(name, **properties):
    """The text of a node; bytes are written as they are, other text as text."""
    body = "".join(f"{key} = {value.decode()}; " if isinstance(value, bytes)
                   else value if key.startswith("sub") else f'{key} = "{value}"; '
                   for key, value in ((k.replace("_", "-"), v) for k, v in properties.items()))
    return f"{name} {{ {body}}};\n"


def hashes(*algorithms):
    return "".join(f'hash-{n} {{ algo = "{algorithm}"; }};\n'
                   for n, algorithm in enumerate(algorithms, 1))


def image(name, file, kind, subnodes="", **more):
    facts = {"description": name, "data": f'/incbin/("{file}")'.encode(), "type": kind,
             "arch": "arm64", "compression": "none", **more}
    return node(name, **facts, subnodes=subnodes)


def source(images, configurations):
    return ('/dts-v1/; / { description = "test"; #address-cells = <1>;\n'
            f"images {{\n{images}}};\nconfigurations {{\n{configurations}}};\n}};\n")


def kernel(**more):
    return image("kernel-1", "kernel", "kernel", hashes("sha256"),
                 **{"os": "linux", "load": b"<0x40200000>", "entry": b"<0x40200000>", **more})


def boards(pick):
    """Three trees; @pick says where the configurations have their strings."""
    trees = "".join(image(f"fdt-{b}", f"{b}.dtb", "flat_dt", hashes("crc32")) for b in BOARDS)
    own = {b: {"compatible": f'"acme,{b}", "acme,all"'.encode()} if pick == "own" else {}
           for b in BOARDS}
    confs = "".join(node(f"conf-{b}", kernel="kernel-1", ramdisk="initrd-1", fdt=f"fdt-{b}",
                         **own[b]) for b in BOARDS)
    return (kernel() + image("initrd-1", "initrd", "ramdisk", hashes("sha1")) + trees,
            'default = "conf-two";\n' + confs)


def many():
    """Nine overlays, and one of them twice."""
    names = [f"over-{n}" for n in range(9)]
    fdt = {n: ", ".join(f'"{name}"' for name in ["fdt-one", *names[:n]]).encode() for n in (8, 9)}
    images = kernel() + "".join(image(n, "one.dtb" if n == "fdt-one" else "over1.dtb", "flat_dt")
                                for n in ["fdt-one", *names])
    return source(images, "".join(node(f"conf-{n}", kernel="kernel-1", fdt=fdt[n]) for n in fdt) +
                  node("conf-twice", kernel="kernel-1", fdt=b'"fdt-one", "over-1", "over-1"'))


def crowd():
    """As many boards as Linux has, and more."""
    boards = range(1600)
    images = kernel() + "".join(image(f"fdt-{n}", "one.dtb", "flat_dt") for n in boards)
    return source(images, "".join(
        node(f"conf-{n}", kernel="kernel-1", fdt=f"fdt-{n}",
             compatible="acme,one" if n == 1234 else "acme,any") for n in boards))


def loadables():
    """A file system, which a kernel finds for itself, and firmware."""
    images = (kernel() + image("fs", "initrd", "filesystem") +
              image("tee", "initrd", "tee", os="tee"))
    return source(images, "".join(
        node(f"conf-{n}", kernel="kernel-1", loadables=text) for n, text in (
            ("fs", "fs"), ("tee", b'"fs", "tee"'), ("gone", "other"))))


def wrong():
    """What mkimage would not make, or not notice: dtc takes it as it is."""
    conf = node("conf-1", kernel="kernel-1")
    data = b'/incbin/("kernel")'
    nested = 'x { x { x { x { x { ' + "".join(f"x{n} {{ }}; " for n in range(65)) + "}; }; }; }; };"
    return {
        "long": source(kernel(), node("c" * 64, kernel="kernel-1")),
        "longer": source(kernel() + node("k" * 256), conf),
        "wide": source(kernel(**{f"x{n}": "y" for n in range(60)}), conf),
        "deep": source(kernel() + nested, conf),
        "firmware": source(kernel(), node("conf-1", kernel="kernel-1", firmware="kernel-1")),
        "fpga": source(kernel(), node("conf-1", kernel="kernel-1", fpga="kernel-1")),
        "two-kernels": source(kernel(), node("conf-1", kernel=b'"kernel-1", "kernel-1"')),
        "empty": source(kernel(data=b'""').replace('data = "";', "data;"), conf),
        "both": source(kernel(data=data, data_size=b"<4>", data_offset=b"<0>"), conf),
        "twice": source(kernel(data_size=b"<4>", data_offset=b"<0>", data_position=b"<0x1000>")
                        .replace(f"data = {data.decode()};", ""), conf),
    }


def sources():
    """{name: text}"""
    overlays = b'"fdt-one", "over-1", "over-2"'
    return {
        "one": source(kernel(), node("conf-1", kernel="kernel-1")),
        "boards": source(*boards("tree")),
        "named": source(*boards("own")),
        "overlays": source(
            kernel() + "".join(image(n, f"{f}.dtb", "flat_dt") for n, f in (
                ("fdt-one", "one"), ("over-1", "over1"), ("over-2", "over2"))),
            node("conf-1", kernel="kernel-1", fdt=overlays)),
        "hashes": source(
            image("kernel-1", "kernel", "kernel_noload", hashes(*ALGORITHMS), os="linux"),
            node("conf-1", kernel="kernel-1")),
        "md5": source(image("kernel-1", "kernel", "kernel", hashes("sha256", "md5"), os="linux"),
                      node("conf-1", kernel="kernel-1")),
        "many": many(), "crowd": crowd(), "loadables": loadables(),
        "nine": source(image("kernel-1", "kernel", "kernel", hashes(*9 * ["crc32"]), os="linux"),
                       node("conf-1", kernel="kernel-1")),
        "packed": source(image("kernel-1", "kernel", "kernel", os="linux", compression="gzip",
                               load=b"<0x1 0x2>"),
                         node("conf-1", kernel="kernel-1")),
    }


def make(folder):
    noise = random.Random(1).randbytes
    (folder / "kernel").write_bytes(noise(3001))
    (folder / "initrd").write_bytes(noise(2002))
    for board in BOARDS:
        tree(folder, board, f'/ {{ compatible = "acme,{board}", "acme,soc"; }};')
    tree(folder, "over1", '/plugin/; / { fragment@0 { target-path = "/"; '
         '__overlay__ { one; }; }; };')
    tree(folder, "over2", '/plugin/; / { fragment@0 { target-path = "/"; '
         '__overlay__ { two; }; }; };')
    for name, strings in (("machine-one", '"acme,one", "acme,soc"'),
                          ("machine-three", '"acme,kit", "acme,three", "acme,one"'),
                          ("machine-all", '"acme,other", "acme,all"'),
                          ("machine-none", '"other,board"')):
        tree(folder, name, f"/ {{ compatible = {strings}; }};")
    for name, text in wrong().items():
        (folder / f"{name}.dts").write_text(text)
        subprocess.run(["dtc", "-q", "-f", "-O", "dtb", "-o", f"{name}.itb", f"{name}.dts"],
                       check=True, cwd=folder)
    for name, text in sources().items():
        (folder / f"{name}.its").write_text(text)
        for suffix, options in (("", ""), ("-e", "-E"), ("-p", "-E -p 0x2000"), ("-b", "-E -B 8")):
            if suffix and name not in ("one", "boards"):
                continue
            subprocess.run(["mkimage", "-q", *options.split(), "-f", f"{name}.its",
                            f"{name}{suffix}.itb"], check=True, cwd=folder, capture_output=True)
