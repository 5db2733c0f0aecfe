/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes edits of device trees: a tree and a list of edits come out of the
 * input, and the result must be the tree that a plain model has after the
 * same edits. It gets exactly its room, and less.
 * link: lib/dt.c lib/dt_check.c lib/dt_reg.c lib/dt_edit.c lib/dt_write.c lib/region.c
 * max: 1024
 */
#include "tree_make.h"
#include "tree_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOM	(32 * SZ_1K)

static struct dt_edit edit;
static struct model model;

static void set_some(struct input *in, struct model_node *node)
{
	const char *name = take_prop_name(in);
	uint8_t value[40];
	const uint8_t size = take(in) % sizeof(value);
	int err;

	for (unsigned int i = 0; i < size; i++)
		value[i] = take(in);
	err = dt_edit_set(&edit, node->handle, name, value, size);
	must(!err || err == -ENOSPC);
	if (!err)
		model_set(node, name, value, size);
}

static void remove_some(struct input *in, struct model_node *node)
{
	const char *name = take_prop_name(in);
	int err = dt_edit_remove(&edit, node->handle, name);

	must(!err || err == -ENOSPC);
	if (!err)
		model_remove(node, name);
}

/* The path of @node and one component more; false if it is not its first. */
static bool take_path(struct input *in, struct model_node *node, char *path)
{
	const unsigned int many = take(in) % 16;

	if (!model_path(&model, node, path))
		return false;
	strcat(path, many == 1 ? "//" : "/");
	strcat(path, take_node_name(in));
	if (many == 2)
		strcat(path, "/nothing/more");
	if (many == 3)
		strcpy(path, "/");
	return true;
}

static void make_some(struct input *in, struct model_node *node)
{
	char path[PATH_ROOM];
	struct model_node *want;
	int got;

	if (!take_path(in, node, path))
		return;
	got = dt_edit_node(&edit, path);
	want = model_make(&model, path);
	if (got == -ENOSPC)
		return;
	must(!want == (got == -ENOENT));
	if (!want)
		return;
	if (want->handle < 0)
		want->handle = got;
	must(want->handle == got);
}

static void drop_some(struct input *in, struct model_node *node)
{
	char path[PATH_ROOM];
	struct model_node *want;
	int got;

	if (!take_path(in, node, path))
		return;
	want = model_find(&model, path);
	got = dt_edit_remove_node(&edit, path);
	if (got == -ENOSPC)
		return;
	must(got == (want && (want->handle >= DT_EDIT_NEW ||
			      want->parent < 0) ? -EINVAL : 0));
	if (want && !got)
		want->gone = true;
}

static void reserve_some(struct input *in)
{
	const uint64_t base = take(in), size = take(in) + 1u;

	if (!dt_edit_reserve(&edit, region_of(base << 20, size << 12)))
		model.reserves[model.reserve_count++] =
			region_of(base << 20, size << 12);
}

static void play_edits(struct input *in)
{
	while (in->at < in->end && !edit.err) {
		const uint8_t what = take(in);
		struct model_node *node = model_pick(&model, take(in));

		if (what % 8 < 3)
			set_some(in, node);
		else if (what % 8 == 3)
			remove_some(in, node);
		else if (what % 8 < 6)
			make_some(in, node);
		else if (what % 8 == 6)
			drop_some(in, node);
		else
			reserve_some(in);
	}
}

/* Into @room bytes and no more. Return: the result, to be freed; or NULL. */
static uint8_t *write_into(size_t room, uint32_t *size)
{
	uint8_t *to = aligned_alloc(8, ALIGN_UP(room + 1, 8)), *exact = NULL;
	int err;

	memset(to, 0xee, ALIGN_UP(room + 1, 8));
	edit.to = to;
	edit.room = room;
	err = dt_edit_close(&edit, size);
	for (size_t i = room; i < ALIGN_UP(room + 1, 8); i++)
		must(to[i] == 0xee);
	must(!err || err == -ENOSPC);
	if (!err) {
		must(*size <= room);
		exact = to;
	} else {
		free(to);
	}
	return exact;
}

static void check_result(void)
{
	uint32_t size, again;
	uint8_t *whole = write_into(ROOM, &size), *exact;
	const char *why;
	struct dt dt;

	must(whole);
	must(!dt_open(&dt, whole, ROOM, &why) && dt.size == size);
	model_compare(&model, &dt);
	exact = write_into(size, &again);
	must(exact && again == size && !memcmp(whole, exact, size));
	free(exact);
	must(!write_into(size - 1, &again));
	must(!write_into(size / 2, &again));
	must(!write_into(size % DT_HEADER_SIZE, &again));
	free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static _Alignas(8) uint8_t blob[32 * SZ_1K];
	struct input in = { data, data + size };
	const char *why;
	struct dt dt;

	model_generate(&model, &in, blob, sizeof(blob));
	must(!dt_open(&dt, blob, sizeof(blob), &why));
	dt_edit_open(&edit, &dt, NULL, 0);
	play_edits(&in);
	if (edit.err) {
		must(!write_into(ROOM, &(uint32_t){ 0 }));
		return 0;
	}
	check_result();
	return 0;
}
