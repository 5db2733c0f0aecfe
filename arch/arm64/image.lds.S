/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The image: [reset + loader | monitor | payload]. Load addresses (AT) count
 * from 0; the loader is linked at CONFIG_LOAD_ADDR with the same distances,
 * so its PC-relative code also runs in place before it is copied.
 */
#include "el3/monitor.h"

#ifdef CONFIG_EL3_PRESENT
#define MONITOR_ADDR	CONFIG_MONITOR_ADDR
#define MONITOR_SIZE	CONFIG_MONITOR_SIZE
#else
#define MONITOR_ADDR	0
#define MONITOR_SIZE	0
#endif
#define PAGE		4096
#define STACK_SIZE	16384
#define CRASH_STACK	8192

/* The code of libraries has no landing pads: mmu.c does not guard its pages. */
#define OUR_TEXT	*(EXCLUDE_FILE(*.a:*) .text EXCLUDE_FILE(*.a:*) .text.*)
#ifdef CONFIG_BRANCH_PROTECTION
#define LIBRARY_ALIGN	PAGE
#else
#define LIBRARY_ALIGN	4
#endif

/* Where VBAR_ELx expects the vectors that the loader has. */
#define VECTORS_SPX	0x200

#define TABLE(name)						\
	__table_##name##_start = .;				\
	KEEP(*(SORT_BY_NAME(.table.name.*)))			\
	__table_##name##_end = .;

ENTRY(reset)

SECTIONS
{
	. = CONFIG_LOAD_ADDR;
	.loader.text : AT(0) {
		__loader_start = .;
		/* CONFIG_POISON: a jump past the reset code, which it enters. */
		KEEP(*(.poison_entry))
		KEEP(*(.reset))
		. = __loader_start + VECTORS_SPX;
		KEEP(*(.reset_vectors))
		KEEP(*(.reset_park))
		KEEP(*(.poison))
		OUR_TEXT
		. = ALIGN(LIBRARY_ALIGN);
		__loader_library_start = .;
		*(.text .text.*)
#ifdef CONFIG_OPTIMIZE_SIZE
		/* One page boundary less in the file; still never writable. */
		__loader_rodata_start = .;
#else
		. = ALIGN(PAGE);
	}
	.loader.rodata : AT(ADDR(.loader.rodata) - CONFIG_LOAD_ADDR) {
		__loader_rodata_start = .;
#endif
		*(.rodata .rodata.*)
		. = ALIGN(8);
		TABLE(driver)
		TABLE(source)
		TABLE(format)
		TABLE(fixup)
		TABLE(fs)
		TABLE(unpacker)
		TABLE(virtio)
		TABLE(pci)
		*(.got .got.plt)
		*(.rodata.kallsyms)
		. = ALIGN(16);
		__loader_rodata_end = .;
	}
	. = ALIGN(PAGE);
	.loader.data : AT(ADDR(.loader.data) - CONFIG_LOAD_ADDR) {
		__loader_data_start = .;
		*(.data .data.*)
		. = ALIGN(16);
	}
#ifdef CONFIG_SPIN_TABLE
	/* Stays behind when the loader goes: whole pages. */
	. = ALIGN(PAGE);
	.loader.spin : AT(ADDR(.loader.spin) - CONFIG_LOAD_ADDR) {
		__spin_start = .;
		KEEP(*(.spin))
		. = ALIGN(PAGE);
		__spin_end = .;
	}
	__loader_copy_end = __spin_end;
#else
	__loader_copy_end = SIZEOF(.loader.data) ? . : __loader_rodata_end;
#endif
	.loader.bss (NOLOAD) : {
		. = ALIGN(16);
		__loader_bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(16);
		__loader_bss_end = .;
	}
	/* Guard pages: mapped to nothing, below each stack. */
	.loader.stacks (NOLOAD) : {
		. = ALIGN(PAGE);
		__loader_guard0_start = .;
		. += PAGE;
		. += STACK_SIZE;
		__loader_stack_end = .;
		__loader_guard1_start = .;
		. += PAGE;
		. += CRASH_STACK;
		__loader_crash_stack_end = .;
		*(.noinit .noinit.*)
		. = ALIGN(PAGE);
		__loader_end = .;
	}

	__monitor_offset = __loader_copy_end - CONFIG_LOAD_ADDR;
	. = MONITOR_ADDR;
	__monitor_start = .;
	.monitor.text MONITOR_ADDR : AT(__monitor_offset) {
		/* First, since it wants 2 KiB alignment: no hole before it. */
		*(.monitor.text.monitor_vectors)
		*(.monitor.text .monitor.text.*)
		*(.monitor.rodata .monitor.rodata.*)
		. = ALIGN(16);
	}
	.monitor.data : AT(__monitor_offset + SIZEOF(.monitor.text)) {
		*(.monitor.data .monitor.data.*)
		. = ALIGN(16);
	}
	__monitor_copy_end = __monitor_start + SIZEOF(.monitor.text) +
			     SIZEOF(.monitor.data);
	.monitor.hold (NOLOAD) : {
		. = ALIGN(64);
		*(.monitor.hold)
		*(.monitor.bss .monitor.bss.*)
		. = ALIGN(16);
	}
	__monitor_memory_end = MONITOR_ADDR + MONITOR_SIZE;
	__monitor_end = ADDR(.monitor.hold) + SIZEOF(.monitor.hold);
	/* 0 tells reset.S that this image has no monitor. */
	PROVIDE(monitor_reset = 0);
	PROVIDE(monitor_warm_entry = 0);
	__monitor_hold = SIZEOF(.monitor.hold) ? ADDR(.monitor.hold) : 0;
	__monitor_loader_entry = loader_entry;

	__payload_offset = ALIGN(__monitor_offset + SIZEOF(.monitor.text) +
				 SIZEOF(.monitor.data), 64);
	/* Read where the image lies, or copied behind the loader by EL3. */
	. = ALIGN(__loader_end, 64);
	.payload : AT(__payload_offset) {
		__payload_start = .;
		KEEP(*(.payload))
		. = ALIGN(16);
	}
#ifdef CONFIG_ROM_IS_SECURE
	__payload_copy_end = __payload_start + SIZEOF(.payload);
#else
	__payload_copy_end = __payload_start;
#endif
	__image_size = __payload_offset + SIZEOF(.payload);

	/* There are no threads, and nobody gives them memory. */
	.loader.tls (NOLOAD) : { *(.tdata .tdata.* .tbss .tbss.*) }

	/DISCARD/ : {
		*(.comment .note* .eh_frame* .monitor.eh_frame* .interp)
		*(.dynamic .dynsym .dynstr .hash .gnu.hash .init_array*)
		*(.monitor.note* .monitor.comment)
	}
}

ASSERT(SIZEOF(.loader.tls) == 0, "a library wants thread-local storage, say for errno: give it another function")
ASSERT(CONFIG_LOAD_ADDR % 0x200000 == 0, "LOAD_ADDR: not a multiple of 2 MiB (0x200000); correct LOAD_ADDR")
ASSERT(MONITOR_ADDR % PAGE == 0, "MONITOR_ADDR: not a multiple of 4 KiB; correct MONITOR_ADDR")
ASSERT(__monitor_end <= MONITOR_ADDR + MONITOR_SIZE || SIZEOF(.monitor.text) == 0,
       "monitor: larger than MONITOR_SIZE; raise MONITOR_SIZE or lower NR_CPUS")
ASSERT(MONITOR_SIZE == 0 || MONITOR_ADDR + MONITOR_SIZE <= CONFIG_LOAD_ADDR ||
       MONITOR_ADDR >= __payload_copy_end,
       "MONITOR_ADDR: the monitor lies in the loader's memory; move LOAD_ADDR")
ASSERT(!(CONFIG_RAM_BASE + 0x300000 > CONFIG_LOAD_ADDR &&
	CONFIG_RAM_BASE + 0x300000 <= __loader_end),
       "LOAD_ADDR: the loader lies on the early stack at RAM_BASE + 3 MiB; move LOAD_ADDR")
ASSERT(MONITOR_SIZE == 0 || (CONFIG_PRIMARY_MPIDR & CPU_NO_PLACE) == 0 &&
       (CONFIG_PRIMARY_MPIDR >> 8) * 16 + (CONFIG_PRIMARY_MPIDR & 0xf) < CONFIG_NR_CPUS,
       "PRIMARY_MPIDR: the monitor has no record for this CPU (Aff2 and Aff3 are 0, Aff0 is at most 15); correct PRIMARY_MPIDR or raise NR_CPUS")
