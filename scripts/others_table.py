# SPDX-License-Identifier: BSD-2-Clause
"""The section of docs/conformance.md on what other loaders leave wrong."""
import qemu

PAGE = qemu.TOP / "docs/conformance.md"
BEGIN, END = "<!-- others: begin -->", "<!-- others: end -->"
INTRO = """\
## Who violates what

Written by `make conformance-others`, which plays `tests/qemu/others.cases`: the
conformance kernel on QEMU's `virt`, started by QEMU's own `-kernel`, by Debian's
U-Boot {uboot} (`qemu_arm64`, `booti`) and by Aglet. EL2 is
`virtualization=on`, EL3 is that and `secure=on`.

A row is *red* when the kernel says `not ok`. It *ends* the machine when its
probe never comes back: nobody at EL3 knows the trap, so the machine hangs, or
is reset. Such a row is left out (`aglet.skip=`) and the kernel started again,
until a report is complete; `ok` and `skipped` are those of the last try. A rule
about a feature that the CPU lacks is skipped, so a small CPU finds little.
QEMU's loader is a convenience and U-Boot expects TF-A at EL3: the table is no
verdict on either, it says what a kernel is handed by this combination. U-Boot
at EL3 lets every CPU into its code, so it is given one; with two, or without
EL2, it dies before it has started the kernel (*not reached*).
"""


LOADERS = {"qemu": "QEMU", "u-boot": "U-Boot", "aglet": "Aglet"}
MACHINES = {"el1": "EL1", "el2": "EL2", "el3": "EL3", "el3-no-el2": "EL3, no EL2",
            "el3-kernel-el1": "EL3, kernel at EL1"}


def loader_name(result):
    return LOADERS[result.case.loader]


def machine_name(result):
    return MACHINES[result.case.machine]


def ids(rules):
    return ", ".join(sorted(rules)) or "-"


def outcome(result):
    """The cells behind the machine, equal for runs that found the same."""
    if not result.reached():
        return ("not reached", "-", "-", "-", "-")
    ends = ids(rule + (" (reset)" if end == "reset" else "")
               for rule, end in result.ends.items())
    if result.broken:
        ends += " (and the report still breaks off)"
    return (result.level, str(result.counts[0]), str(result.counts[2]),
            ids(result.red), ends)


def merged(results):
    """{cells of a line without the version: versions}, in order."""
    lines = {}
    for result in results:
        key = (loader_name(result), machine_name(result), result.case.cpu,
               result.case.cpus, *outcome(result))
        versions = lines.setdefault(key, [])
        if result.qemu not in versions:
            versions.append(result.qemu)
    return lines


def row(cells):
    return "| " + " | ".join(cells) + " |"


def runs_table(results):
    head = ["loader", "machine starts at", "CPU", "CPUs", "QEMU", "kernel at", "ok",
            "skipped", "red", "ends the machine"]
    yield row(head)
    yield row(["---"] * len(head))
    for key, versions in merged(results).items():
        yield row([*key[:4], ", ".join(sorted(versions)), *key[4:]])


def violators(results):
    """{ID: {loader and machine}} over all runs."""
    found = {}
    for result in results:
        who = f"{loader_name(result)} ({machine_name(result)})"
        for rule in result.found():
            found.setdefault(rule, {})[who] = True
    return found


def rules_table(results):
    texts = {}
    for result in results:
        red = {r: text.split(": expected")[0] for r, text in result.red.items()}
        texts = {**result.texts, **texts, **red}
    yield row(["rule", "what the row says", "not kept by"])
    yield row(["---"] * 3)
    for rule, who in sorted(violators(results).items()):
        yield row([rule, texts.get(rule, "-"), "; ".join(who)])


def section(results, uboot):
    """Both tables between the markers; @uboot is that loader's version."""
    lines = [BEGIN, INTRO.format(uboot=uboot), *runs_table(results), "",
             *rules_table(results), END]
    return "\n".join(lines)


def write(text):
    """Put @text between the markers of the page; all else stays."""
    page = PAGE.read_text() if PAGE.is_file() else "# Conformance\n"
    before, begin, rest = page.partition(BEGIN)
    after = rest.partition(END)[2] if begin else "\n"
    gap = "" if begin else "\n"
    PAGE.write_text(before + gap + text + after)
