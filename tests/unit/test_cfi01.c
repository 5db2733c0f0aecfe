/* SPDX-License-Identifier: BSD-2-Clause */
/* The flash driver against a model of two chips side by side. */
#include "types.h"

static uint32_t chip_read(uintptr_t address);
static void chip_write(uintptr_t address, uint32_t value);

#define io_read32		chip_read
#define io_write32		chip_write
#define secure_flash_read	cfi_read
#define secure_flash_erase	cfi_erase
#define secure_flash_program	cfi_program
#define CONFIG_SECURE_FLASH_BASE	0x1000ul
#define CONFIG_SECURE_FLASH_SECTOR	0x100u
#include "io.h"
#include "secure_flash.h"
#include "../../drivers/flash/cfi01.c"
#include "unit.h"
#include <string.h>

#define BASE	CONFIG_SECURE_FLASH_BASE
#define SIZE	(2 * CONFIG_SECURE_FLASH_SECTOR)

static struct {
	uint32_t word[SIZE / 4];
	uint32_t pending;	/* the first half of a command of two */
	uint32_t status;
	bool array, unlocked[2];
	unsigned int slow;	/* reads until it is ready */
	uint32_t fails;		/* status bits of the next operation */
} chip;

static uint32_t chip_read(uintptr_t address)
{
	if (chip.array)
		return chip.word[(address - BASE) / 4];
	if (chip.slow) {
		/* One chip is done before the other. */
		chip.slow--;
		return 0x00000080;
	}
	return chip.status;
}

static void operate(uintptr_t address, uint32_t command, uint32_t value)
{
	const unsigned int sector = (address - BASE) / (SIZE / 2);

	if (command == 0x00600060 && value == 0x00d000d0) {
		chip.unlocked[sector] = true;
		return;
	}
	chip.status = 0x00800080 | chip.fails;
	if (!chip.unlocked[sector])
		chip.status |= 0x00020002;
	else if (chip.fails)
		return;
	else if (command == 0x00200020 && value == 0x00d000d0)
		memset(chip.word + sector * SIZE / 8, 0xff, SIZE / 2);
	else if (command == 0x00400040)
		chip.word[(address - BASE) / 4] &= value;
	else
		chip.status |= 0x00300030;
}

static void chip_write(uintptr_t address, uint32_t value)
{
	CHECK(address >= BASE && address - BASE < SIZE && address % 4 == 0);
	if (chip.pending) {
		operate(address, chip.pending, value);
		chip.pending = 0;
		return;
	}
	chip.array = value == 0x00ff00ff;
	if (value == 0x00500050)
		chip.status = 0x00800080;
	else if (!chip.array)
		chip.pending = value;
}

static void chip_reset(void)
{
	memset(&chip, 0, sizeof(chip));
	chip.array = true;
	chip.slow = 5;
}

TEST(cfi01_erases_one_sector_and_leaves_the_array)
{
	chip_reset();
	CHECK_EQ(cfi_erase(1), 0);
	CHECK(chip.array);
	CHECK_EQ(cfi_read(1, 0), 0xffffffff);
	CHECK_EQ(chip.word[SIZE / 8 - 1], 0);
	CHECK_EQ(chip.word[SIZE / 4 - 1], 0xffffffff);
	CHECK_EQ(chip.unlocked[0], false);
}

TEST(cfi01_programs_one_word)
{
	chip_reset();
	CHECK_EQ(cfi_erase(0), 0);
	chip.slow = 3;
	CHECK_EQ(cfi_program(0, 2, 0x12345678), 0);
	CHECK(chip.array);
	CHECK_EQ(cfi_read(0, 2), 0x12345678);
	CHECK_EQ(cfi_read(0, 1), 0xffffffff);
	CHECK_EQ(cfi_read(0, 3), 0xffffffff);
}

/* Each error bit, of either chip; the next operation starts afresh. */
TEST(cfi01_tells_what_failed)
{
	static const uint32_t bits[] = { 0x20, 0x10, 0x08, 0x02 };

	for (unsigned int i = 0; i < 2 * ARRAY_SIZE(bits); i++) {
		chip_reset();
		chip.fails = bits[i / 2] << (i % 2 ? 16 : 0);
		CHECK_EQ(cfi_erase(0), -EIO);
		CHECK(chip.array);
		CHECK_EQ(cfi_program(0, 0, 1), -EIO);
		chip.fails = 0;
		CHECK_EQ(cfi_erase(0), 0);
	}
}

/* Programming what was not unlocked is told, not ignored. */
TEST(cfi01_tells_of_a_locked_sector)
{
	chip_reset();
	CHECK_EQ(cfi_program(0, 0, 1), -EIO);
}

TEST(cfi01_does_not_wait_for_ever)
{
	chip_reset();
	chip.slow = UINT32_MAX;
	CHECK_EQ(cfi_erase(0), -ETIMEDOUT);
	CHECK(chip.array);
}
