# SPDX-License-Identifier: BSD-2-Clause
"""The rollback counter in QEMU: signed images, older and newer ones, cut power."""
import os
import re
from concurrent.futures import ThreadPoolExecutor

import caller
import flash
import flash_cut
import pytest
import qemu
import signed
from bench import build, play

GET, RAISE, CLOSE = 0x83000000, 0x83000001, 0x83000002
UID, REVISION = 0x8300ff01, 0x8300ff03
SMC64 = 1 << 30
ELSEWHERE = 1 << 63             # the call is made by CPU 1, which then goes off
VALUE, LIMIT = (GET, 0), (GET, 1)
MAX = 0x7fffffff
NO_SUCH, INVALID, DENIED, UNREADABLE = -1, -3, -4, -6
# Commands and words: 2 * (6 to erase a sector, 4 for each of 4 words).
WRITES = 44


def variant(*words):
    return build(signed.variant("+".join(["virt:el3", *words])))


@pytest.fixture(name="at_boot", scope="module")
def build_at_boot():
    return variant("ROLLBACK=y")


@pytest.fixture(name="left_open", scope="module")
def build_left_open():
    return variant("ROLLBACK=y", "ROLLBACK_OPEN=y")


def answers(lines):
    """{(function, x1): x0 as a signed number} of the calls that were made."""
    found = {}
    for line in lines:
        match = re.match(r"smc (\w{16}) (\w{16}) -> (\w{16})", line)
        if match:
            function, x1, x0 = (int(n, 16) for n in match.groups())
            found[function, x1] = x0 - (x0 >> 63 << 64)
    return found


class Machine:
    """One machine with its flash, started again and again."""

    def __init__(self, folder, tmp_path):
        self.folder, self.tmp_path = folder, tmp_path
        self.flash = tmp_path / "flash"

    def start(self, index, *calls, good=True, **given):
        """Boot an image of that index. Return: what its calls were answered."""
        image = caller.fit(self.tmp_path / "images", index, [VALUE, *calls])
        run = play("run", self.folder, FLASH=self.flash, KERNEL=image, SMP=2, **given)
        run.expect_status(0 if good else 1)
        self.run = run
        return answers(run.lines)

    def refuses(self, index, counter):
        self.start(index, good=False)
        self.run.expect_lines([f"^verify: rollback: error: rollback index {index or 0} is below "
                               f"the counter, {counter}: an older image; sign with {counter} "
                               r"or more, or boot a newer one \(ERANGE\)",
                               "^fail: boot: no candidate"])
        self.run.expect_none(["^smc ", "^handoff: kernel"])


def test_counter_is_kept_and_older_images_are_refused(at_boot, tmp_path):
    machine = Machine(at_boot, tmp_path)
    assert machine.start(None)[VALUE] == 0
    assert machine.start(3)[VALUE] == 3
    machine.run.expect_lines(["^handoff: rollback: counter raised from 0 to 3"])
    assert machine.start(3)[VALUE] == 3
    machine.run.expect_none(["counter raised"])
    machine.refuses(2, 3)
    machine.refuses(None, 3)
    assert machine.start(MAX)[VALUE] == MAX
    machine.refuses(MAX - 1, MAX)
    machine.start(MAX + 1, good=False)
    machine.run.expect_lines([rf"rollback index {MAX + 1} is more than {MAX}: "])


def test_kernel_is_denied(at_boot, tmp_path):
    """Whatever the kernel asks for, on any CPU, nothing is raised or opened."""
    machine = Machine(at_boot, tmp_path)
    raises = [(RAISE, 2), (RAISE, 3), (RAISE, MAX), (RAISE | SMC64, 4), (ELSEWHERE | RAISE, 5)]
    wrong = [(RAISE, MAX + 1), (RAISE | SMC64, 1 << 32 | 2), (GET, 2), (GET | SMC64, 1 << 63),
             (CLOSE, MAX + 1), (CLOSE | SMC64, 2**64 - 1)]
    told = machine.start(2, LIMIT, *raises, *wrong, (CLOSE, MAX), (ELSEWHERE | CLOSE, MAX),
                         (RAISE, 6), (ELSEWHERE | LIMIT[0], 1), (UID, 0), (REVISION, 0),
                         (0x8300ff00, 0), (0xc300ff01, 0), (0x83000003, 0), (0x83005678, 0))
    assert told[VALUE] == 2 and told[LIMIT] == 0 and told[ELSEWHERE | LIMIT[0], 1] == 0
    assert {told[call] for call in [*raises, (RAISE, 6)]} == {DENIED}
    assert {told[call] for call in wrong} == {INVALID}
    assert told[CLOSE, MAX] == told[ELSEWHERE | CLOSE, MAX] == 0
    assert told[UID, 0] > 0 and told[REVISION, 0] == 1
    assert {told[f, 0] for f in (0x8300ff00, 0xc300ff01, 0x83000003, 0x83005678)} == {NO_SUCH}
    assert machine.start(2)[VALUE] == 2


def test_running_system_raises_up_to_its_index(left_open, tmp_path):
    machine = Machine(left_open, tmp_path)
    told = machine.start(5, LIMIT, (RAISE, 6), (RAISE | SMC64, 4), (GET | SMC64, 0))
    assert told[VALUE] == 0 and told[LIMIT] == 5
    assert told[RAISE, 6] == DENIED and told[RAISE | SMC64, 4] == 0
    assert told[GET | SMC64, 0] == 4
    # It has not yet said so for its own index: an image of 4 still starts.
    assert machine.start(4, (ELSEWHERE | RAISE, 5))[ELSEWHERE | RAISE, 5] == DENIED
    assert machine.start(5, (ELSEWHERE | RAISE, 5))[ELSEWHERE | RAISE, 5] == 0
    machine.refuses(4, 5)
    told = machine.start(7, (CLOSE, 6), (RAISE, 7), (RAISE, 6))
    assert told[RAISE, 7] == DENIED and told[RAISE, 6] == 0


def test_without_the_option_nobody_answers(tmp_path):
    functions = [GET, RAISE, CLOSE, *(f | SMC64 for f in (GET, RAISE, CLOSE)), UID, REVISION]
    image = caller.kernel(tmp_path, [(f, 0) for f in functions])
    run = play("run", build("virt:el3"), KERNEL=image, SMP=2)
    run.expect_status(0)
    assert answers(run.lines) == {(f, 0): NO_SUCH for f in functions}


def test_unreadable_counter_refuses(at_boot, tmp_path):
    machine = Machine(at_boot, tmp_path)
    machine.start(2)
    config = qemu.read_config(at_boot)
    good = bytearray(flash_cut.sectors(machine.flash, config))
    half = len(good) // 2
    # One copy is enough, and the loader mends the other.
    for copy in (0, half):
        bad = bytearray(good)
        bad[copy + 8] ^= 4
        flash_cut.make(machine.flash, config, bad)
        assert machine.start(2)[VALUE] == 2
        mended = flash_cut.sectors(machine.flash, config)
        assert mended[8:12] == mended[half + 8:half + 12] == b"\2\0\0\0"
    good[8] ^= 4
    good[half + 12] ^= 1
    flash_cut.make(machine.flash, config, good)
    machine.start(9, good=False)
    machine.run.expect_lines(["^verify: rollback: error: neither copy of the counter can be read: "
                              r"erase its two sectors at 0x3f80000 .* \(EBADMSG\)"])
    assert flash_cut.sectors(machine.flash, config) == good


def test_flash_that_forgets_refuses(at_boot, tmp_path):
    """Started with -bios: QEMU's flash is all zeroes then."""
    image = caller.fit(tmp_path, 2, [VALUE])
    words = qemu.command(at_boot, {"FLASH": str(tmp_path / "flash"), "KERNEL": str(image)})
    at = words.index("-drive")
    words[at:at + 2] = ["-bios", f"{at_boot}/aglet.bin"]
    run = flash_cut.plain(words)
    assert "neither copy of the counter can be read" in run


class Sweep:
    """An update from one index to the next, cut after each of its writes."""

    def __init__(self, folder, tmp_path, old, new):
        self.folder, self.tmp_path, self.old, self.new = folder, tmp_path, old, new
        self.config = qemu.read_config(folder)
        self.images = {index: str(caller.fit(tmp_path / f"image-{index}", index, [VALUE]))
                       for index in (old, new)}
        self.before = None

    def boot(self, name, index, limit=flash_cut.WRITES_MAX):
        given = {"FLASH": str(self.tmp_path / name), "KERNEL": self.images[index],
                 "SMP": "2", "MEM": "128M", "CPU": ""}
        return flash_cut.run(self.folder, given, limit)

    def value(self, console):
        """The counter, as a start says that may not raise it."""
        refused = re.search(r"is below the counter, (\d+)", console)
        if refused:
            return int(refused[1])
        return answers(console.splitlines()).get(VALUE)

    def cut(self, after):
        """What the counter reads as, at the next start and when all is well again."""
        name = f"cut-{after}"
        flash_cut.make(self.tmp_path / name, self.config, self.before)
        done, _ = self.boot(name, self.new, after)
        seen = self.value(self.boot(name, self.old)[1])
        last = self.value(self.boot(name, self.new)[1])
        os.unlink(self.tmp_path / name)
        return done, seen, last

    def play(self):
        flash_cut.make(self.tmp_path / "whole", self.config)
        if self.old:
            self.boot("whole", self.old)
        self.before = flash_cut.sectors(self.tmp_path / "whole", self.config)
        writes, console = self.boot("whole", self.new)
        assert f"counter raised from {self.old} to {self.new}" in console, console
        assert writes == WRITES
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(self.cut, range(writes + 1)))


@pytest.mark.parametrize("old, new", [(0, 1), (1, 7)])
def test_cut_at_every_write(at_boot, tmp_path, record_property, old, new):
    """Erases of a flash that was never used, and of records."""
    results = Sweep(at_boot, tmp_path, old, new).play()
    assert [done for done, _, _ in results] == list(range(WRITES + 1))
    seen = [value for _, value, _ in results]
    assert set(seen) == {old, new} and seen == sorted(seen)
    assert {last for _, _, last in results} == {new}
    record_property("shown", f"counter: {len(results) - 1} of {WRITES} writes cut, each time "
                    f"the old value ({seen.count(old)}) or the new one ({seen.count(new)})")


def test_flash_variable_is_checked(at_boot, tmp_path):
    short = tmp_path / "short"
    short.write_bytes(b"x")
    run = play("run", at_boot, FLASH=short)
    run.expect_status(2)
    run.expect_lines([f"^run: error: FLASH={short}: 1 bytes, the flash has 67108864; remove it"])
    run = play("run", build("virt:el3"), FLASH=short)
    run.expect_status(2)
    run.expect_lines([f"^run: error: FLASH={short}: this build keeps nothing in its flash"])
    config = qemu.read_config(at_boot)
    image = tmp_path / "large"
    image.write_bytes(bytes(flash.layout(config)[0] + 1))
    with pytest.raises(flash.FlashError, match="sectors begin at 0x3f80000; build in less"):
        flash.prepare(tmp_path / "new", image, config)
