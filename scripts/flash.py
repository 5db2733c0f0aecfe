# SPDX-License-Identifier: BSD-2-Clause
"""FLASH=file: the board's boot flash, kept from run to run.

The image is written to its start each time, as a programmer would do it; the
two sectors at its end, where the monitor keeps the rollback counter, stay as
they are. A file that is not there is made, with these sectors erased.
"""
import os
from pathlib import Path

SECTORS = 2


class FlashError(Exception):
    """Something the user can mend: object, reason, remedy."""


def layout(config):
    """(where the counter's sectors begin, the size of the whole flash)."""
    base = int(config["CONFIG_SECURE_FLASH_BASE"], 16)
    return base, base + SECTORS * int(config["CONFIG_SECURE_FLASH_SECTOR"], 16)


def erase(path, config):
    """Make the flash anew, never used: the counter is 0."""
    base, size = layout(config)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as flash:
        flash.seek(base)
        flash.write(b"\xff" * (size - base))


def write_image(path, image, config):
    """Put the image to the start of the flash, if it is not there already."""
    base, size = layout(config)
    if os.path.getsize(path) != size:
        raise FlashError(f"FLASH={path}: {os.path.getsize(path)} bytes, the flash has {size}; "
                         "remove it, and it is made anew with a counter of 0")
    data = Path(image).read_bytes()
    if len(data) > base:
        raise FlashError(f"{image}: {len(data)} bytes, and the counter's sectors begin "
                         f"at {base:#x}; build in less")
    with open(path, "r+b") as flash:
        if flash.read(len(data)) != data:
            flash.seek(0)
            flash.write(data)


def prepare(path, image, config):
    """The flash is ready for a machine that starts from it."""
    if not Path(path).exists():
        erase(path, config)
    write_image(path, image, config)
