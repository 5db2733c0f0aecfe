/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine that the product believes to run on: CPU, console, RAM. */
#ifndef MOCK_H
#define MOCK_H

#include "arch.h"
#include "boot.h"

/* Real memory of this process, at the addresses that the trees name. */
#define MOCK_RAM_BASE	0x40000000ul
#define MOCK_RAM_SIZE	(64 * SZ_1M)

/* The spin table: inside the loader, a word of 128 bytes for each CPU. */
#define MOCK_SPIN_OFFSET	SZ_64K
#define MOCK_SPIN_RECORDS	4

#define MOCK_POLLS_MAX		1000000u

struct mock {
	uint64_t x0;
	struct region loader, kernel, initrd, dtb;
	int map_error;			/* of arch_map_ram() */
	int random_error;		/* of arch_random() */
	bool canary_is_random;
	uint64_t canary;		/* of arch_canary_mix() */
	unsigned int no_pages;		/* KiB that arch_has_pages() denies */
	uint64_t tick;			/* added at each look at the counter */
	uint64_t counter;
	unsigned int cleaned;		/* calls of arch_cache_clean() */
	struct region clean[8];
	uint64_t entry, handed_dtb;	/* of arch_handoff() */
	enum psci_conduit conduit;	/* of the last PSCI call */
	uint32_t psci;			/* its function */
	uint64_t late[4];		/* counter when a CPU is there */
	unsigned int spinning;		/* CPUs that came out of reset */
	uint64_t parked;		/* a bit for each that was let in */
	uint64_t fetched[8];		/* words of an earlier spin table */
	unsigned int fetched_count;
	uint64_t id[16];		/* enum id_known_reg */
	const char *keys;		/* that are pressed at the console, */
	uint64_t keys_at;		/* when the counter is there */
	unsigned int polls;		/* looks for a key */
	const char *const *duties;	/* words of arch_duties(), then NULL */
	int exit_status;		/* of semihosting; -1: not called */
	char console[32768];
	size_t console_length;
};

extern struct mock mock;

/* A place for one; not forgotten by mock_reset(). */
extern struct ledger mock_ledger;
extern struct dt_edit mock_edit;

/* Forget everything; RAM keeps its content. */
void mock_reset(void);

/* The console contains @text. */
bool mock_said(const char *text);

/* Run @call until it returns or leaves by a noreturn function of arch.h. */
enum mock_end { MOCK_RETURNED, MOCK_HANDOFF, MOCK_STOPPED };
enum mock_end mock_run(void (*call)(struct boot *boot), struct boot *boot);

/* The fake source (name "fake"): candidates that tests put together. */
struct fake_file {
	const uint8_t *bytes;
	uint64_t size;
	int error;		/* of read() */
	int changes;		/* flip a byte of the header when read again */
};

struct fake_candidate {
	struct fake_file kernel, initrd;
	const char *cmdline;
};

extern struct fake_candidate fake[4];
extern unsigned int fake_count;
extern int fake_error;		/* of open() */

/* A device tree for the machine. */
struct tree_ram {
	uint64_t base, size;
};

struct tree_spec {
	unsigned int address_cells, size_cells;	/* 0: 2 */
	struct tree_ram ram[4];
	struct tree_ram nomap, reserved, memreserve;
	const char *gic;	/* compatible; NULL: arm,gic-v3 */
	const char *psci;	/* method; NULL: no /psci */
	const char *bootargs;
	bool seeds, initrd, no_memory, bad_memory, wrong_reserved_cells;
	bool fw_cfg, spin_table, odd_words, stdout_path, aliases;
	unsigned int cpus;
	size_t pad;		/* totalsize beyond what is needed */
	size_t ballast;		/* bytes of a property of no use */
};

/* Write it to @to. Return: totalsize. */
size_t tree_make(const struct tree_spec *spec, void *to, size_t room);

/* A 64-byte Image header at @to. */
void image_make(uint8_t *to, uint64_t text_offset, uint64_t image_size,
		uint64_t flags);

/* QEMU's fw_cfg, played at this address. */
#define FAKE_FW_CFG	0x09020000ul
struct fake_fw_cfg {
	bool absent, no_dma, error, hang;
	uint32_t kernel_size, initrd_size, cmdline_size;
	const uint8_t *kernel, *initrd;
	const char *cmdline;
};

extern struct fake_fw_cfg fake_fw_cfg;

/* Registers that a test plays, if they are somewhere. */
struct fake_device {
	struct region regs;
	uint64_t (*read)(uint64_t offset, unsigned int size);
	void (*write)(uint64_t offset, unsigned int size, uint64_t value);
};

extern struct fake_device fake_device;

#endif
