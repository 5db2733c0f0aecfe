#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Build the fuzzers with clang and run each for a bounded time.

usage: run.py FOLDER [SECONDS]      FOLDER gets programs, corpora and crashers
"""
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HERE = TOP / 'tests/fuzz'
FLAGS = ['-std=gnu11', '-O1', '-g', '-fsanitize=fuzzer,address,undefined',
         '-fno-sanitize-recover=all', '-I', TOP / 'include',
         '-include', TOP / 'tests/unit/config_full.h',
         '-include', TOP / 'include/kconfig.h']
# What each fuzzer links besides itself.
TARGETS = {'fuzz_dt': ['lib/dt.c', 'lib/dt_reg.c', 'lib/region.c'],
           'fuzz_image': ['lib/region.c']}
# A first input, so that a short run gets past the magic number.
SEEDS = {
    'fuzz_dt': bytes.fromhex(
        'd00dfeed 0000006c 00000038 00000064 00000028 00000011 00000010'
        '00000000 00000004 0000002c' + '00' * 16 +
        '00000001 00000000 00000003 00000004 00000000 00000001 00000001'
        '61000000 00000002 00000002 00000009') + b'reg\0' + bytes(4),
    'fuzz_image': bytes(16) + b'\0\0\x10' + bytes(37) + b'ARM\x64' + bytes(12),
}


def fuzz(name, out, seconds):
    """Build and run one fuzzer; True if it found nothing."""
    program = out / name
    subprocess.run(['clang', *FLAGS, '-o', program, HERE / f'{name}.c',
                    *(TOP / f for f in TARGETS[name])], check=True)
    corpus = out / f'{name}.corpus'
    corpus.mkdir(exist_ok=True)
    (corpus / 'seed').write_bytes(SEEDS[name])
    return subprocess.run(
        [program, f'-max_total_time={seconds}', '-max_len=4096',
         '-print_final_stats=1', f'-artifact_prefix={out}/{name}-', corpus],
        check=False, cwd=out).returncode == 0


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    found = [name for name in TARGETS if not fuzz(name, out, seconds)]
    if found:
        sys.exit(f'fuzzers that found something: {" ".join(found)}; '
                 f'the inputs are in {out}')


if __name__ == '__main__':
    main()
