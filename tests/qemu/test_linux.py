# SPDX-License-Identifier: BSD-2-Clause
"""Debian's kernel: user space, every CPU, hotplug, power-off and reboot."""
import pexpect
import pytest

from bench import (LINUX_LIMIT, PYTHON, QEMUS, TOP, build, environment,
                   need_machine, parameters, play)

CASES = parameters("linux.cases", 4, pytest.mark.linux)
LEVELS = ["virt:el1+gicv3", "virt:el2+gicv2", "virt:el3+gicv2", "virt:el3+gicv3"]


@pytest.mark.parametrize("variant,cpu,cpus,qemu", CASES)
def test_user_space(variant, cpu, cpus, qemu):
    folder = build(variant)
    need_machine(folder, QEMUS[qemu])
    given = {} if cpu == "-" else {"CPU": cpu, "SMP": cpus}
    run = play("linux", folder, limit=LINUX_LIMIT, QEMU=QEMUS[qemu], **given,
               CMDLINE="earlycon aglet.test=hotplug aglet.test=poweroff")
    # run.py itself looks for Linux's complaints and counts the CPUs.
    run.expect_status(0)
    run.expect_lines([rf"^user space: {cpus} CPUs", rf"^hotplug: ok, {cpus} CPUs",
                      r"reboot: Power down", rf"^run: {cpus} CPUs in user space"])


@pytest.mark.linux
@pytest.mark.parametrize("variant", LEVELS)
def test_reboot(variant):
    """`reboot` starts the machine from reset, and Linux comes up again."""
    run = play("linux", build(variant), limit=LINUX_LIMIT, QEMU=QEMUS["old"],
               CMDLINE="aglet.test=reboot",
               until=[r"^aglet .* on virt", r"^user space", r"reboot: Restarting",
                      r"^aglet .* on virt", r"^user space: 4 CPUs"])
    run.expect_lines([r"^user space", r"^aglet .* on virt", r"^user space: 4 CPUs"])


@pytest.mark.linux
@pytest.mark.parametrize("given,problem", [
    ({"CMDLINE": "init=/nothing rdinit=/nothing panic=-1 aglet.test=reboot"},
     "no user space"),
    ({"CMDLINE": "nosmp aglet.test=poweroff"}, "1 CPUs in user space, the machine has 4"),
    ({"CMDLINE": "aglet.test=nonsense aglet.test=poweroff"}, "Linux complains: init:"),
])
def test_failure_is_seen(given, problem):
    """The verdict of run-linux can be red."""
    run = play("linux", build("virt:el2+gicv3"), limit=LINUX_LIMIT,
               QEMU=QEMUS["old"], QEMU_ARGS="-no-reboot", **given)
    run.expect_status(1)
    run.expect_lines([f"^run: FAILED: {problem}"])


@pytest.mark.linux
def test_shell_on_a_terminal():
    """On a terminal run-linux is a shell; its poweroff gives status 0."""
    child = pexpect.spawn(PYTHON, ["scripts/run.py", "linux", "--build",
                                   str(build("virt:el3+gicv3"))],
                          cwd=TOP, env=environment({"QEMU": QEMUS["old"]}),
                          timeout=LINUX_LIMIT, encoding="utf-8")
    child.expect(r"user space: 4 CPUs")
    child.expect(r"[#$] ")
    child.sendline("echo $((6 * 7)) on $(uname -m)")
    child.expect("42 on aarch64")
    child.sendline("poweroff -f")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
