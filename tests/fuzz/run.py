#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build the fuzzers with clang and run each for a bounded time.

usage: run.py FOLDER [SECONDS] [NAME...]    FOLDER gets programs, corpora, crashers

A fuzzer is a fuzz_NAME.c whose head has lines `link:` with the sources that
it needs (patterns are fine), and perhaps `libs:` with libraries of .deps/host
(z, lz4) and `max:` with the longest input in bytes. seeds/NAME.py has
seeds(), {name: bytes} from real tools, as a start; what once crashed stays in
crashers/NAME/.
"""
import importlib.util
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HERE = TOP / 'tests/fuzz'
DEPS = TOP / os.environ.get('DEPS', '.deps')
# The tables of include/table.h are sections of pointers, one behind the other:
# no red zones between them.
FLAGS = ['-std=gnu11', '-O1', '-g', '-fsanitize=fuzzer,address,undefined',
         '-fno-sanitize-recover=all', f'-fsanitize-ignorelist={HERE}/ignore.list',
         f'-fsanitize-coverage-ignorelist={HERE}/uncounted.list',
         '-I', TOP / 'include', '-I', TOP / 'boot',
         '-include', TOP / 'tests/unit/config_full.h',
         '-include', TOP / 'include/kconfig.h', f'-Wl,-T,{TOP}/tests/unit/tables.lds']
SOURCES = ('boot', 'fs', 'include', 'lib', 'tests/fuzz', 'tests/unit')


def words(source, key):
    """What stands behind `key:` in the head of a fuzzer."""
    found = re.findall(rf'^ \* {key}: (.*)$', source.read_text(), re.M)
    return [word for line in found for word in line.split()]


def linked(source):
    """The files of the tree that a fuzzer is linked with."""
    return [file for pattern in words(source, 'link') for file in sorted(TOP.glob(pattern))]


def library(name):
    return next(iter(sorted(DEPS.glob(f'host/usr/lib/*/lib{name}.a'))), f'-l{name}')


def seeds(name):
    """{file name: bytes}, a first corpus."""
    script = HERE / f'seeds/{name}.py'
    spec = importlib.util.spec_from_file_location(name, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.seeds()


def is_fresh(program):
    """Is it younger than whatever it may be made of?"""
    if not program.exists():
        return False
    age = program.stat().st_mtime
    files = (f for folder in SOURCES for f in (TOP / folder).rglob('*') if f.is_file())
    return all(f.stat().st_mtime < age for f in files)


def build(name, out):
    source = HERE / f'fuzz_{name}.c'
    program = out / name
    if not is_fresh(program):
        subprocess.run(['clang', *FLAGS, '-idirafter', DEPS / 'host/usr/include',
                        '-o', program, source, *linked(source),
                        *(library(n) for n in words(source, 'libs'))], check=True)
    return program


def command(name, out, seconds):
    """How a fuzzer is run; its first corpus is there after that."""
    corpus = out / f'{name}.corpus'
    corpus.mkdir(exist_ok=True)
    for file, data in seeds(name).items():
        (corpus / file).write_bytes(data)
    kept = HERE / f'crashers/{name}'
    longest = (words(HERE / f'fuzz_{name}.c', 'max') or ['4096'])[0]
    return [out / name, f'-max_total_time={seconds}', f'-max_len={longest}', '-timeout=20',
            '-rss_limit_mb=4096', '-print_final_stats=1', f'-artifact_prefix={out}/{name}-',
            corpus, *([kept] if kept.is_dir() else [])]


def summary(name, text):
    """One line of what libFuzzer said."""
    done = re.search(r'number_of_executed_units:\s*(\d+)', text)
    edges = [int(n) for n in re.findall(r'^#\d+\s+(?:INITED|\w+)\s+cov: (\d+)', text, re.M)]
    first = re.search(r'^#\d+\s+INITED\s+cov: (\d+)', text, re.M)
    if not done or not first:
        return f'fuzz: {name}: ended without a word'
    return (f'fuzz: {name}: {done[1]} inputs, {max(edges)} edges, '
            f'{max(edges) - int(first[1])} of them new')


def fuzz(name, out, seconds):
    """Build and run one fuzzer; True if it found nothing."""
    try:
        build(name, out)
        words_of_run = command(name, out, seconds)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f'fuzz: {name}: cannot be built: {error}', flush=True)
        return False
    run = subprocess.run(words_of_run, check=False, cwd=out, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    text = run.stdout.decode(errors='replace')
    if run.returncode:
        text = re.sub(r'^#\d+\s+\w+\s+cov: .*\n', '', text, flags=re.M)
        print(text, f'fuzz: {name}: FOUND SOMETHING', sep='', flush=True)
    else:
        print(summary(name, text), flush=True)
    return run.returncode == 0


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    known = sorted(f.stem[5:] for f in HERE.glob('fuzz_*.c'))
    names = sys.argv[3:] or known
    if set(names) - set(known):
        sys.exit(f'fuzz: no such fuzzer: {" ".join(sorted(set(names) - set(known)))}; '
                 f'there are {" ".join(known)}')
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        good = list(pool.map(lambda name: fuzz(name, out, seconds), names))
    found = [name for name, fine in zip(names, good) if not fine]
    if found:
        sys.exit(f'fuzzers that found something: {" ".join(found)}; '
                 f'the inputs are in {out}')
    print(f'fuzz: {len(names)} fuzzers, {seconds} s each, nothing found')


if __name__ == '__main__':
    main()
