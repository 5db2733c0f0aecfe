# SPDX-License-Identifier: BSD-2-Clause
"""Disks with boot entries, as distributions lay them out, and with wrong ones.

Beside NAME.img there are the kernels and other files that went into them.
"""
import os
import random
import struct
import subprocess

TOOLS = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
MIB = 1 << 20
MEMORY = 64 << 10       # what a kernel says that it needs

ENTRIES = "loader/entries"
EXTLINUX = "extlinux/extlinux.conf"


def run(*words, text=None):
    subprocess.run([str(word) for word in words], input=text, env=TOOLS, check=True,
                   stdout=subprocess.DEVNULL)


def kernel(seed, size=5000, memory=MEMORY, text_offset=0):
    """An Image by its header; flags bit 3 is not set, so it lies at the start of RAM."""
    noise = random.Random(seed).randbytes(size - 64)
    return struct.pack("<IIQQQ24x4sI", 0x14000000, 0, text_offset, memory, 0, b"ARM\x64", 0) + noise


def texts(lines):
    return "".join(f"{line}\n" for line in lines).encode()


def entry(*lines, linux="/kernel-a"):
    return texts([f"linux {linux}", *lines])


def label(name, *lines, linux="/kernel-a"):
    return texts([f"label {name}", f"  linux {linux}", *(f"  {line}" for line in lines)])


def write(top, files):
    for name, data in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(data)
    return top


def fat(image, top, size=1440 << 10, words="-F 12"):
    with image.open("wb") as file:
        file.truncate(size)
    run("mkfs.vfat", *words.split(), image)
    if top and any(top.iterdir()):
        run("mcopy", "-s", "-i", image, *sorted(top.iterdir()), "::")


def ext4(image, top, size=2 * MIB):
    with image.open("wb") as file:
        file.truncate(size)
    run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-O", "^has_journal", "-d", top, image)


def bls():
    """Versions in every order, a default, one that is used up, and wrong ones."""
    names = {
        "os-6.1": entry("title Six", "options a=1", "options b=2"),
        "os-6.10": entry("title Six Ten"),
        "os-6.9~rc1": entry(), "os-6.9": entry(),
        "like-5": entry(), "like-4": entry(),
        "tries+2-1": entry(), "used-up+0-3": entry(), "other-used-up+0": entry(),
        "keyed-1": entry("sort-key b", "version 1"), "keyed-2": entry("sort-key b", "version 2"),
        "keyed-0": entry("sort-key a", "version 0"),
    }
    return {**{f"{ENTRIES}/{name}.conf": text for name, text in names.items()},
            f"{ENTRIES}/notes.txt": b"no entry", f"{ENTRIES}/.hidden.conf": entry(),
            f"{ENTRIES}/{'x' * 130}.conf": entry(),
            "loader/loader.conf": texts(["default like-*", "timeout 7"])}


def wrong_entries():
    return {
        "h-missing": entry(linux="/not-there"), "g-folder": entry(linux="/folder"),
        "f-empty": entry(linux="/empty"), "e-initrd": entry("initrd /initrd-1", "initrd /gone"),
        "d-tree": entry("devicetree /gone.dtb"), "c-overlay": entry("devicetree-overlay /gone.dtbo"),
        "b2-none": texts(["title only"]), "b1-efi": texts(["efi /x.efi"]),
        "b0-other": entry("architecture x64"), "b-bytes": b"linux \1\n", "a9-blank": b"",
        "a8-above": entry("initrd /a/../../x"), "a7-below-file": entry(linux="/kernel-a/x"),
        "a6-long": texts([f"linux /{'p' * 300}"]), "a5-huge": entry() + b"#" * 65536,
        "a4-words": entry(f"options {'w' * 2100}"),
        "a3-many": entry(*[f"initrd /initrd-{n}" for n in range(9)]),
        "a2-counters+99999999999": entry(), "a0-good": entry("options good=1"),
    }


def wrong():
    return {**{f"{ENTRIES}/{name}.conf": text for name, text in wrong_entries().items()},
            f"{ENTRIES}/a1-folder.conf": None, "folder": None, "empty": b"",
            "initrd-1": b"i" * 10, "loader/loader.conf": b"\1\n"}


def extlinux():
    """As distributions write it, in a folder from which paths go up."""
    head = texts(["default two", "timeout 25", "menu title x", "prompt 0"])
    rest = (label("one", "menu label One", linux="/boot/kernel-a") +
            label("two", "append root=/dev/vda1 quiet", "initrd ../initrd-1,.././/initrd-2",
                  "fdt ../own.dtb", "fdtoverlays ../over.dtbo", linux="../kernel-b") +
            label("three", "fdtdir ../dtbs", linux="../kernel-b") +
            label("four", "fdtdir ../dtbs/", linux="./../kernel-b") +
            label("up", linux="../../../kernel-b") +
            label("long", linux="../" + "y" * 246) +
            texts(["label empty", "append x"]))
    return {"boot/" + EXTLINUX: head + rest, "boot/initrd-1": b"first", "boot/initrd-2": b"second",
            "boot/kernel-b": kernel("b"), "boot/kernel-a": kernel("a"), "boot/sub": None}


def all_kinds():
    """Each way to say it, in each place."""
    return {
        f"{ENTRIES}/x-1.conf": entry(), f"boot/{ENTRIES}/x-2.conf": entry(),
        f"{ENTRIES}/bad+0.conf": entry(),
        EXTLINUX: label("a") + label("b"), "boot/" + EXTLINUX: texts(["default d"]) + label("c") +
        label("d"), "vmlinuz": kernel("a"), "initrd.img": b"beside", "boot/Image": kernel("b"),
        "boot/vmlinuz": None, "Image.gz": kernel("b"), "fitImage": kernel("a"),
    }


def conf(text):
    return {EXTLINUX: text}


def trees(folder):
    """{name: bytes}: trees with and without labels, and overlays."""
    sources = {
        "own": '/ { compatible = "own,board"; #address-cells = <2>; #size-cells = <2>; '
               'memory@0 { device_type = "memory"; reg = <0 0 0 0x1000>; }; '
               'bus: soc { uart: uart { status = "disabled"; }; }; };',
        "over": '/plugin/; &uart { status = "okay"; speed = <9600>; };',
        "over-2": '/plugin/; &bus { extra: extra { it = <&uart>; }; };',
        "path": '/plugin/; / { fragment@0 { target-path = "/soc"; __overlay__ { path; }; }; };',
        "missing": '/plugin/; &uart { fine; }; &nowhere { it; };',
        "no-path": '/plugin/; / { fragment@7 { target-path = "/gone"; __overlay__ { a; }; }; };',
        "no-target": '/plugin/; / { fragment@3 { __overlay__ { a; }; }; };',
        "narrow": '/ { #address-cells = <1>; #size-cells = <1>; memory@0 { '
                  'device_type = "memory"; reg = <0 1>; }; };',
        "deep": "/ { soc { }; " + "".join(f"a-node-with-a-very-long-name-{n} {{ " for n in range(20)) +
                "far: far { }; " + "}; " * 21,
        "labels": "/plugin/; &far { " + "".join(f"n{n}: n{n} {{ }}; " for n in range(300)) + "};",
        "local": '/plugin/; &bus { one: one { far: far { pad = <1 2 3>; on = <0 &one 7>; }; }; '
                 'two { it = <&far>; }; };',
        "large": '/plugin/; &uart { bytes = [' + "5a" * 30000 + ']; };',
    }
    made = {}
    for name, text in sources.items():
        (folder / f"{name}.dts").write_text("/dts-v1/; " + text)
        run("dtc", "-q", "-@", "-f", "-O", "dtb", "-o", folder / f"{name}.dtb",
            folder / f"{name}.dts")
        made[name] = (folder / f"{name}.dtb").read_bytes()
    run("dtc", "-q", "-O", "dtb", "-o", folder / "plain.dtb", folder / "own.dts")
    return made


def disks(folder, made):
    """{name: files} of one FAT each; {text: disks} where one is not enough."""
    a, b = {"kernel-a": kernel("a")}, {"kernel-b": kernel("b")}
    tree = {"boot/own.dtb": made["own"], "boot/over.dtbo": made["over"],
            "boot/dtbs/acme/board.dtb": made["own"]}
    many = b"".join(label(n, linux="/k") for n in range(1030))
    return {
        "bls": bls() | a, "wrong": wrong() | a, "extlinux": extlinux() | tree,
        "kinds": all_kinds() | a, "packed": {"boot/Image.gz": gzip(kernel("z"))} | b,
        "paths": {"Image": kernel("b"), "vmlinuz": None, "boot/Image.gz": kernel("a")},
        "many": conf(many) | {"k": kernel("k", 64)}, "empty": {"readme": b"nothing"},
        "versions": {f"{ENTRIES}/os-6.{n}.conf": entry(f"title V{n}", linux="/kernel-b") for n in (2, 11)} | b,
        "no-labels": conf(b"timeout 3\n"), "bad-number": conf(b"timeout soon\n" + label("x")),
        "binary": conf(b"\0" * 9), "huge-conf": conf(b"#" * 70000),
        "folder-conf": conf(None), "loader-file": {"loader": b"x", "vmlinuz": kernel("b")},
        "used-up": {f"{ENTRIES}/old+0-2.conf": entry(), "boot/Image": kernel("b")} | a,
        "overlays": {EXTLINUX: label("bad", "fdt /own.dtb", "fdtoverlays /over.dtbo /bad.dtbo") +
                     label("worse", "fdt /bad.dtbo.txt") + label("own", "fdt /own.dtb"),
                     "own.dtb": made["own"], "over.dtbo": made["over"],
                     "bad.dtbo": made["missing"], "bad.dtbo.txt": b"no tree at all"} | a,
        "long-wait": {"loader/loader.conf": texts(["timeout 99999999"]),
                      f"{ENTRIES}/x.conf": entry(), EXTLINUX: texts(["timeout 99999999"]) + label("l"),
                      "boot/" + EXTLINUX: texts(["timeout 40"]) + label("l")} | a,
    }


def gzip(data):
    return subprocess.run(["gzip", "-n"], input=data, check=True, capture_output=True).stdout


def zboot(payload, compression, offset=80):
    """The header in front of a packed Image (struct linux_efi_zboot_header)."""
    head = struct.pack("<4s4sII8s32s", b"MZ\0\0", b"zimg", offset, len(payload), b"",
                       compression)
    return head.ljust(80, b"\0") + payload


def fit(folder, name, images, configuration, *words):
    """By mkimage; @images {name: (type, file)} are hashed."""
    nodes = "".join(
        f'{key} {{ description = "{key}"; data = /incbin/("{file}"); type = "{kind}"; '
        f'arch = "arm64"; os = "linux"; compression = "none"; load = <0x40200000>; '
        f'entry = <0x40200000>; hash-1 {{ algo = "sha256"; }}; }};\n'
        for key, (kind, file) in images.items())
    (folder / f"{name}.its").write_text(
        f'/dts-v1/; / {{ description = "x"; #address-cells = <1>; images {{ {nodes} }}; '
        f'configurations {{ default = "c"; c {{ {configuration} }}; }}; }};')
    subprocess.run(["mkimage", "-q", *words, "-f", f"{name}.its", f"{name}.itb"], cwd=folder,
                   env=TOOLS, check=True, capture_output=True)


def fits(folder):
    """What they hold, packed or not, and one in another."""
    all_of_it = {"k": ("kernel", "kernel-p"), "i": ("ramdisk", "initrd"),
                 "t": ("flat_dt", "own.dtb"), "o": ("flat_dt", "over.dtb")}
    conf = 'kernel = "k"; ramdisk = "i"; fdt = "t", "o";'
    fit(folder, "whole", all_of_it, conf)
    fit(folder, "outside", all_of_it, conf, "-E")
    # What is behind it lies 4 bytes further on.
    write(folder, {"initrd-4": b"ramdisk of a FIT" + b"four"})
    fit(folder, "moved", {**all_of_it, "i": ("ramdisk", "initrd-4")}, conf)
    for name, file in (("gz", "kernel-p.gz"), ("zboot", "zboot.zstd22"), ("in", "whole.itb"),
                       ("noise", "initrd")):
        fit(folder, f"fit-{name}", {"k": ("kernel", file)}, 'kernel = "k";')
    fit(folder, "fit-zboot-outside", {"k": ("kernel", "zboot.gzip")}, 'kernel = "k";', "-E")


def packed(folder):
    """One kernel in each format, one that lies about its size, one in two layers."""
    image = kernel("p", 64) + b"the same again, " * 3000
    lies = kernel("l", 64, memory=4096) + bytes(1 << 20)
    files = {"kernel-p": image, "initrd": b"ramdisk of a FIT"}
    for suffix, words in (("gz", "gzip -n"), ("lz4", "lz4 -l"), ("zst", "zstd")):
        for name, data in (("kernel-p", image), ("lies", lies)):
            size = [f"--stream-size={len(data)}"] if suffix == "zst" else []
            files[f"{name}.{suffix}"] = subprocess.run(
                [*words.split(), *size], input=data, check=True, capture_output=True).stdout
    files["kernel-q.gz"] = gzip(kernel("q", 64, text_offset=4096))
    files["twice.gz"] = gzip(files["kernel-p.gz"])
    files["tiny.gz"] = gzip(image[:60])
    files["zboot.gzip"] = zboot(files["kernel-p.gz"], b"gzip")
    files["zboot.zstd22"] = zboot(files["kernel-p.zst"], b"zstd22")
    files["zboot.xzkern"] = zboot(files["kernel-p.gz"], b"xzkern")
    write(folder, files)
    fits(folder)


def partitioned(folder):
    """A table, two volumes that can be read, and what cannot or need not."""
    image = folder / "table.img"
    with image.open("wb") as file:
        file.truncate(8 * MIB)
    types = ["U", "L", "S", "R", "V", "L", "L"]
    starts = [2048, 5120, 9300, 9600, 9900, 10240, 14500]
    sizes = [2880, 4096, 256, 256, 256, 4096, 64]
    run("sfdisk", "-q", image, text="label: gpt\n".encode() + "".join(
        f"start={start}, size={size}, type={kind}\n"
        for start, size, kind in zip(starts, sizes, types)).encode())
    other = (folder / "first.img").read_bytes()     # of swap, RAID and LVM
    broken = bytearray((folder / "linux.img").read_bytes())
    broken[1024 + 0x200] ^= 1       # superblock: its checksum is wrong now
    with image.open("r+b") as file:
        for start, data in ((starts[0], (folder / "bls.img").read_bytes()),
                            (starts[1], (folder / "linux.img").read_bytes()),
                            (starts[2], other), (starts[3], other), (starts[4], other),
                            (starts[5], broken)):
            file.seek(start * 512)
            file.write(data)


def crowded(folder):
    """More volumes than are looked at; the first of them has a kernel."""
    fat(folder / "small.img", None, 128 << 10)
    image = folder / "crowd.img"
    with image.open("wb") as file:
        file.truncate(4 * MIB)
    starts = [2048 + 256 * n for n in range(18)]
    run("sfdisk", "-q", image, text="label: gpt\n".encode() + "".join(
        f"start={start}, size=256, type=L\n" for start in starts).encode())
    with image.open("r+b") as file:
        for n, start in enumerate(starts):
            file.seek(start * 512)
            file.write((folder / ("small.img" if n else "first.img")).read_bytes())


def make(folder):
    run("rm", "-rf", *folder.iterdir())
    (folder / "kernel-a").write_bytes(kernel("a"))
    (folder / "kernel-b").write_bytes(kernel("b"))
    made = trees(folder)
    for name, files in disks(folder, made).items():
        fat(folder / f"{name}.img", write(folder / f"tree-{name}", files))
    top = write(folder / "linux", extlinux() | {"boot/own.dtb": made["own"],
                                                "boot/over.dtbo": made["over"]})
    ext4(folder / "linux.img", top)
    packed(folder)
    fat(folder / "first.img", folder / "tree-paths", 128 << 10)
    partitioned(folder)
    crowded(folder)
    damaged = bytearray((folder / "table.img").read_bytes())
    damaged[512 + 56] ^= 1                # a GUID of the first header
    (folder / "backup.img").write_bytes(damaged)
    damaged[-512 + 56] ^= 1               # and of the backup
    (folder / "no-table.img").write_bytes(damaged)
    (folder / "noise.img").write_bytes(random.Random(7).randbytes(MIB))
