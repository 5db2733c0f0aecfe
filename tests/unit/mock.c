/* SPDX-License-Identifier: BSD-2-Clause */
/* arch.h, uart.h and board.h as the unit tests play them. */
#include "mock.h"
#include "asm/id_known.h"
#include "board.h"
#include "err.h"
#include "psci.h"
#include "semihosting.h"
#include "uart.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct mock mock;
struct ledger mock_ledger;
struct dt_edit mock_edit;

static jmp_buf left;

static const struct board_edit mock_edits[] = {
	BOARD_REMOVE("/uart", "status"),
	BOARD_SET("/uart", "label", "console"),
	BOARD_CLOCK("/uart", "clocks", "/clock", 1),
	BOARD_SET("/nowhere", "label", "nothing"),
	BOARD_ABSENT("/absent"),
	BOARD_END,
};

const struct board board = {
	.edits = mock_edits,
	.no_tree = "REMEDY-TREE",
	.use_gicv2 = "REMEDY-GICV2",
	.use_gicv3 = "REMEDY-GICV3",
	.more_ram = "REMEDY-RAM",
};

__attribute__((constructor)) static void map_memory(void)
{
	void *want = (void *)MOCK_RAM_BASE;

	if (mmap(want, MOCK_RAM_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
		 MAP_FIXED_NOREPLACE, -1, 0) != want) {
		perror("no memory at 0x40000000");
		exit(EXIT_FAILURE);
	}
}

void mock_reset(void)
{
	memset(&mock, 0, sizeof(mock));
	mock.loader = region_of(MOCK_RAM_BASE + 48 * SZ_1M, SZ_1M);
	mock.random_error = -ENODEV;
	mock.tick = 1;
	mock.exit_status = -1;
	memset(fake, 0, sizeof(fake));
	fake_count = 0;
	fake_error = 0;
	memset(&fake_fw_cfg, 0, sizeof(fake_fw_cfg));
	memset(&fake_device, 0, sizeof(fake_device));
}

bool mock_said(const char *text)
{
	return strstr(mock.console, text);
}

enum mock_end mock_run(void (*call)(struct boot *boot), struct boot *boot)
{
	enum mock_end end = (enum mock_end)setjmp(left);

	if (end == MOCK_RETURNED)
		call(boot);
	return end;
}

void uart_init(void)
{
}

void uart_putc(char c)
{
	if (mock.console_length < sizeof(mock.console) - 1)
		mock.console[mock.console_length++] = c;
}

/* Who waits for a key that nobody presses waits for ever. */
int uart_getc(void)
{
	if (++mock.polls > MOCK_POLLS_MAX)
		arch_panic("nobody presses the key that is waited for");
	if (!mock.keys || !*mock.keys || mock.counter < mock.keys_at)
		return -1;
	return (uint8_t)*mock.keys++;
}

void uart_flush(void)
{
}

unsigned int arch_el(void)
{
	return 2;
}

uint64_t arch_mpidr(void)
{
	return 0;
}

uint64_t arch_boot_arg(unsigned int index)
{
	return index ? 0 : mock.x0;
}

int arch_map_ram(struct region r)
{
	return mock.map_error;
}

int arch_map_io(struct region r)
{
	return 0;
}

void arch_cache_clean(struct region r)
{
	if (mock.cleaned < ARRAY_SIZE(mock.clean))
		mock.clean[mock.cleaned++] = r;
}

void arch_barrier(void)
{
}

uint64_t arch_counter(void)
{
	return mock.counter += mock.tick;
}

uint64_t arch_counter_freq(void)
{
	return 62500000;
}

bool arch_has_pages(unsigned int kib)
{
	return kib != mock.no_pages;
}

int arch_random(uint64_t *value)
{
	static uint64_t state = 0x0123456789abcdef;

	*value = state *= 6364136223846793005ull;
	return mock.random_error;
}

bool arch_canary_is_random(void)
{
	return mock.canary_is_random;
}

void arch_canary_mix(uint64_t entropy)
{
	mock.canary = entropy;
}

_Static_assert(KNOWN_COUNT == ARRAY_SIZE(mock.id), "one for each");

uint64_t id_known_read(enum id_known_reg reg)
{
	return mock.id[reg];
}

void arch_duties(arch_say *say, void *context)
{
	const char *const *word;

	for (word = mock.duties; word && *word; word++)
		say(context, "el2", *word);
}

struct region arch_loader_region(void)
{
	return mock.loader;
}

struct region arch_spin_region(void)
{
	return region_of(mock.loader.base + MOCK_SPIN_OFFSET, SZ_4K);
}

int arch_spin_park(uint64_t mpidr, uint64_t *release)
{
	if (mpidr >= MOCK_SPIN_RECORDS)
		return -ENOSPC;
	if (mpidr >= mock.spinning)
		return -ETIMEDOUT;
	mock.parked |= 1ull << mpidr;
	*release = arch_spin_region().base + 128 * mpidr;
	return 0;
}

int arch_spin_fetch(uint64_t word)
{
	if (word % 8)
		return -EINVAL;
	if (mock.fetched_count < ARRAY_SIZE(mock.fetched))
		mock.fetched[mock.fetched_count++] = word;
	return 0;
}

struct region arch_payload_kernel(void)
{
	return mock.kernel;
}

struct region arch_payload_initrd(void)
{
	return mock.initrd;
}

struct region arch_payload_dtb(void)
{
	return mock.dtb;
}

noreturn void arch_handoff(uint64_t entry, uint64_t dtb)
{
	mock.entry = entry;
	mock.handed_dtb = dtb;
	longjmp(left, MOCK_HANDOFF);
}

int64_t arch_psci(enum psci_conduit conduit, uint32_t function,
		  uint64_t a1, uint64_t a2, uint64_t a3)
{
	mock.conduit = conduit;
	mock.psci = function;
	if (function != PSCI_AFFINITY_INFO_64 || conduit != PSCI_SMC)
		return -1;
	return mock.counter < mock.late[a1 % ARRAY_SIZE(mock.late)] ?
	       PSCI_INVALID_PARAMETERS : 1;
}

void arch_pause(void)
{
}

void semihosting_exit(unsigned int status)
{
	mock.exit_status = (int)status;
}

noreturn void arch_stop(void)
{
	longjmp(left, MOCK_STOPPED);
}

noreturn void arch_panic(const char *what)
{
	fprintf(stderr, "panic: %s\n", what);
	abort();
}
