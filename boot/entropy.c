/* SPDX-License-Identifier: BSD-2-Clause */
/* Randomness that the machine has put into the device tree at this start. */
#include "boot.h"

#define RNG_SEED	"rng-seed"
#define RNG_SEED_SIZE	32

/*
 * A seed in the tree is fresh only if the machine made the tree at this
 * start; one that was compiled in, or that an earlier kernel has wiped, is
 * a constant.
 */
bool boot_seed_is_fresh(const struct boot *boot, const char *name, size_t size)
{
	const struct dt *dt = &boot->tree;
	struct dt_prop prop;

	if (boot->tree_origin != TREE_REGISTER &&
	    boot->tree_origin != TREE_MACHINE)
		return false;
	if (!dt_prop(dt, dt_path(dt, "/chosen"), name, &prop) ||
	    prop.size < size)
		return false;
	for (uint32_t i = 1; i < prop.size; i++)
		if (prop.data[i] != prop.data[0])
			return true;
	return false;
}

/*
 * The kernel gets this seed, too: what is kept here are 64 bits made of 256,
 * from which it cannot be found again (FNV-1a). Its kaslr-seed is too short
 * for that, and stays the kernel's.
 */
static uint64_t fold(const struct dt_prop *seed)
{
	uint64_t value = 0xcbf29ce484222325u;

	for (uint32_t i = 0; i < seed->size; i++)
		value = (value ^ seed->data[i]) * 0x100000001b3u;
	return value ^ value >> 32;
}

uint64_t boot_entropy(struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	struct dt_prop prop;

	if (!boot_seed_is_fresh(boot, RNG_SEED, RNG_SEED_SIZE) ||
	    !dt_prop(dt, dt_path(dt, "/chosen"), RNG_SEED, &prop)) {
		boot_debug(boot, "canary", "no entropy: neither RNDR nor a fresh "
			   RNG_SEED ", the counter can be guessed");
		return 0;
	}
	boot_debug(boot, "canary", "random, from " RNG_SEED);
	return fold(&prop);
}
