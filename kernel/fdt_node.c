/* SPDX-License-Identifier: BSD-2-Clause */
/* Device tree reader, part 2: nodes, paths, compatible, reg. */
#include "fdt.h"
#include "fdt_token.h"
#include "str.h"

const char *fdt_name(const struct fdt *f, uint32_t node)
{
	struct token t;

	if (node == FDT_NONE || !fdt_token(f, node, &t))
		return "?";
	return t.name;
}

/* Offset of the first token behind the whole @node, FDT_NONE if broken. */
static uint32_t node_end(const struct fdt *f, uint32_t node)
{
	struct token t;
	int depth = 0;

	for (uint32_t at = node; fdt_token(f, at, &t); at = t.next) {
		if (t.tag == TOKEN_BEGIN)
			depth++;
		if (t.tag == TOKEN_END_NODE && --depth <= 0)
			return t.next;
		if (t.tag == TOKEN_END)
			break;
	}
	return FDT_NONE;
}

uint32_t fdt_child(const struct fdt *f, uint32_t node, uint32_t previous)
{
	struct token t;
	uint32_t at;

	if (node == FDT_NONE || !fdt_token(f, node, &t))
		return FDT_NONE;
	at = previous == FDT_NONE ? t.next : node_end(f, previous);
	for (; at != FDT_NONE && fdt_token(f, at, &t); at = t.next) {
		if (t.tag == TOKEN_BEGIN)
			return at;
		if (t.tag == TOKEN_END_NODE || t.tag == TOKEN_END)
			break;
	}
	return FDT_NONE;
}

uint32_t fdt_next(const struct fdt *f, uint32_t node)
{
	struct token t;

	if (!fdt_token(f, node, &t))
		return FDT_NONE;
	for (uint32_t at = t.next; fdt_token(f, at, &t); at = t.next) {
		if (t.tag == TOKEN_BEGIN)
			return at;
		if (t.tag == TOKEN_END)
			break;
	}
	return FDT_NONE;
}

uint32_t fdt_parent(const struct fdt *f, uint32_t node)
{
	uint32_t parent = FDT_NONE;

	for (uint32_t n = FDT_ROOT; n < node; n = fdt_next(f, n)) {
		uint32_t end = node_end(f, n);

		if (end != FDT_NONE && end > node)
			parent = n;
	}
	return parent;
}

/* "uart@9000000" answers to its full name and to "uart". */
static bool name_matches(const char *name, const char *part, uint32_t len)
{
	uint32_t bare = 0;

	if (str_equal_n(part, len, name))
		return true;
	while (name[bare] && name[bare] != '@')
		bare++;
	for (uint32_t i = 0; i < len; i++)
		if (i >= bare || part[i] != name[i])
			return false;
	return bare == len;
}

static uint32_t child_named(const struct fdt *f, uint32_t node,
			    const char *part, uint32_t len)
{
	fdt_each_child(f, child, node)
		if (name_matches(fdt_name(f, child), part, len))
			return child;
	return FDT_NONE;
}

uint32_t fdt_path(const struct fdt *f, const char *path, uint32_t len)
{
	uint32_t node = FDT_ROOT;
	uint32_t i = 0;

	if (!len || path[0] != '/')
		return FDT_NONE;
	while (i < len && node != FDT_NONE) {
		uint32_t from = ++i;

		while (i < len && path[i] != '/')
			i++;
		if (i > from)
			node = child_named(f, node, path + from, i - from);
	}
	return node;
}

bool fdt_is_compatible(const struct fdt *f, uint32_t node,
		       const char *compatible)
{
	uint32_t len;
	const uint8_t *list = fdt_prop(f, node, "compatible", &len);

	if (!list || !len || list[len - 1])
		return false;
	for (size_t i = 0; i < len; i += strlen((const char *)list + i) + 1)
		if (str_equal((const char *)list + i, compatible))
			return true;
	return false;
}

uint32_t fdt_compatible(const struct fdt *f, uint32_t from,
			const char *compatible)
{
	uint32_t node = fdt_next(f, from);

	for (; node != FDT_NONE; node = fdt_next(f, node))
		if (fdt_is_compatible(f, node, compatible) &&
		    fdt_enabled(f, node))
			return node;
	return FDT_NONE;
}

bool fdt_enabled(const struct fdt *f, uint32_t node)
{
	uint32_t len;
	const char *status = fdt_string(f, node, "status");

	if (!fdt_prop(f, node, "status", &len))
		return true;
	return status && (str_equal(status, "okay") ||
			  str_equal(status, "ok"));
}

bool fdt_reg(const struct fdt *f, uint32_t node, uint32_t index,
	     uint64_t *base, uint64_t *size)
{
	uint32_t parent = fdt_parent(f, node);
	uint32_t address_cells = fdt_u32(f, parent, "#address-cells", 2);
	uint32_t size_cells = fdt_u32(f, parent, "#size-cells", 1);
	uint32_t stride = 4 * (address_cells + size_cells);
	uint32_t len;
	const uint8_t *reg = fdt_prop(f, node, "reg", &len);

	if (!reg || address_cells - 1 > 1 || size_cells > 2 ||
	    (uint64_t)stride * (index + 1ul) > len)
		return false;
	reg += stride * index;
	*base = fdt_cells(reg, address_cells);
	*size = fdt_cells(reg + 4 * address_cells, size_cells);
	return true;
}
