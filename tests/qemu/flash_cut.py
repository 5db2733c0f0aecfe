# SPDX-License-Identifier: BSD-2-Clause
"""Ends a machine in the middle of an update of its flash, at every write.

QEMU's gdbstub stops it at each store to the counter's sectors: commands to the
chips and words alike. A machine that is cut after n of them is killed, which
is as hard as pulling the plug: QEMU has given each write to the file by then.
"""
import subprocess
import tempfile
import time

import flash
import qemu
from oracle.gdbstub import Stub, StubError, stopped_machine

# More than any update makes: then something goes round in circles.
WRITES_MAX = 200
# Seconds; many times what a boot on a busy host takes.
PATIENCE = 90


def sectors(path, config):
    """The bytes of the counter's two sectors."""
    base, _ = flash.layout(config)
    with open(path, "rb") as file:
        file.seek(base)
        return file.read()


def make(path, config, content=None):
    """A flash with that in its sectors, or one that was never used."""
    flash.erase(path, config)
    if content:
        with open(path, "r+b") as file:
            file.seek(flash.layout(config)[0])
            file.write(content)


def count_writes(stub, watch, limit):
    """Let the machine make @limit writes. Return: how many it has made."""
    done = 0
    stub.order(f"Z2,{watch}")
    while done < min(limit, WRITES_MAX) and (thread := stub.go()) is not None:
        # It stands before the store, and would stop there again.
        stub.order(f"z2,{watch}")
        stub.step(thread)
        stub.order(f"Z2,{watch}")
        done += 1
    return done


def patience():
    """A check for the stub: the machine has hung."""
    end = time.monotonic() + PATIENCE

    def check():
        if time.monotonic() > end:
            raise StubError(f"the machine did not end in {PATIENCE} s")

    return check


def run(build, given, limit=WRITES_MAX):
    """Start a machine, and end it after @limit writes or when it ends by itself.

    Return: the writes that it has made, its console.
    """
    base, size = flash.layout(qemu.read_config(build))
    words = qemu.command(build, given, ["-no-reboot"])
    with tempfile.TemporaryFile() as console:
        with stopped_machine(words, console) as (_, wire):
            done = count_writes(Stub(wire, patience()), f"{base:x},{size - base:x}", limit)
        console.seek(0)
        return done, console.read().decode(errors="replace")


def plain(words, limit=PATIENCE):
    """The console of a machine that ends by itself."""
    return subprocess.run([*words, "-no-reboot"], stdin=subprocess.DEVNULL, text=True,
                          capture_output=True, timeout=limit, check=False).stdout
