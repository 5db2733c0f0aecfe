# SPDX-License-Identifier: BSD-2-Clause
"""A signed boot, beside the same one that is not signed.

The bench kernel and its initrd on FAT32: once as they are, once in a FIT that
mkimage signs (external data), for a loader that boots nothing else. What the
signature costs is the difference, for each byte of kernel and initrd.
"""
import os
import subprocess

import bench_files
import disk
import make_keys

LIMIT = 3                           # instructions a byte, all in all
ALGORITHMS = ("rsa2048", "ecdsa256")
ITS = """/dts-v1/; / {{ description = "bench"; #address-cells = <1>;
images {{
kernel {{ data = /incbin/("{kernel}"); type = "kernel"; arch = "arm64"; os = "linux";
 compression = "none"; load = <0>; entry = <0>; hash-1 {{ algo = "sha256"; }}; }};
initrd {{ data = /incbin/("{initrd}"); type = "ramdisk"; arch = "arm64"; os = "linux";
 compression = "none"; hash-1 {{ algo = "sha256"; }}; }};
}};
configurations {{ default = "conf"; conf {{ kernel = "kernel"; ramdisk = "initrd";
 bootargs = "console=ttyAMA0"; signature-1 {{ algo = "sha256,{algo}"; key-name-hint = "{algo}";
 sign-images = "kernel", "ramdisk"; }}; }}; }}; }};
"""


class Signed:
    """Keys, made once; loaders and disks, made when they are asked for."""

    def __init__(self, files):
        self.files, self.folder = files, (files.folder / "signed").absolute()
        self.folder.mkdir(exist_ok=True)
        for name in ALGORITHMS:
            if not (self.folder / f"{name}.crt").exists():
                make_keys.make(self.folder, name, name)
        self.size = os.path.getsize(files.kernel) + os.path.getsize(files.initrd)

    def loader(self, entry):
        """It trusts both keys, and boots nothing that they have not signed."""
        fragment = self.folder / "trust.config"
        names = " ".join(str(self.folder / f"{name}.crt") for name in ALGORITHMS)
        fragment.write_text(f'CONFIG_TRUST_KEYS="{names}"\nCONFIG_TRUST_REQUIRED=y\n')
        return bench_files.build_loader(self.folder, entry, str(fragment))

    def disk(self, algo):
        (self.folder / "bench.its").write_text(ITS.format(
            kernel=self.files.kernel.absolute(), initrd=os.path.abspath(self.files.initrd),
            algo=algo))
        subprocess.run(["mkimage", "-q", "-E", "-f", "bench.its", "-k", ".", "-r", "bench.fit"],
                       cwd=self.folder, check=True, capture_output=True)
        return disk.build(self.folder / f"{algo}.img", {
            "KERNEL": str(self.folder / "bench.fit"), "FS": "fat", "ENTRY": "extlinux",
            "DISK_SIZE": "512"})

    def show(self, name, signed, unsigned):
        each = (signed["all"] - unsigned["all"]) / self.size
        print(f"bench: signed: {name}: {signed['all'] / 1e6:.2f} million, not signed "
              f"{unsigned['all'] / 1e6:.2f}: {each:.2f} instructions a byte (at most {LIMIT})",
              flush=True)
