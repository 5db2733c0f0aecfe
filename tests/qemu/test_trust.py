# SPDX-License-Identifier: BSD-2-Clause
"""Verified boot: what the owner has signed starts, nothing else does (docs/trust.md)."""
import pytest

import disk
import disks
import signed
from bench import build, conformance, need_machine, play

LEVELS = ("virt:el1+gicv3", "virt:el2+gicv3", "virt:el3+gicv3")
LAYOUTS = {"embedded": "", "external": "-E", "placed": "-E -p 0x4000"}
POLICY = r"^board: trust: required: only what is signed boots, 2 key"


def conformance_fit(work, **more):
    """Signed, with an initrd that the kernel knows the digest of."""
    (work / "initrd").write_bytes(disks.INITRD)
    kernel = conformance() / "conformance.Image"
    return signed.fit(work, kernel, "initrd", disks.words(), **more)


def make_disk(work, fit, **more):
    return disk.build(work / "disk.img", {"KERNEL": str(fit), **more})


def expect_green(run, key="owner"):
    run.expect_status(0)
    run.expect_lines([POLICY, rf"^verify: trust: signed with the key {key}, rollback index 3",
                      r"^handoff: ", r"^ok \d+ - HO-04 every byte of the initrd (?!.*SKIP)",
                      r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none([r"error: "])


def expect_refused(run, *patterns):
    run.expect_lines([POLICY, *patterns, r"^fail: boot: no candidate could be started"])
    run.expect_none([r"^handoff: ", r"^SUMMARY"])
    run.expect(run.status != 0, "it ended well")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("variant", LEVELS)
def test_signed_kernel_boots_from_a_disk(variant, layout, tmp_path):
    """The entry's own command line is left out, that of the FIT is used."""
    folder = build(signed.variant(variant))
    fit = conformance_fit(tmp_path, options=LAYOUTS[layout])
    run = play("run", folder, SMP=2, DISK=make_disk(tmp_path, fit, CMDLINE="aglet.initrd=0"))
    expect_green(run)
    run.expect_lines([r"^find: disk: virtio0p1 ", r"^inspect: cmdline: warning: .*it is left out"])


@pytest.mark.parametrize("variant", ["zcu102:", "raspi3b:el3"])
@pytest.mark.parametrize("layout", ["embedded", "external"])
def test_signed_kernel_boots_from_a_card(variant, layout, tmp_path):
    folder = build(signed.variant(variant))
    need_machine(folder, "")
    fit = conformance_fit(tmp_path, options=LAYOUTS[layout], key="second")
    run = play("run", folder, DISK=make_disk(tmp_path, fit))
    expect_green(run, key="second")
    run.expect_lines([r"^find: disk: mmc0"])


def test_pss(tmp_path):
    folder = build(signed.variant(LEVELS[2]))
    fit = conformance_fit(tmp_path, padding='padding = "pss";')
    expect_green(play("run", folder, SMP=2, KERNEL=fit))


def test_command_line_of_qemu_does_not_reach_the_kernel(tmp_path):
    folder = build(signed.variant(LEVELS[1]))
    run = play("run", folder, KERNEL=conformance_fit(tmp_path), CMDLINE="aglet.initrd=0")
    expect_green(run)
    run.expect_lines([r"^inspect: cmdline: warning: .*it is left out"])



NOT_SIGNED = r"verify: trust: error: the configuration is not signed: "
REFUSED = {
    "not signed": ({"key": None}, {}, NOT_SIGNED),
    "signed by a stranger": ({"key": "stranger"}, {}, r"^verify: trust: error: .* does not trust"),
    "initrd beside it": ({}, {"INITRD": "initrd"}, r"^inspect: initrd: error: .*put it into the FIT"),
}


@pytest.mark.parametrize("variant", LEVELS)
@pytest.mark.parametrize("name", REFUSED)
def test_other_fits_are_refused(name, variant, tmp_path):
    how, beside, reason = REFUSED[name]
    folder = build(signed.variant(variant))
    fit = conformance_fit(tmp_path, **how)
    given = {k: str(tmp_path / v) for k, v in beside.items()}
    expect_refused(play("run", folder, DISK=make_disk(tmp_path, fit, **given)), reason)


@pytest.mark.parametrize("form", disks.FORMATS)
def test_plain_kernels_are_refused(form, tmp_path):
    """Whatever they are packed in, and before anything looks into it."""
    folder = build(signed.variant(LEVELS[2]))
    (tmp_path / "kernel").write_bytes(disks.pack(conformance(), form, tmp_path))
    run = play("run", folder, DISK=make_disk(tmp_path, tmp_path / "kernel"))
    expect_refused(run, NOT_SIGNED if form == "fit" else
                   r"^inspect: kernel: error: not signed: only a FIT can be")


def test_embedded_kernel_must_be_signed(tmp_path):
    """That of the image itself: nothing else is there to boot."""
    folder = build(signed.variant(LEVELS[2]))
    expect_refused(play("run", folder), r"^find: embedded: ", r"^inspect: kernel: error: not signed")


def test_embedded_kernel_is_signed(tmp_path_factory):
    work = signed.keys() / "embedded"
    work.mkdir(exist_ok=True)
    fit = conformance_fit(work)
    folder = build(signed.variant(f"{LEVELS[2]}+NARRATE=y+PAYLOAD_KERNEL=\"{fit}\""))
    run = play("run", folder, SMP=2)
    expect_green(run)
    run.expect_lines([r"^find: embedded: kernel of",
                      r"why: verify: who has the key owner has signed all .*, as number 3"])


@pytest.mark.parametrize("place", ["initrd", "kernel", "value"])
def test_a_changed_bit_is_refused(place, tmp_path):
    folder = build(signed.variant(LEVELS[0]))
    fit = conformance_fit(tmp_path)
    data = bytearray(fit.read_bytes())
    known = {"initrd": disks.INITRD, "value": b"value\0",
             "kernel": (conformance() / "conformance.Image").read_bytes()[-5000:]}[place]
    at = data.index(known)
    data[at + 1000 if len(known) > 1000 else at] ^= 1
    fit.write_bytes(data)
    reason = {"value": r"^verify: trust: error: "}.get(
        place, rf"^verify: {place}: error: an image has not the hash that its node says")
    expect_refused(play("run", folder, DISK=make_disk(tmp_path, fit)), reason)


def test_report_boots_and_tells(tmp_path):
    folder = build(signed.variant(LEVELS[2], "REPORT"))
    fit = conformance_fit(tmp_path, key=None)
    run = play("run", folder, SMP=2, KERNEL=fit, CMDLINE=disks.words())
    run.expect_status(0)
    run.expect_lines([r"^board: trust: report: what is not signed boots",
                      r"^inspect: cmdline: warning: .*TRUST_REQUIRED would leave it out",
                      r"^verify: trust: warning: TRUST_REQUIRED would refuse it: the configuration",
                      r"^SUMMARY: \d+ ok, 0 not ok"])
