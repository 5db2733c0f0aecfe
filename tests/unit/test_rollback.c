/* SPDX-License-Identifier: BSD-2-Clause */
/* Rollback where signatures are required and the loader raises the counter. */
#undef CONFIG_TRUST_REQUIRED
#undef CONFIG_ROLLBACK_OPEN
#define CONFIG_TRUST_REQUIRED	1
#include "rollback_play.h"

TEST(rollback_lets_the_same_and_newer_ones_through)
{
	for (uint32_t index = 4; index < 7; index++) {
		start(4, true, index);
		CHECK_EQ(boot_rollback_check(&boot), 0);
		CHECK_EQ(monitor.raises, 0);
		CHECK_EQ(boot_rollback_leave(&boot), 0);
		CHECK_EQ(monitor.counter, index);
		CHECK_EQ(monitor.limit, 0);
	}
	start(4, true, ROLLBACK_MAX);
	CHECK_EQ(boot_rollback_check(&boot), 0);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.counter, ROLLBACK_MAX);
}

TEST(rollback_refuses_an_older_one_with_both_numbers)
{
	start(4, true, 3);
	CHECK_EQ(boot_rollback_check(&boot), -ERANGE);
	CHECK(said("rollback index 3 is below the counter, 4"));
	start(1, true, 0);
	CHECK_EQ(boot_rollback_check(&boot), -ERANGE);
	start(0, true, ROLLBACK_MAX + 1);
	CHECK_EQ(boot_rollback_check(&boot), -ERANGE);
	start(0, true, UINT32_MAX);
	CHECK_EQ(boot_rollback_check(&boot), -ERANGE);
	CHECK_EQ(monitor.raises, 0);
}

/* No counter is no permission. */
TEST(rollback_refuses_without_a_counter)
{
	start(ROLLBACK_UNREADABLE, true, 9);
	CHECK_EQ(boot_rollback_check(&boot), -EBADMSG);
	CHECK(said("erase its two sectors at 0x3f80000"));
	CHECK_EQ(boot_rollback_leave(&boot), -EBADMSG);
	start(ROLLBACK_NOT_THERE, true, 9);
	CHECK_EQ(boot_rollback_check(&boot), -ENODEV);
	CHECK_EQ(monitor.raises, 0);
}

/* What is not verified has no index, whatever stands there. */
TEST(rollback_raises_nothing_for_an_image_that_is_not_verified)
{
	start(4, false, 9);
	CHECK_EQ(boot_rollback_check(&boot), 0);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.counter, 4);
	CHECK_EQ(monitor.limit, 0);
}

/* The monitor mends a copy that was lost when it is told what it has. */
TEST(rollback_asks_for_what_the_counter_is)
{
	start(4, true, 4);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.raises, 1);
	CHECK_EQ(monitor.raised_to, 4);
	CHECK(!mock_said("raised from"));
}

TEST(rollback_waits_for_the_monitor_but_not_for_ever)
{
	start(4, true, 5);
	monitor.busy = 100;
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.counter, 5);
	start(4, true, 5);
	monitor.busy = UINT32_MAX;
	mock.tick = arch_counter_freq() / 100;
	CHECK_EQ(boot_rollback_leave(&boot), -EIO);
	CHECK(monitor.busy < UINT32_MAX - 100);
}

TEST(rollback_refuses_when_the_counter_does_not_follow)
{
	start(4, true, 5);
	monitor.raise_error = ROLLBACK_FAILED;
	CHECK_EQ(boot_rollback_leave(&boot), -EIO);
	CHECK(said("cannot be set to 5 (-7)"));
	start(4, true, 5);
	monitor.close_error = ROLLBACK_NOT_THERE;
	CHECK_EQ(boot_rollback_leave(&boot), -EIO);
}
