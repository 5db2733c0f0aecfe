#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build the unit tests for this machine, with sanitizers, and run them.

usage: run.py FOLDER [TEST]     FOLDER gets the objects; TEST is part of a name
PROGRAMS="disk" in the environment builds and runs only that configuration.
"""
import functools
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HERE = TOP / 'tests/unit'
DEPS = TOP / os.environ.get('DEPS', '.deps')
HOSTCC = os.environ.get('HOSTCC', 'gcc')
FLAGS = ['-std=gnu11', '-O1', '-g', '-Wall', '-Wextra', '-Wno-unused-parameter',
         '-Wno-format-nonliteral',
         '-Wno-format-security', '-Werror', '-fno-common', '-fno-omit-frame-pointer',
         '-fsanitize=address,undefined', '-fno-sanitize-recover=all']
# Each configuration is a program of its own.
CONFIGS = ['full', 'plain', 'spin', 'disk', 'trust', 'report']
# With all that there is.
FULL = ('full', 'trust', 'report')
PRODUCT = ['lib/*.c', 'boot/*.c', 'drivers/driver.c', 'drivers/fw_cfg/*.c',
           'arch/arm64/duty.c', 'arch/arm64/duty_names.c', 'arch/arm64/id_known.c',
           'arch/arm64/id_made.c', 'arch/arm64/*_duties.c',
           'arch/arm64/el3/*_duties.c']
# What reads disks depends on no configuration and on no machine: its tests
# are a program without mocks.
PURE = ['lib/*.c', 'fs/*.c', 'boot/entry*.c', 'boot/fit*.c', 'boot/trust_keys.c']
PURE_TESTS = ['unit.c', 'disk/*.c']
# Doors to libraries, by what the linker calls them.
DOORS = {'inflate.c': 'z', 'lz4.c': 'lz4', 'zstd.c': 'zstd', 'bearssl.c': 'bearssl',
         'bearssl_key.c': 'bearssl'}
# Used by nothing but what only FULL has.
PARTS = ('unpack.c', 'digest.c', 'sha256.c', 'rsa_pss.c', 'dt_region.c')
PRINTERS = {'log.c', 'print.c', 'fdt_overlay.c'}
# What the host's own C library has.
LIBC = {'string_small.c', 'strtoul.c', 'no_heap.c'}
# Only in the configuration that boots from disks, or edits trees.
DISKS = ['fs/*.c', 'drivers/block/*.c', 'drivers/virtio/*.c', 'drivers/pci/*.c',
         'drivers/ahci/*.c', 'drivers/mmc/*.c',
         'tests/unit/disk/ramdisk.c', 'tests/unit/disk/bytes.c']
WITH_DISKS = re.compile(r'source_disk|menu|trust|item|volumes|entry_|fit|format_(packed|zboot|elf|fit|whole)')
# Tests of what only that configuration has.
TESTS_WITH_DISKS = re.compile(r'test_(disk|overlay|menu|elf|packed|drivers|virtio|nvme'
                              r'|ahci|card|mmc|node|sdhci|sdhost)')
# The tests of the policies, and what they need.
TRUST_TESTS = ['unit.c', 'mock.c', 'fake.c', 'tree.c', 'test_disk_rig.c', 'test_trust.c']
WITH_FIXUPS = re.compile(r'fixup_|fdt_|overlay')


def library(name):
    """A library's include folder and archive, private or installed."""
    found = sorted(DEPS.glob(f'host/usr/lib/*/lib{name}.a'))
    if found:
        return DEPS / 'host/usr/include', str(found[0])
    return Path('/usr/include'), f'-l{name}'


def libraries(config):
    """Those that the program of this configuration links."""
    names = [] if config == 'disk' else ['fdt']
    if config in (*FULL, 'disk'):
        names += sorted(set(DOORS.values()))
    return [library(name)[1] for name in names]


def globbed(top, patterns):
    return [f for pattern in patterns for f in sorted(top.glob(pattern))]


def belongs(file, config):
    """Is a file of PRODUCT part of this configuration?"""
    if file.name == 'rollback.c':
        return False    # its test includes it, once for each policy
    if file.name in DOORS or file.name in PARTS:
        return config in FULL or file.parent.name == 'boot'
    if WITH_DISKS.match(file.name):
        return config in FULL
    if WITH_FIXUPS.match(file.name):
        return config != 'plain'
    return file.name not in LIBC


def sources(config):
    """The product and the tests that belong to this configuration."""
    if config == 'disk':
        files = [f for f in globbed(TOP, PURE) if f.name not in PRINTERS]
        return [f for f in files if f.name not in LIBC] + globbed(HERE, PURE_TESTS)
    files = [f for f in globbed(TOP, PRODUCT) if belongs(f, config)]
    if config in FULL:
        files += [TOP / 'arch/arm64/mutation.c', *globbed(TOP, DISKS)]
    other = 'fixup_psci.c' if config == 'spin' else 'fixup_spin.c'
    files = [f for f in files if f.name != other]
    if config in ('trust', 'report'):
        return files + [HERE / name for name in TRUST_TESTS]
    return files + [f for f in sorted(HERE.glob('*.c')) if f.name != 'test_trust.c' and
                    (config == 'full' or not TESTS_WITH_DISKS.match(f.name))]


def stale(target, depfile):
    """Is an input that the compiler wrote down newer than the target?"""
    if not target.exists() or not depfile.exists():
        return True
    names = depfile.read_text().replace('\\\n', ' ').split()[1:]
    age = target.stat().st_mtime
    return any(not Path(n).exists() or Path(n).stat().st_mtime > age
               for n in names + [__file__])


def compile_one(source, out, config):
    """Compile one file if it must be. Return the object."""
    target = out / config / (str(source.relative_to(TOP)).replace('/', '_') + '.o')
    depfile = target.with_suffix('.d')
    if stale(target, depfile):
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [HOSTCC, *FLAGS, '-I', HERE / 'include', '-I', TOP / 'include',
             '-I', TOP / 'arch/arm64/include',
             '-I', HERE, '-I', out / 'images/signed', '-idirafter', library('fdt')[0],
             '-include', HERE / f'config_{config}.h',
             '-include', TOP / 'include/kconfig.h',
             '-MD', '-MF', depfile, '-c', source, '-o', target], check=True)
    return target


def build(out, config):
    """Return the program of one configuration."""
    if config in (*FULL, 'disk'):
        images(out)     # and the keys that are compiled in
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(lambda s: compile_one(s, out, config),
                                sources(config)))
    program = out / f'unit-{config}'
    if not program.exists() or any(o.stat().st_mtime > program.stat().st_mtime
                                   for o in objects):
        subprocess.run([HOSTCC, *FLAGS, f'-Wl,-T,{HERE}/tables.lds',
                        '-o', program, *objects, *libraries(config)], check=True)
    return program


@functools.cache
def images(out):
    """The folder of disk images that tests/unit/disk/images.py makes."""
    folder = out / 'images'
    subprocess.run([sys.executable, HERE / 'disk/images.py', folder], check=True)
    return folder


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    out = Path(sys.argv[1]).resolve()
    failed = []
    for config in os.environ.get('PROGRAMS', '').split() or CONFIGS:
        try:
            program = build(out, config)
        except subprocess.CalledProcessError as error:
            sys.exit(f'unit tests ({config}): {error.cmd[0]} failed')
        print(f'# configuration {config}', flush=True)
        given = {'AGLET_IMAGES': str(images(out))} if config in (*FULL, 'disk') else {}
        if subprocess.run([program, *sys.argv[2:]], check=False,
                          env={**os.environ, **given}).returncode:
            failed.append(config)
    if failed:
        sys.exit(f'unit tests: failed in configuration {" ".join(failed)}')


if __name__ == '__main__':
    main()
