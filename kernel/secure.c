/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The secure world as a kernel can know it: nodes whose secure-status is okay
 * while their status is disabled (the binding arm/secure), and the ranges of
 * bootargs aglet.secure= where a machine has no such nodes.
 */
#include "cpu.h"
#include "psci.h"
#include "regs.h"
#include "secure.h"
#include "str.h"

static struct secure found;

static void add(struct range r, enum secure_kind kind)
{
	if (r.size && found.count < MAX_SECURE)
		found.range[found.count++] = (struct secure_range){ r, kind };
}

static bool is_secure_only(const struct fdt *f, uint32_t node)
{
	const char *status = fdt_string(f, node, "secure-status");

	return status && !fdt_enabled(f, node) &&
	       (str_equal(status, "okay") || str_equal(status, "ok"));
}

static enum secure_kind kind_of(const struct fdt *f, uint32_t node)
{
	const char *type = fdt_string(f, node, "device_type");

	if (type && str_equal(type, "memory"))
		return SECURE_MEMORY;
	return fdt_is_compatible(f, node, "cfi-flash") ? SECURE_FLASH :
							 SECURE_DEVICE;
}

static void read_tree(const struct fdt *f)
{
	uint32_t node = FDT_ROOT;
	struct range r = { 0 };

	while ((node = fdt_next(f, node)) != FDT_NONE)
		if (is_secure_only(f, node) &&
		    fdt_reg(f, node, 0, &r.base, &r.size))
			add(r, kind_of(f, node));
}

/* Our own loader says where its monitor is if that is RAM to the kernel. */
static void read_monitor(const struct fdt *f)
{
	uint32_t node = fdt_compatible(f, FDT_ROOT, "aglet,monitor");

	if (node != FDT_NONE)
		fdt_reg(f, node, 0, &found.monitor.base, &found.monitor.size);
}

/* BASE:SIZE,BASE:SIZE of memory. */
static void read_hint(const char *list, size_t len)
{
	size_t from = 0, colon = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && list[i] == ':')
			colon = i;
		if (i < len && list[i] != ',')
			continue;
		if (colon > from)
			add((struct range){
				parse_hex(list + from, colon - from),
				parse_hex(list + colon + 1, i - colon - 1),
				false }, SECURE_MEMORY);
		from = i + 1;
	}
}

const struct secure *secure(void)
{
	static bool read;
	size_t len;
	const char *hint;

	if (read || !have_fdt())
		return &found;
	read = true;
	read_tree(&machine.fdt);
	read_monitor(&machine.fdt);
	hint = bootarg("aglet.secure", &len);
	if (hint)
		read_hint(hint, len);
	return &found;
}

const struct range *secure_range(enum secure_kind kind, unsigned int n)
{
	const struct secure *s = secure();

	for (unsigned int i = 0; i < s->count; i++)
		if (s->range[i].kind == kind && !n--)
			return &s->range[i].r;
	return NULL;
}

static bool is_in(uint64_t value, const struct range *r)
{
	return value >= r->base && value - r->base < r->size;
}

/* Not flash and devices: one may begin at 0, and small numbers are answers. */
bool points_into_secure(uint64_t value)
{
	const struct range *r;

	for (unsigned int i = 0; (r = secure_range(SECURE_MEMORY, i)); i++)
		if (is_in(value, r))
			return true;
	for (unsigned int i = 0; i < machine.reserved_count; i++)
		if (machine.reserved[i].no_map &&
		    is_in(value, &machine.reserved[i]))
			return true;
	return false;
}

const char *no_monitor(void)
{
	if (!psci_usable())
		return "no usable PSCI";
	if (!has_el3() || machine.conduit != CONDUIT_SMC)
		return "no EL3, PSCI is not of a firmware";
	return NULL;
}

/* What a monitor is sure to use: the first 16 KiB of its memory. */
static const uint16_t inside[] = { 0, 0x80, 0x800, 0x1000, 0x3ffc };

/* Beyond 52 bits nobody has memory; the last but one is 4 below the wrap. */
#define MISALIGNED	3
static const uint64_t senseless[] = {
	1, 2, 3, 1ul << 52, 1ul << 63, ~3ul, ~0ul
};

/*
 * PSCI has a firmware refuse what it knows to be no address of the caller's,
 * and an emulator's own PSCI knows nothing: it claims no SMCCC 1.1 either.
 */
static unsigned int senseless_count(void)
{
	return claims_smccc_1_1() ? ARRAY_SIZE(senseless) : MISALIGNED;
}

bool bad_entry(unsigned int n, uint64_t *entry)
{
	const struct secure *s = secure();
	const struct range *r = s->monitor.size ? &s->monitor :
				secure_range(SECURE_MEMORY, 0);
	unsigned int first = r ? ARRAY_SIZE(inside) : 0;

	if (n < first) {
		*entry = r->base + inside[n];
		return true;
	}
	n -= first;
	if (n >= senseless_count())
		return false;
	*entry = senseless[n];
	if (n < MISALIGNED)
		*entry += (uint64_t)secondary_entry;
	return true;
}
