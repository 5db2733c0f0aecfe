# SPDX-License-Identifier: BSD-2-Clause
"""gdb commands of `make debug`: aglet-attach, -el, -regs, -esr, -kernel."""
import gdb

# Bits by the names of the Arm ARM, those that matter for a boot.
BITS = {
    "SCTLR": {0: "M", 1: "A", 2: "C", 3: "SA", 12: "I", 19: "WXN", 25: "EE"},
    "SCR": {0: "NS", 1: "IRQ", 2: "FIQ", 3: "EA", 7: "SMD", 8: "HCE", 10: "RW",
            11: "ST", 16: "APK", 17: "API", 26: "ATA", 27: "FGTEn", 28: "ECVEn",
            38: "HXEn"},
    "HCR": {0: "VM", 3: "FMO", 4: "IMO", 5: "AMO", 13: "TWI", 19: "TSC", 27: "TGE",
            31: "RW", 34: "E2H", 40: "APK", 41: "API"},
}
CLASSES = {
    0x00: "undefined instruction", 0x01: "WFI or WFE", 0x07: "FP or SIMD is off",
    0x0d: "no branch target (BTI)", 0x0e: "illegal execution state", 0x15: "SVC",
    0x16: "HVC", 0x17: "SMC", 0x18: "system register", 0x19: "SVE is off",
    0x1c: "pointer authentication", 0x1d: "SME", 0x20: "instruction abort below",
    0x21: "instruction abort", 0x22: "misaligned PC", 0x24: "data abort below",
    0x25: "data abort", 0x26: "misaligned SP", 0x2f: "SError", 0x3c: "BRK",
}
FAULTS = {0: "address size", 1: "translation", 2: "access flag", 3: "permission"}
REGISTERS = ("SCTLR", "SCR", "HCR", "VBAR", "ELR", "ESR", "FAR")


def register(name):
    """The value of a register, or None where this machine has none."""
    try:
        value = gdb.parse_and_eval("$" + name)
        return None if value.type.code == gdb.TYPE_CODE_VOID else int(value) & (2**64 - 1)
    except (gdb.error, ValueError):
        return None


def current_el():
    return (register("cpsr") >> 2) & 3


def decode_esr(esr):
    """ESR_ELx in words (Arm ARM D24.2.40)."""
    kind = (esr >> 26) & 0x3f
    text = CLASSES.get(kind, f"class 0x{kind:x}")
    code = esr & 0x3f
    if kind in (0x20, 0x21, 0x24, 0x25):
        fault = FAULTS.get(code >> 2)
        text += f", {fault} fault, level {code & 3}" if fault else f", fault 0x{code:x}"
        text += ", write" if kind in (0x24, 0x25) and esr & 0x40 else ""
    return text


class Command(gdb.Command):
    """Names a command after its class and its help after the docstring."""

    def __init__(self):
        super().__init__(self.name, gdb.COMMAND_USER)


class Attach(Command):
    """aglet-attach SOCKET: connect to the machine that waits at reset."""

    name = "aglet-attach"

    def invoke(self, argument, _tty):
        gdb.execute("set architecture aarch64", to_string=True)
        gdb.execute("set pagination off")
        gdb.execute(f"target remote {argument}")
        print("The machine stands at reset; try: hbreak boot_main, continue, "
              "aglet-regs")


class ExceptionLevel(Command):
    """aglet-el: the exception level and the masks of the selected CPU."""

    name = "aglet-el"

    def invoke(self, _argument, _tty):
        state = register("cpsr")
        masks = "".join(c for bit, c in zip((9, 8, 7, 6), "DAIF") if state >> bit & 1)
        print(f"EL{current_el()}, masked: {masks or 'nothing'}")


class Registers(Command):
    """aglet-regs [EL]: system registers, bits by name; default: this EL and 1."""

    name = "aglet-regs"

    def invoke(self, argument, _tty):
        levels = [int(argument)] if argument else sorted({current_el(), 1})
        for name in (f"{n}_EL{el}" for el in levels for n in REGISTERS):
            value = register(name)
            if value is None:
                continue
            kind = name.split("_")[0]
            words = " ".join(bit for at, bit in BITS.get(kind, {}).items()
                             if value >> at & 1)
            words = decode_esr(value) if kind == "ESR" else words
            print(f"{name:10} 0x{value:016x} {words}")


class Syndrome(Command):
    """aglet-esr [VALUE]: an exception syndrome in words; default: this EL's."""

    name = "aglet-esr"

    def invoke(self, argument, _tty):
        value = (int(gdb.parse_and_eval(argument)) if argument
                 else register(f"ESR_EL{current_el()}"))
        print(decode_esr(value))


class Kernel(Command):
    """aglet-kernel ELF ADDRESS: symbols of a kernel that was placed there."""

    name = "aglet-kernel"

    def invoke(self, argument, _tty):
        elf, address = gdb.string_to_argv(argument)
        gdb.execute(f"add-symbol-file {elf} -o {address}")


for command in (Attach, ExceptionLevel, Registers, Syndrome, Kernel):
    command()
