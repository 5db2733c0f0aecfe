# SPDX-License-Identifier: BSD-2-Clause
# What a user asks for once the image is there; KERNEL INITRD CMDLINE DTB SMP
# MEM CPU QEMU QEMU_ARGS go to scripts/run.py through the environment.

#= O=folder           where the output goes (build); several stand side by side
#= V=1                show the commands
#= W=1                more warnings
#= LLVM=1             clang and lld instead of GCC and GNU ld
#= CCACHE=ccache      what stands before the compiler
#= CROSS_COMPILE=x-   prefix of the GNU tools (aarch64-linux-gnu-)
#= KERNEL= INITRD= CMDLINE= DTB= SMP= MEM= CPU= QEMU= QEMU_ARGS=   for run and debug
#= DISK=image DISK_DEVICE=virtio-blk-pci|virtio-blk-device|nvme,serial=1   the same;
#=                    run-linux DISK=1 makes the disk first
#= FLASH=file         the boot flash that keeps the rollback counter (O=/flash.img)
#= BOARD_ROOT=folder  boards outside of the tree: boards/<name>/ and configs/ there
#= CONFORMANCE=folder take the conformance kernel from that build, do not compile it
#= TAP=1              make run shows each row as the kernel prints it
#= TIMEOUT=s          end a machine that nobody watches (300; 0 never)
#= GDB= GDB_ARGS=     the debugger of make debug and arguments for it
#= SEED=n             what randconfig starts from

#= CASES=words        parts of the names that conformance-others, bench and bench-growth
#=                    play (all)

.PHONY: run run-linux debug bench bench-growth report disk oracle size harden reach \
	compile_commands.json conformance-image conformance-others \
	conformance-table conformance-table-check

#: all                aglet.bin, aglet.elf, conformance.Image (the default)

#: run                build, start in QEMU, show the conformance report
run: all
	$(Q)$(PYTHON) scripts/run.py run --build $(O)
#: run-linux          build, boot Debian's arm64 kernel to user space
run-linux: all
	$(Q)$(PYTHON) scripts/run.py linux --build $(O)
#: debug              the same machine stopped at reset, with gdb attached
debug: all
	$(Q)$(PYTHON) scripts/run.py debug --build $(O)

#: bench              boot from disks beside U-Boot and QEMU, as ratios; ROUNDS=n
bench:
	$(Q)$(PYTHON) scripts/boot_bench.py --build $(O) $(CASES)

#: bench-growth       what a boot costs against sizes and counts; CASES=words
bench-growth:
	$(Q)$(PYTHON) scripts/growth.py --build $(O) $(CASES)

#: report             build, boot once, draw stages and memory map: report.html in O=
report: all
	$(Q)$(PYTHON) scripts/report.py --build $(O)

#: disk               put KERNEL= INITRD= CMDLINE= DTB= OVERLAYS= into the image DISK=
#:                    (build/disk.img): TABLE=gpt|mbr|none FS=fat|ext4
#:                    ENTRY=bls|extlinux|path
disk:
	$(Q)$(PYTHON) scripts/disk.py --build $(O)

#: oracle             the same boot, every CPU's registers judged from outside
oracle: all
	$(Q)$(PYTHON) scripts/run.py oracle --build $(O)

#: conformance-image  only the conformance kernel, for any loader:
#:                    conformance.Image, .Image.gz and .elf
conformance-image: $(O)/conformance.Image $(O)/conformance.Image.gz
#: conformance-others the same kernel below QEMU's own loader, U-Boot and Aglet;
#:                    writes its section of docs/conformance.md
conformance-others: conformance-image
	$(Q)$(PYTHON) scripts/others.py --build $(O) $(CASES)
#: conformance-table  who checks each rule of the protocol, in docs/conformance.md
conformance-table: conformance-image
	$(Q)$(PYTHON) scripts/conformance_table.py --build $(O)
#: conformance-table-check   is that table complete and up to date?
conformance-table-check: conformance-image
	$(Q)$(PYTHON) scripts/conformance_table.py --build $(O) --check

#: harden             options that are weaker than they could be; STRICT=1 fails then
harden: $(auto-conf)
	$(Q)STRICT='$(STRICT)' $(PYTHON) scripts/harden.py

#: reach              what can run before a kernel is verified, and who fuzzes it
reach: all
	$(Q)$(PYTHON) scripts/reach.py --build $(O)

#: size               bytes of each part of the image
size: all
	$(Q)$(PYTHON) scripts/size.py '$(NM)' $(O)

#: compile_commands.json   for editors and analysers, in O=
compile_commands.json: all
	$(Q)$(PYTHON) scripts/compile_commands.py $(O)
