/* SPDX-License-Identifier: BSD-2-Clause */
/* The sequence of the flow, and what happens when one of its steps fails. */
#include "boot.h"
#include "driver.h"
#include "err.h"
#include "noinit.h"
#include "print.h"
#include "uart.h"
#include <generated/version.h>
#include <string.h>

const char aglet_version[] = AGLET_VERSION;

struct boot_step {
	char name[8];
	int (*run)(struct boot *boot);
};

static const struct boot_step steps[] = {
	{ "board", step_board },
	{ "find", step_find },
	{ "inspect", step_inspect },
	{ "place", step_place },
	{ "load", step_load },
	{ "verify", step_verify },
	{ "unpack", step_unpack },
	{ "fixup", step_fixup },
	{ "handoff", step_handoff },
};

/* The first; behind it a tree is there, and nobody else's frame is live. */
#define STEP_BOARD	0u
/* A failure here ends the boot; later ones end only the candidate. */
#define STEP_FIND	1u

static void note(struct boot *boot, enum log_level level, int err,
		 const char *object, const char *fmt, va_list args)
{
	const struct ledger_entry *entry;

	entry = ledger_add(boot->ledger, boot->step, object, err, fmt, args);
	if (level > CONFIG_LOG_LEVEL)
		return;
	if (err)
		log_line(level, boot->step, object, "%s (%s)", entry->text,
			 err_name(err));
	else
		log_line(level, boot->step, object, "%s", entry->text);
}

void boot_event(struct boot *boot, enum log_level level, const char *object,
		const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	note(boot, level, 0, object, fmt, args);
	va_end(args);
}

int boot_error(struct boot *boot, int err, const char *object,
	       const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	note(boot, LOG_LEVEL_ERR, err, object, fmt, args);
	va_end(args);
	return err;
}

int boot_error_number(struct boot *boot, int err, const char *object)
{
	log_err(boot->step, object, "%d", err);
	return err;
}

/* Before anything is read from a source: a canary that cannot be guessed. */
static changes_canary void seed_canary(struct boot *boot)
{
	uint64_t entropy;

	if (arch_canary_is_random()) {
		boot_debug(boot, "canary", "random, from RNDR");
		return;
	}
	entropy = boot_entropy(boot);
	if (entropy)
		arch_canary_mix(entropy);
}

changes_canary int boot_run(struct boot *boot)
{
	unsigned int at = 0;
	int err;

	while (at < ARRAY_SIZE(steps)) {
		boot->step = steps[at].name;
		if (IS_ENABLED(CONFIG_ERROR_TEXTS))
			ledger_stage(boot->ledger, at + 1, boot->step);
		if (IS_ENABLED(CONFIG_WATCHDOG))
			driver_alive_all();
		err = steps[at].run(boot);
		if (!err) {
			if (IS_ENABLED(CONFIG_NARRATE))
				boot_narrate(boot);
			if (IS_ENABLED(CONFIG_STACK_PROTECTOR) &&
			    at == STEP_BOARD)
				seed_canary(boot);
			at++;
			continue;
		}
		if (at <= STEP_FIND)
			return err;
		memmap_rollback(&boot->map, boot->checkpoint);
		at = STEP_FIND;
	}
	return -EIO;	/* step_handoff() does not return 0 */
}

noreturn void boot_main(void)
{
	static noinit struct ledger ledger;
	static noinit struct dt_edit edit;
	static struct boot boot;

	if (IS_ENABLED(CONFIG_DTB_FIXUP))
		boot.edit = &edit;
	if (IS_ENABLED(CONFIG_ERROR_TEXTS)) {
		boot.ledger = &ledger;
		ledger_init(boot.ledger);
		ledger_stage(boot.ledger, 0, "loader");
	}
	uart_init();
	if (CONFIG_LOG_LEVEL >= LOG_LEVEL_INFO)
		print("aglet %s on %s: EL%u, cpu 0x%lx, loader at 0x%lx\n",
		      aglet_version, CONFIG_BOARD, arch_el(), arch_mpidr(),
		      arch_loader_region().base);
	boot_run(&boot);
	boot_fail(&boot);
}
