/* SPDX-License-Identifier: BSD-2-Clause */
/* What the product itself says of a file that it accepted. */
#ifndef TOLD_H
#define TOLD_H

#include "boot.h"
#include <stdio.h>

static inline void put_told(const struct boot *boot)
{
	const struct trust *trust = &boot->candidate.trust;

	printf(" signed=%d rollback=%u cmdline=\"%s\"", trust->verified,
	       (unsigned int)trust->rollback_index, boot->candidate.cmdline);
}

#endif
