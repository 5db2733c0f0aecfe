# SPDX-License-Identifier: BSD-2-Clause
"""Markers of the QEMU tests."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "scripts")]


def pytest_configure(config):
    config.addinivalue_line("markers", "linux: boots Debian's kernel")
    config.addinivalue_line("markers", "quick: part of make check-quick")


def pytest_terminal_summary(terminalreporter):
    """What a test has counted, at the end of its run: record_property("shown", line)."""
    for report in terminalreporter.stats.get("passed", []):
        for name, line in report.user_properties:
            if name == "shown":
                terminalreporter.write_line(line)
