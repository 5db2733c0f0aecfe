/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "handoff": leave the ledger, clean what the kernel reads with its
 * caches off (HO-23), say the last line, go.
 */
#include "block.h"
#include "boot.h"
#include "driver.h"
#include "mutation.h"
#include "print.h"
#include "uart.h"
#include <string.h>

static void leave_ledger(struct boot *boot)
{
	if (!IS_ENABLED(CONFIG_DTB_FIXUP) ||
	    region_is_empty(boot->place.ledger))
		return;
	memcpy((void *)(uintptr_t)boot->place.ledger.base, boot->ledger,
	       ledger_size(boot->ledger));
	arch_cache_clean(region_of(boot->place.ledger.base,
				   ledger_size(boot->ledger)));
}

/* The tree is 8-byte aligned and may share a cache line; nobody minds. */
static void clean(struct boot *boot)
{
	arch_cache_clean(boot->place.kernel);
	if (IS_ENABLED(CONFIG_DTB_FIXUP) &&
	    !region_is_empty(boot->place.initrd))
		arch_cache_clean(boot->place.initrd);
	arch_cache_clean(boot->place.tree);
}

int step_handoff(struct boot *boot)
{
	uint64_t kernel = boot->place.kernel.base +
			  (IS_ENABLED(CONFIG_FORMAT_ELF) ? boot->image.entry
							 : 0);
	unsigned int el = IS_ENABLED(CONFIG_KERNEL_EL2) ? 2 : 1;
	uint64_t tree;
	int err;

	if (IS_ENABLED(CONFIG_ROLLBACK)) {
		err = boot_rollback_leave(boot);
		if (err)
			return err;
	}
	if (IS_ENABLED(CONFIG_BLOCK))
		block_stop_all();
	if (IS_ENABLED(CONFIG_DRIVERS))
		driver_stop_all();
	if (IS_ENABLED(CONFIG_EL3_PRESENT) && !IS_ENABLED(CONFIG_DTB_FIXUP))
		boot_await_cpus(boot);
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))
		boot_mutate(boot);
	tree = boot->place.tree.base;
	if (LOG_LEVEL_DEBUG <= CONFIG_LOG_LEVEL)
		ledger_print(boot->ledger);
	boot_debug(boot, "kernel", "at 0x%lx, dtb at 0x%lx, EL%u", kernel,
		   tree, el);
	leave_ledger(boot);
	clean(boot);
	if (IS_ENABLED(CONFIG_NARRATE))
		boot_narrate(boot);
	if (LOG_LEVEL_INFO <= CONFIG_LOG_LEVEL)
		print("handoff: kernel at 0x%lx, dtb at 0x%lx, EL%u\n",
		      kernel, tree, el);
	uart_flush();
	arch_handoff(kernel + (mutation_is(MUTATION_ENTRY) ? 4 : 0), tree);
}
