/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic watchdog: how long it waits, and that it rests before a kernel. */
#define PLAY_BASE	0x50010000ul
#define PLAY_NO_UART
#define PLAY_REGS	0x1000
#include "uart_play.h"
#define CONFIG_WATCHDOG_SECONDS	120u
#include "../../drivers/watchdog/sbsa_gwdt.c"
#include "mock.h"
#include "unit.h"
#include <string.h>

static int start(uint32_t revision, uint64_t size)
{
	const struct device device = { .regs = region_of(PLAY_BASE, size) };

	gwdt_stop();
	memset(&play, 0, sizeof(play));
	mock_reset();
	play.regs[W_IIDR] = revision << 16 | 0x43b;
	return gwdt_probe(&device);
}

TEST(sbsa_gwdt_waits_half_the_time_twice)
{
	const uint64_t half = 60 * arch_counter_freq();

	CHECK_EQ(start(1, 0x1000), 0);
	CHECK(play_wrote(0, WCS, 0));
	CHECK(play_wrote(1, WOR_HIGH, (uint32_t)(half >> 32)));
	CHECK(play_wrote(2, WOR, (uint32_t)half));
	CHECK(play_wrote(3, WCS, 1));
	CHECK_EQ(play.count, 4);
}

/* It has no upper half: as long as it can. */
TEST(sbsa_gwdt_of_revision_0_counts_32_bits)
{
	const uint64_t half = 60 * arch_counter_freq();

	CHECK_EQ(start(0, 0x1000), 0);
	CHECK(play_wrote(1, WOR, half > UINT32_MAX ? UINT32_MAX : (uint32_t)half));
	CHECK(play_wrote(2, WCS, 1));
	CHECK_EQ(play.count, 3);
}

TEST(sbsa_gwdt_starts_anew_until_it_is_stopped)
{
	start(1, 0x1000);
	gwdt_restart();
	CHECK(play_wrote(4, WOR, (uint32_t)period));
	gwdt_stop();
	CHECK(play_wrote(5, WCS, 0));
	gwdt_restart();
	gwdt_stop();
	CHECK_EQ(play.count, 6);
}

TEST(sbsa_gwdt_refuses_what_it_cannot_drive)
{
	const struct device second = { .regs = region_of(PLAY_BASE, 0x1000) };

	CHECK_EQ(start(1, 0xfff), -EINVAL);
	CHECK_EQ(play.count, 0);
	gwdt_restart();
	CHECK_EQ(play.count, 0);
	CHECK_EQ(start(1, 0x1000), 0);
	CHECK_EQ(gwdt_probe(&second), -ENOSPC);
	CHECK_EQ(play.count, 4);
}
