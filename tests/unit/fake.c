/* SPDX-License-Identifier: BSD-2-Clause */
/* A source, a kernel header and QEMU's fw_cfg for the tests. */
#include "mock.h"
#include "err.h"
#include "fw_cfg.h"
#include "io.h"
#include "source.h"
#include <stdlib.h>
#include <string.h>

struct fake_candidate fake[4];
unsigned int fake_count;
int fake_error;
struct fake_fw_cfg fake_fw_cfg;
struct fake_device fake_device;

static int read_fake(const struct file *file, uint64_t offset, void *to,
		     uint64_t size)
{
	struct fake_file *f = (struct fake_file *)(uintptr_t)file->handle;

	if (f->error)
		return f->error;
	memcpy(to, f->bytes + offset, size);
	if (f->changes && f->changes++ == 2)
		*(uint8_t *)to ^= 1;
	return 0;
}

static struct file open_file(struct fake_file *f)
{
	return (struct file){ .size = f->size, .read = read_fake,
			      .handle = (uintptr_t)f };
}

static int open_fake(unsigned int index, struct candidate *candidate,
		     struct source_context *context)
{
	if (fake_error && !index)
		return fake_error;
	if (index >= fake_count)
		return SOURCE_END;
	candidate->kernel = open_file(&fake[index].kernel);
	candidate->initrd[0] = open_file(&fake[index].initrd);
	candidate->initrd_count = candidate->initrd[0].size ? 1 : 0;
	if (fake[index].cmdline)
		strcpy(candidate->cmdline, fake[index].cmdline);
	return 0;
}

static const struct source source_fake = { "fake", open_fake };
TABLE_ADD(source, 10, source_fake);

static void put64(uint8_t *to, uint64_t value)
{
	for (int i = 0; i < 8; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

void image_make(uint8_t *to, uint64_t text_offset, uint64_t image_size,
		uint64_t flags)
{
	memset(to, 0, 64);
	put64(to + 8, text_offset);
	put64(to + 16, image_size);
	put64(to + 24, flags);
	memcpy(to + 56, "ARM\x64", 4);
}

/* What the selected key reads as; little-endian numbers. */
static uint64_t selected(uint16_t key, const uint8_t **bytes,
			 uint8_t number[4])
{
	uint32_t value = 0;

	*bytes = number;
	switch (key) {
	case FW_CFG_KERNEL_SIZE:
		value = fake_fw_cfg.kernel_size;
		break;
	case FW_CFG_INITRD_SIZE:
		value = fake_fw_cfg.initrd_size;
		break;
	case FW_CFG_CMDLINE_SIZE:
		value = fake_fw_cfg.cmdline_size;
		break;
	case FW_CFG_KERNEL_DATA:
		*bytes = fake_fw_cfg.kernel;
		return fake_fw_cfg.kernel_size;
	case FW_CFG_INITRD_DATA:
		*bytes = fake_fw_cfg.initrd;
		return fake_fw_cfg.initrd_size;
	case FW_CFG_CMDLINE_DATA:
		*bytes = (const uint8_t *)fake_fw_cfg.cmdline;
		return fake_fw_cfg.cmdline_size;
	}
	for (int i = 0; i < 4; i++)
		number[i] = (uint8_t)(value >> 8 * i);
	return 4;
}

static uint16_t key;
static uint64_t position;

/* Is it a register of the device that a test plays? */
static bool is_played(uintptr_t address, unsigned int size)
{
	return !region_is_empty(fake_device.regs) &&
	       region_contains(fake_device.regs, region_of(address, size));
}

/* What nobody plays must not be touched. */
static uint64_t played_read(uintptr_t address, unsigned int size)
{
	if (!is_played(address, size))
		abort();
	return fake_device.read(address - fake_device.regs.base, size);
}

static void played_write(uintptr_t address, unsigned int size, uint64_t value)
{
	if (!is_played(address, size))
		abort();
	fake_device.write(address - fake_device.regs.base, size, value);
}

uint8_t io_read8(uintptr_t address)
{
	static const char signature[] = "QEMU";

	if (is_played(address, 1))
		return (uint8_t)played_read(address, 1);
	if (key == FW_CFG_ID)
		return fake_fw_cfg.no_dma ? 1 : 3;
	return fake_fw_cfg.absent ? 0 : (uint8_t)signature[position++ % 4];
}

uint16_t io_read16(uintptr_t address)
{
	return (uint16_t)played_read(address, 2);
}

/* Only the faults of an unsafe test build read one that nobody plays. */
uint32_t io_read32(uintptr_t address)
{
	return is_played(address, 4) ? (uint32_t)played_read(address, 4) : 0;
}

uint64_t io_read64(uintptr_t address)
{
	return played_read(address, 8);
}

void io_write8(uintptr_t address, uint8_t value)
{
	played_write(address, 1, value);
}

void io_write16(uintptr_t address, uint16_t value)
{
	if (is_played(address, 2)) {
		played_write(address, 2, value);
		return;
	}
	key = __builtin_bswap16(value);
	position = 0;
}

/* fw_cfg has none; faults on purpose (boot/mutate.c) are in no test. */
void io_write32(uintptr_t address, uint32_t value)
{
	played_write(address, 4, value);
}

/* fw_cfg at work: reads the descriptor, moves bytes as QEMU does. */
static void move_fw_cfg(uint64_t value)
{
	struct {
		uint32_t control, length;
		uint64_t address;
	} *dma = (void *)(uintptr_t)__builtin_bswap64(value);
	uint32_t control = __builtin_bswap32(dma->control);
	uint32_t length = __builtin_bswap32(dma->length);
	uint8_t *to = (uint8_t *)(uintptr_t)__builtin_bswap64(dma->address);
	const uint8_t *bytes;
	uint8_t number[4];
	uint64_t size;

	if (fake_fw_cfg.hang)
		return;
	dma->control = fake_fw_cfg.error ? __builtin_bswap32(1) : 0;
	if (control & 8) {
		key = (uint16_t)(control >> 16);
		position = 0;
	}
	size = selected(key, &bytes, number);
	for (; control & 2 && length; length--, position++)
		*to++ = position < size ? bytes[position] : 0;
	position += length;
}

void io_write64(uintptr_t address, uint64_t value)
{
	if (is_played(address, 8))
		played_write(address, 8, value);
	else
		move_fw_cfg(value);
}
