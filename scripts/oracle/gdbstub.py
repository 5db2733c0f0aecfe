# SPDX-License-Identifier: BSD-2-Clause
"""A client of QEMU's gdbstub: stop, read registers and memory, go on.

Speaks the GDB remote serial protocol over a connected stream socket. QEMU
numbers its registers in XML files that it hands out (qXfer:features:read).
System registers can be read, of all exception levels, but not written.
"""
import contextlib
import re
import socket
import subprocess


class StubError(Exception):
    """The stub said no, or went away."""


class Stub:
    """All CPUs stop together; thread n is CPU n - 1."""

    def __init__(self, sock, check=lambda: None):
        """@check is called once a second while the stub is silent; it raises
        StubError when there is nothing more to wait for."""
        sock.settimeout(1)
        self.sock = sock
        self.check = check
        self.buffer = b""
        self.numbers = {}
        self.thread = None
        self.ask("qSupported:hwbreak+")
        self.read_features("target.xml", 0)

    # --- packets -----------------------------------------------------------
    def receive(self):
        """The next packet's text, acknowledged."""
        while not (match := re.search(rb"\$([^#]*)#(..)", self.buffer, re.S)):
            try:
                data = self.sock.recv(65536)
            except TimeoutError:
                self.check()
                continue
            except ConnectionError:
                data = b""
            if not data:
                raise StubError("the machine ended")
            self.buffer += data
        self.buffer = self.buffer[match.end():]
        if sum(match[1]) & 0xff != int(match[2], 16):
            raise StubError("a packet with a wrong checksum")
        with contextlib.suppress(ConnectionError):
            self.sock.sendall(b"+")     # the last word may have gone out
        return match[1].decode("latin-1")

    def send(self, text):
        data = text.encode("latin-1")
        try:
            self.sock.sendall(b"$%s#%02x" % (data, sum(data) & 0xff))
        except ConnectionError:
            raise StubError("the machine ended") from None

    def ask(self, text):
        self.send(text)
        return self.receive()

    def order(self, text):
        """A request that has to be granted."""
        if (answer := self.ask(text)) != "OK":
            raise StubError(f"{text}: {answer or 'not known'}")

    # --- registers and memory ----------------------------------------------
    def read_file(self, name):
        text, more = "", True
        while more:
            part = self.ask(f"qXfer:features:read:{name}:{len(text):x},fff")
            if part[:1] not in ("m", "l"):
                raise StubError(f"{name}: {part}")
            text += re.sub(r"}(.)", lambda m: chr(ord(m[1]) ^ 0x20), part[1:],
                           flags=re.S)
            more = part[0] == "m"
        return text

    def read_features(self, name, number):
        """Number the registers of an XML file and of those it includes."""
        for tag in re.findall(r"<(?:xi:include|reg)\b[^>]*>", self.read_file(name)):
            word = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if "href" in word:
                number = self.read_features(word["href"], number)
                continue
            number = int(word.get("regnum", number))
            # The first of a name is the one of AArch64.
            self.numbers.setdefault(word["name"], number)
            number += 1
        return number

    def select(self, thread):
        if thread != self.thread:
            self.order(f"Hg{thread:x}")
            self.thread = thread

    def threads(self):
        """The threads, one a CPU."""
        found, answer = [], self.ask("qfThreadInfo")
        while answer.startswith("m"):
            found += [int(n, 16) for n in answer[1:].split(",")]
            answer = self.ask("qsThreadInfo")
        return sorted(found)

    def read(self, name, thread=1):
        """A register of a CPU, None if this machine does not show it."""
        if name not in self.numbers:
            return None
        self.select(thread)
        answer = self.ask(f"p{self.numbers[name]:x}")
        if not answer or answer.startswith("E"):
            return None
        return int.from_bytes(bytes.fromhex(answer), "little")

    def write(self, name, value, size=8, thread=1):
        """Core registers only."""
        self.select(thread)
        text = value.to_bytes(size, "little").hex()
        self.order(f"P{self.numbers[name]:x}={text}")

    def read_memory(self, address, size, thread=1):
        """Bytes as that CPU sees them, None where it sees nothing."""
        self.select(thread)
        answer = self.ask(f"m{address:x},{size:x}")
        return None if answer.startswith("E") else bytes.fromhex(answer)

    def write_memory(self, address, data, thread=1):
        self.select(thread)
        self.order(f"M{address:x},{len(data):x}:{data.hex()}")

    # --- run and stop ------------------------------------------------------
    def break_at(self, address):
        self.order(f"Z1,{address:x},4")

    def unbreak(self, address):
        self.order(f"z1,{address:x},4")

    def stopped(self, answer):
        """The thread of a stop reply; None if the machine has ended."""
        self.thread = None
        if answer[:1] in ("W", "X"):
            return None
        match = re.match(r"T..(?:.*;)?thread:(?:p[0-9a-f]+\.)?([0-9a-f]+);", answer)
        if not match:
            raise StubError(f"an unexpected stop: {answer}")
        return int(match[1], 16)

    def go(self):
        """Run until a breakpoint. Return: its thread; None at the end."""
        try:
            return self.stopped(self.ask("vCont;c"))
        except StubError as error:
            if str(error) == "the machine ended":
                return None
            raise

    def step(self, thread):
        """One instruction of one CPU, the others stand still."""
        self.stopped(self.ask(f"vCont;s:{thread:x}"))


@contextlib.contextmanager
def stopped_machine(words, console):
    """QEMU with the command line @words, stopped at its reset, and a socket to its stub.

    What it prints goes to the file @console. It is ended with the block.
    """
    ours, theirs = socket.socketpair()
    words = [*words, "-S", "-chardev", f"socket,id=stub,fd={theirs.fileno()}",
             "-gdb", "chardev:stub"]
    with ours, subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=console,
                                stderr=subprocess.STDOUT,
                                pass_fds=[theirs.fileno()]) as machine:
        theirs.close()
        try:
            yield machine, ours
        finally:
            machine.kill()
