# SPDX-License-Identifier: BSD-2-Clause
"""The checker of messages sees every way in which a source says one."""
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "scripts"))

import check_messages                           # noqa: E402

# file, what it says, the text that must be found (None: that is no message)
WAYS = [
    ("boot/a.c", 'return boot_refuse(boot, err, "kernel", "it is %u "\n\t"too long", n);',
     "it is %u too long"),
    ("boot/a.c", 'boot_warn(boot, "x", "it looks odd (%s)", err_name(err));',
     "it looks odd (%s)"),
    ("boot/items.c", 'context->warn(context, v->name, v->fs.why ? v->fs.why :\n'
     '\t"a folder is odd", err);', "a folder is odd"),
    ("boot/volumes.c", 'context->warn(context, name, "there are more volumes "\n\t"than that", 0);',
     "there are more volumes than that"),
    ("fs/a.c", 'return fail(fs, -EINVAL, WORDS("a loop "\n\t"of clusters"));',
     "a loop of clusters"),
    ("boot/entry_a.c", '*why = efi ? WORDS("only for efi") : WORDS("no kernel line");',
     "no kernel line"),
    ("boot/source_disk.c", 'c->why = fs->why ? fs->why : "no such file";', "no such file"),
    ("drivers/block/a.c", '*why = WORDS("the disk is odd");', "the disk is odd"),
    ("boot/a.c", 'print("panic: all is lost\\n");', "panic: all is lost"),
    ("boards/virt/board.c", '\t.no_tree = "start it "\n\t\t"otherwise",',
     "start it otherwise"),
    ("scripts/disk.py", 'raise DiskError(f"{name}={value}: give one " f"of {all}")',
     "{name}={value}: give one of {all}"),
    ("include/err.h", "\tEISDIR = 21,\t/* a folder */", "EISDIR | 21 |"),
    ("boot/a.c", '/* boot_warn(boot, "x", "it looks odd"); */', None),
    ("boot/a.c", 'boot_note(boot, "x", "all is well");', None),
    ("boot/menu.c", 'print("menu: all is well\\n");', None),
]


@pytest.mark.parametrize("name,text,want", WAYS)
def test_way(name, text, want):
    found = [m for m in check_messages.messages(name, text) if " " in m]
    assert want in found if want else not found


@pytest.mark.parametrize("pattern", check_messages.SOURCES)
def test_sources_are_there(pattern):
    assert list(TOP.glob(pattern))


@pytest.mark.parametrize("page,want", [
    ("`kernel of ... bytes is too long: cut it`", []),
    ("kernel of ...\n`bytes is too long: cut it`", []),
    ("kernel of bytes", [("boot/a.c", "bytes is too long: cut it")]),
])
def test_missing(page, want):
    found = {"kernel of %lu bytes is too long: cut it": "boot/a.c"}
    assert check_messages.missing(found, page) == want


@pytest.mark.parametrize("cell,want", [
    ("`kernel of ... bytes is too long: cut it`, `it is odd`", []),
    ("`...: bytes is too long`", []),
    ("`bytes are too long`, `it is odd`", ["bytes are too long"]),
])
def test_stale(cell, want):
    found = {"kernel of %lu bytes is too long: cut it": "boot/a.c", "it is odd": "boot/a.c"}
    page = f"\n## From disks\n\n| message | cause |\n| {cell} | no `such thing` |\n\n## More\n"
    assert check_messages.stale(found, page) == want


def test_page_is_complete_and_notices():
    """The page has everything; without any one line of a table it has not."""
    found = check_messages.collect(TOP)
    page = (TOP / check_messages.PAGE).read_text()
    assert not check_messages.missing(found, page)
    assert not check_messages.stale(found, page)
    for text in ("fsck.vfat", "e2fsck", "gdisk", "mkimage", "dtc -@", "ELOOP"):
        less = "\n".join(line for line in page.split("\n") if text not in line)
        assert check_messages.missing(found, less), text
