/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes an edited device tree in one pass: stretches without a change are
 * copied as they are, since names keep their place in the strings block.
 * Facts: Devicetree Specification v0.4, chapter 5.
 */
#include "dt_edit.h"
#include "dt_token.h"
#include "err.h"
#include <string.h>

/* What has been written so far, and whether it was too much. */
struct writer {
	struct dt_edit *edit;
	uint8_t *at, *end;
	bool full;
	/* Names that are not in the strings block of the old tree. */
	const char *names[DT_EDIT_CHANGES];
	uint32_t name_at[DT_EDIT_CHANGES];
	unsigned int name_count;
	uint32_t names_size;
};

static void put(struct writer *w, const void *data, size_t size)
{
	if (size > (size_t)(w->end - w->at)) {
		w->full = true;
		return;
	}
	memcpy(w->at, data, size);
	w->at += size;
}

static void put32(struct writer *w, uint32_t value)
{
	const uint32_t cell = __builtin_bswap32(value);

	put(w, &cell, sizeof(cell));
}

static void put64(struct writer *w, uint64_t value)
{
	const uint64_t cells = __builtin_bswap64(value);

	put(w, &cells, sizeof(cells));
}

/* Zeroes up to a multiple of 4. */
static void pad(struct writer *w)
{
	static const uint8_t zeroes[3];

	put(w, zeroes, (size_t)(-(uintptr_t)w->at & 3));
}

static uint32_t read32(const struct dt *dt, uint32_t at)
{
	return dt_read32(dt->blob + at);
}

/* Where @name will be in the strings block. */
static uint32_t name_offset(struct writer *w, const char *name)
{
	const struct dt *dt = &w->edit->from;
	unsigned int i;

	for (i = 0; i < w->name_count; i++)
		if (!strcmp(w->names[i], name))
			return w->name_at[i];
	w->names[i] = name;
	w->name_at[i] = dt->strings_end - dt->strings + w->names_size;
	w->name_count++;
	w->names_size += (uint32_t)strlen(name) + 1;
	return w->name_at[i];
}

static void put_prop(struct writer *w, const struct dt_change *change)
{
	put32(w, TOKEN_PROP);
	put32(w, change->size);
	put32(w, name_offset(w, change->name));
	put(w, change->data, change->size);
	pad(w);
}

static const struct dt_change *change_of(const struct dt_edit *edit, int node,
					 const char *name)
{
	for (unsigned int i = 0; i < edit->change_count; i++)
		if (edit->changes[i].node == node &&
		    !strcmp(edit->changes[i].name, name))
			return &edit->changes[i];
	return NULL;
}

static void put_new_props(struct writer *w, int node)
{
	const struct dt_edit *edit = w->edit;

	for (unsigned int i = 0; i < edit->change_count; i++)
		if (edit->changes[i].node == node && edit->changes[i].data)
			put_prop(w, &edit->changes[i]);
}

static void begin_node(struct writer *w, const char *name)
{
	put32(w, TOKEN_BEGIN);
	put(w, name, strlen(name) + 1);
	pad(w);
}

/*
 * The new nodes below @parent and all that is below them; depth first, with
 * the way back in the nodes themselves, so without recursion.
 */
static void put_new_nodes(struct writer *w, int parent)
{
	const struct dt_edit *edit = w->edit;
	unsigned int next = 0;
	int here = parent;

	while (true) {
		while (next < edit->node_count &&
		       edit->nodes[next].parent != here)
			next++;
		if (next < edit->node_count) {
			here = DT_EDIT_NEW + (int)next;
			begin_node(w, edit->nodes[next].name);
			put_new_props(w, here);
			next = 0;
			continue;
		}
		if (here == parent)
			return;
		put32(w, TOKEN_END);
		next = (unsigned int)(here - DT_EDIT_NEW) + 1;
		here = edit->nodes[next - 1].parent;
	}
}

static bool is_touched(const struct dt_edit *edit, int node)
{
	for (unsigned int i = 0; i < edit->change_count; i++)
		if (edit->changes[i].node == node)
			return true;
	for (unsigned int i = 0; i < edit->node_count; i++)
		if (edit->nodes[i].parent == node)
			return true;
	return false;
}

/* The token that follows the one at @at; dt_open() has checked them all. */
static uint32_t after(const struct dt *dt, uint32_t at)
{
	return (uint32_t)(dt_behind(dt->blob + at) - dt->blob);
}

/* Behind the END of the node that begins at @at. */
static uint32_t skip_node(const struct dt *dt, uint32_t at)
{
	unsigned int depth = 0;

	do {
		const uint32_t kind = read32(dt, at);

		depth += kind == TOKEN_BEGIN;
		depth -= kind == TOKEN_END;
		at = after(dt, at);
	} while (depth);
	return at;
}

/*
 * A node with changes: its name, the properties that stay, those that are
 * new, and new children. Return: where the old tree goes on.
 */
static uint32_t put_touched(struct writer *w, uint32_t at)
{
	const struct dt *dt = &w->edit->from;
	const int node = (int)at;
	uint32_t next = after(dt, at), kind;

	put(w, dt->blob + at, next - at);
	for (at = next; (kind = read32(dt, at)) == TOKEN_PROP ||
	     kind == TOKEN_NOP; at = next) {
		const char *name = (const char *)dt->blob + dt->strings +
				   (kind == TOKEN_PROP ? read32(dt, at + 8)
						       : 0);

		next = after(dt, at);
		if (kind == TOKEN_PROP && !change_of(w->edit, node, name))
			put(w, dt->blob + at, next - at);
	}
	put_new_props(w, node);
	put_new_nodes(w, node);
	return at;
}

/* All tokens; what needs no look is copied in long stretches. */
static void put_structure(struct writer *w)
{
	const struct dt *dt = &w->edit->from;
	uint32_t from = dt->structs, at = from, kind;

	while ((kind = read32(dt, at)) != TOKEN_STOP) {
		const bool node = kind == TOKEN_BEGIN;

		if (node && dt_edit_is_gone(w->edit, (int)at)) {
			put(w, dt->blob + from, at - from);
			from = at = skip_node(dt, at);
		} else if (node && is_touched(w->edit, (int)at)) {
			put(w, dt->blob + from, at - from);
			from = at = put_touched(w, at);
		} else {
			at = after(dt, at);
		}
	}
	put(w, dt->blob + from, at + 4 - from);
}

static void put_reservations(struct writer *w)
{
	const struct dt *dt = &w->edit->from;
	struct region r;

	for (unsigned int i = 0; !dt_reservation(dt, i, &r); i++) {
		put64(w, r.base);
		put64(w, r.size);
	}
	for (unsigned int i = 0; i < w->edit->reserve_count; i++) {
		put64(w, w->edit->reserves[i].base);
		put64(w, w->edit->reserves[i].size);
	}
	put64(w, 0);
	put64(w, 0);
}

static void put_names(struct writer *w)
{
	const struct dt *dt = &w->edit->from;

	put(w, dt->blob + dt->strings, dt->strings_end - dt->strings);
	for (unsigned int i = 0; i < w->name_count; i++)
		put(w, w->names[i], strlen(w->names[i]) + 1);
}

static void put_header(struct writer *w, uint32_t size, uint32_t structs,
		       uint32_t strings, uint32_t strings_size)
{
	const uint32_t words[] = {
		DT_MAGIC, size, structs, strings, DT_HEADER_SIZE, DT_VERSION,
		DT_COMPATIBLE, 0, strings_size, strings - structs,
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		put32(w, words[i]);
}

int dt_edit_close(struct dt_edit *edit, uint32_t *size)
{
	static struct writer w;		/* large, and one edit at a time */
	uint32_t structs, strings;

	w.edit = edit;
	w.name_count = 0;
	w.names_size = 0;
	w.full = edit->err || edit->room < DT_HEADER_SIZE;
	w.at = edit->to + (w.full ? 0 : DT_HEADER_SIZE);
	w.end = edit->to + edit->room;
	put_reservations(&w);
	structs = (uint32_t)(w.at - edit->to);
	put_structure(&w);
	strings = (uint32_t)(w.at - edit->to);
	put_names(&w);
	*size = (uint32_t)(w.at - edit->to);
	if (w.full)
		return -ENOSPC;
	w.at = edit->to;
	put_header(&w, *size, structs, strings, *size - strings);
	return 0;
}
