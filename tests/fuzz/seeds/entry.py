# SPDX-License-Identifier: BSD-2-Clause
"""Entries as distributions write them, and names and versions to sort."""

BLS = """# Boot Loader Specification type#1 entry
title      Debian GNU/Linux 12 (bookworm)
version    6.1.0-18-arm64
machine-id 5d9e6c1d8b7e4a0e9f4a7b1c2d3e4f50
sort-key   debian
options    root=UUID=0b1c rw quiet
options    systemd.machine_id=5d9e
architecture aa64
linux      /5d9e/6.1.0-18-arm64/linux
initrd     /5d9e/6.1.0-18-arm64/early.cpio
initrd     /5d9e/6.1.0-18-arm64/initrd.img
devicetree /5d9e/a.dtb
devicetree-overlay /5d9e/a.dtbo  /5d9e/b.dtbo
"""

EFI = "title x\nefi /EFI/a.efi\nuki /EFI/Linux/b.efi\n"

EXTLINUX = """## generated
default l0
menu title U-Boot menu
prompt 1
timeout 50
append quiet

label l0
\tmenu label ^Debian GNU/Linux 12
\tlinux /boot/vmlinuz-6.1.0-18-arm64
\tinitrd /boot/a.img,/boot/b.img
\tfdtdir /usr/lib/linux-image-6.1.0-18-arm64/
\tfdtoverlays /a.dtbo /b.dtbo
\tappend root=UUID=3c6c ro quiet

LABEL nixos-default
  MENU LABEL NixOS - Default
  MENU DEFAULT
  TEXT HELP
    label
  ENDTEXT
  KERNEL ../nixos/Image#conf-1
  FDT ../nixos/a.dtb
  APPEND -
"""

# Each value is as long as it may be.
LONG = ("title " + "t" * 127 + "\nversion " + "v" * 63 + "\nsort-key " + "s" * 63
        + "\nlinux /" + "l" * 254 + "\ninitrd /" + "i" * 254 + "\noptions " + "o" * 2047)

LINES = ["123~rc1-1\n123\n123^post1", "a+3-1.conf\na+0-2.conf\nb-5.10_1.conf",
         "1_2_3\n1.3.3\n0a", "x-007.conf\nx-7.conf\nx+-7.conf"]


def seeds():
    files = {"bls": b"\0" + BLS.encode(), "crlf": b"\0" + BLS.replace("\n", "\r\n").encode(),
             "bom": b"\0\xef\xbb\xbf" + BLS.encode(), "efi": b"\0" + EFI.encode(),
             "long": b"\0" + LONG.encode(),
             "extlinux": b"\1" + EXTLINUX.encode()}
    return files | {f"lines{i}": b"\2" + text.encode() for i, text in enumerate(LINES)}
