/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boots one file after the other on the machine that the unit tests play,
 * with all steps of the product, and says what would run. Standard input is
 * a row of names and files, each behind its length (8 bytes, little endian):
 * name, file, and what the disk makes of the file if a byte is read once
 * more; empty if it does not lie. A line for each on standard output: the
 * name, then "refused" and why, or "accepted" and what runs.
 */
#include "err.h"
#include "fit.h"
#include "mock.h"
#include "sha256.h"
#include "source.h"
#include "told.h"
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_ROOM	256u
#define FILE_ROOM	(16 * SZ_1M)
#define MACHINE		"acme,machine"
#define TREE_ROOM	512	/* bytes for what is added */

static struct boot boot;

static void run(struct boot *b)
{
	boot_run(b);
	boot_fail(b);
}

/* The file, and how often each of its bytes was asked for. */
static struct {
	const uint8_t *first, *again;
	uint8_t *seen;
	uint64_t size;
} disk;

static int read_disk(const struct file *file, uint64_t offset, void *to,
		     uint64_t size)
{
	uint8_t *out = to;

	if (offset > disk.size || size > disk.size - offset)
		abort();
	for (uint64_t i = offset; i < offset + size; i++) {
		*out++ = (disk.seen[i] && disk.again ? disk.again :
			  disk.first)[i];
		disk.seen[i] = 1;
	}
	return 0;
}

static int open_disk(unsigned int index, struct candidate *candidate,
		     struct source_context *context)
{
	if (index)
		return SOURCE_END;
	candidate->kernel = (struct file){
		.name = "file", .size = disk.size, .read = read_disk,
	};
	/* What comes from outside has no say. */
	strcpy(candidate->cmdline, "from.outside");
	return 0;
}

static const struct source source_attack = { "attack", open_disk };
TABLE_ADD(source, 20, source_attack);

/* Configurations are chosen by it. */
static void name_machine(void *tree, int size)
{
	if (fdt_open_into(tree, tree, size + TREE_ROOM) ||
	    fdt_setprop_string(tree, 0, "compatible", MACHINE))
		abort();
}

static void start(void)
{
	const struct tree_spec spec = {
		.ram = { { MOCK_RAM_BASE, MOCK_RAM_SIZE } },
	};

	mock_reset();
	mock.tick = 10000;
	memset(&boot, 0, sizeof(boot));
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	name_machine((void *)MOCK_RAM_BASE,
		     (int)tree_make(&spec, (void *)MOCK_RAM_BASE, SZ_2M));
}

static void put_digest(const char *what, struct region r)
{
	uint8_t hash[SHA256_SIZE];

	sha256((const void *)(uintptr_t)r.base, r.size, hash);
	printf(" %s=", what);
	for (unsigned int i = 0; i < 8; i++)
		printf("%02x", hash[i]);
}

/* Where the ramdisk lies depends on how much was read before. */
static void blank(const struct dt *dt, const char *name)
{
	struct dt_prop prop;

	if (dt_prop(dt, dt_path(dt, "/chosen"), name, &prop))
		memset((void *)(uintptr_t)prop.data, 0, prop.size);
}

static struct region handed_tree(void)
{
	const char *why;
	struct dt dt;

	if (dt_open(&dt, (const void *)mock.handed_dtb, DT_SIZE_MAX, &why))
		abort();
	blank(&dt, "linux,initrd-start");
	blank(&dt, "linux,initrd-end");
	return region_of(mock.handed_dtb, dt.size);
}

/* The tree that is handed over has overlays and command line in it. */
static void put_accepted(void)
{
	const struct placement *place = &boot.place;
	struct region kernel = place->kernel;

	if (!boot_is_packed(&boot))
		kernel.size = boot.candidate.kernel.size;
	printf("accepted entry=%lx", (unsigned long)mock.entry);
	put_digest("kernel", kernel);
	put_digest("initrd", place->initrd);
	put_digest("tree", handed_tree());
	put_told(&boot);
	printf("\n");
}

/* The first that was refused, and by which step. */
static void put_refused(void)
{
	const struct ledger *ledger = boot.ledger;

	for (unsigned int i = 0; i < ledger->count; i++) {
		const struct ledger_entry *e = &ledger->entries[i];

		if (!e->err)
			continue;
		printf("refused %.8s: %s: %s (%s)\n", e->step, e->object,
		       e->text, err_name(e->err));
		return;
	}
	fprintf(stderr, "neither booted nor refused:\n%s\n", mock.console);
	abort();
}

static void judge(void)
{
	start();
	if (mock_run(run, &boot) == MOCK_HANDOFF)
		put_accepted();
	else
		put_refused();
}

/* The next length and its bytes, in a place of its own. */
static uint8_t *next(uint64_t max, uint64_t *size)
{
	uint8_t *bytes;

	if (fread(size, sizeof(*size), 1, stdin) != 1)
		return NULL;
	if (*size > max)
		abort();
	bytes = malloc(*size ? *size : 1);
	if (!bytes || fread(bytes, 1, *size, stdin) != *size)
		abort();
	return bytes;
}

int main(void)
{
	uint8_t *name, *file, *again;
	uint64_t length, size;

	while ((name = next(NAME_ROOM, &length))) {
		file = next(FILE_ROOM, &disk.size);
		again = next(FILE_ROOM, &size);
		disk.first = file;
		disk.again = size == disk.size ? again : NULL;
		disk.seen = calloc(disk.size + 1, 1);
		/* If this is the last that is said, here it broke. */
		printf("%.*s\t", (int)length, name);
		fflush(stdout);
		judge();
		free(name);
		free(file);
		free(again);
		free(disk.seen);
	}
	return 0;
}
