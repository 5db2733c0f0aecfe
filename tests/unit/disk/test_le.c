/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers of disks and files: each byte has its place, at any address. */
#include "le.h"
#include "../unit.h"

static const uint8_t bytes[] = {
	0xff, 0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8, 0xff,
};

TEST(le_numbers)
{
	CHECK_EQ(le16(bytes + 1), 0x9281);
	CHECK_EQ(le32(bytes + 1), 0xb4a39281);
	CHECK(le64(bytes + 1) == 0xf8e7d6c5b4a39281);
}
