/* SPDX-License-Identifier: BSD-2-Clause */
/* The checks that ext4 leans on, against their definition, bit by bit. */
#include "crc.h"
#include "unit.h"

static uint32_t by_bits(uint32_t polynomial, uint32_t crc, const uint8_t *p,
			size_t size)
{
	while (size--) {
		crc ^= *p++;
		for (unsigned int i = 0; i < 8; i++)
			crc = crc & 1 ? crc >> 1 ^ polynomial : crc >> 1;
	}
	return crc;
}

/* At each alignment, of each short length, and in two parts. */
TEST(crc_is_the_same_at_any_address)
{
	static uint8_t bytes[64] __attribute__((aligned(8)));

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)unit_random();
	for (size_t at = 0; at < 8; at++) {
		for (size_t size = 0; size <= sizeof(bytes) - at; size++) {
			const uint8_t *p = bytes + at;
			uint32_t start = (uint32_t)unit_random();
			size_t part = unit_random_below(size + 1);

			CHECK_EQ(crc32(start, p, size),
				 by_bits(0xedb88320, start, p, size));
			CHECK_EQ(crc32c(start, p, size),
				 by_bits(0x82f63b78, start, p, size));
			CHECK_EQ(crc32c(crc32c(start, p, part), p + part, size - part),
				 crc32c(start, p, size));
			CHECK_EQ(crc16((uint16_t)start, p, size),
				 by_bits(0xa001, (uint16_t)start, p, size));
		}
	}
}

TEST(crc_of_each_byte)
{
	for (unsigned int i = 0; i < 256; i++) {
		const uint8_t byte = (uint8_t)i;

		CHECK_EQ(crc32(0, &byte, 1), by_bits(0xedb88320, 0, &byte, 1));
		CHECK_EQ(crc32c(0, &byte, 1), by_bits(0x82f63b78, 0, &byte, 1));
	}
}
