# SPDX-License-Identifier: BSD-2-Clause
"""The host's oracle and the kernel's report tell the same of one boot."""
import os
import sys

import conformance_table
import pytest

from bench import QEMUS, TOP, build, environment, parameters
from oracle import agree, table
from oracle.verdict import ABSENT, BLIND, NOT_OK, OK, UNBOUND, Verdict

sys.path.insert(0, str(TOP / "tests/mutations"))
import image
import rows

CASES = parameters("oracle.cases", 4)


@pytest.fixture
def observe(monkeypatch):
    """Boot a variant, with make's variables, under the host's eyes."""
    def boot(variant, given, **more):
        for name in set(os.environ) - set(environment({})):
            monkeypatch.delenv(name)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return agree.observe_build(build(variant), **more)
    return boot


@pytest.mark.parametrize("variant,cpu,cpus,qemu", CASES)
def test_oracles_agree(observe, variant, cpu, cpus, qemu):
    seen = observe(variant, {"CPU": cpu, "SMP": cpus, "QEMU": QEMUS[qemu]})
    assert seen.trouble is None
    assert seen.console.problems() == []
    assert agree.contradictions(seen) == []
    red = {key: v for key, v in seen.host.items() if v.kind == NOT_OK}
    assert red == {}
    # Each CPU was seen, the others also when they came back.
    visits = [entry.cpu for entry in seen.entries]
    assert visits[0] == 0 and visits.count(0) == 1
    assert all(visits.count(cpu) > 1 for cpu in range(1, int(cpus)))
    # Both looked at the same things, and at more than a handful.
    assert agree.agreements(seen) >= 30


def is_shown(row):
    """The host sees the registers of this row, if the CPU has the feature."""
    return (row.clauses and row.present_if != "-"
            and not row.clauses[0].field.register.startswith("ICC_")
            and "E2H [34:34] = 1" not in row.clauses[0].where)


@pytest.mark.parametrize("qemu", QEMUS)
def test_table_knows_what_qemu_has(observe, qemu):
    """The column qemu of docs/boot-protocol.tsv is what a CPU max shows."""
    judged = set()
    for variant in ("virt:el3+gicv3", "virt:el3-kernel-el1+gicv3"):
        seen = observe(variant, {"CPU": "max", "SMP": "2", "QEMU": QEMUS[qemu],
                                 "QEMU_ARGS": "-M mte=on"})
        judged |= {row for (row, _), v in seen.host.items() if v.judges}
    absent = {"no feature"} | ({"new"} if qemu == "old" else set())
    listed = {row.id for row in table.read().values() if is_shown(row)
              and row.qemu not in absent}
    assert {row.id for row in table.read().values() if is_shown(row)} & judged == listed


def test_every_rule_is_judged_somewhere(observe):
    """What docs/conformance.md calls checked by the kernel was ok in some boot,
    unless docs/conformance.tsv tells why not; what no emulator has never was."""
    machines = [("virt:el3+gicv3", "-M mte=on", {}), ("virt:el3+gicv2", "", {}),
                ("virt:el3-kernel-el1+gicv3", "-M mte=on", {}),
                ("virt:el3+gicv3", "", {"INITRD": "{O}/aglet.bin",
                                        "KERNEL": "{O}/conformance.Image"})]
    judged = set()
    for variant, words, files in machines:
        folder = build(variant)
        seen = observe(variant, {"CPU": "max", "SMP": "3", "QEMU_ARGS": words,
                                 **{k: v.format(O=folder) for k, v in files.items()}})
        judged |= {rule for (rule, _), v in seen.kernel.items() if v.judges}
    sources = conformance_table.collect(folder)
    verdicts = {rule: conformance_table.verdict(rule, sources) for rule in sources.rules}
    told = set(sources.extras)
    never = {rule for rule, v in verdicts.items()
             if v.startswith("kernel") and rule not in judged}
    absent = {rule for rule, v in verdicts.items() if v == "kernel, no emulator has it"}
    assert never - told == absent - told


# A fault of the duty tables that both oracles see, and on which CPUs. A trap
# to EL2 ends the machine: below a kernel at EL1 nobody is there any more.
FAULTS = [("virt:el3+gicv3", "BP-PAC-01", "01"), ("virt:el3+gicv3", "BX-04", "01"),
          ("virt:el3+gicv3", "BP-DBG-01", "01"), ("virt:el3+gicv3", "BP-SVE-02", "1"),
          ("virt:el3-kernel-el1+gicv3", "BX-16", "0")]


@pytest.mark.parametrize("variant,rule,cpus", FAULTS)
def test_both_see_a_violation(observe, tmp_path, variant, rule, cpus):
    variant += "+DEBUG=y+UNSAFE_TEST_BUILD=y"
    number = next(row.number for row in rows.rows() if row.rule == rule)
    bad = image.with_fault(build(variant), number, tmp_path / "aglet.bin")
    seen = observe(variant, {"CPU": "max", "SMP": "2", "QEMU_ARGS": f"-bios {bad}"},
                   silence=15)
    wanted = {(rule, int(cpu)) for cpu in cpus}
    assert {key for key, v in seen.host.items() if v.kind == NOT_OK} == wanted
    red = {key for key, v in seen.kernel.items() if v.kind == NOT_OK}
    assert red & set(seen.host) == wanted
    assert agree.contradictions(seen) == []


def test_machine_that_never_enters_the_kernel(observe):
    seen = observe("virt:el3+gicv3", {"MEM": "32M"}, silence=5)
    assert seen.trouble
    assert not seen.entries and not seen.host and not seen.kernel


OKAY, BAD, GONE = Verdict(OK), Verdict(NOT_OK), Verdict(ABSENT)


@pytest.mark.parametrize("host,kernel,wrong", [
    (OKAY, OKAY, False), (OKAY, BAD, True), (BAD, OKAY, True),
    (OKAY, GONE, True), (GONE, BAD, True), (GONE, GONE, False),
    (BAD, Verdict(BLIND), False), (Verdict(BLIND), OKAY, False),
    (OKAY, Verdict(UNBOUND), True), (Verdict(UNBOUND), OKAY, False),
    (Verdict(UNBOUND), BAD, True), (GONE, Verdict(UNBOUND), False),
])
def test_contradictions(host, kernel, wrong):
    assert agree.disagree(host, kernel) == wrong
