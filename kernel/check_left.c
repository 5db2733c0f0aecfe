/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about what earlier stages must not leave behind. */
#include "check.h"
#include "io.h"
#include "machine.h"

#define NO_TREE		"no usable device tree"

/* Virtio 1.2, 4.2.2 */
#define VIRTIO_MAGIC	0x74726976
#define VIRTIO_STATUS	0x70

extern const char read32_trial[];

/* A virtio device with a status may still write into our memory. */
CHECK(57, bp_dma_01, ON_BOOT, "BP-DMA-01", "every virtio device is at rest")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = FDT_ROOT, seen = 0;
	uint64_t base, size;

	if (!have_fdt())
		return skip(NO_TREE);
	while ((node = fdt_compatible(f, node, "virtio,mmio")) != FDT_NONE) {
		if (!fdt_reg(f, node, 0, &base, &size) ||
		    probe(read32_trial, base) || read32(base) != VIRTIO_MAGIC)
			continue;
		seen++;
		if (read32(base + VIRTIO_STATUS))
			return fail("status 0 of the device", base);
	}
	return seen ? pass() : skip("no virtio-mmio device");
}

/* PCI 3.0, 6.2.2: Command at 0x04; 7.2: enhanced configuration space. */
#define PCI_COMMAND	0x04
#define PCI_HEADER_TYPE	0x0c	/* in its bits 23:16 */
#define BUS_MASTER	(1u << 2)
#define MULTI_FUNCTION	(1u << 23)
#define ECAM_FUNCTION	0x1000ul
#define ECAM_BUS	0x100000ul

/* Return: the first function of bus 0 that may write to memory, or 0. */
static uint64_t pci_master(uint64_t ecam, uint32_t *seen)
{
	for (uint64_t at = ecam; at < ecam + ECAM_BUS; at += ECAM_FUNCTION) {
		bool first = !(at / ECAM_FUNCTION % 8);

		if (read32(at) != UINT32_MAX) {
			++*seen;
			if (read32(at + PCI_COMMAND) & BUS_MASTER)
				return at;
		}
		if (first && (read32(at) == UINT32_MAX ||
			      !(read32(at + PCI_HEADER_TYPE) & MULTI_FUNCTION)))
			at += 7 * ECAM_FUNCTION;
	}
	return 0;
}

CHECK(57, bp_dma_01_pci, ON_BOOT, "BP-DMA-01", "no PCI device may write")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node, seen = 0;
	uint64_t ecam, size, master;

	if (!have_fdt())
		return skip(NO_TREE);
	node = fdt_compatible(f, FDT_ROOT, "pci-host-ecam-generic");
	if (node == FDT_NONE || !fdt_reg(f, node, 0, &ecam, &size) ||
	    size < ECAM_BUS)
		return skip("no PCI with ECAM");
	if (risky_probe("BP-DMA-01", read32_trial, ecam))
		return fail("an ECAM that answers", ecam);
	master = pci_master(ecam, &seen);
	if (master)
		return fail("bus master = 0 in Command", master);
	return seen ? pass() : skip("no PCI device");
}

/* PL011 UARTIMSC, Cadence Imsk: the kernel's driver expects all masked. */
CHECK(57, ho_28_uart, ON_BOOT, "HO-28", "the console raises no interrupt")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = machine.uart_node;
	uint64_t base, size;

	if (!have_fdt() || node == FDT_NONE || !fdt_reg(f, node, 0, &base, &size))
		return skip("no console in the device tree");
	if (fdt_is_compatible(f, node, "arm,pl011"))
		return want_equal(0, read32(base + 0x38) & 0x7ff);
	if (fdt_is_compatible(f, node, "cdns,uart-r1p12") ||
	    fdt_is_compatible(f, node, "xlnx,xuartps"))
		return want_equal(0, read32(base + 0x10) & 0x1fff);
	return skip("a UART that this kernel does not know");
}

/*
 * A watchdog is started by any bit of @on in the register at @offset of its
 * frame @frame. Return: its address if it runs; *@seen counts those there.
 */
static uint64_t watchdog(const char *compatible, uint32_t frame,
			 uint32_t offset, uint32_t on, uint32_t *seen)
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = fdt_compatible(f, FDT_ROOT, compatible);
	uint64_t base, size;

	if (node == FDT_NONE || !fdt_reg(f, node, frame, &base, &size) ||
	    risky_probe("HO-29", read32_trial, base + offset))
		return 0;
	++*seen;
	return read32(base + offset) & on ? base : 0;
}

CHECK(57, ho_29, ON_BOOT, "HO-29", "no watchdog was left running")
{
	uint64_t running = 0;
	uint32_t seen = 0;

	if (!have_fdt())
		return skip(NO_TREE);
	running |= watchdog("arm,sp805", 0, 0x08, 3, &seen);	/* INTEN, RESEN */
	running |= watchdog("arm,sbsa-gwdt", 0, 0x00, 1, &seen);  /* WCS.EN */
	running |= watchdog("cdns,wdt-r1p2", 0, 0x00, 1, &seen);  /* WDEN */
	if (running)
		return fail("a watchdog that is off", running);
	return seen ? pass() : skip("no watchdog in the device tree");
}

CHECK(57, ho_19, ON_BOOT, "HO-19", "the timer node leaves CNTFRQ_EL0 alone")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node, len;

	if (!have_fdt())
		return skip(NO_TREE);
	node = fdt_compatible(f, FDT_ROOT, "arm,armv8-timer");
	if (node == FDT_NONE)
		return fail("an enabled node arm,armv8-timer", 0);
	return want(!fdt_prop(f, node, "clock-frequency", &len),
		    "no clock-frequency",
		    fdt_u32(f, node, "clock-frequency", 0));
}

static bool in_chosen(const char *name)
{
	uint32_t len;

	return fdt_prop(&machine.fdt, chosen(), name, &len);
}

CHECK(57, ho_20, ON_BOOT, "HO-20", "/chosen has no leftovers of kexec or UEFI")
{
	if (!have_fdt())
		return skip(NO_TREE);
	return want(!in_chosen("linux,usable-memory-range") &&
		    !in_chosen("linux,elfcorehdr") &&
		    !in_chosen("linux,uefi-system-table") &&
		    !in_chosen("linux,uefi-mmap-start"),
		    "no linux,usable-memory-range, elfcorehdr or uefi-*", 1);
}
