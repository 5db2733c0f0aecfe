/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's firmware configuration device: files by number, read by DMA.
 * Facts: QEMU docs/specs/fw_cfg.rst.
 */
#ifndef FW_CFG_H
#define FW_CFG_H

#include "types.h"

enum fw_cfg_key {
	FW_CFG_SIGNATURE = 0x00,
	FW_CFG_ID = 0x01,
	FW_CFG_KERNEL_SIZE = 0x08,
	FW_CFG_INITRD_SIZE = 0x0b,
	FW_CFG_KERNEL_DATA = 0x11,
	FW_CFG_INITRD_DATA = 0x12,
	FW_CFG_CMDLINE_SIZE = 0x14,
	FW_CFG_CMDLINE_DATA = 0x15,
};

/*
 * @size bytes of file @key from @offset on to @to, which the device writes
 * by DMA. Return: 0, -ENODEV (no device was probed), -EIO (the device
 * refused), -ETIMEDOUT, -ERANGE (an offset beyond 4 GiB).
 */
int fw_cfg_read(enum fw_cfg_key key, uint64_t offset, void *to,
		uint64_t size);

/* A number of 32 bits, little endian in the device. Errors as above. */
int fw_cfg_number(enum fw_cfg_key key, uint32_t *value);

#endif
