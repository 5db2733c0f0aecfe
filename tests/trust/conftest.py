# SPDX-License-Identifier: BSD-2-Clause
"""What the tests beside this file share with those that play machines."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "qemu"), str(HERE.parents[1] / "scripts")]


def pytest_configure(config):
    config.addinivalue_line("markers", "linux: boots Debian's kernel")
