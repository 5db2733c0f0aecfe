# SPDX-License-Identifier: BSD-2-Clause
"""Kernels of all kinds, small ones, packed by the usual tools."""
import importlib.util
import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = {"gzip": ["gzip", "-9n"], "lz4": ["lz4", "-9"], "lz4-l": ["lz4", "-l", "-9"],
         "zstd": ["zstd", "-19"]}
IN_MEMORY, SHORT_PAGES = 1, 2


def beside(name):
    """What another of these files has."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def image(size=0x3000, memory=0x8000, flags=0xa):
    head = struct.pack("<IIQQQQQQ4sI", 0x91005a4d, 0x1400, 0, memory, flags, 0, 0, 0, b"ARM\x64", 0)
    return head + (b"".join(i.to_bytes(2, "little") for i in range(size))[:size - len(head)])


def packed(data, tool):
    return subprocess.run(TOOLS[tool], input=data, check=True, capture_output=True).stdout


def zboot(data, name):
    """The head that Linux's zboot has: struct linux_efi_zboot_header."""
    head = struct.pack("<4s4sIIII32sI4s", b"MZ\0\0", b"zimg", 64, len(data), 0, 0,
                       name.encode(), 0x818223cd, b"PE\0\0")
    return head[:64].ljust(64, b"\0") + data


def seeds():
    plain = image()
    files = {tool: packed(plain, tool) for tool in TOOLS}
    found = {"image": image(0x400), "old": image(0x400, 0), "pages": image(0x400, flags=0xe)}
    found |= files
    for name, tool in (("gzip", "gzip"), ("zstd22", "zstd"), ("lzma", "lz4"), ("lz4", "lz4")):
        found[f"zboot-{name}"] = zboot(files[tool], name)
    found["twice"] = packed(files["gzip"], "gzip")
    found |= {f"elf-{name}": data for name, data in beside("elf").seeds().items()}
    for name, data in beside("fit").seeds().items():
        found[f"fit-{name}"] = data[data.index(b"\0", 1) + 1:]
    both = {name: bytes([SHORT_PAGES]) + data for name, data in found.items()}
    return both | {f"{name}-m": bytes([IN_MEMORY]) + data for name, data in found.items()}
