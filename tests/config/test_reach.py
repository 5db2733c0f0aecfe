# SPDX-License-Identifier: BSD-2-Clause
"""make reach finds what runs before verify, and each file of it is looked after."""
import subprocess
import sys

import pytest

from conftest import TOP

sys.path.append(str(TOP / "scripts"))
import conformance_table
import reach

VARIANTS = {
    "virt": ["virt_defconfig"],
    "plain": ["virt_defconfig", "el1.config"],
    "hardened": ["virt_defconfig", "hardened.config"],
    "trust": ["virt_defconfig", "{out}/trust.config"],
    "raspi4b": ["raspi4b_defconfig"],
    "sbsa-ref": ["sbsa-ref_defconfig"],
}
# Reached only through a table of pointers, a set, or a struct of functions.
INDIRECT = {"fs/fat_mount.c", "fs/ext4_inode.c", "boot/format_fit.c", "boot/entry_bls.c",
            "drivers/block/nvme_read.c", "drivers/virtio/virtio_pci.c"}
# Only behind it.
LATER = {"boot/handoff.c", "boot/fixup_chosen.c", "arch/arm64/handoff.c"}


def compiled(tmp_path, text):
    """The graph of one C file, as our objects are compiled."""
    source, out = tmp_path / "a.c", tmp_path / "a.o"
    source.write_text(text)
    subprocess.run(["aarch64-linux-gnu-gcc", "-O2", "-ffreestanding", "-ffunction-sections",
                    "-fdata-sections", "-fno-pic", "-c", "-o", out, source], check=True)
    told = subprocess.run(["aarch64-linux-gnu-objdump", "-rt", out], check=True,
                          capture_output=True, text=True).stdout
    graph = reach.Graph()
    graph.read("a.o", told)
    return graph


def names(graph, *entries):
    found = graph.reached(entries)
    return {f for node in found if not isinstance(node, str) for f in graph.functions[node]}


def test_calls_tables_and_sets_are_followed(tmp_path):
    graph = compiled(tmp_path, """
        int foreign(int);
        __attribute__((noinline)) static int direct(int a) { return foreign(a); }
        static int in_table(int a) { return a + 2; }
        static int in_set(int a) { return a + 3; }
        int alone(int a) { return a * 5; }
        int nowhere(int a) { return a * 7; }
        struct ops { int (*run)(int); };
        static const struct ops ops[] = { { in_table }, { alone } };
        static const struct ops member = { in_set };
        static const struct ops *const entry
            __attribute__((used, section(".table.things.10.member"))) = &member;
        extern const struct ops *const __table_things_start[];
        int step(int a) { return direct(a) + ops[a].run(a) + __table_things_start[a]->run(a); }
        int other(int a) { return direct(a); }
        """)
    assert names(graph, "step") == {"step", "direct", "in_table", "alone", "in_set"}
    assert names(graph, "other") == {"other", "direct"}
    assert "foreign" in graph.reached(["other"])
    with pytest.raises(reach.Error, match="no function nobody"):
        graph.reached(["nobody"])


def trust(out):
    """A key of today, and a fragment that believes nobody else."""
    subprocess.run(["make", "keys", f"DIR={out}/keys", "NAME=t", "ALGO=ecdsa256"], cwd=TOP,
                   check=True, capture_output=True)
    (out / "trust.config").write_text(f'CONFIG_TRUST_KEYS="{out}/keys/t.crt"\n'
                                      "CONFIG_TRUST_REQUIRED=y\nCONFIG_ROLLBACK=y\n")


@pytest.fixture(scope="module", params=VARIANTS)
def reached(request, tmp_path_factory):
    """(name, {file: functions}) of a variant."""
    out = tmp_path_factory.mktemp("reach")
    command = ["make", f"O={out}", f"CONFORMANCE={kernel(tmp_path_factory)}"]
    if request.param == "trust":
        trust(out)
    for goals in ([g.format(out=out) for g in VARIANTS[request.param]], ["all"]):
        subprocess.run([*command, *goals], cwd=TOP, check=True, capture_output=True)
    return request.param, reach.files_reached(reach.read_graph(out))[0]


KERNEL = []


def kernel(tmp_path_factory):
    """One conformance kernel for all; it is no part of the graph."""
    if not KERNEL:
        KERNEL.append(tmp_path_factory.mktemp("kernel"))
        subprocess.run(["make", f"O={KERNEL[0]}", "virt_defconfig", "conformance-image"],
                       cwd=TOP, check=True, capture_output=True)
    return KERNEL[0]


def test_each_file_has_a_fuzzer_or_a_reason(reached):
    _, files = reached
    by_fuzzer, known = reach.fuzzed(), reach.reasons()
    assert [name for name in files if not reach.cover(name, by_fuzzer, known)] == []


def test_what_is_reached_is_plausible(reached):
    variant, files = reached
    if variant == "virt":
        assert INDIRECT <= set(files)
    assert not LATER & set(files)
    assert set(reach.ENTRIES) <= {f for found in files.values() for f in found}


@pytest.mark.parametrize("reason", reach.reasons(), ids=lambda r: r.pattern)
def test_reason_names_a_file_and_a_test_that_are_there(reason):
    assert list(TOP.glob(reason.pattern)), "no such file"
    if reason.test != "-":
        conformance_table.check_test(reason.test)


def test_bare_file_is_an_error(monkeypatch, capsys):
    monkeypatch.setattr(reach, "reasons", lambda: [])
    assert reach.report({"boot/place.c": ["step_place"]}, [], False) == ["boot/place.c"]
    assert "NO FUZZER, NO REASON" in capsys.readouterr().out
