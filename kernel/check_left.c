/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about what earlier stages must not leave behind. */
#include "check.h"
#include "io.h"
#include "machine.h"

#define NO_TREE		"no usable device tree"

/* Virtio 1.2, 4.2.2 */
#define VIRTIO_MAGIC	0x74726976
#define VIRTIO_STATUS	0x70

extern const char read32_stub[];

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
		    probe(read32_stub, base) || read32(base) != VIRTIO_MAGIC)
			continue;
		seen++;
		if (read32(base + VIRTIO_STATUS))
			return fail("status 0 of the device", base);
	}
	return seen ? pass() : skip("no virtio-mmio device");
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
