/* SPDX-License-Identifier: BSD-2-Clause */
/* Formats that only pack another: whatever unpacker knows their first bytes. */
#include "err.h"
#include "format.h"

static int inspect(struct inspection *in)
{
	if (in->image->unpacker)
		return -ENOEXEC;
	in->image->unpacker = unpacker_for(in->head, sizeof(in->head));
	return in->image->unpacker ? FORMAT_INSIDE : -ENOEXEC;
}

static const struct format format_packed = { "packed", inspect };
TABLE_ADD(format, 40, format_packed);
