/* SPDX-License-Identifier: BSD-2-Clause */
/* SD hosts: reset, clock and commands. */
#include "sdhci.h"
#include "arch.h"
#include "driver.h"
#include "err.h"
#include "io.h"
#include <string.h>

#define MODE_DMA		(1u << 0)
#define MODE_COUNT		(1u << 1)
#define MODE_AUTO_CMD12		(1u << 2)
#define MODE_READ		(1u << 4)
#define MODE_MULTI		(1u << 5)
#define MODE_ALL		0xffffu

/* In the upper half of the word (2.2.6). */
#define RESPONSE_136		(1u << 16)
#define RESPONSE_48		(2u << 16)
#define RESPONSE_BUSY		(3u << 16)
#define CHECK_CRC		(1u << 19)
#define CHECK_INDEX		(1u << 20)
#define WITH_DATA		(1u << 21)
#define NUMBER(index)		((uint32_t)(index) << 24)

#define INHIBIT_COMMAND		(1u << 0)
#define INHIBIT_DATA		(1u << 1)
#define USDHC_CLOCK_STABLE	(1u << 3)

#define CONTROL_WIDE		(1u << 1)
#define CONTROL_ADMA2		(2u << 3)
#define POWER_3V3		(0xfu << 8)
#define USDHC_LITTLE_ENDIAN	(2u << 4)
#define USDHC_ADMA2		(2u << 8)

#define CLOCK_INTERNAL		(1u << 0)
#define CLOCK_STABLE		(1u << 1)
#define CLOCK_TO_CARD		(1u << 2)
#define DIVIDER_MAX		0x3ffu
#define USDHC_PRESCALE_MAX	256u
#define USDHC_DIVIDE_MAX	16u
#define TIMEOUT_LONGEST		(0xeu << 16)
#define RESET_ALL		(1u << 24)
#define RESET_LINES		(3u << 25)

#define STATUS_ERROR		(0xffffu << 16)
#define STATUS_NO_ANSWER	(1u << 16)
#define STATUS_ALL		0xffffffffu
/* All but what a card itself may ask for. */
#define STATUS_WANTED		0x137f00f3u

#define CAPABILITY_CLOCK(caps)	((caps) >> 8 & 0xff)	/* MHz */
#define CAPABILITY_ADMA2	(1u << 19)
#define CAPABILITY_USDHC_ADMA2	(1u << 20)

/* The slowest clock, for identification. */
#define IDENTIFY_HZ		400000u
/* Of one command; the slowest card brings that in a small part of the limit. */
#define BLOCKS_MAX		(SZ_1M / MMC_BLOCK)
#define LIMIT_SECONDS		5

_Static_assert(SDHCI_DESCRIPTORS * SZ_64K >= SZ_1M, "a command has a table");

uint32_t sdhci_get(const struct sdhci *s, enum sdhci_register reg)
{
	return io_read32(s->regs + reg);
}

void sdhci_put(const struct sdhci *s, enum sdhci_register reg, uint32_t value)
{
	const uint64_t start = arch_counter();
	const uint64_t wait = arch_counter_freq() / (IDENTIFY_HZ / 2) + 1;

	io_write32(s->regs + reg, value);
	while (s->kind->slow_writes && arch_counter() - start < wait)
		;
}

static int wait_for(const struct sdhci *s, enum sdhci_register reg,
		    uint32_t bits, uint32_t value)
{
	return driver_wait(s->regs + reg, bits, value, arch_counter(),
			   LIMIT_SECONDS * 1000);
}

static int reset(struct sdhci *s, uint32_t bits)
{
	sdhci_put(s, SDHCI_CLOCK, sdhci_get(s, SDHCI_CLOCK) | bits);
	return wait_for(s, SDHCI_CLOCK, bits, 0);
}

int sdhci_wait(const struct sdhci *s, uint32_t bits)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * LIMIT_SECONDS;
	uint32_t status;

	do {
		status = sdhci_get(s, SDHCI_STATUS);
		if (status & STATUS_ERROR)
			return status & STATUS_NO_ANSWER ? -ETIMEDOUT : -EIO;
		if (status & bits) {
			sdhci_put(s, SDHCI_STATUS, status & bits);
			return 0;
		}
	} while (arch_counter() - start < limit);
	return -ETIMEDOUT;
}

static uint32_t response_bits(enum mmc_response response)
{
	static const uint32_t bits[] = {
		[MMC_NONE] = 0,
		[MMC_R1] = RESPONSE_48 | CHECK_CRC | CHECK_INDEX,
		[MMC_R1B] = RESPONSE_BUSY | CHECK_CRC | CHECK_INDEX,
		[MMC_R2] = RESPONSE_136 | CHECK_CRC,
		[MMC_R3] = RESPONSE_48,
	};

	return bits[response];
}

static uint32_t mode_bits(const struct sdhci *s, const struct mmc_data *data)
{
	uint32_t mode = MODE_READ;

	if (!data)
		return 0;
	if (sdhci_reaches(s, data))
		mode |= MODE_DMA;
	if (data->blocks > 1)
		mode |= MODE_MULTI | MODE_COUNT | MODE_AUTO_CMD12;
	return mode;
}

/* Writing the upper half sends the command (2.2.6). */
static void send(const struct sdhci *s, const struct mmc_command *command,
		 const struct mmc_data *data)
{
	const uint32_t mode = mode_bits(s, data);
	const uint32_t bits = NUMBER(command->index) |
			      response_bits(command->response) |
			      (data ? WITH_DATA : 0);

	sdhci_put(s, SDHCI_ARGUMENT, command->argument);
	if (s->kind->usdhc)
		sdhci_put(s, SDHCI_USDHC_MIX_CTRL,
			  (sdhci_get(s, SDHCI_USDHC_MIX_CTRL) & ~MODE_ALL) |
			  mode);
	sdhci_put(s, SDHCI_COMMAND, bits | (s->kind->usdhc ? 0 : mode));
}

static void take_answer(const struct sdhci *s, struct mmc_command *command)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(command->answer); i++)
		command->answer[i] = io_read32(s->regs + SDHCI_RESPONSE +
					       4 * i);
}

static int finish(struct sdhci *s, struct mmc_command *command,
		  const struct mmc_data *data)
{
	int err = sdhci_wait(s, SDHCI_STATUS_COMMAND);

	if (err)
		return err;
	take_answer(s, command);
	if (data)
		return sdhci_finish(s, data);
	/* Busy is over when the data lines are free (2.2.9). */
	if (command->response == MMC_R1B)
		return wait_for(s, SDHCI_PRESENT_STATE, INHIBIT_DATA, 0);
	return 0;
}

static int command(struct mmc_host *host, struct mmc_command *command,
		   const struct mmc_data *data)
{
	struct sdhci *s = (struct sdhci *)host;
	int err = wait_for(s, SDHCI_PRESENT_STATE,
			   INHIBIT_COMMAND | INHIBIT_DATA, 0);

	if (err)
		return err;
	sdhci_put(s, SDHCI_STATUS, STATUS_ALL);
	if (data)
		sdhci_prepare(s, data);
	send(s, command, data);
	err = finish(s, command, data);
	/* What is half done must not be found by the next one (3.10). */
	if (err)
		reset(s, RESET_LINES);
	return err;
}

/* Of the standard, 2.2.14: the clock is divided by twice the number. */
static int set_clock(struct sdhci *s, uint32_t hz)
{
	uint32_t n = (s->clock + 2 * hz - 1) / (2 * hz), bits;
	int err;

	if (n > DIVIDER_MAX)
		n = DIVIDER_MAX;
	bits = TIMEOUT_LONGEST | (n & 0xff) << 8 | (n >> 8) << 6;
	sdhci_put(s, SDHCI_CLOCK, bits);
	sdhci_put(s, SDHCI_CLOCK, bits | CLOCK_INTERNAL);
	err = wait_for(s, SDHCI_CLOCK, CLOCK_STABLE, CLOCK_STABLE);
	sdhci_put(s, SDHCI_CLOCK, bits | CLOCK_INTERNAL | CLOCK_TO_CARD);
	return err;
}

/* Of NXP's: a power of two (SDCLKFS) times 1 to 16 (DVS). */
static int set_usdhc_clock(struct sdhci *s, uint32_t hz)
{
	uint32_t prescale = 1, divide;

	while (prescale < USDHC_PRESCALE_MAX &&
	       s->clock / prescale / USDHC_DIVIDE_MAX > hz)
		prescale *= 2;
	divide = (s->clock / prescale + hz - 1) / hz;
	if (divide > USDHC_DIVIDE_MAX)
		divide = USDHC_DIVIDE_MAX;
	sdhci_put(s, SDHCI_CLOCK, TIMEOUT_LONGEST | (prescale >> 1) << 8 |
		  (divide ? divide - 1 : 0) << 4 | 0xf);
	return wait_for(s, SDHCI_PRESENT_STATE, USDHC_CLOCK_STABLE,
			USDHC_CLOCK_STABLE);
}

static int set_any_clock(struct mmc_host *host, uint32_t hz)
{
	struct sdhci *s = (struct sdhci *)host;

	return s->kind->usdhc ? set_usdhc_clock(s, hz) : set_clock(s, hz);
}

static void set_control(const struct sdhci *s)
{
	const uint32_t wide = s->wide ? CONTROL_WIDE : 0;

	if (s->kind->usdhc)
		sdhci_put(s, SDHCI_HOST_CONTROL, wide | USDHC_LITTLE_ENDIAN |
			  (s->dma ? USDHC_ADMA2 : 0));
	else
		sdhci_put(s, SDHCI_HOST_CONTROL, wide | POWER_3V3 |
			  (s->dma ? CONTROL_ADMA2 : 0));
}

static void set_wide(struct mmc_host *host)
{
	struct sdhci *s = (struct sdhci *)host;

	s->wide = true;
	set_control(s);
}

/* Its address has 32 bits, wherever the loader lies. */
static bool reaches_table(const struct sdhci *s)
{
	const struct region r = region_of((uintptr_t)s->table,
					  SDHCI_DESCRIPTORS *
					  sizeof(*s->table));

	return region_end(r) <= 1ull << 32;
}

int sdhci_start(struct sdhci *s)
{
	const uint32_t caps = sdhci_get(s, SDHCI_CAPABILITIES);
	int err = reset(s, RESET_ALL);

	if (err)
		return err;
	s->host.command = command;
	s->host.set_clock = set_any_clock;
	s->host.set_wide = set_wide;
	s->dma = s->kind->dma && reaches_table(s) &&
		 caps & (s->kind->usdhc ? CAPABILITY_USDHC_ADMA2 :
					  CAPABILITY_ADMA2);
	s->host.blocks_max = BLOCKS_MAX;
	s->clock = s->kind->clock ? s->kind->clock
				  : CAPABILITY_CLOCK(caps) * 1000000;
	if (!s->clock)
		return -EINVAL;
	sdhci_put(s, SDHCI_STATUS_ENABLE, STATUS_WANTED);
	sdhci_put(s, SDHCI_SIGNAL_ENABLE, 0);
	set_control(s);
	return mmc_add_card(&s->host, &s->card);
}
