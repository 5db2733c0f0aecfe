/* SPDX-License-Identifier: BSD-2-Clause */
/* Cyclic redundancy checks by half bytes: tables of 16 entries, no set-up. */
#include "crc.h"

/* The check values of 0..15, each shifted through by four bits. */
static const uint32_t table32[16] = {
	0, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
	0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
	0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

static const uint32_t table32c[16] = {
	0, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
	0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
	0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
	0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
};

static const uint16_t table16[16] = {
	0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401,
	0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400,
};

static uint32_t by_table(const uint32_t table[16], uint32_t crc,
			 const uint8_t *p, size_t size)
{
	for (; size; size--, p++) {
		crc ^= *p;
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return crc;
}

uint32_t crc32(uint32_t crc, const void *bytes, size_t size)
{
	return by_table(table32, crc, bytes, size);
}

uint32_t crc32c(uint32_t crc, const void *bytes, size_t size)
{
	return by_table(table32c, crc, bytes, size);
}

uint16_t crc16(uint16_t crc, const void *bytes, size_t size)
{
	const uint8_t *p = bytes;

	for (; size; size--, p++) {
		crc ^= *p;
		crc = (uint16_t)(crc >> 4 ^ table16[crc & 15]);
		crc = (uint16_t)(crc >> 4 ^ table16[crc & 15]);
	}
	return crc;
}
