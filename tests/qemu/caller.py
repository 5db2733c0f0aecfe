# SPDX-License-Identifier: BSD-2-Clause
"""Signed FIT images of a small kernel that makes firmware calls (calls.S)."""
import fcntl
import struct
import subprocess

from bench import BUILDS

KEYS = BUILDS / "caller-keys"
NAME = "dev"
IMAGE_SIZE = 0x10000
SOURCE = """\
/dts-v1/;
/ {{
	description = "calls";
	#address-cells = <1>;
	images {{
		kernel {{
			description = "calls";
			data = /incbin/("{kernel}");
			type = "kernel";
			arch = "arm64";
			os = "linux";
			compression = "none";
			load = <0>;
			entry = <0>;
			hash-1 {{ algo = "sha256"; }};
		}};
	}};
	configurations {{
		default = "conf";
		conf {{
			description = "calls";
			kernel = "kernel";
			{index}
			signature-1 {{
				algo = "sha256,rsa2048";
				key-name-hint = "{name}";
				sign-images = "kernel";
			}};
		}};
	}};
}};
"""


def tool(*words):
    subprocess.run([str(w) for w in words], check=True, capture_output=True)


def certificate():
    """A key pair that lives as long as the test builds. Return: its certificate."""
    KEYS.mkdir(parents=True, exist_ok=True)
    with open(KEYS / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = KEYS / f"{NAME}.crt"
        if not made.exists():
            tool("openssl", "req", "-batch", "-new", "-x509", "-newkey", "rsa:2048", "-nodes",
                 "-keyout", KEYS / f"{NAME}.key", "-subj", f"/CN={NAME}", "-days", 3650,
                 "-out", made)
    return made


def kernel(folder, calls):
    """The Image that makes @calls, each up to four numbers, and ends."""
    source = (BUILDS.parents[1] / "tests/qemu/calls.S")
    tool("aarch64-linux-gnu-gcc", "-nostdlib", "-static",
         "-Wl,-Ttext=0,-e,0,--build-id=none,-z,max-page-size=4096",
         f"-DIMAGE_SIZE={IMAGE_SIZE}", "-o", folder / "calls.elf", source)
    tool("aarch64-linux-gnu-objcopy", "-O", "binary", folder / "calls.elf", folder / "calls.bin")
    words = [struct.pack("<4Q", *call, *[0] * (4 - len(call))) for call in calls]
    made = folder / "calls.Image"
    made.write_bytes(b"".join([(folder / "calls.bin").read_bytes(), *words, b"\xff" * 32]))
    return made


def fit(folder, index, calls):
    """A signed FIT of rollback index @index (None: it has none)."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate()
    text = "" if index is None else f"aglet,rollback-index = <{index}>;"
    its = folder / "calls.its"
    its.write_text(SOURCE.format(kernel=kernel(folder, calls), name=NAME, index=text))
    made = folder / f"index-{index}.fit"
    tool("mkimage", "-f", its, "-k", KEYS, "-r", made)
    return made
