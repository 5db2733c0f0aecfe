/* SPDX-License-Identifier: BSD-2-Clause */
/* The decompressors that are built in, by first bytes and by name. */
#include "unpack.h"
#include <string.h>

const struct unpacker *unpacker_for(const uint8_t *head, size_t size)
{
	const struct unpacker *const *it;

	table_for_each(unpacker, it)
		if ((*it)->matches(head, size))
			return *it;
	return NULL;
}

const struct unpacker *unpacker_named(const char *name)
{
	const struct unpacker *const *it;

	table_for_each(unpacker, it)
		if (!strcmp((*it)->name, name))
			return *it;
	return NULL;
}
