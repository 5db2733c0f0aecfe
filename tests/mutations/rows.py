#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The rows of the duty tables, as the compiler sees them.

usage: rows.py        print them: number, rule, register, mask, want, EL, same
"""
import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[2]
SOURCES = ['tests/mutations/rows.c', 'arch/arm64/duty.c', 'arch/arm64/duty_names.c',
           'arch/arm64/el2_duties.c', 'arch/arm64/el3/el3_duties.c']


class Row(NamedTuple):
    """A duty; number is what goes into the word `mutation`."""
    number: int
    rule: str
    register: str
    mask: int
    want: str
    kernel_el: int
    same: bool


def rows():
    """Compile the tables for this machine and return their rows."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / 'rows'
        subprocess.run([os.environ.get('HOSTCC', 'gcc'), '-std=gnu11', '-o', program,
                        '-I', TOP / 'include', '-I', TOP / 'arch/arm64/include',
                        '-include', TOP / 'include/kconfig.h', '-DCONFIG_GICV3=1',
                        *(TOP / source for source in SOURCES)], check=True)
        text = subprocess.run([program], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
    for line in text.splitlines():
        number, rule, register, mask, want, kernel_el, same = line.split('\t')
        yield Row(int(number), rule, register, int(mask, 16), want,
                  int(kernel_el), same == 'same')


if __name__ == '__main__':
    for row in rows():
        print(*row._replace(mask=hex(row.mask)), sep='\t')
