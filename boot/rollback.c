/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No way back to an older image: the index of a signed configuration against
 * the counter that the EL3 monitor keeps (docs/rollback.md). Checked in step
 * "verify"; raised in step "handoff", when nothing but the kernel can fail.
 */
#include "boot.h"
#include "err.h"
#include "rollback.h"

/* How long another CPU may keep the monitor from writing its flash. */
#define PATIENCE_SECONDS	2

static int64_t call(uint32_t function, uint64_t argument)
{
	return arch_psci(PSCI_SMC, function, argument, 0, 0);
}

static int no_counter(struct boot *boot, int64_t answer)
{
	if (answer == ROLLBACK_UNREADABLE)
		return boot_refuse(boot, -EBADMSG, "rollback",
				   "neither copy of the counter can be read: "
				   "erase its two sectors at 0x%lx from the "
				   "secure world, which sets it to 0",
				   (uint64_t)CONFIG_SECURE_FLASH_BASE);
	return boot_refuse(boot, -ENODEV, "rollback",
			   "the monitor has no counter (%d): build monitor "
			   "and loader together", (int)answer);
}

static int check(struct boot *boot, uint32_t index)
{
	const int64_t counter = call(ROLLBACK_GET, ROLLBACK_VALUE);

	if (counter < 0)
		return no_counter(boot, counter);
	if (index > ROLLBACK_MAX)
		return boot_refuse(boot, -ERANGE, "rollback",
				   "rollback index %u is more than %u: sign "
				   "with a smaller one", index, ROLLBACK_MAX);
	if (index < counter)
		return boot_refuse(boot, -ERANGE, "rollback",
				   "rollback index %u is below the counter, "
				   "%u: an older image; sign with %u or more, "
				   "or boot a newer one", index,
				   (uint32_t)counter, (uint32_t)counter);
	boot_debug(boot, "rollback", "index %u, the counter is at %u", index,
		   (uint32_t)counter);
	return 0;
}

/* Where signatures are only reported, so is age. */
static int judge(struct boot *boot, int err)
{
	if (!err || IS_ENABLED(CONFIG_TRUST_REQUIRED))
		return err;
	boot_warn(boot, "rollback", "started all the same: TRUST_REPORT only "
		  "tells; build with TRUST_REQUIRED to refuse it");
	return 0;
}

int boot_rollback_check(struct boot *boot)
{
	const struct trust *trust = &boot->candidate.trust;

	if (!trust->verified)
		return 0;
	return judge(boot, check(boot, trust->rollback_index));
}

/* The monitor writes when no CPU waits in the flash any more. */
static int64_t raise_patiently(uint32_t value)
{
	const uint64_t limit = arch_counter_freq() * PATIENCE_SECONDS;
	const uint64_t since = arch_counter();
	int64_t answer = call(ROLLBACK_RAISE, value);

	while (answer == ROLLBACK_BUSY && arch_counter() - since < limit) {
		arch_pause();
		answer = call(ROLLBACK_RAISE, value);
	}
	return answer;
}

/*
 * To the image's index if policy says so, or to what it is: that mends a copy
 * which was lost when the power was cut.
 */
static int raise(struct boot *boot, uint32_t index)
{
	const int64_t counter = call(ROLLBACK_GET, ROLLBACK_VALUE);
	int64_t answer;

	if (counter < 0)
		return no_counter(boot, counter);
	if (IS_ENABLED(CONFIG_ROLLBACK_OPEN) || index < counter)
		index = (uint32_t)counter;
	answer = raise_patiently(index);
	if (answer)
		return boot_refuse(boot, -EIO, "rollback",
				   "the counter cannot be set to %u (%d): the "
				   "flash at 0x%lx does not take it; replace "
				   "it", index, (int)answer,
				   (uint64_t)CONFIG_SECURE_FLASH_BASE);
	if (index > counter)
		boot_note(boot, "rollback", "counter raised from %u to %u",
			  (uint32_t)counter, index);
	return 0;
}

int boot_rollback_leave(struct boot *boot)
{
	const struct trust *trust = &boot->candidate.trust;
	const uint32_t index = trust->verified &&
			       trust->rollback_index <= ROLLBACK_MAX ?
			       trust->rollback_index : 0;
	const int err = judge(boot, raise(boot, index));

	if (err)
		return err;
	/* Whoever proves itself may say so up to its own index. */
	if (call(ROLLBACK_CLOSE, IS_ENABLED(CONFIG_ROLLBACK_OPEN) ? index : 0))
		return boot_refuse(boot, -EIO, "rollback",
				   "the monitor does not close the counter: "
				   "build monitor and loader together");
	return 0;
}
