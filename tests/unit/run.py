#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build the unit tests for this machine, with sanitizers, and run them.

usage: run.py FOLDER [TEST]     FOLDER gets the objects; TEST is part of a name
"""
import os
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
CONFIGS = ['full', 'plain', 'spin']
PRODUCT = ['lib/*.c', 'boot/*.c', 'drivers/driver.c', 'drivers/fw_cfg/*.c',
           'arch/arm64/duty.c', 'arch/arm64/duty_names.c', 'arch/arm64/id_known.c',
           'arch/arm64/id_made.c', 'arch/arm64/*_duties.c',
           'arch/arm64/el3/*_duties.c']


def libfdt():
    """The library's include folder and archive, private or installed."""
    found = sorted(DEPS.glob('host/usr/lib/*/libfdt.a'))
    if found:
        return DEPS / 'host/usr/include', str(found[0])
    return Path('/usr/include'), '-lfdt'


def sources(config):
    """The product and the tests that belong to this configuration."""
    files = [f for pattern in PRODUCT for f in sorted(TOP.glob(pattern))]
    files = [f for f in files if f.name != 'string_small.c'
             and (f.name != 'fdt.c' or config != 'plain')]
    if config == 'full':
        files.append(TOP / 'arch/arm64/mutation.c')
    if config == 'plain':
        files = [f for f in files if not f.name.startswith('fixup_')]
    other = 'fixup_psci.c' if config == 'spin' else 'fixup_spin.c'
    files = [f for f in files if f.name != other]
    return files + sorted(HERE.glob('*.c'))


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
             '-I', HERE, '-idirafter', libfdt()[0],
             '-include', HERE / f'config_{config}.h',
             '-include', TOP / 'include/kconfig.h',
             '-MD', '-MF', depfile, '-c', source, '-o', target], check=True)
    return target


def build(out, config):
    """Return the program of one configuration."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(lambda s: compile_one(s, out, config),
                                sources(config)))
    program = out / f'unit-{config}'
    if not program.exists() or any(o.stat().st_mtime > program.stat().st_mtime
                                   for o in objects):
        subprocess.run([HOSTCC, *FLAGS, f'-Wl,-T,{HERE}/tables.lds',
                        '-o', program, *objects, libfdt()[1]], check=True)
    return program


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    out = Path(sys.argv[1]).resolve()
    failed = []
    for config in CONFIGS:
        try:
            program = build(out, config)
        except subprocess.CalledProcessError as error:
            sys.exit(f'unit tests ({config}): {error.cmd[0]} failed')
        print(f'# configuration {config}', flush=True)
        if subprocess.run([program, *sys.argv[2:]], check=False).returncode:
            failed.append(config)
    if failed:
        sys.exit(f'unit tests: failed in configuration {" ".join(failed)}')


if __name__ == '__main__':
    main()
