# SPDX-License-Identifier: BSD-2-Clause
"""What can be chosen: the prompts of Kconfig, and what QEMU's machine can be.

An axis is a name and its labels. A label stands for lines of a configuration
(CONFIG_...), for variables of make, or for both. Which labels go together is
asked of kconfiglib, so that `depends` stands in Kconfig alone; what only the
machine forbids is in FORBIDDEN, each with its reason.
"""
import os
import sys
from pathlib import Path

import kconfiglib
from kconfiglib import BOOL, Choice

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests/qemu"), str(TOP / "scripts")]

import kconfig_check  # noqa: E402
import signed  # noqa: E402

# What trusts the key that the player signs with.
TRUSTING = ["FORMAT_FIT=y", f"TRUST_KEYS={signed.FOLDER}/owner.crt"]

# Axes of several options, or of the machine: {axis: {label: (lines, variables)}}.
MACHINE = {
    "entry": {
        "el1": (["EL3_PRESENT=n", "EL2_PRESENT=n"], {}),
        "el2": (["EL3_PRESENT=n", "EL2_PRESENT=y"], {}),
        "el3": (["EL3_PRESENT=y", "EL2_PRESENT=y"], {}),
        "el3-no-el2": (["EL3_PRESENT=y", "EL2_PRESENT=n"], {}),
    },
    "cpu": {name: ([], {"CPU": name}) for name in (
        "cortex-a53", "cortex-a57", "cortex-a72", "cortex-a76", "neoverse-n1", "max")},
    "smp": {str(n): ([], {"SMP": str(n)}) for n in range(1, 9)},
    "memory": {name: ([], {"MEM": name}) for name in ("128M", "256M", "512M")},
    "load": {name: ([f"LOAD_ADDR={name}"], {}) for name in (
        "0x47c00000", "0x44000000", "0x41200000")},
    "from": {
        "embedded": (["SOURCE_EMBEDDED=y"], {}),
        "fw_cfg": (["SOURCE_FW_CFG=y"], {}),
        "virtio-blk-pci": (["SOURCE_DISK=y", "VIRTIO_PCI=y"], {}),
        "virtio-blk-device": (["SOURCE_DISK=y", "VIRTIO_MMIO=y"], {}),
        "nvme": (["SOURCE_DISK=y", "NVME=y"], {}),
    },
    "format": {
        "image": ([], {}), "gzip": (["UNPACK_GZIP=y"], {}), "lz4": (["UNPACK_LZ4=y"], {}),
        "zstd": (["UNPACK_ZSTD=y"], {}), "elf": (["FORMAT_ELF=y"], {}),
        "zboot": (["FORMAT_ZBOOT=y", "UNPACK_GZIP=y"], {}), "fit": (["FORMAT_FIT=y"], {}),
    },
    "filesystem": {"fat": (["FS_FAT=y"], {}), "ext4": (["FS_EXT4=y"], {}), "none": ([], {})},
    "trust": {"off": ([], {}), "report": ([*TRUSTING, "TRUST_REPORT=y"], {}),
              "required": ([*TRUSTING, "TRUST_REQUIRED=y"], {})},
    "compiler": {"gcc": ([], {}), "clang": ([], {"LLVM": "1"})},
    "qemu": {"newest": ([], {}), "distribution": ([], {})},
}

# Without one of their labels there is no machine.
NEEDED = ("entry", "cpu", "smp", "memory", "load", "from", "format", "filesystem",
          "compiler", "qemu")

# Numbers with a prompt that are wishes; the others are facts of a board.
NUMBERS = {"NR_CPUS": ["8", "16"], "UART_BAUD": ["115200", "0"],
           "TIMER_FREQ": ["0", "62500000"], "MONITOR_SIZE": ["0x10000", "0x20000"]}

# Prompts that are no axis of their own, and why.
LEFT_OUT = {
    "EL3_PRESENT": "axis entry", "EL2_PRESENT": "axis entry",
    "TRUST_POLICY": "axis trust",
    "UNSAFE_TEST_BUILD": "hands over a wrong state on purpose",
    "SEMIHOSTING": "how a test machine ends",
    "BOARD_CHOICE": "the other boards are played as their defconfigs",
}

# Pairs that Kconfig allows and the machine does not: (axis, labels, axis, labels, why).
FORBIDDEN = [
    ("from", ("fw_cfg",), "format", ("gzip", "lz4", "zstd", "elf", "zboot"),
     "QEMU itself unpacks what -kernel gets"),
    ("from", ("embedded", "fw_cfg"), "filesystem", ("fat", "ext4"), "there is no disk"),
    ("from", ("virtio-blk-pci", "virtio-blk-device", "nvme"), "filesystem", ("none",),
     "a kernel is a file"),
    ("trust", ("required",), "format", ("image", "gzip", "lz4", "zstd", "elf", "zboot"),
     "only a FIT can be signed"),
    ("GIC", ("GICV2",), "NR_CPUS", ("16",), "a GICv2 serves 8 CPUs"),
    ("SECONDARY_START", ("SPIN_TABLE",), "smp", tuple("2345678"),
     "QEMU's PSCI holds the other CPUs"),
    ("TIMER_FREQ", ("62500000",), "cpu", ("max",), "QEMU's newer ones count at 1 GHz"),
    ("DTB_FIXUP", ("n",), "entry", ("el3", "el3-no-el2"),
     "QEMU's tree leaves PSCI to who owns EL3"),
    ("DTB_FIXUP", ("n",), "smp", ("1",), "QEMU's tree of one CPU has no enable-method"),
    ("DTB_FIXUP", ("n",), "SECONDARY_START", ("SPIN_TABLE",), "the tree says where"),
]


class Axis:
    """A name, and what each label means."""

    def __init__(self, name, labels):
        self.name = name
        self.labels = labels    # {label: (lines, variables)}


def of_item(item):
    """The axis of a symbol or a choice with a prompt; None if it is none."""
    name = item.name
    if name in LEFT_OUT or not any(node.prompt for node in item.nodes):
        return None
    if isinstance(item, Choice):
        return Axis(name, {s.name: ([f"{s.name}=y"], {}) for s in item.syms})
    if item.choice:
        return None
    if item.orig_type == BOOL:
        return Axis(name, {v: ([f"{name}={v}"], {}) for v in "yn"})
    if name in NUMBERS:
        return Axis(name, {v: ([f"{name}={v}"], {}) for v in NUMBERS[name]})
    return None


class Space:
    """All axes, and the one judge of what goes together."""

    def __init__(self, only=(), board="virt"):
        os.chdir(TOP)
        os.environ.setdefault("BOARD_ROOT", "")
        self.kconf = kconfiglib.Kconfig("Kconfig", warn=False, suppress_traceback=True)
        self.base = list(kconfig_check.parse(f"configs/{board}_defconfig"))
        self.axes = {name: Axis(name, labels) for name, labels in MACHINE.items()}
        covered = {line.split("=")[0] for labels in MACHINE.values()
                   for lines, _ in labels.values() for line in lines}
        for item in [*self.kconf.unique_choices, *self.kconf.unique_defined_syms]:
            axis = of_item(item)
            # SOURCE_DISK and the like are axes besides: built in, but not used.
            if axis and (axis.name not in covered or len(axis.labels) == 2):
                self.axes[axis.name] = axis
        for name in only:
            if name not in self.axes:
                raise SystemExit(f"matrix: error: AXES: no axis {name}, there are: "
                                 + " ".join(sorted(self.axes)))
        if only:
            self.axes = {name: self.axes[name] for name in only}
        self.needed = [name for name in NEEDED if name in self.axes]
        self.judged = {}

    def lines(self, chosen):
        """The configuration lines of {axis: label}, options by options."""
        return [line for axis, label in chosen.items()
                for line in self.axes[axis].labels[label][0]]

    def variables(self, chosen):
        found = {}
        for axis, label in chosen.items():
            found.update(self.axes[axis].labels[label][1])
        return found

    def forbidden(self, chosen):
        """Why the machine does not allow it, or None."""
        for one, ones, two, twos, why in FORBIDDEN:
            if chosen.get(one) in ones and chosen.get(two) in twos:
                return why
        if int(chosen.get("smp", 1)) > int(chosen.get("NR_CPUS", 8)):
            return "more CPUs than NR_CPUS"
        return None

    def _set(self, line):
        name, _, value = line.partition("=")
        self.kconf.syms[name].set_value(value)

    def misses(self, lines):
        """Those of @lines that have no effect in the configuration as it is set."""
        def holds(line):
            name, _, value = line.partition("=")
            sym = self.kconf.syms[name]
            return kconfig_check.same(sym, value) or kconfig_check.gone(sym, value)
        return [line for line in lines if not holds(line)]

    def misfits(self, chosen):
        """The lines of {axis: label} that do not take effect together."""
        lines = self.lines(chosen)
        # A symbol that two axes want in two ways can never hold both.
        wanted = {}
        for line in lines:
            name, _, value = line.partition("=")
            if wanted.setdefault(name, value) != value:
                return [line]
        self.kconf.unset_values()
        for _, name, value in self.base:
            self.kconf.syms[name].set_value(value)
        for line in lines:
            self._set(line)
        return self.misses(lines)

    def relevant(self, chosen):
        """The axes on which the lines that do not hold depend."""
        symbols = set()
        for line in self.misfits(chosen):
            sym = self.kconf.syms[line.partition("=")[0]]
            terms = [sym.direct_dep] + [n.prompt[1] for n in sym.nodes if n.prompt]
            terms += [sym.choice.direct_dep] if sym.choice else []
            needed = set().union(*map(kconfiglib.expr_items, terms))
            needed = needed.union(*(kconfiglib.expr_items(s.rev_dep) for s in needed
                                    if isinstance(s, kconfiglib.Symbol)))
            symbols |= {s.name for s in needed}
        return [name for name, axis in self.axes.items() if name not in chosen
                and (name in symbols or any(line.partition("=")[0] in symbols
                                            for lines, _ in axis.labels.values()
                                            for line in lines))]

    def fits(self, chosen):
        key = frozenset(chosen.items())
        if key not in self.judged:
            self.judged[key] = not self.forbidden(chosen) and not self.misfits(chosen)
        return self.judged[key]
