/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A generic PCI host bridge: find the functions on its buses, give each to
 * its driver, and leave all as it was found. Facts: devicetree bindings
 * host-generic-pci and PCI Bus Binding; PCI-to-PCI Bridge 1.2, chapter 3.
 */
#include "arch.h"
#include "driver.h"
#include "err.h"
#include "pci_bus.h"

#define ECAM_BUS		SZ_1M
#define ECAM_FUNCTION		SZ_4K
#define FUNCTIONS		8u
#define PER_BUS			256u

#define REG_ID			0x00
#define REG_CLASS		0x08
#define REG_HEADER		0x0e
#define HEADER_TYPE		0x7fu
#define HEADER_BRIDGE		1u
#define HEADER_MULTI		0x80u
#define BRIDGE_BUSES		0x18	/* primary, secondary, subordinate */
#define BRIDGE_MEMORY		0x20	/* base and limit, 1 MiB each */
#define BRIDGE_PREFETCH		0x24
#define BRIDGE_WINDOW		SZ_1M
/* Base above limit: nothing goes through. */
#define BRIDGE_CLOSED		0x0000fff0u

/* Bridges behind bridges. */
#define LEVELS			8

#define NOBODY			UINT32_MAX

/* Bits of the first cell of an address, PCI Bus Binding 2.2.1.1. */
#define SPACE(cell)		((cell) >> 24 & 3)
#define SPACE_MEMORY_32		2u

static struct region ecam;
static bool coherent;
/* Buses that have been given a number so far. */
static unsigned int last_bus;
/* Functions that were enabled, or are bridges: to be put back. */
#define TOUCHED			64
static struct pci_function touched[TOUCHED];
static unsigned int touched_count;

/* Devicetree: 3 cells of PCI address, 2 of the CPU's, 2 of size. */
static int read_window(const struct device *device)
{
	struct dt_prop ranges;

	if (!dt_prop(device->tree, device->node, "ranges", &ranges))
		return -ENOENT;
	for (unsigned int i = 0; i + 7 <= ranges.size / 4; i += 7) {
		uint64_t pci = dt_cells_at(ranges, i + 1, 2);
		uint64_t cpu = dt_cells_at(ranges, i + 3, 2);
		uint64_t size = dt_cells_at(ranges, i + 5, 2);
		struct region r;

		if (SPACE(dt_cell(ranges, i)) != SPACE_MEMORY_32)
			continue;
		if (region_from(&r, pci, size) || region_from(&r, cpu, size))
			return -ERANGE;
		pci_set_window(pci, cpu, size);
		return 0;
	}
	return -ENOENT;
}

static bool is_there(unsigned int bus, unsigned int index,
		     struct pci_function *f)
{
	f->config = ecam.base + bus * ECAM_BUS + index * ECAM_FUNCTION;
	f->id = pci_read32(f, REG_ID);
	if (f->id == NOBODY)
		return false;
	f->class = pci_read32(f, REG_CLASS) >> 8;
	f->coherent = coherent;
	return true;
}

/* Return: what the driver said; 0 if there is none for @f. */
static int give_to_driver(const struct pci_function *f)
{
	const struct pci_driver *const *it;

	table_for_each(pci, it)
		if ((*it)->matches(f) && touched_count < TOUCHED) {
			touched[touched_count++] = *f;
			return (*it)->probe(f);
		}
	return 0;
}

static void set_bridge_memory(const struct pci_function *bridge, uint64_t from,
			      uint64_t to)
{
	pci_write32(bridge, BRIDGE_MEMORY, to <= from ? BRIDGE_CLOSED :
		    (uint32_t)(from >> 16 & 0xfff0) |
		    (uint32_t)((to - 1) & 0xfff00000u));
}

/* A bus that is being looked at, and the bridge before it. */
struct level {
	struct pci_function bridge;
	unsigned int bus, next;
	uint64_t from;		/* where its addresses begin */
};

/*
 * Begin the bus behind @bridge. Addresses go out in ascending order, so until
 * the bus is done the bridge may pass on everything from here on.
 * Return: false if that cannot be.
 */
static bool go_down(struct level *level, const struct pci_function *bridge,
		    unsigned int primary)
{
	const unsigned int bus = last_bus + 1;

	if (touched_count == TOUCHED || bus >= ecam.size / ECAM_BUS ||
	    arch_map_io(region_of(ecam.base + bus * ECAM_BUS, ECAM_BUS)))
		return false;
	*level = (struct level){ *bridge, bus, 0,
				 pci_window_next(BRIDGE_WINDOW) };
	last_bus = bus;
	touched[touched_count++] = *bridge;
	pci_write32(bridge, BRIDGE_BUSES,
		    primary | bus << 8 | (PER_BUS - 1) << 16);
	pci_write32(bridge, BRIDGE_PREFETCH, BRIDGE_CLOSED);
	set_bridge_memory(bridge, level->from, pci_window_end());
	pci_enable(bridge);
	return true;
}

static void go_up(const struct level *level, unsigned int primary)
{
	pci_write32(&level->bridge, BRIDGE_BUSES,
		    primary | level->bus << 8 | last_bus << 16);
	set_bridge_memory(&level->bridge, level->from,
			  pci_window_next(BRIDGE_WINDOW));
}

static unsigned int next_index(const struct pci_function *f, bool there,
			       unsigned int index)
{
	if (index % FUNCTIONS == 0 &&
	    (!there || !(pci_read8(f, REG_HEADER) & HEADER_MULTI)))
		return index + FUNCTIONS;
	return index + 1;
}

static bool is_bridge(const struct pci_function *f)
{
	return (pci_read8(f, REG_HEADER) & HEADER_TYPE) == HEADER_BRIDGE;
}

/*
 * All buses, a bridge's own before what comes after the bridge. Return: 0, or
 * the first error of a driver; the others have been asked all the same.
 */
static int scan(void)
{
	struct level levels[LEVELS] = { { .bus = 0 } };
	unsigned int depth = 0;
	int err = 0, said;
	struct pci_function f;

	while (true) {
		struct level *here = &levels[depth];
		unsigned int index = here->next;
		bool there;

		if (index >= PER_BUS) {
			if (!depth)
				return err;
			go_up(here, levels[--depth].bus);
			continue;
		}
		there = is_there(here->bus, index, &f);
		here->next = next_index(&f, there, index);
		if (!there)
			continue;
		if (!is_bridge(&f)) {
			said = give_to_driver(&f);
			err = err ? err : said;
		} else if (depth + 1 < LEVELS &&
			   go_down(&levels[depth + 1], &f, here->bus)) {
			depth++;
		}
	}
}

static int probe(const struct device *device)
{
	int err;

	if (ecam.size)
		return -ENOTSUP;	/* one host is enough */
	err = dt_reg(device->tree, device->node, 0, &ecam);
	if (!err)
		err = read_window(device);
	if (!err)
		err = arch_map_io(region_of(ecam.base, ECAM_BUS));
	if (err) {
		ecam.size = 0;
		return err;
	}
	coherent = dt_prop(device->tree, device->node, "dma-coherent", NULL);
	return scan();
}

/* Nobody decodes and nobody is a master, as after reset (BP-DMA-01). */
static void stop(void)
{
	while (touched_count) {
		const struct pci_function *f = &touched[--touched_count];

		pci_write16(f, PCI_COMMAND, 0);
		if (is_bridge(f))
			pci_write32(f, BRIDGE_BUSES, 0);
	}
}

static const char *const compatible[] = { "pci-host-ecam-generic", NULL };
static const struct driver driver_ecam = {
	.name = "pci", .compatible = compatible, .probe = probe,
	.late = true, .stop = stop,
};
TABLE_ADD(driver, 50, driver_ecam);
