/* SPDX-License-Identifier: BSD-2-Clause */
/* Rollback where signatures are reported and the kernel raises the counter. */
#undef CONFIG_TRUST_REQUIRED
#undef CONFIG_ROLLBACK_OPEN
#define CONFIG_ROLLBACK_OPEN	1
#include "rollback_play.h"

TEST(rollback_open_leaves_the_raise_to_the_kernel_up_to_its_index)
{
	start(4, true, 6);
	CHECK_EQ(boot_rollback_check(&boot), 0);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.raised_to, 4);
	CHECK_EQ(monitor.counter, 4);
	CHECK_EQ(monitor.limit, 6);
}

TEST(rollback_open_gives_an_unverified_kernel_nothing)
{
	start(4, false, 6);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.counter, 4);
	CHECK_EQ(monitor.limit, 0);
	start(4, true, ROLLBACK_MAX + 1);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.limit, 0);
}

/* TRUST_REPORT: told, and started all the same. */
TEST(rollback_report_tells_and_goes_on)
{
	start(4, true, 3);
	CHECK_EQ(boot_rollback_check(&boot), 0);
	CHECK(said("rollback index 3 is below the counter, 4"));
	CHECK(CONFIG_LOG_LEVEL < LOG_LEVEL_WARN ||
	      said("started all the same"));
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.counter, 4);
	CHECK_EQ(monitor.limit, 3);
	start(ROLLBACK_UNREADABLE, true, 9);
	CHECK_EQ(boot_rollback_check(&boot), 0);
	CHECK_EQ(boot_rollback_leave(&boot), 0);
	CHECK_EQ(monitor.raises, 0);
}
