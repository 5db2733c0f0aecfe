# SPDX-License-Identifier: BSD-2-Clause
"""What the user sees while a machine runs: its console, or the report on it.

Both take the console's bytes as they come (data), are told when nothing came
for a while (pause) and when the machine has ended (end).
"""
import os
import shutil
import sys
import time

import tap

# Name, ok, not ok, skipped of one group.
CELL = "{:<7}{:>4}{:>7}{:>5}"
GAP = 3
RED, GREEN, DIM, BOLD = "31", "32", "2", "1"


class Raw:
    """TAP=1, and everything that is no report: each byte as it comes."""

    def __init__(self, on_line):
        self.on_line = on_line
        self.rest = b""

    def data(self, data):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.on_line(line.decode(errors="replace"))

    def pause(self):
        """Nothing is held back."""

    def end(self):
        self.on_line(self.rest.decode(errors="replace"))


class Screen:
    """The report as one screen: a cell a group, then the rows that are red.

    Lines of others pass at once. @live: one line shows where the kernel is.
    """

    def __init__(self, report, on_line, live, colour, width=80):
        self.report, self.on_line = report, on_line
        self.live, self.colour, self.width = live, colour, width
        self.rest = b""
        self.shown = 0          # characters of an unfinished line on screen
        self.at = time.monotonic()

    def paint(self, text, code):
        return paint(text, code) if self.colour else text

    def write(self, text):
        sys.stdout.write(text)
        sys.stdout.flush()

    def data(self, data):
        self.at = time.monotonic()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.line(line.decode(errors="replace"))
        self.progress()

    def line(self, text):
        self.on_line(text)
        if self.shown or not tap.is_report(text.rstrip("\r")):
            self.erase()
            self.write(text[self.shown:] + "\n")
        self.shown = 0

    def erase(self):
        if self.live and not self.shown:
            self.write("\r\033[K")

    def pause(self):
        """A line that does not end may be somebody's last word."""
        text = self.rest.decode(errors="replace")
        if text[self.shown:]:
            self.erase()
            self.write(text[self.shown:])
            self.shown = len(text)
        self.progress()

    def progress(self):
        report = self.report
        if not self.live or report.plan is None or self.shown:
            return
        words = f"row {report.last or 0} of {report.plan}"
        rule, cpu = report.probe or (None, None)
        if report.probe:
            words += f", probe {rule} {cpu or ''}".rstrip()
        elif report.last:
            words += f", {tap.row_id(report.rows[report.last][1])}"
        words += f", {report.counts()[tap.NOT_OK]} not ok"
        quiet = int(time.monotonic() - self.at)
        words += f", silent for {quiet} s" if quiet > 1 else ""
        self.write("\r\033[K" + self.paint(words[:self.width - 1], DIM))

    def end(self):
        text = self.rest.decode(errors="replace")
        if text or self.shown:
            self.line(text)
        self.erase()
        if self.report.plan is not None:
            self.table()
            for row in self.report.failures():
                self.write(self.paint(row, RED) + "\n")
            self.total()

    def cell(self, name, counts):
        text = CELL.format(name, *counts)
        if counts[tap.NOT_OK]:
            return self.paint(text, RED)
        return self.paint(text, GREEN if counts[tap.OK] else DIM)

    def table(self):
        """As many columns as fit, filled downwards."""
        cells = [self.cell(*item) for item in self.report.groups().items()]
        head = CELL.format("", "ok", "not ok", "skip")
        columns = max(1, min(len(cells), (self.width + GAP) // (len(head) + GAP)))
        height = -(-len(cells) // columns)
        gap = " " * GAP
        lines = [gap.join([self.paint(head, BOLD)] * columns)]
        lines += [gap.join(cells[row::height]) for row in range(height)]
        self.write("".join(f"{line}\n" for line in lines) + "\n")

    def total(self):
        good, bad, skipped = self.report.counts()
        self.write(f"SUMMARY: {good} ok, {bad} not ok, {skipped} skipped "
                   f"of {self.report.plan} rows\n")


def coloured():
    """Colours are for terminals, and NO_COLOR=anything refuses them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") \
        and os.environ.get("TERM") != "dumb"


def paint(text, code):
    return f"\033[{code}m{text}\033[0m"


def painter():
    """paint(text, code) for standard output as it is."""
    return paint if coloured() else lambda text, code: text


def for_report(report, on_line, raw):
    """The sink for a kernel that reports; @raw is the user's TAP=1."""
    if raw:
        return Raw(on_line)
    width = shutil.get_terminal_size((80, 24)).columns
    live = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return Screen(report, on_line, live, coloured(), width)
