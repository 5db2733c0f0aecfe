/* SPDX-License-Identifier: BSD-2-Clause */
/* Brings devices and drivers together. */
#include "driver.h"
#include "arch.h"
#include "err.h"
#include "io.h"
#include <string.h>

static const struct driver *driver_for(const char *compatible)
{
	const struct driver *const *it;

	table_for_each(driver, it)
		for (const char *const *c = (*it)->compatible; *c; c++)
			if (!strcmp(*c, compatible))
				return *it;
	return NULL;
}

const struct driver *driver_match(const struct dt *tree, int node,
				  const char **matched)
{
	struct dt_prop prop;

	if (!dt_prop(tree, node, "compatible", &prop))
		return NULL;
	for (unsigned int i = 0; (*matched = dt_string(prop, i)); i++) {
		const struct driver *driver = driver_for(*matched);

		if (driver)
			return driver;
	}
	return NULL;
}

static int probe(const struct driver *driver, struct device *device)
{
	int err = dt_reg(device->tree, device->node, 0, &device->regs);

	if (err == -ENOENT)
		device->regs = region_of(0, 0);
	else if (!err)
		err = arch_map_io(device->regs);
	if (err && err != -ENOENT)
		return err;
	return driver->probe(device);
}

int driver_wait(uintptr_t reg, uint32_t bits, uint32_t want, uint64_t start,
		unsigned int ms)
{
	const uint64_t limit = arch_counter_freq() / 1000 * ms;

	while ((io_read32(reg) & bits) != want) {
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
		arch_pause();
	}
	return 0;
}

void driver_alive_all(void)
{
	const struct driver *const *it;

	table_for_each(driver, it)
		if ((*it)->alive)
			(*it)->alive();
}

void driver_stop_all(void)
{
	const struct driver *const *it;

	table_for_each(driver, it)
		if ((*it)->stop)
			(*it)->stop();
}

void driver_probe_all(const struct dt *tree, bool late, driver_report *report,
		      void *context)
{
	int depth = 0;

	for (int node = dt_root(tree); node >= 0;
	     node = dt_next(tree, node, &depth)) {
		struct device device = { .tree = tree, .node = node };
		const struct driver *driver;

		driver = driver_match(tree, node, &device.compatible);
		if (driver && driver->late == late && dt_is_enabled(tree, node))
			report(context, driver, &device,
			       probe(driver, &device));
	}
}
