/* SPDX-License-Identifier: BSD-2-Clause */
/* Source "embedded": the files that were built into the image (PAYLOAD_*). */
#include "arch.h"
#include "err.h"
#include "source.h"

static struct file in_image(struct region r)
{
	return (struct file){ .size = r.size, .memory = r };
}

static int open(unsigned int index, struct candidate *candidate)
{
	if (index || region_is_empty(arch_payload_kernel()))
		return -ENOENT;
	candidate->kernel = in_image(arch_payload_kernel());
	candidate->initrd = in_image(arch_payload_initrd());
	return 0;
}

static const struct source source_embedded = { "embedded", open };
TABLE_ADD(source, 50, source_embedded);
