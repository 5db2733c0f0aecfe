# SPDX-License-Identifier: BSD-2-Clause
"""Makes disk images for the tests beside this file, with the usual tools."""
import random
import struct
from pathlib import Path

import disk
import seal

MIB = 1 << 20
INITRD = random.Random(1).randbytes(100_003)
# Words for mkfs.vfat and MiB, for sectors of 512 and of 4096 bytes.
FATS = {
    ("fat12", 512): ("-F 12 -s 1", 2), ("fat12", 4096): ("-F 12 -S 4096 -s 1", 4),
    ("fat16", 512): ("-F 16 -s 2", 8), ("fat16", 4096): ("-F 16 -S 4096 -s 1", 20),
    ("fat32", 512): ("-F 32 -s 1", 36), ("fat32", 4096): ("-F 32 -S 4096 -s 1", 272),
}
EXTS = ("ext2", "ext3", "ext4")
TABLES = ("gpt", "gpt4096", "mbr", "mbr-logical", "none")
SYSTEMS = ("fat12", "fat16", "fat32", *EXTS)
ENTRIES = ("bls", "extlinux", "path")
FORMATS = ("image", "gzip", "lz4", "zstd", "zboot", "elf", "fit")
# DISK_DEVICE= and QEMU_ARGS= of make run.
DEVICES = {
    "virtio-blk-pci": ("virtio-blk-pci", ""),
    "virtio-blk-device": ("virtio-blk-device", "-global virtio-mmio.force-legacy=false"),
    "legacy": ("virtio-blk-device", "-global virtio-mmio.force-legacy=true"),
    "nvme": ("nvme,serial=1", ""),
}
# Where a kernel of a format stands when no entry names it.
PATHS = {"image": "boot/Image", "gzip": "boot/Image.gz", "zboot": "boot/vmlinuz",
         "lz4": "vmlinuz", "zstd": "boot/vmlinuz-linux", "elf": "Image", "fit": "image.fit"}
INITRD_PATHS = {"zstd": "boot/initramfs-linux.img", "lz4": "initrd.img", "elf": "initrd.img"}

ITS = """/dts-v1/; / {{ description = "test"; #address-cells = <1>;
images {{
kernel-1 {{ description = "kernel"; data = /incbin/("kernel"); type = "kernel";
 arch = "arm64"; os = "linux"; compression = "none"; load = <0x40200000>;
 entry = <0x40200000>; hash-1 {{ algo = "sha256"; }}; }};
{image}}};
configurations {{ default = "conf-1"; conf-1 {{ kernel = "kernel-1"; {use}}}; }};
}};
"""
RAMDISK = """ramdisk-1 { description = "initrd"; data = /incbin/("initrd"); type = "ramdisk";
 arch = "arm64"; os = "linux"; compression = "none"; hash-1 { algo = "crc32"; }; };
"""
ITS_KERNEL = ITS.format(image="", use="")
ITS_BOTH = ITS.format(image=RAMDISK, use='ramdisk = "ramdisk-1"; ')


def words():
    """The command line that tells the kernel what its initrd must be."""
    return f"aglet.initrd={seal.digest(INITRD):x}"


def zboot(packed, how):
    """An EFI zboot file: struct linux_efi_zboot_header, then the payload."""
    head = struct.pack("<4s4sII8x24s8s", b"MZ\0\0", b"zimg", 4096, len(packed),
                       how.encode(), struct.pack("<II", 0x818223cd, 64))
    return head.ljust(4096, b"\0") + packed


def fit(image, work):
    (work / "kernel").write_bytes(image)
    (work / "initrd").write_bytes(INITRD)
    (work / "fit.its").write_text(ITS_BOTH)
    disk.run("mkimage", "-q", "-f", "fit.its", "fit.itb", cwd=work)
    return (work / "fit.itb").read_bytes()


def through(command, data):
    return disk.run(*command.split(), input=data)


def pack(build, form, work):
    """The conformance kernel of a build folder, as bytes of this format."""
    image = (build / "conformance.Image").read_bytes()
    return {
        "image": lambda: image,
        "gzip": lambda: through("gzip -9 -n", image),
        "lz4": lambda: through("lz4 -l -9", image),
        "zstd": lambda: through("zstd -q -19", image),
        "zboot": lambda: zboot(through("gzip -9 -n", image), "gzip"),
        "elf": lambda: (build / "conformance.elf").read_bytes(),
        "fit": lambda: fit(image, work),
    }[form]()


def write(root, files):
    """{name: bytes or text} below the folder @root."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def tree(root, entry, form, kernel):
    """The files of a boot: a kernel, its initrd (a FIT has its own), an entry."""
    work = root.parent
    if entry == "path":
        write(root, {PATHS[form]: kernel})
        if form != "fit":
            write(root, {INITRD_PATHS.get(form, "boot/initrd.img"): INITRD})
        return root
    given = {"ENTRY": entry, "KERNEL": write(work, {f"kernel.{form}": kernel}) / f"kernel.{form}",
             "CMDLINE": words()}
    if form != "fit":
        write(work, {"initrd.1": INITRD[:60_000], "initrd.2": INITRD[60_000:]})
        given["INITRD"] = f"{work}/initrd.1,{work}/initrd.2"
    disk.fill(root, given)
    return root


def volume(path, system, root, sector=512):
    """A file system of this kind with what is in the folder @root."""
    if system in EXTS:
        with open(path, "wb") as f:
            f.truncate(16 * MIB)
        disk.run("mke2fs", "-q", "-F", "-t", system, "-d", root, path)
    else:
        options, size = FATS[system, sector]
        disk.make_fat(root, path, size * MIB, *options.split())
    return path


def copy(source, target, offset):
    """Into a file that is all zeroes: holes stay holes."""
    with open(source, "rb") as f, open(target, "r+b") as out:
        while chunk := f.read(MIB):
            if chunk.strip(b"\0"):
                out.seek(offset)
                out.write(chunk)
            offset += len(chunk)


def sectors(path, sector):
    return path.stat().st_size // sector


def script(table, part):
    """What the partitioner is told, and the byte where the volume begins."""
    size, size4 = sectors(part, 512), sectors(part, 4096)
    return {
        "gpt": (f"label: gpt\nstart=2048, size={size}\n", MIB),
        "mbr": (f"label: dos\nstart=2048, size={size}\n", MIB),
        "mbr-logical": ("label: dos\n1: start=2048, size=2048, type=83\n"
                        f"2: start=4096, size={size + 4096}, type=f\n"
                        f"5: start=6144, size={size}, type=83\n", 3 * MIB),
        "gpt4096": (f"g\nn\n1\n256\n{255 + size4}\nw\n", MIB),
    }[table]


def partition(path, table, part):
    """The disk @path: the volume @part behind this table."""
    if table == "none":
        part.rename(path)
        return path
    text, start = script(table, part)
    with open(path, "wb") as f:
        f.truncate(start + part.stat().st_size + 2 * MIB)
    tool = (["fdisk", "-b", "4096"] if table == "gpt4096" else
            ["sfdisk", "-q", "--no-reread", "--no-tell-kernel"])
    disk.run(*tool, path, input=text.encode())
    copy(part, path, start)
    return path


def make(work, table, system, root):
    """A whole disk with the folder @root on it."""
    sector = 4096 if table == "gpt4096" else 512
    return partition(Path(work) / "disk.img", table,
                     volume(Path(work) / "volume", system, root, sector))


def device(table, name):
    """Variables of make run for this device, with the table's sectors."""
    word, args = DEVICES[name]
    if table == "gpt4096":
        word += ",logical_block_size=4096,physical_block_size=4096"
    return {"DISK_DEVICE": word, "QEMU_ARGS": args}
