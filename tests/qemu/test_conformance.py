# SPDX-License-Identifier: BSD-2-Clause
"""Our own kernel starts on every variant and finds nothing wrong."""
import pytest

from bench import QEMUS, build, need_machine, parameters, play

CASES = parameters("conformance.cases", 4)


@pytest.mark.parametrize("variant,cpu,cpus,qemu", CASES)
def test_report_is_green(variant, cpu, cpus, qemu):
    cpu, _, machine = cpu.partition("/")
    threads = cpus.endswith("+")
    cpus = cpus.rstrip("+")
    given = {} if cpu == "-" else {"CPU": cpu, "SMP": cpus}
    if machine:
        given["QEMU_ARGS"] = f"-M {machine}"
    folder = build(variant)
    need_machine(folder, QEMUS[qemu])
    run = play("run", folder, threads=threads, QEMU=QEMUS[qemu], **given)
    run.expect_status(0)
    if "CONFIG_LOG_LEVEL=2" in (folder / ".config").read_text():
        run.expect_lines([r"^aglet .* on .*: EL[12], ", r"^handoff: kernel at "])
    run.expect_lines([r"^1\.\.\d+$",
                      r"^SUMMARY: \d+ ok, 0 not ok, \d+ skipped$", r"^run: green$"])
    if cpus != "-":
        run.expect_lines([rf"I see {cpus} CPU"])


LEVELS = ["virt:el1+gicv3", "virt:el2+gicv3", "virt:el3+gicv3"]
# How the kernel is handed over, and by which road it ends the machine.
ROADS = {
    "semihosting": {},
    "fw_cfg": {"KERNEL": "{O}/conformance.Image"},
    "PSCI SYSTEM_OFF": {"CMDLINE": "aglet.end=off"},
    "PSCI SYSTEM_RESET": {"CMDLINE": "aglet.end=reset"},
    "one row left out": {"CMDLINE": "aglet.skip=BP-GPR-01"},
    "one row alone": {"CMDLINE": "aglet.only=BP-CPU-01"},
    "an initrd": {"INITRD": "{O}/aglet.bin"},
    "128 MiB": {"MEM": "128M"},
}
# Large memory takes the host its time: once each.
SIZES = {"virt:el1+gicv3": "1G", "virt:el2+gicv3": "4G", "virt:el3+gicv3": "512M"}


def go(variant, given):
    run = play("run", build(variant), **given)
    run.expect_status(0)
    run.expect_lines([r"^SUMMARY: \d+ ok, 0 not ok"])


@pytest.mark.parametrize("variant", LEVELS)
@pytest.mark.parametrize("road", ROADS)
def test_roads(variant, road):
    folder = build(variant)
    go(variant, {k: v.format(O=folder) for k, v in ROADS[road].items()})


@pytest.mark.parametrize("variant", LEVELS)
def test_memory(variant):
    go(variant, {"MEM": SIZES[variant]})
