# SPDX-License-Identifier: BSD-2-Clause
"""Our own kernel starts from disks of every common layout and finds nothing wrong."""
import pytest

import disks
from bench import TOP, build, parameters, play, table

CASES = parameters("disk.cases", 6)
COLUMNS = {
    "table": disks.TABLES, "file system": disks.SYSTEMS, "entry": disks.ENTRIES,
    "format": disks.FORMATS, "device": tuple(disks.DEVICES),
    "variant": tuple(f"virt:{level}+{gic}" for level in ("el1", "el2", "el3")
                     for gic in ("gicv2", "gicv3")),
}
# What the entries and the formats are called on the console.
ENTRY = {"bls": "/loader/entries/aglet.conf", "path": "/",
         "extlinux": "/boot/extlinux/extlinux.conf, label 1"}
FORMAT = {"image": "arm64 Image", "zboot": "gzip with arm64 Image",
          "fit": "arm64 Image"}


def rows(cases):
    """Rows of the table as tuples, without their marks."""
    return [tuple(case.values) for case in cases]


def pairs(row):
    """Every pair of values of two columns of a row."""
    return {(a, row[a], b, row[b]) for b in range(len(row)) for a in range(b)}


def missing(found):
    names = list(COLUMNS.values())
    wanted = {(a, x, b, y) for b in range(len(names)) for a in range(b)
              for x in names[a] for y in names[b]}
    return sorted(wanted - set().union(*map(pairs, found)))


@pytest.mark.quick
def test_every_pair_is_played():
    """Also that no line has a value that nobody knows."""
    found = rows(CASES)
    for row in found:
        for value, (name, known) in zip(row, COLUMNS.items()):
            assert value in known, f"disk.cases: {name} {value}: one of {known}"
    assert not missing(found)
    assert len(table("disk.cases")) == len(set(found)), "a line twice"


def grid(found):
    """The table of docs/disks.md: which entries were played with which format where."""
    lines = ["| table | files | " + " | ".join(disks.FORMATS) + " |",
             "| --- " * (2 + len(disks.FORMATS)) + "|"]
    for scheme in disks.TABLES:
        for system in disks.SYSTEMS:
            cells = [" ".join(e for e in disks.ENTRIES if any(
                row[:4] == (scheme, system, e, form) for row in found)) for form in disks.FORMATS]
            lines.append(f"| {scheme} | {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines).replace("|  |", "| |").replace("|  |", "| |")


@pytest.mark.quick
def test_documentation_has_this_table():
    wanted = grid(rows(CASES))
    page = (TOP / "docs/disks.md").read_text()
    assert wanted in page, f"docs/disks.md: its table is not that of disk.cases, which is\n{wanted}"


@pytest.mark.parametrize("scheme,system,entry,form,device,variant", CASES)
def test_report_is_green(scheme, system, entry, form, device, variant, tmp_path):
    folder = build(variant)
    root = disks.tree(tmp_path / "root", entry, form, disks.pack(folder, form, tmp_path))
    run = play("run", folder, SMP=2, DISK=disks.make(tmp_path, scheme, system, root),
               **disks.device(scheme, device))
    run.expect_status(0)
    place = "nvme0" if device == "nvme" else "virtio0"
    part = {"none": "", "mbr-logical": "p5"}.get(scheme, "p1")
    what = FORMAT.get(form, f"{form} with arm64 Image")
    run.expect_lines([rf"^find: disk: {place}(n1)?{part} {ENTRY[entry]}",
                      f"^inspect: kernel: {what}",
                      r"^ok \d+ - HO-03 (?!.*SKIP)", r"^SUMMARY: \d+ ok, 0 not ok", r"^run: green"])
    if entry != "path":
        run.expect_lines([r"^ok \d+ - HO-04 every byte of the initrd (?!.*SKIP)"])
    run.expect_none([r"^find: embedded", r"warning: ", r"error: "])


@pytest.mark.parametrize("variant", ["virt:el1+gicv3", "virt:el2+gicv3"])
@pytest.mark.parametrize("form", disks.FORMATS)
def test_libraries_need_no_landing_pads(form, variant, tmp_path):
    """On a CPU with BTI: only what was compiled for it lies in guarded pages."""
    folder = build(variant)
    root = disks.tree(tmp_path / "root", "bls", form, disks.pack(folder, form, tmp_path))
    run = play("run", folder, CPU="max", SMP=1,
               DISK=disks.make(tmp_path, "gpt", "fat16", root))
    run.expect_status(0)
    run.expect_lines([r"^ok \d+ - HO-04 every byte of the initrd (?!.*SKIP)", r"^run: green"])
