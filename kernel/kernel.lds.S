/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conformance kernel: a flat arm64 Image that runs at any address. Linked at
 * 0, so every stored pointer is an offset from _head (see types.h).
 */
OUTPUT_ARCH(aarch64)
ENTRY(_head)

PHDRS {
	text PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
}

SECTIONS {
	. = 0;
	.head : { KEEP(*(.head)) } :text
	__text_start = .;
	.text : { *(.text.entry) *(.text.vectors) *(.text .text.*) }
	__text_end = .;
	.rodata : ALIGN(16) {
		*(.rodata .rodata.*)
		. = ALIGN(8);
		__checks_start = .;
		KEEP(*(SORT_BY_NAME(.table.check.*)))
		__checks_end = .;
	}
	.data : ALIGN(16) { *(.data .data.*) } :data
	/* The last bytes of the file: scripts/seal.py fills them in. */
	.digest : ALIGN(16) {
		__file_digest = .;
		QUAD(0)
	}
	__file_end = .;
	.bss (NOLOAD) : ALIGN(4096) {
		__bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(16);
		__bss_end = .;
		*(.stack)
	}
	. = ALIGN(4096);
	_end = .;
	_image_size = _end - _head;

	/* Nothing that would need a loader which relocates. */
	.rela : { *(.rela .rela.* .relr .relr.*) }
	.got : { *(.got .got.*) }
	ASSERT(SIZEOF(.rela) == 0, "the kernel must not need relocations")
	ASSERT(SIZEOF(.got) == 0, "the kernel must not need a GOT")
	ASSERT(SIZEOF(.data) == 0, "nothing in the file may change: BP-CACHE-03")
	/* entry.S reaches its data with ADR. */
	ASSERT(_end < 0x100000, "the kernel must stay below 1 MiB")

	/DISCARD/ : {
		*(.comment) *(.note .note.*) *(.eh_frame .eh_frame_hdr)
		*(.dynamic .dynsym .dynstr .hash .gnu.hash .interp)
	}
}
