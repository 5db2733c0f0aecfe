/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes a valid device tree, and the model of it, out of a fuzzer's input. */
#ifndef TREE_MAKE_H
#define TREE_MAKE_H

#include "tree_model.h"

struct input {
	const uint8_t *at, *end;
};

static uint8_t take(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static const char *take_node_name(struct input *in)
{
	return node_names[take(in) % ARRAY_SIZE(node_names)];
}

static const char *take_prop_name(struct input *in)
{
	return prop_names[take(in) % ARRAY_SIZE(prop_names)];
}

/* The blob that is being written. */
struct blob {
	uint8_t *bytes;
	uint32_t at;
};

static void blob_put(struct blob *b, const void *data, size_t size)
{
	memcpy(b->bytes + b->at, data, size);
	b->at += (uint32_t)size;
	while (b->at % 4)
		b->bytes[b->at++] = 0;
}

static void blob_put32(struct blob *b, uint32_t value)
{
	const uint32_t cell = __builtin_bswap32(value);

	blob_put(b, &cell, sizeof(cell));
}

static uint32_t name_offset_of(const char *name)
{
	uint32_t at = 0;

	for (unsigned int i = 0; prop_names[i] != name; i++)
		at += (uint32_t)strlen(prop_names[i]) + 1;
	return at;
}

static void generate_prop(struct model_node *node, struct input *in,
			  struct blob *b)
{
	struct model_prop *prop = &node->props[node->prop_count];

	if (node->prop_count == NODE_PROPS / 2)
		return;
	node->prop_count++;
	prop->name = prop_names[take(in) % PROP_NAMES_OLD];
	prop->size = take(in) % 24;
	for (unsigned int i = 0; i < prop->size; i++)
		prop->value[i] = take(in);
	blob_put32(b, 3);
	blob_put32(b, prop->size);
	blob_put32(b, name_offset_of(prop->name));
	blob_put(b, prop->value, prop->size);
}

static void generate_node(struct model *m, int parent, const char *name,
			  struct blob *b)
{
	struct model_node *node = &m->nodes[m->node_count++];

	*node = (struct model_node){ name, parent, (int)b->at, false, 0, {} };
	blob_put32(b, 1);
	blob_put(b, name, strlen(name) + 1);
}

/* Tokens as the input says, until it says that the root ends. */
static void generate_tokens(struct model *m, struct input *in, struct blob *b)
{
	unsigned int depth = 1;
	bool children = false;
	int here = 0;

	generate_node(m, -1, "", b);
	while (depth) {
		const uint8_t what = take(in) % 8;

		if (what >= 6) {
			blob_put32(b, 4);
		} else if (what >= 3 && !children) {
			generate_prop(&m->nodes[here], in, b);
		} else if (what >= 1 && depth < MODEL_DEPTH &&
			   m->node_count < MODEL_NODES / 2 &&
			   b->at < 24 * SZ_1K) {
			generate_node(m, here, take_node_name(in), b);
			here = (int)m->node_count - 1;
			depth++;
			children = false;
		} else {
			blob_put32(b, 2);
			here = m->nodes[here].parent;
			depth--;
			children = true;
		}
	}
	blob_put32(b, 9);
}

static void generate_reserves(struct model *m, struct input *in,
			      struct blob *b)
{
	m->reserve_count = take(in) % 4;
	for (unsigned int i = 0; i < m->reserve_count; i++) {
		struct region r = region_of(take(in), take(in) + 1u);

		m->reserves[i] = r;
		blob_put32(b, 0);
		blob_put32(b, (uint32_t)r.base);
		blob_put32(b, 0);
		blob_put32(b, (uint32_t)r.size);
	}
	for (unsigned int i = 0; i < 4; i++)
		blob_put32(b, 0);
}

static void model_generate(struct model *m, struct input *in, uint8_t *bytes,
			   size_t room)
{
	struct blob b = { bytes, DT_HEADER_SIZE }, head = { bytes, 0 };
	uint32_t structs, strings;

	m->node_count = 0;
	generate_reserves(m, in, &b);
	structs = b.at;
	generate_tokens(m, in, &b);
	strings = b.at;
	for (unsigned int i = 0; i < PROP_NAMES_OLD; i++) {
		const size_t size = strlen(prop_names[i]) + 1;

		memcpy(bytes + b.at, prop_names[i], size);
		b.at += (uint32_t)size;
	}
	must(b.at <= room);
	blob_put32(&head, 0xd00dfeed);
	blob_put32(&head, b.at);
	blob_put32(&head, structs);
	blob_put32(&head, strings);
	blob_put32(&head, DT_HEADER_SIZE);
	blob_put32(&head, 17);
	blob_put32(&head, 16);
	blob_put32(&head, 0);
	blob_put32(&head, b.at - strings);
	blob_put32(&head, strings - structs);
}

#endif
