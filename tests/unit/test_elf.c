/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files: where their segments go, and what makes no sense. */
#include "disk/bytes.h"
#include "elf.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <string.h>

#define BASE		(MOCK_RAM_BASE + 8 * SZ_1M)
#define VIRTUAL		0xffff800080000000ull
#define PT_LOAD		1u
#define PT_NOTE		4u
#define DATA		0x1000u		/* of the first segment in the file */
#define FILE_SIZE	0x3000u

/* Where what stands in the ELF header, and in a program header. */
enum { CLASS = 4, ORDER = 5, TYPE = 16, MACHINE = 18, ENTRY = 24, PHOFF = 32,
       PHENTSIZE = 54, PHNUM = 56 };
enum { P_TYPE, P_OFFSET = 8, P_VADDR = 16, P_PADDR = 24, P_FILESZ = 32,
       P_MEMSZ = 40 };

static struct bytes elf;
static struct elf_layout layout;

static void put(size_t at, unsigned int size, uint64_t value)
{
	for (unsigned int i = 0; i < size; i++)
		elf.at[at + i] = (uint8_t)(value >> 8 * i);
}

static size_t header(unsigned int index)
{
	return 64 + 56 * index;
}

static void segment(unsigned int index, uint64_t offset, uint64_t physical,
		    uint64_t filesz, uint64_t memsz)
{
	const size_t at = header(index);

	put(at + P_TYPE, 4, PT_LOAD);
	put(at + P_OFFSET, 8, offset);
	put(at + P_VADDR, 8, VIRTUAL + (physical - BASE));
	put(at + P_PADDR, 8, physical);
	put(at + P_FILESZ, 8, filesz);
	put(at + P_MEMSZ, 8, memsz);
}

/*
 * A program of three segments, the middle one of no interest: text, and data
 * with bss behind it after a gap.
 */
static void make(void)
{
	elf = bytes_make(FILE_SIZE);
	memset(elf.at, 0, DATA);
	memcpy(elf.at, "\x7f" "ELF\x02\x01\x01", 7);
	put(TYPE, 2, 2);
	put(MACHINE, 2, 183);
	put(ENTRY, 8, VIRTUAL + 0x40);
	put(PHOFF, 8, 64);
	put(PHENTSIZE, 2, 56);
	put(PHNUM, 2, 3);
	segment(0, DATA, BASE, 0x800, 0x800);
	put(header(1) + P_TYPE, 4, PT_NOTE);
	put(header(1) + P_MEMSZ, 8, UINT64_MAX);
	segment(2, DATA + 0x1000, BASE + 0x2000, 0x400, 0x1000);
	for (unsigned int i = DATA; i < FILE_SIZE; i++)
		elf.at[i] = (uint8_t)(i / 3 | 1);
}

static int lay_out(void)
{
	return elf_layout(elf.at, elf.size, &layout);
}

static int unpack(struct bytes *to)
{
	uint64_t made;

	return unpacker_named("elf")->unpack(bytes_region(&elf),
					     bytes_region(to), &made);
}

TEST(elf_lays_out_its_segments)
{
	struct bytes to = bytes_make(0x3000);
	uint64_t made = 0;

	make();
	CHECK_EQ(lay_out(), 0);
	CHECK_EQ(layout.memory.base, BASE);
	CHECK_EQ(layout.memory.size, 0x3000);
	CHECK_EQ(layout.entry, BASE + 0x40);
	CHECK_EQ(unpacker_named("elf")->unpack(bytes_region(&elf),
					       bytes_region(&to), &made), 0);
	CHECK_EQ(made, 0x3000);
	CHECK(!memcmp(to.at, elf.at + DATA, 0x800));
	CHECK(!memcmp(to.at + 0x2000, elf.at + DATA + 0x1000, 0x400));
	for (unsigned int i = 0x800; i < 0x3000; i++)
		CHECK(!to.at[i] || (i >= 0x2000 && i < 0x2400));
	bytes_free(&to);
	bytes_free(&elf);
}

/* In any order; PT_LOAD of no bytes is none. */
TEST(elf_takes_segments_in_any_order)
{
	struct bytes to = bytes_make(0x3000);

	make();
	segment(0, DATA + 0x1000, BASE + 0x2000, 0x400, 0x1000);
	segment(2, DATA, BASE, 0x800, 0x800);
	put(header(1) + P_TYPE, 4, PT_LOAD);
	put(header(1) + P_MEMSZ, 8, 0);
	CHECK_EQ(lay_out(), 0);
	CHECK_EQ(layout.memory.base, BASE);
	CHECK_EQ(layout.entry, BASE + 0x40);
	CHECK_EQ(unpack(&to), 0);
	CHECK(!memcmp(to.at, elf.at + DATA, 0x800));
	CHECK(!memcmp(to.at + 0x2000, elf.at + DATA + 0x1000, 0x400));
	bytes_free(&to);
	bytes_free(&elf);
}

/* One number of the good file is another: what is said then? */
static void check_wrong(size_t at, unsigned int size, uint64_t value, int want)
{
	make();
	put(at, size, value);
	CHECK_EQ(lay_out(), want);
	if (want)
		CHECK(unpacker_named("elf")->unpack(bytes_region(&elf),
			region_of(BASE, 0x10000), &(uint64_t){ 0 }) < 0);
	bytes_free(&elf);
}

TEST(elf_is_of_another_kind)
{
	check_wrong(0, 1, 0x7e, -ENOEXEC);
	check_wrong(CLASS, 1, 1, -ENOEXEC);	/* 32 bits */
	check_wrong(ORDER, 1, 2, -ENOEXEC);	/* big-endian */
	check_wrong(MACHINE, 2, 62, -ENOEXEC);	/* x86-64 */
	check_wrong(MACHINE, 2, 40, -ENOEXEC);	/* ARM */
	check_wrong(TYPE, 2, 1, -ENOEXEC);	/* an object file */
	check_wrong(TYPE, 2, 4, -ENOEXEC);	/* a core */
	check_wrong(TYPE, 2, 3, 0);		/* relocatable */
}

TEST(elf_lies_about_its_headers)
{
	check_wrong(PHENTSIZE, 2, 32, -EINVAL);
	check_wrong(PHENTSIZE, 2, 0, -EINVAL);
	check_wrong(PHENTSIZE, 2, 57, -EINVAL);
	check_wrong(PHNUM, 2, 0, -EINVAL);
	check_wrong(PHNUM, 2, 65, -EINVAL);
	check_wrong(PHNUM, 2, 0xffff, -EINVAL);
	check_wrong(PHOFF, 8, FILE_SIZE, -ERANGE);
	check_wrong(PHOFF, 8, FILE_SIZE - 3 * 56 + 1, -ERANGE);
	check_wrong(PHOFF, 8, UINT64_MAX, -ERANGE);
	check_wrong(PHOFF, 8, UINT64_MAX - 100, -ERANGE);
}

TEST(elf_lies_about_its_segments)
{
	check_wrong(header(0) + P_FILESZ, 8, 0x801, -EINVAL);
	check_wrong(header(0) + P_OFFSET, 8, UINT64_MAX - 0x7ff, -EINVAL);
	check_wrong(header(0) + P_PADDR, 8, UINT64_MAX - 0x7fe, -EINVAL);
	check_wrong(header(0) + P_MEMSZ, 8, UINT64_MAX, -EINVAL);
	check_wrong(header(0) + P_MEMSZ, 8, SZ_1G, -EINVAL);
	check_wrong(header(2) + P_PADDR, 8, BASE + 0x7ff, -EINVAL);
	check_wrong(header(2) + P_PADDR, 8, BASE - 0xfff, -EINVAL);
	check_wrong(header(2) + P_PADDR, 8, BASE, -EINVAL);
	check_wrong(header(2) + P_PADDR, 8, BASE + SZ_1G, -EINVAL);
	check_wrong(header(2) + P_PADDR, 8, BASE + 0x800, 0);
	check_wrong(header(2) + P_PADDR, 8, BASE - 0x1000, 0);
	check_wrong(header(1) + P_TYPE, 4, PT_LOAD, -EINVAL);
}

TEST(elf_enters_outside_of_its_segments)
{
	check_wrong(ENTRY, 8, 0, -EINVAL);
	check_wrong(ENTRY, 8, VIRTUAL - 1, -EINVAL);
	check_wrong(ENTRY, 8, VIRTUAL + 0x7ff, 0);
	check_wrong(ENTRY, 8, VIRTUAL + 0x800, -EINVAL);
	check_wrong(ENTRY, 8, VIRTUAL + 0x2400, -EINVAL);	/* bss */
	check_wrong(ENTRY, 8, UINT64_MAX, -EINVAL);
}

TEST(elf_has_nothing_to_load)
{
	make();
	put(header(0) + P_TYPE, 4, 0);
	put(header(2) + P_TYPE, 4, 0x6474e551);
	CHECK_EQ(lay_out(), -EINVAL);
	bytes_free(&elf);
}

/* Each length of the file: nothing behind it is touched, all of it needed. */
TEST(elf_is_cut_short)
{
	struct bytes to = bytes_make(0x3000), whole;

	make();
	whole = elf;
	for (unsigned int size = 0; size < FILE_SIZE; size++) {
		if (size > 256 && size % 61)
			continue;
		elf = bytes_cut(&whole, size);
		CHECK_EQ(lay_out(), size < 64 ? -ENOEXEC :
			 size < 64 + 3 * 56 ? -ERANGE : 0);
		CHECK_EQ(unpack(&to), size < DATA + 0x1400 ? -EINVAL : 0);
		bytes_free(&elf);
	}
	bytes_free(&whole);
	bytes_free(&to);
}

TEST(elf_finds_no_room)
{
	struct bytes to = bytes_make(0x2fff);

	make();
	CHECK_EQ(unpack(&to), -ERANGE);
	CHECK_EQ(to.at[0], 0xee);
	bytes_free(&to);
	bytes_free(&elf);
}

TEST(elf_shows_its_first_bytes)
{
	const struct unpacker *u = unpacker_named("elf");
	uint8_t out[UNPACK_PEEK];
	uint64_t total = 0;

	make();
	CHECK(u->matches(elf.at, 64));
	CHECK(!u->matches(elf.at, 63));
	CHECK(unpacker_for(elf.at, 64) == u);
	CHECK_EQ(u->peek(elf.at, elf.size, out, &total), 0);
	CHECK_EQ(total, 0x3000);
	CHECK(!memcmp(out, elf.at + DATA, sizeof(out)));
	CHECK_EQ(u->peek(elf.at, DATA + 63, out, &total), -ERANGE);
	put(header(0) + P_FILESZ, 8, 63);
	put(ENTRY, 8, VIRTUAL);
	CHECK_EQ(u->peek(elf.at, elf.size, out, &total), -ERANGE);
	put(ENTRY, 8, 0);
	CHECK_EQ(u->peek(elf.at, elf.size, out, &total), -EINVAL);
	put(MACHINE, 2, 62);
	CHECK(!u->matches(elf.at, 64));
	bytes_free(&elf);
}

/* Whatever the headers say, nothing outside is read or written. */
TEST(elf_survives_noise)
{
	struct bytes to = bytes_make(0x4000);

	for (unsigned int i = 0; i < 20000; i++) {
		uint8_t out[UNPACK_PEEK];
		uint64_t total;

		if (i % 50 == 0)
			make();
		elf.at[unit_random_below(64 + 3 * 56)] =
			(uint8_t)(unit_random_below(3) ? unit_random() :
				  unit_random_below(2) * 255);
		memcpy(elf.at, "\x7f" "ELF\x02\x01", 6);
		put(MACHINE, 2, 183);
		if (!lay_out())
			CHECK(layout.memory.size <= SZ_1G);
		unpack(&to);
		unpacker_named("elf")->peek(elf.at, elf.size, out, &total);
		if (i % 50 == 49)
			bytes_free(&elf);
	}
	bytes_free(&to);
}

static enum mock_end boot_elf(void)
{
	rig_machine(0);
	fake[0].kernel = (struct fake_file){ elf.at, elf.size, 0, 0 };
	fake_count = 1;
	return rig_run();
}

TEST(elf_program_runs_where_it_was_linked)
{
	make();
	CHECK_EQ(boot_elf(), MOCK_HANDOFF);
	CHECK_EQ(mock.entry, BASE + 0x40);
	CHECK(!memcmp((void *)BASE, elf.at + DATA, 0x800));
	CHECK(!*(uint8_t *)(BASE + 0x2400));
	CHECK(rig_said("inspect: kernel: elf with ELF, 12 KiB in memory"));
	bytes_free(&elf);
}

/* The loader is there, or no RAM at all. */
TEST(elf_program_finds_its_place_taken)
{
	make();
	segment(0, DATA, MOCK_RAM_BASE + 48 * SZ_1M, 0x800, 0x800);
	put(header(0) + P_VADDR, 8, VIRTUAL);
	segment(2, DATA + 0x1000, MOCK_RAM_BASE + 48 * SZ_1M + 0x2000, 4, 4);
	CHECK_EQ(boot_elf(), MOCK_STOPPED);
	CHECK(rig_said("place: kernel: error: it runs at 0x43000000 only, and "
		       "there is no free RAM of 8 KiB: link it for another "
		       "address"));
	bytes_free(&elf);
}

TEST(elf_program_of_broken_headers_is_refused)
{
	make();
	put(PHNUM, 2, 65);
	CHECK_EQ(boot_elf(), MOCK_STOPPED);
	CHECK(rig_said("inspect: kernel: error: packed with elf, and damaged "
		       "or too short: pack it again (EINVAL)"));
	bytes_free(&elf);
}

/* Its program headers are too far behind for what looks at them. */
TEST(elf_program_of_far_headers_is_refused)
{
	make();
	memcpy(elf.at + 0x2800, elf.at + 64, 3 * 56);
	put(PHOFF, 8, 0x2800);
	CHECK_EQ(boot_elf(), MOCK_STOPPED);
	CHECK(rig_said("inspect: kernel: error: an ELF file whose program "
		       "headers make no sense: link it again (ERANGE)"));
	bytes_free(&elf);
}

/* vmlinux: the Image is in it, and has its own wishes. */
TEST(elf_with_an_image_is_placed_as_one)
{
	make();
	image_make(elf.at + DATA, 0, SZ_64K, 0);
	CHECK_EQ(boot_elf(), MOCK_HANDOFF);
	CHECK_EQ(mock.entry, MOCK_RAM_BASE);
	CHECK(!memcmp((void *)mock.entry, elf.at + DATA, 0x800));
	CHECK(rig_said("inspect: kernel: elf with arm64 Image, 64 KiB"));
	bytes_free(&elf);
}
