/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows that attack: what belongs to the secure world must not be readable,
 * writable or executable from here. Where nothing is protected the machine is
 * to blame, not the firmware: the row says so and is skipped.
 */
#include "check.h"
#include "io.h"
#include "secure.h"

/* Each page where a small monitor lies, then a few more, and the last word. */
#define NEAR_PAGES	16
#define PAGE		0x1000ul
#define FAR_SAMPLES	16

extern const char read_byte_trial[], read32_trial[], read64_trial[],
	read_pair_trial[], read_exclusive_trial[], write_byte_trial[],
	write64_trial[], write_pair_trial[], execute_trial[],
	flash_query_trial[];

/* Sample @n of @r; false if there are no more. */
static bool sample(const struct range *r, unsigned int n, uint64_t *at)
{
	uint64_t near = r->size / PAGE < NEAR_PAGES ? r->size / PAGE :
						      NEAR_PAGES;

	if (n < near)
		*at = r->base + n * PAGE;
	else if (n - near < FAR_SAMPLES)
		*at = r->base + ((n - near) * (r->size / FAR_SAMPLES) & ~15ul);
	else
		*at = r->base + r->size - 16;
	return n <= near + FAR_SAMPLES;
}

/*
 * A read that does not fault must bring nothing. Some buses answer 0 or all
 * ones to everybody who may not read.
 */
static bool brings_nothing(const char *trial, uint64_t at)
{
	return probe(trial, at) || !probe_value || !~probe_value;
}

static bool hides(uint64_t at)
{
	return brings_nothing(read64_trial, at) &&
	       brings_nothing(read_pair_trial, at) &&
	       brings_nothing(read_exclusive_trial, at);
}

/* What is written is not there afterwards; what was there is put back. */
static bool refuses(const char *trial, uint64_t at)
{
	uint64_t before = probe(read64_trial, at) ? 0 : probe_value;
	uint64_t behind = probe(read64_trial, at + 8) ? 0 : probe_value;

	if (probe(trial, at) || probe(read64_trial, at) || probe_value == before)
		return true;
	write64(at, before);
	write64(at + 8, behind);
	return false;
}

static bool keeps(uint64_t at)
{
	return refuses(write64_trial, at) && refuses(write_pair_trial, at) &&
	       refuses(write_byte_trial, at);
}

static bool cannot_run(uint64_t at)
{
	return ESR_EC(probe(execute_trial, at)) == EC_INSN_ABORT;
}

/* Return: 0, or one more than the first address where @good does not hold. */
static uint64_t attack(const struct range *r, bool (*good)(uint64_t at))
{
	uint64_t at;

	for (unsigned int n = 0; sample(r, n, &at); n++)
		if (!good(at))
			return at + 1;
	return 0;
}

static uint64_t attack_all(enum secure_kind kind, bool (*good)(uint64_t at))
{
	const struct range *r;
	uint64_t bad = 0;

	for (unsigned int n = 0; !bad && (r = secure_range(kind, n)); n++)
		bad = attack(r, good);
	return bad;
}

static struct verdict verdict_of(uint64_t bad, const char *expected)
{
	return bad ? fail(expected, bad - 1) : pass();
}

/* NULL, or why there is no memory that could be attacked. */
static const char *no_secure_memory(void)
{
	if (secure()->monitor.size)
		return "the monitor is in RAM that the machine does not guard";
	if (secure_range(SECURE_MEMORY, 0))
		return NULL;
	return "no secure memory in tree or aglet.secure=";
}

CHECK(58, bp_iso_01, ON_BOOT, "BP-ISO-01", "secure memory cannot be read")
{
	const char *why = no_secure_memory();

	if (why)
		return skip(why);
	announce_probe("BP-ISO-01");
	return verdict_of(attack_all(SECURE_MEMORY, hides),
			  "a fault or nothing at every address");
}

CHECK(58, bp_iso_02, ON_BOOT, "BP-ISO-02", "secure memory cannot be written")
{
	const char *why = no_secure_memory();

	if (why)
		return skip(why);
	announce_probe("BP-ISO-02");
	return verdict_of(attack_all(SECURE_MEMORY, keeps),
			  "a fault, or memory as it was");
}

CHECK(58, bp_iso_03, ON_BOOT, "BP-ISO-03", "secure memory cannot be executed")
{
	const char *why = no_secure_memory();

	if (why)
		return skip(why);
	/* Whatever it is, it would not come back. */
	if (attack_all(SECURE_MEMORY, hides))
		return skip("it can be read: BP-ISO-01");
	announce_probe("BP-ISO-03");
	return verdict_of(attack_all(SECURE_MEMORY, cannot_run),
			  "an instruction abort");
}

/* What two chips answer to a query, side by side. */
#define CFI_Q		0x00510051u

CHECK(58, bp_iso_04, ON_BOOT, "BP-ISO-04", "secure flash is out of reach")
{
	const struct range *r;
	uint64_t bad;

	if (!secure_range(SECURE_FLASH, 0))
		return skip("no secure flash in the device tree");
	announce_probe("BP-ISO-04");
	/* An empty one brings nothing to anybody, but it answers. */
	for (unsigned int n = 0; (r = secure_range(SECURE_FLASH, n)); n++)
		if (!probe(flash_query_trial, r->base) &&
		    probe_value == CFI_Q)
			return fail("no answer to a CFI query", r->base);
	bad = attack_all(SECURE_FLASH, hides);
	if (!bad)
		bad = attack_all(SECURE_FLASH, keeps);
	return verdict_of(bad, "a fault, or nothing and no effect");
}

/* Registers of 32 bits; a device may well answer to other sizes with 0. */
static bool device_hides(uint64_t at)
{
	return brings_nothing(read32_trial, at) &&
	       brings_nothing(read_byte_trial, at);
}

/*
 * The first registers, and those at the end of the first page, by which a
 * PrimeCell identifies itself: never all 0, so one that answers cannot hide.
 */
#define EDGE		0x40ul

static uint64_t attack_device(const struct range *r)
{
	for (uint64_t at = 0; at < r->size && at < PAGE; at += 4)
		if ((at < EDGE || at >= PAGE - EDGE) &&
		    !device_hides(r->base + at))
			return r->base + at;
	return 0;
}

/* Nothing is written to one that answers. */
CHECK(58, bp_iso_05, ON_BOOT, "BP-ISO-05", "secure devices are out of reach")
{
	const struct range *r;
	uint64_t bad;

	if (!secure_range(SECURE_DEVICE, 0))
		return skip("no secure device in the device tree");
	announce_probe("BP-ISO-05");
	for (unsigned int n = 0; (r = secure_range(SECURE_DEVICE, n)); n++) {
		bad = attack_device(r);
		if (bad)
			return fail("a fault or nothing at each register", bad);
	}
	return verdict_of(attack_all(SECURE_DEVICE, keeps),
			  "a fault, or no effect");
}

/* QEMU's fw_cfg device (docs/specs/fw_cfg): a DMA engine that asks nobody. */
#define FW_CFG_DMA		0x10
#define FW_CFG_DMA_ERROR	1u
#define FW_CFG_READ		2u
#define FW_CFG_SELECT		8u
#define FW_CFG_SIGNATURE	0x554d4551u	/* "QEMU", item 0 */
#define DMA_PATIENCE		1000000u

struct fw_cfg_dma {
	uint32_t control, length;
	uint64_t address;
};

static uint64_t fw_cfg(void)
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = FDT_NONE;
	uint64_t base, size;

	if (have_fdt())
		node = fdt_compatible(f, FDT_ROOT, "qemu,fw-cfg-mmio");
	if (node == FDT_NONE || !fdt_reg(f, node, 0, &base, &size) ||
	    size < FW_CFG_DMA + 8)
		return 0;
	return base;
}

/* Have the device write its signature to @target. Return: its control word. */
static uint32_t dma_to(uint64_t device, uint64_t target)
{
	static volatile struct fw_cfg_dma dma __attribute__((aligned(16)));

	dma.control = __builtin_bswap32(FW_CFG_SELECT | FW_CFG_READ);
	dma.length = __builtin_bswap32(4);
	dma.address = __builtin_bswap64(target);
	dsb();
	write64(device + FW_CFG_DMA, __builtin_bswap64((uint64_t)&dma));
	for (unsigned int i = 0; i < DMA_PATIENCE; i++)
		if (!(__builtin_bswap32(dma.control) & ~FW_CFG_DMA_ERROR))
			break;
	return __builtin_bswap32(dma.control);
}

CHECK(58, bp_iso_06, ON_BOOT, "BP-ISO-06", "a device's DMA does not reach it")
{
	static volatile uint32_t own __attribute__((aligned(16)));
	const char *why = no_secure_memory();
	uint64_t device = fw_cfg();
	const struct range *r;

	if (why)
		return skip(why);
	if (!device)
		return skip("no device here whose DMA could be tried");
	announce_probe("BP-ISO-06");
	/* An attack that cannot work anywhere would show nothing. */
	if (dma_to(device, (uint64_t)&own) || own != FW_CFG_SIGNATURE)
		return fail("a DMA that works where it may", own);
	for (unsigned int n = 0; (r = secure_range(SECURE_MEMORY, n)); n++)
		if (dma_to(device, r->base) != FW_CFG_DMA_ERROR)
			return fail("an error from the device", r->base);
	return pass();
}
