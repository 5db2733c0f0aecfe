/* SPDX-License-Identifier: BSD-2-Clause */
/* The token level of the device tree, shared by fdt.c and fdt_node.c only. */
#ifndef KERNEL_FDT_TOKEN_H
#define KERNEL_FDT_TOKEN_H

#include "fdt.h"

enum token_tag {
	TOKEN_BEGIN = 1, TOKEN_END_NODE = 2, TOKEN_PROP = 3, TOKEN_NOP = 4,
	TOKEN_END = 9
};

struct token {
	uint32_t tag;
	uint32_t next;		/* offset of the token after this one */
	const char *name;	/* BEGIN and PROP */
	const uint8_t *data;	/* PROP */
	uint32_t len;
};

/* The token at offset @at of the structure block. Return: well-formed. */
bool fdt_token(const struct fdt *f, uint32_t at, struct token *t);

#endif
