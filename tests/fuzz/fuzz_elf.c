/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes ELF files: what is accepted lies in the file and in the memory that
 * was announced, no segment on another, and its bytes arrive there.
 * link: lib/region.c
 * max: 8192
 */
#include <stdlib.h>

/* Its functions, without a table. */
#include "../../lib/elf.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SPAN_SMALL	SZ_1M	/* larger ones are not laid out here */
#define must(what)	do { if (!(what)) abort(); } while (0)

/* A program header, read once more and in another way. */
struct load {
	uint32_t type, flags;
	uint64_t offset, virtual, physical, filesz, memsz, align;
};

_Static_assert(sizeof(struct load) == PROGRAM_SIZE, "as it lies in the file");

/* Those that are loaded. Return: how many. */
static unsigned int read_loads(const uint8_t *file, size_t size,
			       struct load *loads)
{
	unsigned int count = 0, all = file[56] | file[57] << 8;
	uint64_t at;

	memcpy(&at, file + 32, sizeof(at));
	must(all <= PROGRAMS_MAX && at <= size);
	must(all * sizeof(*loads) <= size - at);
	for (; all--; at += sizeof(*loads)) {
		memcpy(&loads[count], file + at, sizeof(*loads));
		count += loads[count].type == PT_LOAD && loads[count].memsz;
	}
	return count;
}

static void check_layout(const struct elf_layout *layout,
			 const struct load *loads, unsigned int count)
{
	const uint64_t low = layout->memory.base;
	const uint64_t high = low + layout->memory.size;
	bool first = false, last = false, entry = false;

	must(layout->memory.size && high > low);
	for (unsigned int i = 0; i < count; i++) {
		const struct load *a = &loads[i];
		const uint64_t end = a->physical + a->memsz;

		must(end > a->physical && a->filesz <= a->memsz);
		must(a->physical >= low && end <= high);
		first |= a->physical == low;
		last |= end == high;
		entry |= layout->entry >= a->physical &&
			 layout->entry - a->physical < a->filesz;
		for (const struct load *b = loads; b < a; b++)
			must(end <= b->physical ||
			     b->physical + b->memsz <= a->physical);
	}
	must(first && last && entry);
}

/* Each byte of @out: from the file, or 0. */
static void check_bytes(const uint8_t *out, struct region memory,
			const uint8_t *file, size_t size,
			const struct load *loads, unsigned int count)
{
	uint64_t loaded = 0, sum = 0;

	for (unsigned int i = 0; i < count; i++) {
		const struct load *l = &loads[i];
		const uint8_t *to = out + (l->physical - memory.base);

		must(l->offset <= size && l->filesz <= size - l->offset);
		must(!memcmp(to, file + l->offset, l->filesz));
		for (uint64_t j = 0; j < l->filesz; j++)
			loaded += to[j];
	}
	for (uint64_t j = 0; j < memory.size; j++)
		sum += out[j];
	must(sum == loaded);
}

/* What was accepted, into exactly the room that it asked for. */
static void load(const uint8_t *file, size_t size, struct region memory,
		 const struct load *loads, unsigned int count)
{
	const struct region in = region_of((uintptr_t)file, size);
	uint8_t *out = malloc(memory.size), peeked[UNPACK_PEEK];
	struct region room = region_of((uintptr_t)out, memory.size);
	uint64_t made = 0, total = 0;
	int err;

	memset(out, 0xee, memory.size);
	err = unpack(in, room, &made);
	must(!err || err == -EINVAL);
	if (!err) {
		must(made == memory.size);
		check_bytes(out, memory, file, size, loads, count);
	}
	if (!peek(file, size, peeked, &total) && !err)
		must(total == made && !memcmp(peeked, out, UNPACK_PEEK));
	room.size--;
	must(unpack(in, room, &made) == -ERANGE);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct load loads[PROGRAMS_MAX];
	uint8_t *file = malloc(size ? size : 1), peeked[UNPACK_PEEK];
	struct elf_layout layout;
	uint64_t total;
	unsigned int count;
	int err;

	memcpy(file, data, size);
	err = elf_layout(file, size, &layout);
	must(!err || err == -ENOEXEC || err == -EINVAL || err == -ERANGE);
	if (!err) {
		must(matches(file, size));
		count = read_loads(file, size, loads);
		check_layout(&layout, loads, count);
		if (layout.memory.size <= SPAN_SMALL)
			load(file, size, layout.memory, loads, count);
	} else {
		must(peek(file, size, peeked, &total));
	}
	free(file);
	return 0;
}
