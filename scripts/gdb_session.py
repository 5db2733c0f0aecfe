#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""make debug: the machine stopped at reset, gdb attached to it."""
import os
import shlex
import shutil
import subprocess
import time

import qemu


def debugger():
    """$GDB, or one that knows AArch64."""
    asked = qemu.variable("GDB")
    for name in [asked] if asked else ["gdb-multiarch", "aarch64-linux-gnu-gdb"]:
        if shutil.which(name):
            return name
    raise qemu.UsageError(f"{asked or 'gdb-multiarch'}: no such program; "
                          + ("give GDB= a program" if asked else "run make setup"))


def wait_for(path, machine):
    """gdb gives up at once if QEMU has not made its socket yet."""
    while not os.path.exists(path) and machine.poll() is None:
        time.sleep(0.01)


def attach(build, words):
    """Start QEMU with -S and gdb on it; QEMU ends with gdb.

    A socket in the build folder instead of a TCP port: several sessions may
    run side by side. The console shows in gdb's terminal, whose keys are
    gdb's alone. GDB_ARGS are more arguments for gdb.
    """
    gdb = debugger()
    elf = f"{build}/aglet.elf"
    if not os.path.isfile(elf):
        raise qemu.UsageError(f"{elf}: no such file; run make O={build}")
    socket = os.path.relpath(f"{build}/gdb-{os.getpid()}.socket")
    if os.path.exists(socket):
        os.unlink(socket)
    words += ["-S", "-gdb", f"unix:{socket},server=on,wait=off"]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL,
                          start_new_session=True) as machine:
        try:
            wait_for(socket, machine)
            return subprocess.call(
                [gdb, "-q", elf, "-x", str(qemu.TOP / "scripts/gdb/aglet.py"),
                 "-ex", f"aglet-attach {socket}"]
                + shlex.split(qemu.variable("GDB_ARGS")))
        finally:
            machine.terminate()
            if os.path.exists(socket):
                os.unlink(socket)
