/* SPDX-License-Identifier: BSD-2-Clause */
/* /chosen: command line, initrd, console (HO-02, HO-03, HO-08, HO-20). */
#include "fixup.h"
#include "err.h"
#include "print.h"
#include <string.h>

#define PATH_MAX_LENGTH		128

/* What an earlier stage may have left and what would be wrong now. */
static const char *const leftovers[] = {
	"linux,initrd-start", "linux,initrd-end",
	"linux,usable-memory-range", "linux,elfcorehdr",
	"linux,uefi-system-table", "linux,uefi-mmap-start",
	"linux,uefi-mmap-size", "linux,uefi-mmap-desc-size",
	"linux,uefi-mmap-desc-ver", "linux,uefi-secure-boot",
	"linux,booted-from-kexec",
};

static int remove_leftovers(struct dt_edit *tree)
{
	int node = dt_edit_node(tree, "/chosen"), err = 0;

	for (size_t i = 0; i < ARRAY_SIZE(leftovers) && !err; i++)
		err = dt_edit_remove(tree, node, leftovers[i]);
	return err;
}

/* Nobody has signed the tree of the machine, so its command line does not count. */
static bool forget_bootargs(const struct boot *boot)
{
	return IS_ENABLED(CONFIG_TRUST_REQUIRED) &&
	       region_is_empty(boot->devicetree) &&
	       (boot->tree_origin == TREE_REGISTER ||
		boot->tree_origin == TREE_MACHINE);
}

/* The source's command line, else the configured one, else the tree's. */
static int set_bootargs(struct boot *boot, struct dt_edit *tree)
{
	const char *args = boot->candidate.cmdline;
	int node;

	if (!*args)
		args = CONFIG_CMDLINE;
	if (!*args && forget_bootargs(boot)) {
		node = dt_edit_node(tree, "/chosen");
		return dt_edit_remove(tree, node, "bootargs");
	}
	if (!*args)
		return 0;
	return dt_edit_set_string(tree, dt_edit_node(tree, "/chosen"),
				  "bootargs", args);
}

static int set_initrd(struct boot *boot, struct dt_edit *tree)
{
	struct region initrd = boot->place.initrd;
	int node, err;

	if (region_is_empty(initrd))
		return 0;
	node = dt_edit_node(tree, "/chosen");
	err = dt_edit_set_u64(tree, node, "linux,initrd-start", initrd.base);
	return err ? err : dt_edit_set_u64(tree, node, "linux,initrd-end",
					   region_end(initrd));
}

/* The node that stdout-path names, directly or as an alias. */
static int stdout_node(const struct dt *dt)
{
	struct dt_prop prop;
	char path[PATH_MAX_LENGTH];
	const char *text;

	if (!dt_prop(dt, dt_path(dt, "/chosen"), "stdout-path", &prop))
		return -ENOENT;
	text = dt_string(prop, 0);
	if (!text)
		return -ENOENT;
	print_to(path, sizeof(path), "%s", text);
	path[strcspn(path, ":")] = '\0';
	if (path[0] == '/')
		return dt_path(dt, path);
	if (!dt_prop(dt, dt_path(dt, "/aliases"), path, &prop))
		return -ENOENT;
	text = dt_string(prop, 0);
	return text ? dt_path(dt, text) : -ENOENT;
}

static int uart_node(const struct dt *dt)
{
	int depth = 0;
	struct region r;

	for (int node = dt_root(dt); node >= 0;
	     node = dt_next(dt, node, &depth))
		if (!dt_reg(dt, node, 0, &r) && r.base == CONFIG_UART_BASE &&
		    dt_is_enabled(dt, node))
			return node;
	return -ENOENT;
}

/* Keep a console that exists; else the UART that we print on. */
static int set_stdout(struct boot *boot, struct dt_edit *tree)
{
	const struct dt *dt = &boot->handed;
	int node = stdout_node(dt), err;
	char path[PATH_MAX_LENGTH];

	if (node >= 0 && dt_is_enabled(dt, node))
		return 0;
	node = uart_node(dt);
	if (node < 0)
		return 0;
	err = dt_path_of(dt, node, path, sizeof(path));
	if (err)
		return err;
	return dt_edit_set_string(tree, dt_edit_node(tree, "/chosen"),
				  "stdout-path", path);
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	int err = remove_leftovers(tree);

	if (!err)
		err = set_bootargs(boot, tree);
	if (!err)
		err = set_initrd(boot, tree);
	if (!err)
		err = set_stdout(boot, tree);
	return err;
}

static const struct fixup fixup_chosen = { "chosen", apply };
TABLE_ADD(fixup, 20, fixup_chosen);
