/* SPDX-License-Identifier: BSD-2-Clause */
/* The data of SD hosts: by ADMA2 where they have it, else word by word. */
#include "arch.h"
#include "err.h"
#include "sdhci.h"
#include <string.h>

/* 1.13.4, table 1-6 */
#define VALID			(1u << 0)
#define END			(1u << 1)
#define TRANSFER		(2u << 4)
#define PIECE			SZ_64K

static struct region range_of(const struct mmc_data *data)
{
	return region_of((uintptr_t)data->to,
			 (uint64_t)data->blocks * MMC_BLOCK);
}

bool sdhci_reaches(const struct sdhci *s, const struct mmc_data *data)
{
	return s->dma && region_end(range_of(data)) <= 1ull << 32;
}

static void fill_table(struct sdhci *s, struct region r)
{
	struct sdhci_descriptor *d = s->table;

	for (uint64_t at = r.base; at < region_end(r); at += PIECE, d++) {
		const uint64_t left = region_end(r) - at;

		*d = (struct sdhci_descriptor){
			TRANSFER | VALID | (left <= PIECE ? END : 0),
			(uint16_t)(left < PIECE ? left : 0), (uint32_t)at };
	}
	if (!s->coherent)
		arch_cache_clean(region_of((uintptr_t)s->table,
					   (uint64_t)((uintptr_t)d -
						      (uintptr_t)s->table)));
}

void sdhci_prepare(struct sdhci *s, const struct mmc_data *data)
{
	const struct region r = range_of(data);

	sdhci_put(s, SDHCI_BLOCKS, MMC_BLOCK | data->blocks << 16);
	if (!sdhci_reaches(s, data))
		return;
	fill_table(s, r);
	/* No dirty line may be written over what the device brings. */
	if (!s->coherent)
		arch_cache_clean(r);
	arch_barrier();
	sdhci_put(s, SDHCI_ADMA_ADDRESS, (uint32_t)(uintptr_t)s->table);
}

/* 2.2.8: a block is in the buffer; memory may be as it likes. */
static int read_words(struct sdhci *s, const struct mmc_data *data)
{
	uint8_t *to = data->to;
	int err = 0;

	for (uint32_t i = 0; i < data->blocks && !err; i++) {
		err = sdhci_wait(s, SDHCI_STATUS_BUFFER_READ);
		for (unsigned int n = 0; n < MMC_BLOCK / 4 && !err; n++) {
			const uint32_t word = sdhci_get(s, SDHCI_BUFFER);

			memcpy(to, &word, sizeof(word));
			to += sizeof(word);
		}
	}
	return err;
}

int sdhci_finish(struct sdhci *s, const struct mmc_data *data)
{
	const bool dma = sdhci_reaches(s, data);
	int err = dma ? 0 : read_words(s, data);

	if (!err)
		err = sdhci_wait(s, SDHCI_STATUS_TRANSFER);
	/* Nor may a line that was fetched meanwhile hide it. */
	if (dma && !s->coherent)
		arch_cache_clean(range_of(data));
	return err;
}
