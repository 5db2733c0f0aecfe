#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build the fuzzers with clang and run each for a bounded time.

usage: run.py FOLDER [SECONDS] [NAME...]    FOLDER gets programs, corpora, crashers

A fuzzer is a fuzz_NAME.c whose head has a line `link:` with the sources that
it needs, and perhaps `libs:` with libraries of .deps/host (z, lz4) and
`max:` with the longest input in bytes. seeds/NAME.py has seeds(), {name:
bytes} from real tools, as a start; what once crashed stays in crashers/NAME/.
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
FLAGS = ['-std=gnu11', '-O1', '-g', '-fsanitize=fuzzer,address,undefined',
         '-fno-sanitize-recover=all', '-I', TOP / 'include',
         '-include', TOP / 'tests/unit/config_full.h',
         '-include', TOP / 'include/kconfig.h', f'-Wl,-T,{TOP}/tests/unit/tables.lds']


def words(source, key):
    """What stands behind `key:` in the head of a fuzzer."""
    found = re.search(rf'^ \* {key}: (.*)$', source.read_text(), re.M)
    return found[1].split() if found else []


def library(name):
    return next(iter(sorted(DEPS.glob(f'host/usr/lib/*/lib{name}.a'))), f'-l{name}')


def seeds(name):
    """{file name: bytes}, a first corpus."""
    script = HERE / f'seeds/{name}.py'
    spec = importlib.util.spec_from_file_location(name, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.seeds()


def build(name, out):
    source = HERE / f'fuzz_{name}.c'
    program = out / name
    subprocess.run(['clang', *FLAGS, '-idirafter', DEPS / 'host/usr/include',
                    '-o', program, source,
                    *(TOP / f for f in words(source, 'link')),
                    *(library(n) for n in words(source, 'libs'))], check=True)
    return program


def fuzz(name, out, seconds):
    """Build and run one fuzzer; True if it found nothing."""
    program = build(name, out)
    corpus = out / f'{name}.corpus'
    corpus.mkdir(exist_ok=True)
    for file, data in seeds(name).items():
        (corpus / file).write_bytes(data)
    kept = HERE / f'crashers/{name}'
    longest = (words(HERE / f'fuzz_{name}.c', 'max') or ['4096'])[0]
    run = subprocess.run(
        [program, f'-max_total_time={seconds}', f'-max_len={longest}', '-timeout=20',
         '-rss_limit_mb=4096', '-print_final_stats=1', f'-artifact_prefix={out}/{name}-',
         corpus, *([kept] if kept.is_dir() else [])],
        check=False, cwd=out, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = run.stdout.decode(errors='replace')
    done = re.search(r'number_of_executed_units:\s*(\d+)', text)
    print(f'fuzz: {name}: {done[1] if done else "?"} inputs' if not run.returncode
          else text, flush=True)
    return run.returncode == 0


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    names = sys.argv[3:] or sorted(f.stem[5:] for f in HERE.glob('fuzz_*.c'))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        good = list(pool.map(lambda name: fuzz(name, out, seconds), names))
    found = [name for name, fine in zip(names, good) if not fine]
    if found:
        sys.exit(f'fuzzers that found something: {" ".join(found)}; '
                 f'the inputs are in {out}')
    print(f'fuzz: {len(names)} fuzzers, {seconds} s each, nothing found')


if __name__ == '__main__':
    main()
