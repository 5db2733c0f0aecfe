/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree with one device, and how its driver comes to it. */
#include "test_node_rig.h"
#include "driver.h"
#include "test_disk_rig.h"
#include <libfdt.h>
#include <stdlib.h>

static int said;

static void report(void *context, const struct driver *driver,
		   const struct device *device, int err)
{
	said = err;
}

static void add_node(const struct node_rig *node)
{
	void *tree = (void *)MOCK_RAM_BASE;
	const uint32_t regs[] = {
		cpu_to_fdt32((uint32_t)(node->regs.base >> 32)),
		cpu_to_fdt32((uint32_t)node->regs.base), 0,
		cpu_to_fdt32((uint32_t)node->regs.size) };
	int at;

	if (fdt_open_into(tree, tree, SZ_64K))
		abort();
	at = fdt_add_subnode(tree, 0, "device");
	fdt_setprop_string(tree, at, "compatible", node->compatible);
	if (node->regs.base)
		fdt_setprop(tree, at, "reg", regs, sizeof(regs));
	if (node->coherent)
		fdt_setprop_empty(tree, at, "dma-coherent");
}

int node_rig_probe(const struct node_rig *node)
{
	const char *why;
	struct dt tree;

	rig_machine(0);
	add_node(node);
	fake_device.regs = node->regs;
	fake_device.read = node->read;
	fake_device.write = node->write;
	if (dt_open(&tree, (void *)MOCK_RAM_BASE, SZ_64K, &why))
		abort();
	said = -1;
	driver_probe_all(&tree, true, report, NULL);
	return said;
}
