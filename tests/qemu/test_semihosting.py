# SPDX-License-Identifier: BSD-2-Clause
"""What is printed is given to a debugger as well, and stops where there is none."""
import pytest

from bench import build, play

VARIANTS = ["virt:el1+gicv3+SEMIHOSTING_CONSOLE=y", "virt:el3+gicv3+SEMIHOSTING_CONSOLE=y"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_both_consoles_say_the_same(variant, tmp_path):
    heard = tmp_path / "heard"
    run = play("run", build(variant), SMP=1, QEMU_ARGS=(
        f"-chardev file,id=c,path={heard} "
        "-semihosting-config enable=on,target=native,chardev=c"))
    run.expect_status(0)
    lines = heard.read_text().splitlines()
    run.expect(lines[0].startswith("aglet ") and lines[-1].startswith("handoff: kernel at"),
               f"the debugger heard: {lines}")
    run.expect(lines == [line for line in run.lines if line in lines],
               f"the debugger heard something else: {lines}")


def test_crash_report_is_heard(tmp_path):
    heard = tmp_path / "heard"
    play("run", build('virt:el1+gicv3+debug+SEMIHOSTING_CONSOLE=y+CRASH_TEST="undefined"'),
         until=[r"^  x28"], SMP=1, QEMU_ARGS=(
             f"-chardev file,id=c,path={heard} "
             "-semihosting-config enable=on,target=native,chardev=c"))
    assert "exception: EL1, vector 4" in heard.read_text()
