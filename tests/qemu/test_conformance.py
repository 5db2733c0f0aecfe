# SPDX-License-Identifier: BSD-2-Clause
"""Our own kernel starts on every variant and finds nothing wrong."""
import pytest

from bench import QEMUS, build, parameters, play

CASES = parameters("conformance.cases", 4)


@pytest.mark.parametrize("variant,cpu,cpus,qemu", CASES)
def test_report_is_green(variant, cpu, cpus, qemu):
    cpu, _, machine = cpu.partition("/")
    given = {} if cpu == "-" else {"CPU": cpu, "SMP": cpus}
    if machine:
        given["QEMU_ARGS"] = f"-M {machine}"
    folder = build(variant)
    run = play("run", folder, QEMU=QEMUS[qemu], **given)
    run.expect_status(0)
    if "CONFIG_LOG_LEVEL=2" in (folder / ".config").read_text():
        run.expect_lines([r"^aglet .* on .*: EL[12], ", r"^handoff: kernel at "])
    run.expect_lines([r"^1\.\.\d+$",
                      r"^SUMMARY: \d+ ok, 0 not ok, \d+ skipped$", r"^run: green$"])
    if cpus != "-":
        run.expect_lines([rf"I see {cpus} CPU"])


# How the kernel is handed over, and by which road it ends the machine.
ROADS = {
    "semihosting": {},
    "fw_cfg": {"KERNEL": "{O}/conformance.Image"},
    "PSCI SYSTEM_OFF": {"CMDLINE": "aglet.end=off"},
    "PSCI SYSTEM_RESET": {"CMDLINE": "aglet.end=reset"},
    "one row left out": {"CMDLINE": "aglet.skip=BP-GPR-01"},
    "an initrd": {"INITRD": "{O}/aglet.bin"},
    "1 GiB": {"MEM": "1G"},
    "4 GiB, above 32 bits": {"MEM": "4G"},
    "128 MiB": {"MEM": "128M"},
}


@pytest.mark.parametrize("variant", ["virt:el1+gicv3", "virt:el2+gicv3",
                                     "virt:el3+gicv3"])
@pytest.mark.parametrize("road", ROADS)
def test_roads(variant, road):
    folder = build(variant)
    given = {k: v.format(O=folder) for k, v in ROADS[road].items()}
    run = play("run", folder, **given)
    run.expect_status(0)
    run.expect_lines([r"^SUMMARY: \d+ ok, 0 not ok"])
