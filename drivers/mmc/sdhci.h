/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host controller by the SD standard, and what some do another way. All
 * accesses are of 32 bits, which every one of them understands. Facts: SD
 * Host Controller Simplified Specification 3.00; i.MX 8M Plus reference
 * manual, chapter uSDHC.
 */
#ifndef SDHCI_H
#define SDHCI_H

#include "mmc.h"

/* What the registers of a controller do not say. */
struct sdhci_kind {
	const char *compatible;
	bool usdhc;		/* the registers of NXP's */
	bool dma;		/* ADMA2 works, where they say so */
	uint32_t clock;		/* Hz that feed it, if they do not say */
	/* A second write within two cycles of the card's clock is lost. */
	bool slow_writes;
};

/* ADMA2 with addresses of 32 bits (1.13.4). */
struct sdhci_descriptor {
	uint16_t attributes;
	uint16_t size;		/* bytes; 0 is 64 KiB */
	uint32_t address;
};

#define SDHCI_DESCRIPTORS	32u

struct sdhci {
	struct mmc_host host;
	struct mmc_card card;
	const struct sdhci_kind *kind;
	uintptr_t regs;
	uint32_t clock;		/* Hz that feed it */
	bool coherent;		/* what it writes needs no cache maintenance */
	bool dma;
	bool wide;
	struct sdhci_descriptor *table;
};

/* Registers, each two or more of the standard's. */
enum sdhci_register {
	SDHCI_BLOCKS = 0x04,		/* size, count */
	SDHCI_ARGUMENT = 0x08,
	SDHCI_COMMAND = 0x0c,		/* transfer mode, command */
	SDHCI_RESPONSE = 0x10,		/* four words */
	SDHCI_BUFFER = 0x20,
	SDHCI_PRESENT_STATE = 0x24,
	SDHCI_HOST_CONTROL = 0x28,	/* and power */
	SDHCI_CLOCK = 0x2c,		/* and timeout, reset */
	SDHCI_STATUS = 0x30,
	SDHCI_STATUS_ENABLE = 0x34,
	SDHCI_SIGNAL_ENABLE = 0x38,
	SDHCI_CAPABILITIES = 0x40,
	SDHCI_USDHC_MIX_CTRL = 0x48,
	SDHCI_ADMA_ADDRESS = 0x58,
};

#define SDHCI_STATUS_COMMAND		(1u << 0)
#define SDHCI_STATUS_TRANSFER		(1u << 1)
#define SDHCI_STATUS_BUFFER_READ	(1u << 5)

uint32_t sdhci_get(const struct sdhci *s, enum sdhci_register reg);
void sdhci_put(const struct sdhci *s, enum sdhci_register reg, uint32_t value);

/*
 * Wait until any of @bits is set, and clear it. Return: 0, -ETIMEDOUT (also
 * if the card does not answer), -EIO.
 */
int sdhci_wait(const struct sdhci *s, uint32_t bits);

/* Can @data be brought by DMA as it is? */
bool sdhci_reaches(const struct sdhci *s, const struct mmc_data *data);

/* Before and after the command that brings @data. */
void sdhci_prepare(struct sdhci *s, const struct mmc_data *data);
int sdhci_finish(struct sdhci *s, const struct mmc_data *data);

/* Reset, power, clock; then what is in its slot becomes a disk. */
int sdhci_start(struct sdhci *s);

#endif
