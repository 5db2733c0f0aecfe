/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IS_ENABLED() turns a Kconfig symbol into a C expression, so that the
 * compiler reads both branches and drops the dead one.
 */
#ifndef KCONFIG_H
#define KCONFIG_H

#define KCONFIG_COMMA_1		0,
#define KCONFIG_SECOND(a, b, ...)	b
#define KCONFIG_IS_SET__(comma_or_junk)	KCONFIG_SECOND(comma_or_junk 1, 0)
#define KCONFIG_IS_SET_(value)	KCONFIG_IS_SET__(KCONFIG_COMMA_##value)
#define KCONFIG_IS_SET(value)	KCONFIG_IS_SET_(value)

/* 1 if the bool symbol is y, 0 if it is n (and therefore not defined). */
#define IS_ENABLED(symbol)	KCONFIG_IS_SET(symbol)

#endif
