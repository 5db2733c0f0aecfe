/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Drivers and how they are found: by the strings of a node's "compatible",
 * the most specific one first. Added with TABLE_ADD(driver, 50, my_driver).
 */
#ifndef DRIVER_H
#define DRIVER_H

#include "dt.h"
#include "region.h"
#include "table.h"

/* A device of the machine, as its driver gets to see it. */
struct device {
	const struct dt *tree;
	int node;
	const char *compatible;	/* the string that matched */
	struct region regs;	/* reg[0], mapped; empty if there is none */
};

struct driver {
	const char *name;
	const char *const *compatible;	/* NULL ends the list */
	/* Return: 0 or -errno; then the device is left alone. */
	int (*probe)(const struct device *device);
	/* Only for who looks for a kernel there, not at each start. */
	bool late;
	/* The loader has come one step further, or somebody reads; or NULL. */
	void (*alive)(void);
	/* Before the hand-off: what it drives is at rest (HO-25); or NULL. */
	void (*stop)(void);
};

TABLE(driver, struct driver);

/*
 * The driver for @node; @matched gets the string that decided. An earlier
 * string of the node wins over an earlier driver. NULL if there is none.
 */
const struct driver *driver_match(const struct dt *tree, int node,
				  const char **matched);

/* Called for each device that has a driver, with what probing it said. */
typedef void driver_report(void *context, const struct driver *driver,
			   const struct device *device, int err);

/*
 * Map and probe every enabled device of @tree that a driver knows which is
 * @late or not. One that fails does not stop the others.
 */
void driver_probe_all(const struct dt *tree, bool late, driver_report *report,
		      void *context);

/*
 * Wait until @bits of the register at @reg are @want, for @ms from @start on, a
 * time of arch_counter(). Return: 0, -ETIMEDOUT.
 */
int driver_wait(uintptr_t reg, uint32_t bits, uint32_t want, uint64_t start,
		unsigned int ms);

/* Call alive(), stop() of every driver that has one. */
void driver_alive_all(void);
void driver_stop_all(void);

#endif
