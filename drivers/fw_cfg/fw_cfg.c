/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU fw_cfg over MMIO, data by DMA straight to where it is wanted. Facts:
 * QEMU docs/specs/fw_cfg.rst; everything but file content is big endian.
 */
#include "fw_cfg.h"
#include "arch.h"
#include "driver.h"
#include "err.h"
#include "io.h"

/* Offsets from the base of the device. */
#define REG_DATA		0
#define REG_SELECTOR		8
#define REG_DMA			16
#define REGS_SIZE		24

#define ID_DMA			(1u << 1)

#define DMA_ERROR		(1u << 0)
#define DMA_READ		(1u << 1)
#define DMA_SKIP		(1u << 2)
#define DMA_SELECT		(1u << 3)
#define DMA_KEY_SHIFT		16

/* One transfer; a length is 32 bits, so larger ones go in pieces. */
#define DMA_MAX			SZ_1G
/* QEMU answers at once; a host that swaps may take its time. */
#define DMA_TIMEOUT_SECONDS	10

struct dma {
	uint32_t control;
	uint32_t length;
	uint64_t address;
};

/* There is one such device in a machine. */
static uintptr_t regs;

/*
 * In memory that the device reads and writes; it is coherent with our caches
 * (the node says dma-coherent).
 */
static volatile struct dma dma __attribute__((aligned(16)));

static uint32_t be32(uint32_t value)
{
	return __builtin_bswap32(value);
}

static int wait(void)
{
	uint64_t start = arch_counter();
	uint64_t limit = arch_counter_freq() * DMA_TIMEOUT_SECONDS;
	uint32_t control;

	do {
		arch_barrier();
		control = be32(dma.control);
		if (control & DMA_ERROR)
			return -EIO;
		if (!control)
			return 0;
	} while (arch_counter() - start < limit);
	return -ETIMEDOUT;
}

static int transfer(uint32_t control, uint64_t address, uint64_t length)
{
	dma.control = be32(control);
	dma.length = be32((uint32_t)length);
	dma.address = __builtin_bswap64(address);
	arch_barrier();
	io_write64(regs + REG_DMA, __builtin_bswap64((uintptr_t)&dma));
	return wait();
}

int fw_cfg_read(enum fw_cfg_key key, uint64_t offset, void *to, uint64_t size)
{
	uintptr_t address = (uintptr_t)to;
	int err;

	if (!regs)
		return -ENODEV;
	if (offset > UINT32_MAX)
		return -ERANGE;
	err = transfer((uint32_t)key << DMA_KEY_SHIFT | DMA_SELECT | DMA_SKIP,
		       0, offset);
	while (!err && size) {
		uint64_t length = size < DMA_MAX ? size : DMA_MAX;

		err = transfer(DMA_READ, address, length);
		address += length;
		size -= length;
	}
	return err;
}

int fw_cfg_number(enum fw_cfg_key key, uint32_t *value)
{
	uint8_t bytes[4];
	int err = fw_cfg_read(key, 0, bytes, sizeof(bytes));

	*value = (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 |
		 (uint32_t)bytes[1] << 8 | bytes[0];
	return err;
}

/* By the data register, before it is known that there is DMA. */
static bool has_signature(uintptr_t base)
{
	static const char want[4] = "QEMU";

	io_write16(base + REG_SELECTOR,
		     __builtin_bswap16(FW_CFG_SIGNATURE));
	for (size_t i = 0; i < sizeof(want); i++)
		if (io_read8(base + REG_DATA) != (uint8_t)want[i])
			return false;
	return true;
}

static int probe(const struct device *device)
{
	uintptr_t base = device->regs.base;

	if (device->regs.size < REGS_SIZE)
		return -EINVAL;
	if (!has_signature(base))
		return -ENODEV;
	io_write16(base + REG_SELECTOR, __builtin_bswap16(FW_CFG_ID));
	if (!(io_read8(base + REG_DATA) & ID_DMA))
		return -ENOTSUP;
	regs = base;
	return 0;
}

static const char *const compatible[] = { "qemu,fw-cfg-mmio", NULL };
static const struct driver driver_fw_cfg = {
	.name = "fw_cfg", .compatible = compatible, .probe = probe,
};
TABLE_ADD(driver, 50, driver_fw_cfg);
