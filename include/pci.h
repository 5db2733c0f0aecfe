/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI functions behind an ECAM, and their drivers. Nobody has configured the
 * bus before us: addresses are given out of the host's window. Facts: PCI
 * Local Bus 3.0, PCI Express Base 5.0 (7.2.2, ECAM), Open Firmware bindings.
 */
#ifndef PCI_H
#define PCI_H

#include "region.h"
#include "table.h"
#include "types.h"

#define PCI_COMMAND		0x04
#define PCI_COMMAND_MEMORY	(1u << 1)
#define PCI_COMMAND_MASTER	(1u << 2)

struct pci_function {
	uintptr_t config;	/* its page of the ECAM */
	uint32_t id;		/* device in the upper half, vendor in the lower */
	uint32_t class;		/* base class, sub-class, interface: 24 bits */
	bool coherent;		/* what it writes needs no cache maintenance */
};

/* Added with TABLE_ADD(pci, 50, my_driver). */
struct pci_driver {
	bool (*matches)(const struct pci_function *function);
	int (*probe)(const struct pci_function *function);
};

TABLE(pci, struct pci_driver);

/* One register of the configuration space; @offset below 4096, aligned. */
uint8_t pci_read8(const struct pci_function *f, unsigned int offset);
uint16_t pci_read16(const struct pci_function *f, unsigned int offset);
uint32_t pci_read32(const struct pci_function *f, unsigned int offset);
void pci_write16(const struct pci_function *f, unsigned int offset,
		 uint16_t value);
void pci_write32(const struct pci_function *f, unsigned int offset,
		 uint32_t value);

/* There is room for that many in 256 bytes. */
#define PCI_CAPABILITIES_MAX	48

/*
 * The next capability @id behind @from (0: the first). Return: its offset,
 * 0 if there is none (any more).
 */
unsigned int pci_capability(const struct pci_function *f, uint8_t id,
			    unsigned int from);

/*
 * Give BAR @index (0 to 5) an address, if it has none, and map it.
 * Return: 0, -ENODEV (no memory BAR), -ENOSPC (the window is used up), and
 * what mapping says.
 */
int pci_bar(const struct pci_function *f, unsigned int index,
	    struct region *bar);

/* Let the function decode its BARs and be a bus master. */
void pci_enable(const struct pci_function *f);

#endif
