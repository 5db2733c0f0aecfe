/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flow from board to hand-off: what the steps share. boot/main.c holds
 * the sequence; a step reads what earlier ones left here and adds its own.
 */
#ifndef BOOT_H
#define BOOT_H

#include "arch.h"
#include "candidate.h"
#include "dt.h"
#include "dt_edit.h"
#include "format.h"
#include "ledger.h"
#include "log.h"
#include "memmap.h"

/* Who brought the device tree. */
enum tree_origin {
	TREE_PAYLOAD,		/* built in for the kernel, PAYLOAD_DTB */
	TREE_REGISTER,		/* x0 at entry */
	TREE_MACHINE,		/* CONFIG_DTB_ADDR */
	TREE_BOARD,		/* built in for the board */
};

/* Final ranges; empty if there is no such thing. */
struct placement {
	struct region kernel;	/* all that the kernel owns, BSS too */
	struct region initrd;	/* its bytes; its pages are claimed */
	struct region tree;	/* room for the tree that is handed over */
	struct region ledger;
};

struct boot {
	const char *step;	/* the one that runs */
	struct ledger *ledger;

	struct dt_edit *edit;	/* the one that there is */

	/* board; pristine, fixups work on a copy */
	struct dt tree;
	enum tree_origin tree_origin;
	enum psci_conduit conduit;
	unsigned int checkpoint;	/* of the map, before any candidate */

	/* find, inspect */
	unsigned int source_index, candidate_index;
	struct image image;
	uint8_t head[FORMAT_HEAD];	/* the bytes that inspect judged */

	/* place */
	struct placement place;
	bool kernel_stays;	/* its bytes already lie where they run */

	/* load: what is on its way; empty if there is no such thing */
	struct region packed;	/* the kernel file, if it must be unpacked */
	struct region devicetree;
	struct region overlay[CANDIDATE_OVERLAYS];

	/* fixup: what is edited, the machine's tree or the candidate's */
	struct dt handed;

	/* The large ones last, so that all others are a short offset away. */
	struct candidate candidate;
	struct memmap map;
};

/*
 * One step. Return: 0 or -errno. A failure of step_board ends the boot, one
 * of step_find as well (no candidate left), any other the candidate.
 */
int step_board(struct boot *boot);
int step_find(struct boot *boot);
int step_inspect(struct boot *boot);
int step_place(struct boot *boot);
int step_load(struct boot *boot);
int step_verify(struct boot *boot);
int step_unpack(struct boot *boot);
int step_fixup(struct boot *boot);
int step_handoff(struct boot *boot);	/* returns only on failure */

/*
 * Memory for @size bytes until the kernel runs, mapped; and the first @size
 * bytes of @file in such memory, or where they lie in memory already.
 * Return: 0, -ENOMEM, -ENOSPC (the map is full), or the error of reading.
 */
int boot_stage(struct boot *boot, const char *name, uint64_t size,
	       struct region *r);
int boot_stage_file(struct boot *boot, const struct file *file, uint64_t size,
		    struct region *r);

/* Is the kernel file something else than the bytes that will run? */
static inline bool boot_is_packed(const struct boot *boot)
{
	return IS_ENABLED(CONFIG_UNPACK) && boot->image.unpacker;
}

/* The tree that is to be edited into boot->handed, overlays applied. */
int boot_open_tree(struct boot *boot);

/*
 * Part of step_find: go on to the next candidate that can be opened; the
 * reasons of those that cannot are told if @tell. Return: false at the end.
 */
bool find_next(struct boot *boot, bool tell);

/*
 * CONFIG_MENU: the first candidate is open; let the person at the console
 * choose another one, which is open then.
 */
void menu_ask(struct boot *boot);

/* Parts of step_board: find and check the tree, read the memory from it. */
int board_find_tree(struct boot *boot);
int board_read_memory(struct boot *boot);

/* CONFIG_NARRATE: explain the step that has just ended (boot/narrate.c). */
void boot_narrate(const struct boot *boot);

/* What the CPU announces and what was set for it, with CPU_REPORT. */
void board_report_cpu(struct boot *boot);

/*
 * Does the machine's tree bring at least @size bytes of a seed @name in
 * /chosen, fresh of this start? And 64 bits from such a seed for our own use;
 * 0: none.
 */
bool boot_seed_is_fresh(const struct boot *boot, const char *name, size_t size);
uint64_t boot_entropy(struct boot *boot);

/* Run the steps until the kernel runs; return the error that ended it. */
int boot_run(struct boot *boot);

/* Print the ledger and do what FAIL_* says. */
noreturn void boot_fail(struct boot *boot);

/*
 * An event of the running step: into the ledger and, at its level or above,
 * a line on the console. The macros know which ones nobody would ever see:
 * a ledger that no tree announces is only printed, and only with texts.
 */
void boot_event(struct boot *boot, enum log_level level, const char *object,
		const char *fmt, ...) printf_like(4, 5);

#define boot_at(boot, level, ...)					\
	do {								\
		if (IS_ENABLED(CONFIG_DTB_FIXUP) ||			\
		    (level) <= CONFIG_LOG_LEVEL)			\
			boot_event(boot, level, __VA_ARGS__);		\
	} while (0)

/* (boot, object, format, ...) */
#define boot_warn(boot, ...)	boot_at(boot, LOG_LEVEL_WARN, __VA_ARGS__)
#define boot_note(boot, ...)	boot_at(boot, LOG_LEVEL_INFO, __VA_ARGS__)
#define boot_debug(boot, ...)	boot_at(boot, LOG_LEVEL_DEBUG, __VA_ARGS__)

/*
 * An error: its reason and the remedy; without CONFIG_ERROR_TEXTS only its
 * number. Return: @err.
 */
int boot_error(struct boot *boot, int err, const char *object,
	       const char *fmt, ...) printf_like(4, 5);
int boot_error_number(struct boot *boot, int err, const char *object);

/* (boot, err, object, format, ...) */
#define boot_refuse(boot, err, object, ...)				\
	(IS_ENABLED(CONFIG_ERROR_TEXTS) ?				\
	 boot_error(boot, err, object, __VA_ARGS__) :			\
	 boot_error_number(boot, err, object))

/*
 * CONFIG_TRUST (boot/trust.c): say which policy this image has. Before any
 * byte of the kernel file is believed, @head being its first FORMAT_HEAD:
 * could it be signed at all? When all is in memory: is it? Return: 0 or
 * -errno, the reason is told.
 */
void trust_announce(struct boot *boot);
int trust_inspect(struct boot *boot, const void *head);
int trust_verify(struct boot *boot);

/*
 * CONFIG_ROLLBACK: is the candidate, whose signature is good, older than the
 * counter allows? And before the kernel starts: raise the counter if policy
 * says so, and close it. Return: 0 or -errno, the reason is told.
 */
int boot_rollback_check(struct boot *boot);
int boot_rollback_leave(struct boot *boot);

/* CONFIG_UNSAFE_TEST_BUILD: the fault of memory or devices (mutation.h). */
void boot_mutate(struct boot *boot);

/*
 * EL3 is ours: can the monitor start CPU @mpidr? Waits for it until two seconds
 * after @since, a time of arch_counter(). And the same for all of the tree,
 * which are only told of: for a tree that nobody edits.
 */
bool boot_cpu_comes(uint64_t mpidr, uint64_t since);
void boot_await_cpus(struct boot *boot);

/* The resident monitor; empty if EL3 is not ours. */
struct region boot_monitor_region(void);

/* The version of this build. */
extern const char aglet_version[];

#endif
