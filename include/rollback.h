/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rollback counter's firmware service, as the loader calls it and the EL3
 * monitor answers (docs/rollback.md): fast calls of the range that SMCCC
 * (DEN 0028) leaves to the maker of the machine. Each of the three is there
 * as SMC32 and, with bit 30 set, as SMC64. x2 and x3 of a call must be 0.
 */
#ifndef ROLLBACK_H
#define ROLLBACK_H

#define ROLLBACK_GET		0x83000000u	/* x1: ROLLBACK_VALUE, _LIMIT */
#define ROLLBACK_RAISE		0x83000001u	/* x1: the new value */
#define ROLLBACK_CLOSE		0x83000002u	/* x1: highest value from now on */
#define ROLLBACK_UID		0x8300ff01u
#define ROLLBACK_REVISION	0x8300ff03u

/* What ROLLBACK_GET tells: the counter, or how far it may be raised. */
#define ROLLBACK_VALUE		0u
#define ROLLBACK_LIMIT		1u

/* So that a value never looks like an error, in w0 either. */
#define ROLLBACK_MAX		0x7fffffffu

/* Answers; 0 or more is success. SMCCC gives the first two their meaning. */
enum rollback_answer {
	ROLLBACK_NOT_THERE = -1,	/* no such service */
	ROLLBACK_INVALID = -3,		/* an argument is out of range */
	ROLLBACK_DENIED = -4,		/* lower than it is, or above the limit */
	ROLLBACK_BUSY = -5,		/* another CPU is raising it */
	ROLLBACK_UNREADABLE = -6,	/* no copy in the flash can be believed */
	ROLLBACK_FAILED = -7,		/* the flash did not take it */
};

#endif
