/* SPDX-License-Identifier: BSD-2-Clause */
/* The keys of TRUST_KEYS, as scripts/trust_keys.py has found them. */
#include "public_key.h"
#include <generated/trust_keys.h>

const struct public_key trust_keys[] = { TRUST_KEYS };
const unsigned int trust_key_count = ARRAY_SIZE(trust_keys);
