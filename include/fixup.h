/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Edits of the device tree that is handed over. Added with
 * TABLE_ADD(fixup, <rank>, my_fixup); the rank orders them.
 */
#ifndef FIXUP_H
#define FIXUP_H

#include "boot.h"
#include "dt_edit.h"
#include "table.h"

struct fixup {
	const char *name;
	/* Return: 0 or -errno; -ENOSPC means that the room is used up. */
	int (*apply)(struct boot *boot, struct dt_edit *tree);
};

TABLE(fixup, struct fixup);

#endif
