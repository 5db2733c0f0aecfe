/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The SDHOST of the BCM2835 and its successors, to which the firmware of the
 * Raspberry Pis up to the 3 connects the card. Polled: each word is taken out
 * of a FIFO of sixteen. No manual is public; facts as Linux uses them.
 */
#include "arch.h"
#include "driver.h"
#include "err.h"
#include "io.h"
#include "mmc.h"
#include <string.h>

#define SDCMD			0x00
#define SDARG			0x04
#define SDTOUT			0x08
#define SDCDIV			0x0c
#define SDRSP			0x10	/* four words, least significant first */
#define SDHSTS			0x20
#define SDVDD			0x30
#define SDEDM			0x34
#define SDHCFG			0x38
#define SDHBCT			0x3c
#define SDDATA			0x40
#define SDHBLC			0x50
#define REGS_LEAST		0x54

#define SDCMD_NEW		(1u << 15)
#define SDCMD_FAIL		(1u << 14)
#define SDCMD_BUSY		(1u << 11)
#define SDCMD_NO_RESPONSE	(1u << 10)
#define SDCMD_LONG_RESPONSE	(1u << 9)
#define SDCMD_READ		(1u << 6)

#define SDHSTS_BUSY_ENDED	(1u << 10)
#define SDHSTS_NO_DATA		(1u << 7)
#define SDHSTS_NO_ANSWER	(1u << 6)
#define SDHSTS_CRC16		(1u << 5)
#define SDHSTS_CRC7		(1u << 4)
#define SDHSTS_FIFO		(1u << 3)
#define SDHSTS_DATA_BAD		(SDHSTS_NO_DATA | SDHSTS_CRC16 | SDHSTS_FIFO)
#define SDHSTS_ALL		0x7f8u

#define SDEDM_STATE(edm)	((edm) & 0xf)
#define STATE_IDENTIFY		0u
#define STATE_DATA		1u
#define STATE_READ_WAIT		4u
#define SDEDM_WORDS(edm)	((edm) >> 4 & 0x1f)
#define SDEDM_THRESHOLDS	(0x1fu << 9 | 0x1fu << 14)
#define SDEDM_THRESHOLDS_OF_4	(4u << 9 | 4u << 14)
#define SDEDM_FORCE_DATA	(1u << 19)

#define SDHCFG_BUSY_TOLD	(1u << 10)
#define SDHCFG_SLOW		(1u << 3)
#define SDHCFG_WIDE		(1u << 2)
#define SDHCFG_WIDE_INSIDE	(1u << 1)

#define SDTOUT_LONG		0xf00000u
#define SDCDIV_MAX		0x7ffu
#define POWER_MS		20
#define LIMIT_SECONDS		5
#define BLOCKS_MAX		2048u
#define STOP_TRANSMISSION	12u
/* The most that the firmware gives the GPU's core, from which it is fed. */
#define CORE_HZ			400000000u

static struct bcm_sdhost {
	struct mmc_host host;
	struct mmc_card card;
	uintptr_t regs;
	uint32_t config;
} the_host;

static uint32_t get(const struct bcm_sdhost *s, unsigned int reg)
{
	return io_read32(s->regs + reg);
}

static void put(const struct bcm_sdhost *s, unsigned int reg, uint32_t value)
{
	io_write32(s->regs + reg, value);
}

static int wait_for(const struct bcm_sdhost *s, unsigned int reg,
		    uint32_t bits, uint32_t value)
{
	return driver_wait(s->regs + reg, bits, value, arch_counter(),
			   LIMIT_SECONDS * 1000);
}

static uint32_t bits_of(const struct mmc_command *command,
			const struct mmc_data *data)
{
	static const uint32_t bits[] = {
		[MMC_NONE] = SDCMD_NO_RESPONSE,
		[MMC_R1] = 0,
		[MMC_R1B] = SDCMD_BUSY,
		[MMC_R2] = SDCMD_LONG_RESPONSE,
		[MMC_R3] = 0,
	};

	return SDCMD_NEW | bits[command->response] | command->index |
	       (data ? SDCMD_READ : 0);
}

/* The CRC that R3 does not have is always wrong. */
static int result_of(const struct bcm_sdhost *s,
		     const struct mmc_command *command)
{
	const uint32_t status = get(s, SDHSTS);

	if (!(get(s, SDCMD) & SDCMD_FAIL))
		return 0;
	if (status & SDHSTS_NO_ANSWER)
		return -ETIMEDOUT;
	return command->response == MMC_R3 && status & SDHSTS_CRC7 ? 0 : -EIO;
}

/* Without the CRC that is in the lowest byte of the long one. */
static void take_answer(const struct bcm_sdhost *s,
			struct mmc_command *command)
{
	uint32_t words[5] = { 0 };

	for (unsigned int i = 0; i < 4; i++)
		words[i] = get(s, SDRSP + 4 * i);
	for (unsigned int i = 0; i < 4; i++)
		command->answer[i] = command->response != MMC_R2 ? words[i] :
				     words[i] >> 8 | words[i + 1] << 24;
}

static int send(const struct bcm_sdhost *s, struct mmc_command *command,
		const struct mmc_data *data)
{
	int err = wait_for(s, SDCMD, SDCMD_NEW, 0);

	if (err)
		return err;
	put(s, SDHSTS, SDHSTS_ALL);
	put(s, SDHBCT, data ? MMC_BLOCK : 0);
	put(s, SDHBLC, data ? data->blocks : 0);
	put(s, SDARG, command->argument);
	put(s, SDCMD, bits_of(command, data));
	err = wait_for(s, SDCMD, SDCMD_NEW, 0);
	if (!err)
		err = result_of(s, command);
	if (err)
		return err;
	take_answer(s, command);
	return command->response != MMC_R1B ? 0 :
	       wait_for(s, SDHSTS, SDHSTS_BUSY_ENDED, SDHSTS_BUSY_ENDED);
}

/* How many words are in the FIFO; none only if no more will come. */
static uint32_t wait_words(const struct bcm_sdhost *s)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * LIMIT_SECONDS;
	uint32_t words;

	do {
		words = SDEDM_WORDS(get(s, SDEDM));
	} while (!words && !(get(s, SDHSTS) & SDHSTS_DATA_BAD) &&
		 arch_counter() - start < limit);
	return words;
}

static int read_words(const struct bcm_sdhost *s, const struct mmc_data *data)
{
	uint32_t left = data->blocks * (MMC_BLOCK / 4);
	uint8_t *to = data->to;

	while (left) {
		uint32_t words = wait_words(s);

		if (!words)
			return -EIO;
		if (words > left)
			words = left;
		left -= words;
		for (; words; words--, to += 4) {
			const uint32_t word = get(s, SDDATA);

			memcpy(to, &word, sizeof(word));
		}
	}
	return get(s, SDHSTS) & SDHSTS_DATA_BAD ? -EIO : 0;
}

/* It waits for a block that nobody will ask for, unless it is told. */
static int settle(const struct bcm_sdhost *s)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * LIMIT_SECONDS;
	uint32_t edm;

	do {
		edm = get(s, SDEDM);
		if (SDEDM_STATE(edm) == STATE_READ_WAIT)
			put(s, SDEDM, edm | SDEDM_FORCE_DATA);
		if (SDEDM_STATE(edm) == STATE_READ_WAIT ||
		    SDEDM_STATE(edm) == STATE_DATA ||
		    SDEDM_STATE(edm) == STATE_IDENTIFY)
			return 0;
	} while (arch_counter() - start < limit);
	return -ETIMEDOUT;
}

static int command(struct mmc_host *host, struct mmc_command *command,
		   const struct mmc_data *data)
{
	const struct bcm_sdhost *s = (struct bcm_sdhost *)host;
	struct mmc_command stop = { STOP_TRANSMISSION, 0, MMC_R1B, { 0 } };
	int err = send(s, command, data), stopped;

	if (!data)
		return err;
	if (!err)
		err = read_words(s, data);
	if (!err)
		err = settle(s);
	/* The card sends until it is told, after a failure as well. */
	stopped = data->blocks > 1 || err ? send(s, &stop, NULL) : 0;
	return err ? err : stopped;
}

/* The core's clock is divided by the number and 2. */
static int set_clock(struct mmc_host *host, uint32_t hz)
{
	const struct bcm_sdhost *s = (struct bcm_sdhost *)host;
	uint32_t n = (CORE_HZ + hz - 1) / hz;

	n = n < 2 ? 0 : n - 2;
	put(s, SDCDIV, n > SDCDIV_MAX ? SDCDIV_MAX : n);
	return 0;
}

static void set_wide(struct mmc_host *host)
{
	struct bcm_sdhost *s = (struct bcm_sdhost *)host;

	s->config |= SDHCFG_WIDE;
	put(s, SDHCFG, s->config);
}

static void pause(void)
{
	const uint64_t start = arch_counter();

	while (arch_counter() - start < arch_counter_freq() * POWER_MS / 1000)
		;
}

static void reset(struct bcm_sdhost *s)
{
	put(s, SDVDD, 0);
	put(s, SDCMD, 0);
	put(s, SDTOUT, SDTOUT_LONG);
	put(s, SDHSTS, SDHSTS_ALL);
	put(s, SDHCFG, 0);
	put(s, SDEDM, (get(s, SDEDM) & ~SDEDM_THRESHOLDS) |
	    SDEDM_THRESHOLDS_OF_4);
	pause();
	put(s, SDVDD, 1);
	pause();
	s->config = SDHCFG_BUSY_TOLD | SDHCFG_SLOW | SDHCFG_WIDE_INSIDE;
	put(s, SDHCFG, s->config);
}

/* An empty slot is no error. The chip has one. */
static int probe(const struct device *device)
{
	struct bcm_sdhost *s = &the_host;
	int err;

	if (!device->regs.base)
		return -ENODEV;
	if (device->regs.size < REGS_LEAST)
		return -EINVAL;
	if (s->regs)
		return -ENOSPC;
	memset(s, 0, sizeof(*s));
	s->regs = device->regs.base;
	s->host.command = command;
	s->host.set_clock = set_clock;
	s->host.set_wide = set_wide;
	s->host.blocks_max = BLOCKS_MAX;
	reset(s);
	err = mmc_add_card(&s->host, &s->card);
	return err == -ENODEV ? 0 : err;
}

static const char *const compatible[] = { "brcm,bcm2835-sdhost", NULL };
static const struct driver driver_bcm_sdhost = {
	.name = "sdhost", .compatible = compatible, .probe = probe,
	.late = true,
};
TABLE_ADD(driver, 50, driver_bcm_sdhost);
