# SPDX-License-Identifier: BSD-2-Clause
"""The watchdog: resets a machine whose loader stands, and rests below a kernel."""
import pytest

from bench import BUILDS, build, need_machine, play


@pytest.fixture(scope="module")
def standing():
    """An image that finds no kernel and stops; it watches itself for a second."""
    empty = BUILDS / "no-kernel"
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.write_bytes(bytes(4096))
    folder = build(f'sbsa-ref:FAIL_STOP=y+WATCHDOG_SECONDS=1+PAYLOAD_KERNEL="{empty}"')
    need_machine(folder, "")
    return folder


def test_standing_loader_is_reset(standing):
    """run.py starts QEMU with -no-reboot: a reset ends it, and nothing else would."""
    run = play("run", standing)
    run.expect_lines([r"^fail: boot: .*; stopped"])
    run.expect_status(0)


def test_it_rests_below_a_kernel():
    """HO-29, on a machine that has a watchdog; it ran until then."""
    folder = build("sbsa-ref:LOG_DEBUG=y")
    need_machine(folder, "")
    run = play("run", folder)
    run.expect_lines([r"^board: watchdog: arm,sbsa-gwdt at 0x50011000",
                      r"^ok \d+ - HO-29 no watchdog was left running$"])
    run.expect_status(0)
