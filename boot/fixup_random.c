/* SPDX-License-Identifier: BSD-2-Clause */
/* Seeds for the kernel: random or absent, never a constant (HO-06, HO-07). */
#include "fixup.h"
#include "err.h"
#include <string.h>

#define KASLR_SEED_SIZE		8
#define RNG_SEED_SIZE		32
#define RANDOM_TRIES		16	/* RNDR may run dry for a moment */

static int random_number(uint64_t *value)
{
	int err = -EAGAIN;

	for (int i = 0; i < RANDOM_TRIES && err == -EAGAIN; i++)
		err = arch_random(value);
	return err;
}

/* Fresh random bytes; -ENODEV if the CPU has none. @size is n * 8. */
static int random_bytes(uint8_t *bytes, size_t size)
{
	uint64_t value;
	int err = 0;

	for (size_t i = 0; i < size && !err; i += sizeof(value)) {
		err = random_number(&value);
		memcpy(bytes + i, &value, sizeof(value));
	}
	return err;
}

/* The machine's own, if the kernel gets the tree that has it, or another. */
static int keep(struct boot *boot, struct dt_edit *tree, const char *name)
{
	struct dt_prop prop;

	boot_debug(boot, name, "kept, fresh from the machine");
	if (boot->handed.blob == boot->tree.blob)
		return 0;
	dt_prop(&boot->tree, dt_path(&boot->tree, "/chosen"), name, &prop);
	return dt_edit_set(tree, dt_edit_node(tree, "/chosen"), name,
			   prop.data, prop.size);
}

static int seed(struct boot *boot, struct dt_edit *tree, const char *name,
		size_t size)
{
	uint8_t bytes[RNG_SEED_SIZE];

	if (!random_bytes(bytes, size)) {
		boot_debug(boot, name, "%lu bytes from the CPU", size);
		return dt_edit_set(tree, dt_edit_node(tree, "/chosen"), name,
				   bytes, size);
	}
	if (boot_seed_is_fresh(boot, name, size))
		return keep(boot, tree, name);
	boot_note(boot, name, "none, there is no entropy");
	return dt_edit_remove(tree, dt_edit_node(tree, "/chosen"), name);
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	int err = seed(boot, tree, "kaslr-seed", KASLR_SEED_SIZE);

	return err ? err : seed(boot, tree, "rng-seed", RNG_SEED_SIZE);
}

static const struct fixup fixup_random = { "random", apply };
TABLE_ADD(fixup, 30, fixup_random);
