/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whom the image trusts: the verdict over a candidate, and the public keys
 * that were compiled in (docs/trust.md).
 */
#ifndef TRUST_H
#define TRUST_H

#include "types.h"

#define TRUST_KEY_NAME	32	/* bytes with the NUL; longer ones are cut */

/* What is known of who made a candidate; all zero until step verify. */
struct trust {
	bool verified;		/* signed by one of our keys, all of it */
	uint32_t rollback_index;	/* of the signed configuration; 0: none */
	char key[TRUST_KEY_NAME];	/* the key that it is signed with */
};

#endif
