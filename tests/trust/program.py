# SPDX-License-Identifier: BSD-2-Clause
"""The product's own code for this machine, as a program that judges files."""
import importlib.util
import os
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HERE = TOP / "tests/trust"
UNIT = TOP / "tests/unit"


def unit_tests():
    """How they build: the same flags, libraries and files."""
    spec = importlib.util.spec_from_file_location("unit_run", UNIT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUN = unit_tests()
MOCKS = ("mock.c", "fake.c", "tree.c", "ramdisk.c", "bytes.c")


def sources():
    """All of the product that the unit tests build, and their machine."""
    files = [f for f in RUN.sources("full") if UNIT not in f.parents or f.name in MOCKS]
    return files + [HERE / "trust.c"]


def compile_one(source, target, keys):
    """@keys is the folder of what the build makes of the keys."""
    depfile = target.with_suffix(".d")
    if RUN.stale(target, depfile):
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [RUN.HOSTCC, *RUN.FLAGS, "-I", keys, "-I", UNIT / "include", "-I", TOP / "include",
             "-I", TOP / "arch/arm64/include", "-I", UNIT, "-I", HERE, "-iquote", TOP / "boot",
             "-iquote", TOP / "lib", "-idirafter", RUN.library("fdt")[0],
             "-include", HERE / "config_trust.h", "-include", TOP / "include/kconfig.h",
             "-MD", "-MF", depfile, "-c", source, "-o", target], check=True, cwd=TOP)
    return target


def object_of(out, source):
    return out / "objects" / (str(source.relative_to(TOP)).replace("/", "_") + ".o")


def link(program, objects):
    subprocess.run([RUN.HOSTCC, *RUN.FLAGS, f"-Wl,-T,{UNIT}/tables.lds", "-o", program,
                    *objects, *RUN.libraries("full")], check=True)
    return program


def build(out, keys):
    """Return the program, and the object of each source."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = dict(pool.map(
            lambda s: (s, compile_one(s, object_of(out, s), keys)), sources()))
    return link(out / "trust", objects.values()), objects


def field(data):
    return struct.pack("<Q", len(data)) + data


def ask(program, cases):
    """The verdict of each case, in one run."""
    stream = b"".join(field(str(n).encode()) + field(case.data) + field(case.again)
                      for n, case in enumerate(cases))
    done = subprocess.run([program], input=stream, capture_output=True, check=False)
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode or len(lines) != len(cases):
        name = cases[max(len(lines) - 1, 0)].name
        raise SystemExit(f"{program.name}: broke at \"{name}\":\n"
                         f"{done.stderr.decode(errors='replace')[-4000:]}")
    return [line.split("\t", 1)[1] for line in lines]


def ask_all(program, cases):
    """The same with all processors."""
    count = os.cpu_count() or 1
    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(lambda n: ask(program, cases[n::count]), range(count)))
    verdicts = [""] * len(cases)
    for n, answer in enumerate(answers):
        verdicts[n::count] = answer
    return verdicts
