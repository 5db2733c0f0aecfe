/* SPDX-License-Identifier: BSD-2-Clause */
/* The word that says which fault an unsafe test build hands over. */

#include "mutation.h"

/* A section of its own, so that it is easy to find and to patch. */
const uint32_t mutation __attribute__((section(".rodata.mutation"))) =
	CONFIG_MUTATION;
