/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions of PCI: their configuration space and their addresses. */
#include "pci_bus.h"
#include "arch.h"
#include "err.h"
#include "io.h"

/* PCI 3.0, 6.1 and 6.2.5.1 */
#define STATUS			0x06
#define STATUS_CAPABILITIES	(1u << 4)
#define CAPABILITIES		0x34
#define BAR(index)		(0x10 + 4 * (index))
#define BARS			6u
#define BAR_IO			(1u << 0)
#define BAR_TYPE		(3u << 1)
#define BAR_64			(2u << 1)
#define BAR_FLAGS		0xfu

/* What is left of the host's window, lowest first; PCI addresses. */
static struct {
	uint64_t next, end;
	uint64_t to_cpu;	/* added to a PCI address */
} window;

void pci_set_window(uint64_t pci, uint64_t cpu, uint64_t size)
{
	window.next = pci;
	window.end = pci + size;
	window.to_cpu = cpu - pci;
}

uint64_t pci_window_next(uint64_t align)
{
	window.next = ALIGN_UP(window.next, align);
	return window.next;
}

uint64_t pci_window_end(void)
{
	return window.end;
}

/* @size is a power of two, and so is the alignment. -ENOSPC: used up. */
static int take(uint64_t size, uint64_t *address)
{
	uint64_t at = ALIGN_UP(window.next, size);

	if (at < window.next || at > window.end || size > window.end - at)
		return -ENOSPC;
	*address = at;
	window.next = at + size;
	return 0;
}

uint8_t pci_read8(const struct pci_function *f, unsigned int offset)
{
	return io_read8(f->config + offset);
}

uint16_t pci_read16(const struct pci_function *f, unsigned int offset)
{
	return io_read16(f->config + offset);
}

uint32_t pci_read32(const struct pci_function *f, unsigned int offset)
{
	return io_read32(f->config + offset);
}

void pci_write16(const struct pci_function *f, unsigned int offset,
		 uint16_t value)
{
	io_write16(f->config + offset, value);
}

void pci_write32(const struct pci_function *f, unsigned int offset,
		 uint32_t value)
{
	io_write32(f->config + offset, value);
}

unsigned int pci_capability(const struct pci_function *f, uint8_t id,
			    unsigned int from)
{
	unsigned int at = from ? from + 1u : CAPABILITIES;

	if (!(pci_read16(f, STATUS) & STATUS_CAPABILITIES))
		return 0;
	for (unsigned int i = 0; i < PCI_CAPABILITIES_MAX; i++) {
		at = pci_read8(f, at) & 0xfcu;
		if (!at || pci_read8(f, at) == id)
			return at;
		at++;
	}
	return 0;
}

/* All ones are written, what stays 0 is the size (6.2.5.1). */
static uint64_t bar_size(const struct pci_function *f, unsigned int offset,
			 bool wide)
{
	uint64_t mask;

	pci_write32(f, offset, UINT32_MAX);
	mask = pci_read32(f, offset) & ~BAR_FLAGS;
	if (!wide)
		mask |= 0xffffffffull << 32;
	else {
		pci_write32(f, offset + 4, UINT32_MAX);
		mask |= (uint64_t)pci_read32(f, offset + 4) << 32;
	}
	return ~mask + 1;
}

static int assign(const struct pci_function *f, unsigned int offset, bool wide,
		  struct region *bar)
{
	const uint64_t size = bar_size(f, offset, wide);
	uint64_t address;
	int err = size ? take(size, &address) : -ENODEV;

	if (err)
		return err;
	pci_write32(f, offset, (uint32_t)address);
	if (wide)
		pci_write32(f, offset + 4, (uint32_t)(address >> 32));
	return region_from(bar, address + window.to_cpu, size);
}

int pci_bar(const struct pci_function *f, unsigned int index,
	    struct region *bar)
{
	const unsigned int offset = BAR(index);
	uint32_t low;
	bool wide;
	int err;

	if (index >= BARS)
		return -ENODEV;
	low = pci_read32(f, offset);
	wide = (low & BAR_TYPE) == BAR_64;
	if (low & BAR_IO || (wide && index + 1 >= BARS))
		return -ENODEV;
	err = assign(f, offset, wide, bar);
	return err ? err : arch_map_io(*bar);
}

void pci_enable(const struct pci_function *f)
{
	pci_write16(f, PCI_COMMAND, pci_read16(f, PCI_COMMAND) |
		    PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
}
