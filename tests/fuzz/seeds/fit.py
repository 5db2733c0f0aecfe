# SPDX-License-Identifier: BSD-2-Clause
"""Image trees by mkimage, as those of the unit tests."""
import importlib.util
import tempfile
from pathlib import Path
from types import SimpleNamespace

MAKE = Path(__file__).resolve().parents[2] / "unit/disk"
REPAIR, OTHER_NAME, NO_MACHINE, SIGN = 1, 2, 4, 8
SIGNED = ("one", "one-e", "bare", "second", "some", "image-signed", "loadables-all", "many")
LONGEST = 16000


def load(name):
    spec = importlib.util.spec_from_file_location(name, MAKE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def signed():
    """{name: bytes}: whose keys they are does not matter, so all are short."""
    module = load("make_signed")
    module.KEYS = {name: "rsa2048" for name in module.KEYS}
    module.combinations = lambda: module.source(module.configuration(module.signature()))
    with tempfile.TemporaryDirectory() as folder:
        module.make(Path(folder))
        return {f"signed-{name}": (Path(folder) / f"{name}.itb").read_bytes() for name in SIGNED}


def maker():
    module = load("make_fit")
    # Many boards are too long for an input, and short images make fast ones.
    module.crowd = lambda: module.source(module.kernel(), module.node("conf", kernel="kernel-1"))
    module.random = SimpleNamespace(Random=lambda seed: SimpleNamespace(
        randbytes=lambda count: bytes(range(count // 40))))
    return module


def seeds():
    with tempfile.TemporaryDirectory() as folder:
        maker().make(Path(folder))
        files = {f.stem: f.read_bytes() for f in sorted(Path(folder).glob("*.itb"))}
    found = {}
    for name, data in signed().items():
        for flags in (0, SIGN, SIGN | REPAIR, SIGN | 0x50):
            found[f"{name}-{flags}"] = bytes([flags]) + b"acme,one\0" + data
    for name, data in files.items():
        found[name] = bytes([REPAIR]) + b"acme,one\0" + data
    for name in "boards", "boards-e", "named":
        found[f"{name}-plain"] = b"\0acme,three\0" + files[name]
        found[f"{name}-asked"] = bytes([REPAIR | OTHER_NAME]) + b"conf-three\0" + files[name]
        found[f"{name}-alone"] = bytes([REPAIR | NO_MACHINE]) + b"\0" + files[name]
    return {name: data for name, data in found.items() if len(data) < LONGEST}
