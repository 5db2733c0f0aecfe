/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF as one more way to pack a kernel: its segments are laid out as they
 * will lie in memory (vmlinux, and programs that run at a fixed address).
 */
#include "elf.h"
#include "err.h"
#include "le.h"
#include "unpack.h"
#include <string.h>

#define MAGIC			"\x7f" "ELF\x02\x01"	/* 64 bits, little-endian */
#define MACHINE_AARCH64		183u
#define TYPE_EXEC		2u
#define TYPE_DYN		3u
#define PT_LOAD			1u
#define HEADER_SIZE		64u
#define PROGRAM_SIZE		56u
#define PROGRAMS_MAX		64u
/* More would be no program that starts a machine. */
#define SPAN_MAX		SZ_1G

/* A loadable segment: bytes of the file, and where they go. */
struct segment {
	struct region file, memory;
};

static const uint8_t *program(const uint8_t *in, unsigned int index)
{
	return in + le64(in + 32) + (uint64_t)index * PROGRAM_SIZE;
}

static unsigned int program_count(const uint8_t *in)
{
	return le16(in + 56);
}

/* The ELF header, and that all program headers lie in what is there. */
static int check_header(const uint8_t *in, uint64_t size)
{
	struct region r;

	if (size < HEADER_SIZE || memcmp(in, MAGIC, 6) ||
	    le16(in + 18) != MACHINE_AARCH64)
		return -ENOEXEC;
	if (le16(in + 16) != TYPE_EXEC && le16(in + 16) != TYPE_DYN)
		return -ENOEXEC;
	if (le16(in + 54) != PROGRAM_SIZE || !program_count(in) ||
	    program_count(in) > PROGRAMS_MAX)
		return -EINVAL;
	return region_slice(&r, region_of(0, size), le64(in + 32),
			    (uint64_t)program_count(in) * PROGRAM_SIZE);
}

/* Segment number @index. Return: 0, -ENOENT (nothing to load), -EINVAL. */
static int segment_at(const uint8_t *in, unsigned int index,
		      struct segment *segment)
{
	const uint8_t *p = program(in, index);
	const uint64_t filesz = le64(p + 32), memsz = le64(p + 40);

	if (le32(p) != PT_LOAD || !memsz)
		return -ENOENT;
	if (filesz > memsz ||
	    region_from(&segment->file, le64(p + 8), filesz) ||
	    region_from(&segment->memory, le64(p + 24), memsz))
		return -EINVAL;
	return 0;
}

/* No two of them lie on one another. */
static bool is_disjoint(const uint8_t *in, unsigned int count,
			const struct segment *segment)
{
	struct segment other;

	for (unsigned int i = 0; i < count; i++)
		if (!segment_at(in, i, &other) &&
		    region_overlaps(other.memory, segment->memory))
			return false;
	return true;
}

/* From the lowest to the highest address. */
static int find_span(const uint8_t *in, struct region *span)
{
	uint64_t low = UINT64_MAX, high = 0;
	struct segment s;

	for (unsigned int i = 0; i < program_count(in); i++) {
		int err = segment_at(in, i, &s);

		if (err == -ENOENT)
			continue;
		if (err || !is_disjoint(in, i, &s))
			return -EINVAL;
		if (s.memory.base < low)
			low = s.memory.base;
		if (region_end(s.memory) > high)
			high = region_end(s.memory);
	}
	if (low >= high || high - low > SPAN_MAX)
		return -EINVAL;
	*span = region_of(low, high - low);
	return 0;
}

/* The entry is a virtual address: in which segment is it? */
static int find_entry(const uint8_t *in, uint64_t *entry)
{
	const uint64_t virtual = le64(in + 24);
	struct segment s;

	for (unsigned int i = 0; i < program_count(in); i++) {
		const uint64_t base = le64(program(in, i) + 16);

		if (segment_at(in, i, &s) || virtual < base ||
		    virtual - base >= s.file.size)
			continue;
		*entry = s.memory.base + (virtual - base);
		return 0;
	}
	return -EINVAL;
}

int elf_layout(const uint8_t *in, uint64_t size, struct elf_layout *layout)
{
	int err = check_header(in, size);

	if (!err)
		err = find_span(in, &layout->memory);
	return err ? err : find_entry(in, &layout->entry);
}

static bool matches(const uint8_t *head, size_t size)
{
	return size >= HEADER_SIZE && !memcmp(head, MAGIC, 6) &&
	       le16(head + 18) == MACHINE_AARCH64;
}

static int peek(const uint8_t *in, size_t size, uint8_t out[UNPACK_PEEK],
		uint64_t *total)
{
	struct elf_layout layout;
	struct segment s;
	int err = elf_layout(in, size, &layout);

	if (err)
		return err;
	*total = layout.memory.size;
	for (unsigned int i = 0; !err && i < program_count(in); i++) {
		struct region part;

		if (segment_at(in, i, &s) ||
		    s.memory.base != layout.memory.base)
			continue;
		err = region_slice(&part, region_of(0, size), s.file.base,
				   UNPACK_PEEK);
		if (!err && s.file.size < UNPACK_PEEK)
			err = -ERANGE;
		if (!err)
			memcpy(out, in + part.base, UNPACK_PEEK);
		return err;
	}
	return -EINVAL;
}

static int lay_out(const uint8_t *in, uint64_t size, const struct segment *s,
		   uint8_t *to)
{
	struct region part;

	if (region_slice(&part, region_of(0, size), s->file.base,
			 s->file.size))
		return -EINVAL;
	memcpy(to, in + part.base, part.size);
	memset(to + part.size, 0, s->memory.size - part.size);
	return 0;
}

static int unpack(struct region in, struct region out, uint64_t *made)
{
	const uint8_t *from = (const uint8_t *)(uintptr_t)in.base;
	uint8_t *to = (uint8_t *)(uintptr_t)out.base;
	struct elf_layout layout;
	struct segment s;
	int err = elf_layout(from, in.size, &layout);

	if (err)
		return -EINVAL;
	if (layout.memory.size > out.size)
		return -ERANGE;
	memset(to, 0, layout.memory.size);
	for (unsigned int i = 0; i < program_count(from) && !err; i++)
		if (!segment_at(from, i, &s))
			err = lay_out(from, in.size, &s, to + (s.memory.base -
					layout.memory.base));
	*made = layout.memory.size;
	return err;
}

static const struct unpacker unpacker_elf = { "elf", matches, peek, unpack };
TABLE_ADD(unpacker, 60, unpacker_elf);
