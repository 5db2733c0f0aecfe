/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unsafe test builds: a fault of what lies in memory, or of a device, put in
 * just before the jump (mutation.h).
 */
#include "boot.h"
#include "io.h"
#include "mutation.h"
#include <string.h>

/* Offsets in the header of a device tree; its numbers are big-endian. */
#define DT_TOTALSIZE		4
#define DT_STRUCT		8
#define DT_VERSION		20

/* The PL011 of the virt machine (Arm DDI 0183 table 3-1). */
#define UARTCR			0x030
#define UARTIMSC		0x038
#define UARTIMSC_RXIM		(1u << 4)

static uint32_t read_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void write_be32(uint8_t *p, uint32_t value)
{
	for (int i = 3; i >= 0; i--, value >>= 8)
		p[i] = (uint8_t)value;
}

/* The whole tree to @base; the loader does not look at it any more. */
static void move_tree(struct boot *boot, uint64_t base)
{
	const struct region old = boot->place.tree;

	memmove((void *)(uintptr_t)base, (void *)(uintptr_t)old.base, old.size);
	boot->place.tree = region_of(base, old.size);
}

static void mutate_tree(struct boot *boot)
{
	uint8_t *blob = (uint8_t *)(uintptr_t)boot->place.tree.base;
	const struct region kernel = boot->place.kernel;
	uint64_t base;

	switch (mutation_get()) {
	case MUTATION_TREE_NONE:
		write_be32(blob, 0);
		break;
	case MUTATION_TREE_MISALIGNED:
		move_tree(boot, boot->place.tree.base + 4);
		break;
	case MUTATION_TREE_IN_IMAGE:	/* as high in its BSS as possible */
		move_tree(boot, ALIGN_DOWN(region_end(kernel) -
					   boot->place.tree.size, 8));
		break;
	case MUTATION_TREE_SIZE:	/* where all of it is free RAM */
		base = ALIGN_UP(region_end(kernel), SZ_2M);
		if (!arch_map_ram(region_of(base, boot->place.tree.size)))
			move_tree(boot, base);
		blob = (uint8_t *)(uintptr_t)base;
		write_be32(blob + DT_TOTALSIZE, SZ_2M + 8);
		break;
	case MUTATION_TREE_VERSION:
		write_be32(blob + DT_VERSION, 16);
		break;
	case MUTATION_TREE_TOKEN:	/* the first is no FDT_BEGIN_NODE */
		write_be32(blob + read_be32(blob + DT_STRUCT), 0);
		break;
	}
}

/* PCI 3.0, 6.2.2: the host bridge may write to memory. */
#define PCI_COMMAND		0x04
#define PCI_COMMAND_MASTER	(1u << 2)

static void mutate_pci(const struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	const int node = dt_compatible(dt, -1, "pci-host-ecam-generic");
	struct region ecam;

	if (dt_reg(dt, node, 0, &ecam) ||
	    arch_map_io(region_of(ecam.base, SZ_4K)))
		return;
	io_write32(ecam.base + PCI_COMMAND, PCI_COMMAND_MASTER |
		   io_read32(ecam.base + PCI_COMMAND));
}

static void mutate_devices(const struct boot *boot)
{
	const struct file *file = &boot->candidate.kernel;
	uint8_t *kernel = (uint8_t *)(uintptr_t)boot->place.kernel.base;

	switch (mutation_get()) {
	case MUTATION_KERNEL_BYTE:
		kernel[file->size - 1] ^= 1;
		break;
	case MUTATION_UART_IRQ:
		io_write32(CONFIG_UART_BASE + UARTIMSC, UARTIMSC_RXIM);
		break;
	case MUTATION_PCI_MASTER:
		mutate_pci(boot);
		break;
	case MUTATION_UART_OFF:
		io_write32(CONFIG_UART_BASE + UARTCR, 0);
		break;
	}
}

void boot_mutate(struct boot *boot)
{
	mutate_tree(boot);
	mutate_devices(boot);
}
