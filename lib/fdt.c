/* SPDX-License-Identifier: BSD-2-Clause */
/* The door to libfdt: the only file that sees its header and its errors. */
#include "dt_edit.h"
#include "err.h"
#include <libfdt.h>
#include <string.h>

static int to_err(int code)
{
	switch (code) {
	case 0:
		return 0;
	case -FDT_ERR_NOSPACE:
		return -ENOSPC;
	case -FDT_ERR_NOTFOUND:
		return -ENOENT;
	default:
		return -EINVAL;
	}
}

/* An offset, or the error in our terms. */
static int to_node(int code)
{
	return code < 0 ? to_err(code) : code;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Bytes from the header to the end of the last block; no padding. */
static size_t used_size(const void *fdt)
{
	size_t reservations = fdt_off_mem_rsvmap(fdt) +
		((size_t)fdt_num_mem_rsv(fdt) + 1) * 16;

	return larger(reservations,
		      larger((size_t)fdt_off_dt_struct(fdt) +
			     fdt_size_dt_struct(fdt),
			     (size_t)fdt_off_dt_strings(fdt) +
			     fdt_size_dt_strings(fdt)));
}

int dt_edit_copy(const void *from, void *to, size_t room)
{
	size_t size;

	if (fdt_check_full(from, fdt_totalsize(from)))
		return -EINVAL;
	size = used_size(from);
	if (size > room)
		return -ENOSPC;
	memcpy(to, from, size);
	fdt_set_totalsize(to, (uint32_t)size);
	/* Also puts the blocks into the order that edits need. */
	return to_err(fdt_pack(to));
}

int dt_edit_open(struct dt_edit *edit, const void *from, void *to,
		 size_t room)
{
	edit->blob = to;
	return to_err(fdt_open_into(from, to, (int)room));
}

int dt_edit_close(struct dt_edit *edit)
{
	int err = to_err(fdt_pack(edit->blob));

	if (err)
		return err;
	return to_err(fdt_check_full(edit->blob, fdt_totalsize(edit->blob)));
}

int dt_edit_node(struct dt_edit *edit, const char *path)
{
	int node = fdt_path_offset(edit->blob, path);
	const char *name;

	if (node != -FDT_ERR_NOTFOUND)
		return to_node(node);
	name = strrchr(path, '/') + 1;
	node = name - path == 1 ? 0 :
	       fdt_path_offset_namelen(edit->blob, path,
				       (int)(name - path - 1));
	return to_node(node < 0 ? node :
		       fdt_add_subnode(edit->blob, node, name));
}

int dt_edit_set(struct dt_edit *edit, int node, const char *name,
		const void *data, size_t size)
{
	if (node < 0)
		return node;
	return to_err(fdt_setprop(edit->blob, node, name, data, (int)size));
}

int dt_edit_set_string(struct dt_edit *edit, int node, const char *name,
		       const char *value)
{
	return dt_edit_set(edit, node, name, value, strlen(value) + 1);
}

int dt_edit_set_u32(struct dt_edit *edit, int node, const char *name,
		    uint32_t value)
{
	fdt32_t cell = cpu_to_fdt32(value);

	return dt_edit_set(edit, node, name, &cell, sizeof(cell));
}

int dt_edit_set_u64(struct dt_edit *edit, int node, const char *name,
		    uint64_t value)
{
	fdt64_t cells = cpu_to_fdt64(value);

	return dt_edit_set(edit, node, name, &cells, sizeof(cells));
}

/* Append @value as @count cells to @cells. */
static int put_cells(fdt32_t *cells, unsigned int count, uint64_t value)
{
	if (count < 1 || count > 2 || (count == 1 && value >> 32))
		return -ERANGE;
	if (count == 2)
		*cells++ = cpu_to_fdt32((uint32_t)(value >> 32));
	*cells = cpu_to_fdt32((uint32_t)value);
	return 0;
}

int dt_edit_set_reg(struct dt_edit *edit, int node, unsigned int address_cells,
		    unsigned int size_cells, struct region r)
{
	fdt32_t cells[4];
	int err = put_cells(cells, address_cells, r.base);

	if (!err)
		err = put_cells(cells + address_cells, size_cells, r.size);
	if (err)
		return err;
	return dt_edit_set(edit, node, "reg", cells,
			   (address_cells + size_cells) * sizeof(cells[0]));
}

int dt_edit_reserve(struct dt_edit *edit, struct region r)
{
	return to_err(fdt_add_mem_rsv(edit->blob, r.base, r.size));
}

int dt_edit_remove(struct dt_edit *edit, int node, const char *name)
{
	int err;

	if (node < 0)
		return node;
	err = to_err(fdt_delprop(edit->blob, node, name));
	return err == -ENOENT ? 0 : err;
}

int dt_edit_remove_node(struct dt_edit *edit, const char *path)
{
	int node = fdt_path_offset(edit->blob, path);

	return node == -FDT_ERR_NOTFOUND ? 0 :
	       to_err(node < 0 ? node : fdt_del_node(edit->blob, node));
}
