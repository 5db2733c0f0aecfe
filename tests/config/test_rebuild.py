# SPDX-License-Identifier: BSD-2-Clause
"""What is built again after a change: all that it touches and nothing else."""
import json

import pytest

from conftest import Build, made

pytestmark = pytest.mark.slow


def users_of(own, symbol):
    """Objects whose sources mention CONFIG_<symbol>."""
    stamp = f"/include/config/{symbol}"
    found = set()
    for path in own.out.rglob("*.o.cmd"):
        words = path.read_text().split()
        if any(word.endswith(stamp) for word in words):
            found.add(str(path.relative_to(own.out)).removesuffix(".cmd"))
    return found


def test_nothing_to_do(own_tree):
    own_tree.make()
    assert own_tree.make() == ""


@pytest.mark.parametrize("symbol, value", [
    ("UART_BAUD", "57600"), ("NR_CPUS", "4"), ("TIMER_FREQ", "1000000"),
    ("CMDLINE", '"quiet"')])
def test_option_rebuilds_what_reads_it(own_tree, symbol, value):
    own_tree.make()
    wanted = users_of(own_tree, symbol)
    everything = len(list(own_tree.out.rglob("*.o.cmd")))
    assert 0 < len(wanted) < everything / 2
    own_tree.set(symbol, value)
    output = own_tree.make()
    compiled = made(output, "CC", "AS")
    assert wanted <= compiled
    # What the new value changes further down: symbol table, embedded kernel.
    assert compiled - wanted <= {"kallsyms/names.o", "arch/arm64/payload.o"}
    assert "aglet.bin" in made(output, "OBJCOPY")
    assert own_tree.make() == ""


def test_saving_the_same_configuration_rebuilds_nothing(own_tree):
    own_tree.make()
    own_tree.make("olddefconfig")
    (own_tree.out / ".config").touch()
    assert made(own_tree.make(), "CC", "AS", "LD", "LDS") == set()


def test_header_rebuilds_its_users(own_tree):
    own_tree.make()
    header = own_tree.tree / "include" / "uart.h"
    header.write_text(header.read_text() + "/* changed */\n")
    compiled = made(own_tree.make(), "CC", "AS")
    assert "drivers/serial/pl011.o" in compiled
    assert "monitor/drivers/serial/pl011.o" in compiled
    assert "lib/region.o" not in compiled


def test_deleted_header_is_no_obstacle(own_tree):
    header = own_tree.tree / "include" / "passing.h"
    source = own_tree.tree / "lib" / "err.c"
    text = source.read_text()
    header.write_text("/* nothing */\n")
    source.write_text('#include "passing.h"\n' + text)
    own_tree.make()
    header.unlink()
    source.write_text(text)
    assert "lib/err.o" in made(own_tree.make(), "CC")


def test_command_rebuilds(own_tree):
    own_tree.make()
    output = own_tree.make("KCFLAGS=-DNOTHING")
    assert {"lib/err.o", "monitor/drivers/serial/pl011.o",
            "kernel/main.o"} <= made(output, "CC")
    assert made(output, "AS") <= {"arch/arm64/payload.o", "kallsyms/names.o"}
    own_tree.make()


def test_kconfig_change_syncs(own_tree):
    own_tree.make()
    path = own_tree.tree / "lib" / "Kconfig"
    top = own_tree.tree / "Kconfig"
    path.write_text("config PASSING\n\tbool\n\tdefault y\n")
    top.write_text(top.read_text() + 'source "lib/Kconfig"\n')
    own_tree.make()
    assert own_tree.config()["PASSING"] == "y"


def test_object_without_source(own_tree):
    objects = own_tree.tree / "lib" / "objects.mk"
    text = objects.read_text()
    objects.write_text(text + "obj-y += nowhere.o\n")
    output = own_tree.fail()
    objects.write_text(text)
    assert "lib/nowhere.o" in output and "neither" in output


def test_monitor_refers_to_nothing_outside(own_tree):
    source = own_tree.tree / "arch" / "arm64" / "el3" / "psci.c"
    text = source.read_text()
    source.write_text(text + "extern int loader_thing;\n"
                      "int *passing(void);\n"
                      "int *passing(void) { return &loader_thing; }\n")
    output = own_tree.fail()
    source.write_text(text)
    assert "monitor.o: undefined symbol loader_thing" in output
    own_tree.make()


def test_two_variants_side_by_side(own_tree, tmp_path):
    other = Build(tmp_path / "other", own_tree.tree)
    other.make("virt_defconfig", "el1.config")
    own_tree.make()
    before = (own_tree.out / "aglet.bin").read_bytes()
    other.make()
    assert own_tree.make() == ""
    assert (own_tree.out / "aglet.bin").read_bytes() == before
    assert (other.out / "aglet.bin").read_bytes() != before
    assert not list(other.out.glob("monitor*"))


def test_compile_commands(own_tree):
    own_tree.make("compile_commands.json")
    path = own_tree.out / "compile_commands.json"
    entries = json.loads(path.read_text())
    objects = {e["output"] for e in entries}
    assert f"{own_tree.out}/monitor/drivers/serial/pl011.o" in objects
    assert all((own_tree.tree / e["file"]).exists() for e in entries)


def test_missing_payload_names_the_option(own_tree, tmp_path):
    other = Build(tmp_path / "other", own_tree.tree)
    fragment = other.fragment('CONFIG_PAYLOAD_INITRD="no/such.cpio"\n')
    other.make("virt_defconfig", fragment)
    output = other.fail("-k")
    assert "CONFIG_PAYLOAD_INITRD: no file no/such.cpio" in output


def test_missing_libraries_name_the_remedy(own_tree, tmp_path):
    other = Build(tmp_path / "other", own_tree.tree)
    other.make("virt_defconfig")
    output = other.fail("DEPS=/nowhere")
    assert "run 'make setup'" in output and "libfdt.a" in output


def test_missing_compiler_names_the_remedy(own_tree, tmp_path):
    other = Build(tmp_path / "other", own_tree.tree)
    other.make("virt_defconfig")
    assert "run 'make setup'" in other.fail("CROSS_COMPILE=nowhere-")


def test_clean(own_tree, tmp_path):
    other = Build(tmp_path / "other", own_tree.tree)
    other.make("virt_defconfig", "tiny.config")
    other.make()
    keep = other.out / "mine.txt"
    keep.write_text("kept\n")
    other.make("clean")
    assert {p.name for p in other.out.iterdir()} <= {
        ".config", ".config.old", "mine.txt"}
    other.make()
    keep.unlink()
    other.make("distclean")
    assert not other.out.exists()
