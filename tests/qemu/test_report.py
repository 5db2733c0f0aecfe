# SPDX-License-Identifier: BSD-2-Clause
"""make report: what it prints and draws is what the machine has done."""
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

import bench
import disk

STAGES = ["reset", "monitor", "loader", "board", "find", "inspect", "place", "load",
          "verify", "unpack", "fixup", "handoff"]
STAGE = re.compile(r"report: (\w+) +([\d.]+) +([\d.]+) %")
PIECE = re.compile(r"report:   0x([0-9a-f]+)\.\.0x([0-9a-f]+) +\S+ \w+  (.*)$")
RAM = re.compile(r"report: (?:secure )?RAM: 0x([0-9a-f]+)\.\.0x([0-9a-f]+),")


class Report:
    """A run of scripts/report.py, read back."""

    def __init__(self, build, **given):
        done = subprocess.run([bench.PYTHON, "scripts/report.py", "--build", str(build)],
                              cwd=bench.TOP, env=bench.environment(given), text=True,
                              capture_output=True, timeout=bench.RUN_LIMIT, check=False)
        self.status, self.lines, self.errors = (done.returncode, done.stdout.splitlines(),
                                                done.stderr)
        self.stages = {m[1]: float(m[2]) for m in map(STAGE.match, self.lines) if m}
        self.page = build / "report.html"

    def found(self, pattern):
        return [(int(m[1], 16), int(m[2], 16), *m.groups()[2:])
                for m in map(pattern.match, self.lines) if m]

    def piece(self, name):
        return next((p[:2] for p in self.found(PIECE) if p[2].startswith(name)), None)


def make_disk(folder, build, entry="bls"):
    initrd = folder / "initrd"
    initrd.write_bytes(b"0" * 300000)
    return disk.build(folder / f"{entry}.img", {
        "KERNEL": str(build / "conformance.Image"), "INITRD": str(initrd), "ENTRY": entry})


def check_map(report):
    """The pieces cover each range of RAM without gap or overlap."""
    pieces = report.found(PIECE)
    for start, end in report.found(RAM):
        inside = [p for p in pieces if start <= p[0] < end]
        assert inside[0][0] == start and inside[-1][1] == end
        assert all(a[1] == b[0] for a, b in zip(inside, inside[1:]))
    assert {p[2] for p in pieces} >= {"kernel", "initrd", "device tree", "aglet-ledger",
                                      "loader, now free", "free"}


def check_console(report, build):
    """Where things are is where the loader's console says that it put them."""
    text = report.page.read_text()
    kernel = re.search(r"place: kernel: 0x([0-9a-f]+)\.\.0x([0-9a-f]+)", text)
    assert report.piece("kernel") == (int(kernel[1], 16), int(kernel[2], 16))
    last = re.search(r"handoff: kernel at 0x([0-9a-f]+), dtb at 0x([0-9a-f]+)", text)
    assert report.piece("device tree")[0] == int(last[2], 16)
    start, end = report.piece("initrd")
    assert end - start == 300000
    loader = re.search(r"loader at 0x([0-9a-f]+)", text)
    assert report.piece("loader")[0] == int(loader[1], 16)
    assert f"{build}/report.html shows it" in report.lines[-1]


def check_page(report):
    """One file, well formed, without anything from outside."""
    text = report.page.read_text()
    assert not re.search(r"https?:|src=|@import|url\(|<link|<script", text)
    for picture in re.findall(r"<svg.*?</svg>", text, re.S):
        ElementTree.fromstring(picture)
    bar = re.search(r'<svg class="bar".*?</svg>', text, re.S)[0]
    titles = re.findall(r"<title>(\w+): ([\d,]+) instructions", bar)
    assert [name for name, _ in titles] == list(report.stages)
    for name, count in titles:
        assert int(count.replace(",", "")) / 1e6 == pytest.approx(report.stages[name], abs=6e-4)
    widths = [float(w) for w in re.findall(r'width="([\d.]+)"', bar)]
    assert sum(widths) == pytest.approx(1000, abs=1)


@pytest.mark.parametrize("variant, stages", [
    ("virt:", STAGES), ("virt:el1", [s for s in STAGES if s != "monitor"])])
def test_disk(tmp_path, variant, stages):
    build = bench.build(variant)
    report = Report(build, DISK=make_disk(tmp_path, build))
    assert report.status == 0, report.errors
    assert list(report.stages) == stages
    total = float(re.search(r"report: ([\d.]+) million", report.lines[0])[1])
    assert sum(report.stages.values()) == pytest.approx(total, abs=0.02)
    # A machine needs more than nothing, and for this less than U-Boot does.
    assert 1 < total < 40
    assert all(n >= 0 for n in report.stages.values())
    assert (report.piece("aglet-monitor") is None) == (variant == "virt:el1")
    check_map(report)
    check_console(report, build)
    check_page(report)


def test_more_cpus_and_a_refused_kernel(tmp_path):
    """Only the last try counts, whatever the first has come to."""
    build = bench.build("virt:")
    (tmp_path / "bad").write_bytes(b"no kernel at all" * 10000)
    image = make_disk(tmp_path, build)
    report = Report(build, DISK=image, SMP=4, KERNEL=tmp_path / "bad")
    assert report.status == 0, report.errors
    assert list(report.stages) == [*STAGES[:4], "refused", *STAGES[4:]]
    # As long as without it: what was tried is not taken for the board's.
    assert report.stages["board"] < 2
    assert "find: disk:" in report.page.read_text()


def test_another_board():
    """Without disks the kernel of make run; its monitor is no RAM of the tree."""
    report = Report(bench.build("zcu102:"))
    assert report.status == 0, report.errors
    assert list(report.stages) == STAGES
    assert report.piece("aglet-monitor") and report.piece("kernel")[0] == 0


def test_without_a_kernel(tmp_path):
    """The reason is the loader's own."""
    image = tmp_path / "empty.img"
    image.write_bytes(bytes(1 << 20))
    build = bench.build("virt:SOURCE_EMBEDDED=n")
    report = Report(build, DISK=image)
    assert report.status == 2
    assert "report: error: the machine ended before the hand-off" in report.errors
    assert "candidate" in report.errors


def test_tree_with_reserved_ranges(tmp_path):
    """What a tree of the user's keeps is in the picture."""
    build = bench.build("virt:")
    dump = tmp_path / "virt.dtb"
    subprocess.run([bench.QEMUS["old"], "-M", "virt,secure=on,virtualization=on,gic-version=3,"
                    f"dumpdtb={dump}", "-cpu", "cortex-a72", "-m", "512M"], check=True,
                   capture_output=True)
    source = tmp_path / "virt.dts"
    subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", "-o", source, dump], check=True)
    text = source.read_text().replace("/dts-v1/;", "/dts-v1/;\n/memreserve/ 0x52000000 0x3000;", 1)
    node = ("reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges; "
            "buffer@50000000 { reg = <0 0x50000000 0 0x200000>; }; };\n};\n")
    source.write_text(text.rstrip().removesuffix("};") + node)
    subprocess.run(["dtc", "-q", "-o", dump, source], check=True)
    report = Report(build, DISK=make_disk(tmp_path, build), DTB=dump)
    assert report.status == 0, report.errors
    assert report.piece("buffer") == (0x50000000, 0x50200000)
    assert report.piece("reserved") == (0x52000000, 0x52003000)
    check_map(report)
