/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the host bridge, which knows the buses, and the functions on them. */
#ifndef PCI_BUS_H
#define PCI_BUS_H

#include "pci.h"

/* Memory for BARs: @size bytes at @pci, which the CPU sees at @cpu. */
void pci_set_window(uint64_t pci, uint64_t cpu, uint64_t size);

/* The first address that is still free, a multiple of @align. */
uint64_t pci_window_next(uint64_t align);

/* The first address behind the window. */
uint64_t pci_window_end(void);

#endif
