/* SPDX-License-Identifier: BSD-2-Clause */
/* Source "embedded": the files that were built into the image (PAYLOAD_*). */
#include "arch.h"
#include "source.h"

static int open(unsigned int index, struct candidate *candidate,
		struct source_context *context)
{
	if (index || region_is_empty(arch_payload_kernel()))
		return SOURCE_END;
	candidate->kernel = file_in_memory(arch_payload_kernel(), NULL);
	candidate->initrd[0] = file_in_memory(arch_payload_initrd(), NULL);
	candidate->initrd_count = candidate->initrd[0].size ? 1 : 0;
	return 0;
}

static const struct source source_embedded = { "embedded", open };
TABLE_ADD(source, 50, source_embedded);
