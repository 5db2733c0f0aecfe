/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's SHA-256 by the CPU's instructions beside BearSSL's: the same
 * digest for every length up to 1000, at every place in a word, and of a
 * mebibyte; and the instructions of each. Prints "sha256: same LENGTHS" and "sha256:
 * cost CPU LIBRARY BYTES", or "sha256: differs LENGTH".
 */
#include "put.h"
#include "sha256.h"
#include <string.h>

#define UART		((volatile uint32_t *)0x09000000)
#define LENGTHS		1000u
#define LARGE		SZ_1M

void library_main(void);
void __stack_chk_fail(void);
void __chk_fail(void);
void arch_sha256_blocks(uint32_t h[8], const void *data, uint64_t blocks);

uintptr_t __stack_chk_guard = 0x5aa55aa5;

static uint8_t data[LARGE + 8];

void __stack_chk_fail(void)
{
	for (;;)
		;
}

void __chk_fail(void)
{
	__stack_chk_fail();
}

void uart_putc(char c)
{
	*UART = (uint8_t)c;
}

/* Under -icount shift=0 an instruction is a nanosecond. */
static uint64_t now(void)
{
	uint64_t value, hz;

	__asm__ volatile("isb; mrs %0, CNTVCT_EL0; mrs %1, CNTFRQ_EL0; isb"
			 : "=r"(value), "=r"(hz) : : "memory");
	return value * (1000000000 / hz);
}

/* What it takes with @blocks. */
static uint64_t run(sha256_blocks *blocks, const uint8_t *from, uint64_t size,
		    uint8_t *out)
{
	uint64_t start;

	sha256_use(blocks);
	start = now();
	sha256(from, size, out);
	return now() - start;
}

static void tell(const char *what, uint64_t number)
{
	put("sha256: ");
	put(what);
	put_number(number);
}

static void compare(const uint8_t *from, uint64_t size, const char *what)
{
	uint8_t cpu[SHA256_SIZE], library[SHA256_SIZE];
	uint64_t took = run(arch_sha256_blocks, from, size, cpu);
	uint64_t took_library = run(NULL, from, size, library);

	if (memcmp(cpu, library, sizeof(cpu))) {
		tell("differs ", size);
		put("\r\n");
	}
	if (!what)
		return;
	tell(what, took);
	put(" ");
	put_number(took_library);
	put(" ");
	put_number(size);
	put("\r\n");
}

void library_main(void)
{
	uint32_t noise = 1;

	for (uint64_t i = 0; i < sizeof(data); i++) {
		noise = noise * 1664525 + 1013904223;
		data[i] = (uint8_t)(noise >> 24);
	}
	for (uint64_t size = 0; size < LENGTHS; size++)
		compare(data + size % 8, size, NULL);
	tell("same ", LENGTHS);
	put("\r\n");
	compare(data, LARGE, "cost ");
}
