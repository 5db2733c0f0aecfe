/* SPDX-License-Identifier: BSD-2-Clause */
/* The SD hosts that we know, and how they differ: data, no code. */
#include "driver.h"
#include "err.h"
#include "noinit.h"
#include "sdhci.h"
#include <string.h>

#define HOSTS		4
#define REGS_LEAST	(SDHCI_ADMA_ADDRESS + 4u)

static const struct sdhci_kind kinds[] = {
	{ .compatible = "xlnx,zynqmp-8.9a", .dma = true },
	{ .compatible = "xlnx,versal-8.9a", .dma = true },
	{ .compatible = "arasan,sdhci-8.9a", .dma = true },
	/* It has no DMA of its own, and its capabilities are empty. */
	{ .compatible = "brcm,bcm2835-sdhci", .clock = 250000000,
	  .slow_writes = true },
	/* Its DMA sees memory at other addresses. */
	{ .compatible = "brcm,bcm2711-emmc2", .clock = 100000000 },
	/* The ROM leaves 200 MHz there. */
	{ .compatible = "fsl,imx8mp-usdhc", .usdhc = true, .dma = true,
	  .clock = 200000000 },
};

static struct sdhci hosts[HOSTS];
static noinit struct sdhci_descriptor tables[HOSTS][SDHCI_DESCRIPTORS]
	__attribute__((aligned(64)));
static unsigned int count;

static const struct sdhci_kind *kind_of(const char *compatible)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].compatible, compatible))
			return &kinds[i];
	return NULL;
}

/* An empty slot is no error. */
static int probe(const struct device *device)
{
	struct sdhci *s = &hosts[count];
	int err;

	if (count == HOSTS)
		return -ENOSPC;
	memset(s, 0, sizeof(*s));
	s->kind = kind_of(device->compatible);
	s->regs = device->regs.base;
	s->coherent = dt_prop(device->tree, device->node, "dma-coherent",
			      NULL);
	s->table = tables[count];
	if (!s->kind || !s->regs)
		return -ENODEV;
	if (device->regs.size < REGS_LEAST)
		return -EINVAL;
	err = sdhci_start(s);
	if (!err)
		count++;
	return err == -ENODEV ? 0 : err;
}

static const char *const compatible[] = {
	"xlnx,zynqmp-8.9a", "xlnx,versal-8.9a", "arasan,sdhci-8.9a",
	"brcm,bcm2835-sdhci", "brcm,bcm2711-emmc2", "fsl,imx8mp-usdhc", NULL,
};
static const struct driver driver_sdhci = {
	.name = "sdhci", .compatible = compatible, .probe = probe,
	.late = true,
};
TABLE_ADD(driver, 50, driver_sdhci);
