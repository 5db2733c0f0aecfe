/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a decompressor alone costs: gzip by zlib, LZ4's legacy frame by liblz4,
 * zstd by libzstd, each called as its manual says, on bytes that QEMU's loader
 * device has put into memory. Prints "bench: library TICKS BYTES".
 */
#include "put.h"
#include <stddef.h>
#include <stdint.h>
#define Z_SOLO
#include <lz4.h>
#include <zlib.h>
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#define UART		((volatile uint32_t *)0x09000000)
#define SIZE		((volatile const uint64_t *)0x47fff000)
#define PACKED		((const uint8_t *)0x48000000)
#define OUT		((uint8_t *)0x50000000)
#define OUT_SIZE	0x8000000u
#define LEGACY_BLOCK	0x800000

void library_main(void);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void free(void *at);
void __stack_chk_fail(void);

/* Debian's libraries ask for it by this name. */
uintptr_t __stack_chk_guard = 0x5aa55aa5;

static uint8_t arena[128 * 1024] __attribute__((aligned(16)));

/* The libraries get their room from us; these are only referred to. */
void *malloc(size_t size)
{
	(void)size;
	return NULL;
}

void *calloc(size_t count, size_t size)
{
	(void)count;
	(void)size;
	return NULL;
}

void free(void *at)
{
	(void)at;
}

void __stack_chk_fail(void)
{
	for (;;)
		;
}

void uart_putc(char c)
{
	*UART = (uint8_t)c;
}

static void *reserve(void *used, unsigned int count, unsigned int size)
{
	size_t *at = used;
	void *found = arena + *at;

	*at += ((size_t)count * size + 15) & ~(size_t)15;
	return *at > sizeof(arena) ? NULL : found;
}

static void give_back(void *used, void *at)
{
	(void)used;
	(void)at;
}

static uint64_t run_gzip(uint64_t size)
{
	size_t used = 0;
	z_stream z = {
		.next_in = (z_const Bytef *)PACKED, .avail_in = (uInt)size,
		.next_out = OUT, .avail_out = OUT_SIZE,
		.zalloc = reserve, .zfree = give_back, .opaque = &used,
	};

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK ||
	    inflate(&z, Z_FINISH) != Z_STREAM_END)
		return 0;
	return z.total_out;
}

static uint64_t run_lz4(uint64_t size)
{
	uint64_t made = 0;
	int got;

	for (uint64_t at = 4; at + 4 < size;) {
		int length = (int)(PACKED[at] | PACKED[at + 1] << 8 |
				   PACKED[at + 2] << 16 |
				   (uint32_t)PACKED[at + 3] << 24);

		got = LZ4_decompress_safe((const char *)PACKED + at + 4,
					  (char *)OUT + made, length,
					  LEGACY_BLOCK);
		if (got < 0)
			return 0;
		made += (uint64_t)got;
		at += 4 + (uint64_t)length;
	}
	return made;
}

static uint64_t run_zstd(uint64_t size)
{
	ZSTD_DCtx *ctx = ZSTD_initStaticDCtx(arena, sizeof(arena));
	size_t made = ZSTD_decompressDCtx(ctx, OUT, OUT_SIZE, PACKED, size);

	return ZSTD_isError(made) ? 0 : made;
}

static uint64_t ticks(void)
{
	uint64_t value;

	__asm__ volatile("isb; mrs %0, CNTVCT_EL0; isb" : "=r"(value) : :
			 "memory");
	return value;
}

void library_main(void)
{
	const uint64_t size = *SIZE, start = ticks();
	uint64_t made;

	if (PACKED[0] == 0x1f)
		made = run_gzip(size);
	else if (PACKED[0] == 0x02)
		made = run_lz4(size);
	else
		made = run_zstd(size);
	put("bench: library ");
	put_number(ticks() - start);
	put(" ");
	put_number(made);
	put("\r\n");
}
