# SPDX-License-Identifier: BSD-2-Clause
"""Builds a variant and starts our own kernel with it; what came of it."""
import fcntl
import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "tests/qemu"), str(TOP / "scripts")]

import disks  # noqa: E402
import signed  # noqa: E402
import tap  # noqa: E402
from bench import BUILD_LIMIT, PYTHON, QEMUS, TURNS, environment  # noqa: E402

RUN_LIMIT = 60
FILES = {"fat": "fat16", "ext4": "ext4"}


class Outcome:
    """One variant: its labels, whether it was green, and what it said."""

    def __init__(self, name, chosen):
        self.name, self.chosen = name, chosen
        self.problems, self.console = [], []
        self.groups = {}
        self.build_seconds = self.run_seconds = 0.0
        self.again = ""         # the command that starts it once more

    @property
    def good(self):
        return not self.problems

    @property
    def cause(self):
        """What two failures have in common that are the same: the rule, or the words."""
        if self.good:
            return None
        row = re.match(r"not ok \d+ - (\S+)", self.problems[0])
        return row[1] if row else re.split(r"[:\d]", self.problems[0])[0]

    @property
    def seconds(self):
        return self.build_seconds + self.run_seconds


def digest(*words):
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def quoted(line):
    """NAME=value as a fragment has it: only a path is a string."""
    name, _, value = line.partition("=")
    return f'{name}="{value}"' if "/" in value else line


def file_format(chosen):
    """A FIT is signed if anybody looks."""
    form = chosen.get("format", "image")
    return "signed" if form == "fit" and chosen.get("trust", "off") != "off" else form


class Player:
    """Has the folder of all builds, and what they share."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        signed.keys()           # the axis trust names one in TRUST_KEYS
        self.ccache = shutil.which("ccache") or ""
        self.kernel = {}
        self.lock = threading.Lock()

    def make(self, place, *words):
        """make @words in a folder of links to the sources. Return: the build, what was wrong.

        Every variant has the same words in its compiler's commands then, so
        that ccache finds what another one compiled. A lock keeps apart those
        who build the same.
        """
        place.mkdir(parents=True, exist_ok=True)
        with open(place / "lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for source in TOP.iterdir():
                if source.name != "build" and not (place / source.name).is_symlink():
                    (place / source.name).symlink_to(source)
            done = subprocess.run(
                ["make", "-j2", "O=build", f"CCACHE={self.ccache}", *words], cwd=place,
                check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env=environment({"CCACHE_NOHASHDIR": "1", "GIT_WORK_TREE": TOP}),
                timeout=BUILD_LIMIT)
        return place / "build", done.stdout if done.returncode else None

    def conformance(self, llvm):
        """The folder of our own kernel, compiled once for all variants."""
        with self.lock:
            if llvm not in self.kernel:
                place = self.folder / ("kernel-clang" if llvm else "kernel")
                more = ["LLVM=1"] if llvm else []
                out, wrong = self.make(place, "virt_defconfig", "conformance-image", *more)
                if wrong:
                    raise RuntimeError(wrong)
                self.kernel[llvm] = out
        return self.kernel[llvm]

    def made(self, name, maker):
        """A file that is made once, by @maker(path of a folder) that returns bytes or a path."""
        path = self.folder / "files" / name
        with self.lock:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryDirectory(dir=self.folder) as work:
                    content = maker(Path(work))
                    if isinstance(content, bytes):
                        path.write_bytes(content)
                    else:
                        content.replace(path)
        return path

    def packed(self, form):
        """Our kernel in a format; an ELF file without what is for debuggers."""
        kernel = self.conformance("")
        key = digest((kernel / "conformance.Image").read_bytes().hex())
        if form == "signed":
            key = digest(key, (signed.keys() / "owner.crt").read_text())

        def maker(work):
            if form == "signed":
                (work / "initrd").write_bytes(disks.INITRD)
                return signed.fit(work, kernel / "conformance.Image", "initrd", disks.words())
            if form != "elf":
                return disks.pack(kernel, form, work)
            subprocess.run(["llvm-objcopy", "--strip-all", kernel / "conformance.elf",
                            work / "elf"], check=True)
            return work / "elf"
        return self.made(f"{key}.{form}", maker)

    def disk(self, form, system):
        kernel = self.packed(form)

        def maker(work):
            root = disks.tree(work / "root", "bls", form.replace("signed", "fit"),
                              kernel.read_bytes())
            return disks.make(work, "gpt", FILES[system], root)
        return self.made(f"{kernel.stem}.{form}.{system}.img", maker)

    def fragment(self, space, chosen):
        """The lines of the configuration, with the kernel that is built in."""
        lines = [f"CONFIG_{quoted(line)}\n" for line in dict.fromkeys(space.lines(chosen))]
        if chosen.get("from", "embedded") == "embedded" and file_format(chosen) != "image":
            lines.append(f'CONFIG_PAYLOAD_KERNEL="{self.packed(file_format(chosen))}"\n')
        return "".join(lines)

    def build(self, space, chosen):
        """Return: (folder, None) or (folder, what make said)."""
        text = self.fragment(space, chosen)
        llvm = space.variables(chosen).get("LLVM", "")
        place = self.folder / digest(text, llvm)
        place.mkdir(parents=True, exist_ok=True)
        case = place / "case.config"
        if not case.exists() or case.read_text() != text:
            case.write_text(text)
        more = ["LLVM=1"] if llvm else []
        return self.make(place, "virt_defconfig", str(case), "all", *more,
                         f"CONFORMANCE={self.conformance(llvm)}")

    def machine(self, space, chosen):
        """Variables of make run."""
        given = {"MEM": "128M", **space.variables(chosen), "QEMU_ARGS": TURNS, "TAP": "1",
                 "TIMEOUT": RUN_LIMIT}
        given.pop("LLVM", None)
        given["QEMU"] = QEMUS["old" if chosen.get("qemu") == "distribution" else "new"]
        source = chosen.get("from", "embedded")
        if source == "fw_cfg":
            given["KERNEL"] = self.packed(file_format(chosen))
        elif source != "embedded":
            given["DISK"] = self.disk(file_format(chosen),
                                      chosen.get("filesystem", "fat"))
            given["DISK_DEVICE"] = "nvme,serial=1" if source == "nvme" else source
            # Several machines read one image at a time; none may lock it.
            given["QEMU_ARGS"] += " -snapshot"
        return given

    def play(self, space, name, chosen):
        """Build and boot. What goes wrong is in the outcome, not raised."""
        outcome = Outcome(name, chosen)
        start = time.monotonic()
        out, wrong = self.build(space, chosen)
        outcome.build_seconds = time.monotonic() - start
        if wrong:
            outcome.problems.append("it does not build")
            outcome.console = wrong.splitlines()
            return outcome
        given = self.machine(space, chosen)
        self.boot(outcome, out, given)
        if "DISK" in given and not any(
                line.startswith("ok ") and " HO-04 every byte" in line and "# SKIP" not in line
                for line in outcome.console):
            outcome.problems.append("the initrd of the disk did not come")
        return outcome

    def boot(self, outcome, out, given):
        """make run, judged by the report."""
        words = [PYTHON, "scripts/run.py", "run", "--build", str(out)]
        outcome.again = " ".join([*(f"{k}={shlex.quote(str(v))}" for k, v in given.items() if v),
                                  shlex.join(words)])
        start = time.monotonic()
        done = subprocess.run(
            words, cwd=TOP, check=False, env=environment(given), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=2 * RUN_LIMIT)
        outcome.run_seconds = time.monotonic() - start
        (out.parent / "console.txt").write_bytes(done.stdout)
        outcome.console = done.stdout.decode(errors="replace").splitlines()
        report = tap.Report()
        for line in outcome.console:
            report.line(line)
        outcome.groups = report.groups()
        if done.returncode:     # what QEMU itself did not like comes first
            outcome.problems += [n for n in outcome.console if n.startswith("qemu-system-")]
        # Nobody judges for run.py what comes out of a packed kernel.
        outcome.problems += report.broken() + report.failures() or [
            line.partition("FAILED: ")[2] for line in outcome.console
            if line.startswith("run: FAILED: ")]
        if done.returncode and not outcome.problems:
            outcome.problems.append(f"run.py ended with status {done.returncode}")

    def defconfig(self, name, words):
        """A board as it is configured, with fragments; in its own machine."""
        outcome = Outcome("+".join([name, *words]), {"defconfig": name,
                                                     "fragments": "+".join(words) or "none"})
        place = self.folder / digest(name, *words)
        start = time.monotonic()
        out, wrong = self.make(place, f"{name}_defconfig", *(f"{w}.config" for w in words), "all",
                          f"CONFORMANCE={self.conformance('')}")
        outcome.build_seconds = time.monotonic() - start
        if wrong:
            outcome.problems.append("it does not build")
            outcome.console = wrong.splitlines()
        else:
            self.boot(outcome, out, {"QEMU_ARGS": TURNS, "TAP": "1", "TIMEOUT": RUN_LIMIT})
        return outcome


def load_costs(folder):
    """Seconds of each variant in the last run, by its labels."""
    try:
        return json.loads((Path(folder) / "costs.json").read_text())
    except (OSError, ValueError):
        return {}
