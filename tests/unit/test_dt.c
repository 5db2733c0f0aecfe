/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree reader: each check, then damage at random. */
#include "dt.h"
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static uint8_t blob[SZ_64K] __attribute__((aligned(16)));
static size_t size;
static struct dt dt;
static const char *why;

static void make(void)
{
	static const struct tree_spec spec = {
		.ram = { { 0x40000000, SZ_64K } }, .psci = "hvc",
		.nomap = { 0x40001000, SZ_4K }, .aliases = true,
		.memreserve = { 0x40002000, SZ_4K }, .seeds = true,
	};

	size = tree_make(&spec, blob, sizeof(blob));
}

static void put32(size_t at, uint32_t value)
{
	value = __builtin_bswap32(value);
	memcpy(blob + at, &value, 4);
}

/* One field of the header set to @value: what does dt_open() say? */
static int with_header(unsigned int field, uint32_t value)
{
	make();
	put32(4 * field, value);
	return dt_open(&dt, blob, sizeof(blob), &why);
}

TEST(dt_accepts_a_good_tree)
{
	make();
	CHECK_EQ(dt_open(&dt, blob, size, &why), 0);
	CHECK_EQ(dt_probe(blob, size), size);
}

TEST(dt_refuses_a_wrong_address)
{
	make();
	memmove(blob + 4, blob, size);
	CHECK_EQ(dt_open(&dt, blob + 4, size, &why), -EINVAL);
	CHECK_EQ(dt_probe(blob + 4, size), 0);
}

TEST(dt_refuses_what_has_no_header)
{
	CHECK_EQ(with_header(0, 0xd00dfeee), -ENOEXEC);
	make();
	CHECK_EQ(dt_open(&dt, blob, 39, &why), -ENOEXEC);
}

TEST(dt_refuses_a_wrong_totalsize)
{
	CHECK_EQ(with_header(1, SZ_2M + 1), -ERANGE);
	CHECK_EQ(with_header(1, 39), -ERANGE);
	make();
	CHECK_EQ(dt_open(&dt, blob, size - 1, &why), -ERANGE);
}

TEST(dt_refuses_other_versions)
{
	CHECK_EQ(with_header(5, 16), -EINVAL);
	CHECK_EQ(with_header(6, 17), -EINVAL);
}

TEST(dt_refuses_blocks_outside)
{
	CHECK_EQ(with_header(2, 0xfffffffc), -EINVAL);
	CHECK_EQ(with_header(2, 0x39), -EINVAL);
	CHECK_EQ(with_header(2, 0), -EINVAL);
	CHECK_EQ(with_header(3, 0xffffffff), -EINVAL);
	CHECK_EQ(with_header(4, 0xfffffff8), -EINVAL);
	CHECK_EQ(with_header(8, 0xffffffff), -EINVAL);
	CHECK_EQ(with_header(9, 0xffffffff), -EINVAL);
	CHECK_EQ(with_header(9, 8), -EINVAL);
	CHECK_EQ(with_header(9, 0), -EINVAL);
}

TEST(dt_refuses_reservations_without_an_end)
{
	make();
	put32(16, (uint32_t)size & ~7u);
	CHECK_EQ(dt_open(&dt, blob, size, &why), -EINVAL);
	CHECK(strstr(why, "reservations"));
}

/* A structure block of these tokens and nothing else. */
static int with_tokens(const uint32_t *tokens, size_t count)
{
	memset(blob, 0, sizeof(blob));
	for (unsigned int i = 0; i < 10; i++)
		put32(4 * i, ((const uint32_t[]){ 0xd00dfeed, 4096, 64, 3000,
			       40, 17, 16, 0, 16, 4 * (uint32_t)count })[i]);
	for (size_t i = 0; i < count; i++)
		put32(64 + 4 * i, tokens[i]);
	memcpy(blob + 3000, "name", 5);
	return dt_open(&dt, blob, 4096, &why);
}

#define TOKENS(...)							\
	with_tokens((const uint32_t[]){ __VA_ARGS__ },			\
		    ARRAY_SIZE(((const uint32_t[]){ __VA_ARGS__ })))

TEST(dt_refuses_damaged_structure)
{
	CHECK_EQ(TOKENS(1, 0, 2, 9), 0);
	CHECK_EQ(TOKENS(1, 0, 3, 0, 0, 4, 2, 9), 0);
	CHECK_EQ(TOKENS(9), -EINVAL);			/* no root */
	CHECK_EQ(TOKENS(1, 0, 9), -EINVAL);		/* not closed */
	CHECK_EQ(TOKENS(1, 0, 2, 2, 9), -EINVAL);	/* closed twice */
	CHECK_EQ(TOKENS(1, 0, 2), -EINVAL);		/* no end */
	CHECK_EQ(TOKENS(1, 0, 5, 2, 9), -EINVAL);	/* no such token */
	CHECK_EQ(TOKENS(1, 0x61000000, 2, 9), -EINVAL);	/* root "a" */
	CHECK_EQ(TOKENS(1, 0, 3, 100, 0, 2, 9), -EINVAL); /* value outside */
	CHECK_EQ(TOKENS(1, 0, 3, 0, 16, 2, 9), -EINVAL); /* name outside */
	CHECK_EQ(TOKENS(1, 0, 3, 0), -EINVAL);		/* cut off */
	CHECK_EQ(TOKENS(1, 0, 1, 0x61000000, 2, 3, 0, 0, 2, 9), -EINVAL);
	CHECK(strstr(why, "after a child"));
	CHECK_EQ(TOKENS(1, 0x61616161), -EINVAL);	/* name without end */
}

TEST(dt_refuses_nodes_nested_too_deep)
{
	uint32_t tokens[3 * 65 + 1];

	for (int i = 0; i < 65; i++) {
		tokens[2 * i] = 1;
		tokens[2 * i + 1] = i ? 0x61000000 : 0;
		tokens[130 + i] = 2;
	}
	tokens[195] = 9;
	CHECK_EQ(with_tokens(tokens, 196), -EINVAL);
	CHECK(strstr(why, "deep"));
}

TEST(dt_finds_nodes_and_properties)
{
	struct dt_prop prop;
	struct region r;
	char path[32];
	int node;

	make();
	CHECK_EQ(dt_open(&dt, blob, size, &why), 0);
	CHECK(dt_path(&dt, "/") == dt_root(&dt));
	CHECK(dt_path(&dt, "/memory") == dt_path(&dt, "/memory@40000000"));
	CHECK_EQ(dt_path(&dt, "/nowhere"), -ENOENT);
	CHECK_EQ(dt_path(&dt, "/soc/nowhere"), -ENOENT);
	CHECK(!dt_prop(&dt, -ENOENT, "reg", &prop));
	node = dt_compatible(&dt, -1, "arm,primecell");
	CHECK(node > 0 && node == dt_path(&dt, "/soc/uart@0"));
	CHECK_EQ(dt_compatible(&dt, node, "arm,primecell"), -ENOENT);
	CHECK_EQ(dt_reg(&dt, node, 0, &r), 0);
	CHECK_EQ(r.base, 0x09000000);
	CHECK_EQ(dt_reg(&dt, node, 1, &r), -ENOENT);
	CHECK_EQ(dt_path_of(&dt, node, path, sizeof(path)), 0);
	CHECK(!strcmp(path, "/soc/uart@0"));
	CHECK_EQ(dt_path_of(&dt, node, path, 11), -ENOSPC);
	CHECK_EQ(dt_path_of(&dt, node, path, 12), 0);
	CHECK_EQ(dt_path_of(&dt, dt_root(&dt), path, sizeof(path)), 0);
	CHECK(!strcmp(path, "/"));
	CHECK_EQ(dt_reservation(&dt, 0, &r), 0);
	CHECK_EQ(r.base, 0x40002000);
	CHECK_EQ(dt_reservation(&dt, 1, &r), -ENOENT);
}

TEST(dt_reg_refuses_what_it_cannot_translate)
{
	struct dt_prop prop;
	struct region r;
	int soc, uart;

	make();
	CHECK_EQ(dt_open(&dt, blob, size, &why), 0);
	soc = dt_path(&dt, "/soc");
	uart = dt_path(&dt, "/soc/uart");
	dt_prop(&dt, soc, "#size-cells", &prop);
	*(uint8_t *)(uintptr_t)(prop.data + 3) = 3;
	CHECK_EQ(dt_reg(&dt, uart, 0, &r), -ENOTSUP);
	*(uint8_t *)(uintptr_t)(prop.data + 3) = 2;
	CHECK_EQ(dt_reg(&dt, uart, 0, &r), -EINVAL);
	*(uint8_t *)(uintptr_t)(prop.data + 3) = 1;
	dt_prop(&dt, uart, "reg", &prop);
	*(uint8_t *)(uintptr_t)prop.data = 0x80;
	CHECK_EQ(dt_reg(&dt, uart, 0, &r), -EFAULT);
}

/* Whatever the bytes are: no access outside, and every walk ends. */
static void use(const uint8_t *bytes, size_t room)
{
	struct region r;
	int depth = 0;

	if (dt_open(&dt, bytes, room, &why))
		return;
	for (int n = dt_root(&dt); n >= 0; n = dt_next(&dt, n, &depth)) {
		dt_is_enabled(&dt, n);
		dt_reg(&dt, n, 0, &r);
		dt_parent(&dt, n);
	}
	dt_path(&dt, "/soc/uart");
	dt_compatible(&dt, -1, "arm,gic-v3");
	for (unsigned int i = 0; !dt_reservation(&dt, i, &r); i++)
		;
}

TEST(dt_survives_random_damage)
{
	for (int i = 0; i < 3000; i++) {
		uint8_t *copy;

		make();
		for (uint64_t n = 1 + unit_random_below(4); n; n--)
			blob[unit_random_below(size)] =
				(uint8_t)unit_random();
		/* Of its own size, so that the sanitizer sees each byte. */
		copy = aligned_alloc(16, ALIGN_UP(size, 16));
		memcpy(copy, blob, size);
		use(copy, size);
		free(copy);
	}
}
