# SPDX-License-Identifier: BSD-2-Clause
"""A kernel image that is damaged is refused, and the next candidate boots."""
import struct

import pytest

from bench import build, play

VARIANT = "virt:el3+gicv3"


def put(data, offset, form, value):
    data = bytearray(data)
    struct.pack_into(form, data, offset, value)
    return bytes(data)


# What is done to a good Image (booting.rst: image_size at 16, magic at 56).
DAMAGE = {
    "broken magic": lambda image: put(image, 56, "<I", 0),
    "no header": lambda image: bytes(4096),
    "shorter than its header": lambda image: image[:40],
    "one byte": lambda image: b"x",
    "larger than all RAM": lambda image: put(image, 16, "<Q", 1 << 40),
    "size wraps": lambda image: put(image, 16, "<Q", (1 << 64) - 1),
    "offset wraps": lambda image: put(image, 8, "<Q", (1 << 64) - 4096),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_kernel_falls_back(damage, tmp_path):
    folder = build(VARIANT)
    kernel = tmp_path / "damaged"
    kernel.write_bytes(DAMAGE[damage]((folder / "conformance.Image").read_bytes()))
    run = play("run", folder, KERNEL=kernel)
    run.expect_lines([r"^find: fw_cfg", r"^(find|inspect|place|load|verify): .*\(E?[A-Z]\w+\)",
                      r"^find: embedded", r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_status(0)


def test_nothing_to_boot_ends_with_the_ledger(tmp_path):
    """No candidate left: the ledger tells why, and QEMU gets a bad status."""
    folder = build("virt:el3+gicv3+SOURCE_EMBEDDED=n")
    kernel = tmp_path / "damaged"
    kernel.write_bytes(bytes(4096))
    run = play("run", folder, KERNEL=kernel)
    run.expect_lines([r"^inspect: ", r"ledger"])
    run.expect(run.status not in (0, None), f"status {run.status}")


def test_violation_makes_run_fail(tmp_path):
    """The kernel's own report turns red, and so does make run.

    The first instruction leaves a marker in x9; without it the kernel must
    say that it was not entered at its first byte.
    """
    folder = build(VARIANT)
    kernel = tmp_path / "conformance.Image"
    nop = 0xd503201f
    kernel.write_bytes(put((folder / "conformance.Image").read_bytes(), 0, "<I", nop))
    run = play("run", folder, KERNEL=kernel)
    run.expect_lines([r"^not ok \d+ - BP-IMG-05", r"^SUMMARY: .* [1-9]\d* not ok",
                      r"^run: FAILED: not ok \d+ - BP-IMG-05"])
    run.expect_status(1)


def test_kernel_without_end_is_caught(tmp_path):
    """A kernel that says nothing and never ends fails, it does not hang."""
    folder = build(VARIANT)
    image = put((folder / "conformance.Image").read_bytes(), 0, "<I", 0x14000000)
    kernel = tmp_path / "conformance.Image"
    kernel.write_bytes(image)       # its first instruction: b .
    run = play("run", folder, KERNEL=kernel, TIMEOUT=3)
    run.expect_lines([r"^run: FAILED: no report", r"^run: FAILED: .* did not end in 3 s"])
    run.expect_status(1)
