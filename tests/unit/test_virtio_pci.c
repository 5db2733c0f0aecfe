/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtio disks on PCI: capabilities, and what they say that is not so. */
#include "../../drivers/pci/pci_bus.h"
#include "block.h"
#include "err.h"
#include "test_disk_rig.h"
#include "test_virtio_rig.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

/* The page of configuration space, and behind it where BARs will be. */
#define CONFIG		0x20000000ul
#define WINDOW		0x20100000ul
#define WINDOW_SIZE	0x100000ul
#define BAR_SIZE	0x4000u

#define STATUS		0x06
#define FIRST		0x34
#define BAR4		0x20
#define COMMON		0x40	/* where the capabilities are */
#define NOTIFY		0x50
#define DEVICE		0x70
enum { NEXT = 1, TYPE = 3, BAR = 4, OFFSET = 8, LENGTH = 12, STEP = 16 };

/* Where the structures are in BAR 4. */
#define COMMON_AT	0x1000u
#define DEVICE_AT	0x2000u
#define NOTIFY_AT	0x3000u

static uint8_t space[256];
static uint64_t bar_mask;
static uint32_t id;
static bool coherent;
static uint16_t notify_off;
static uint64_t notified;	/* where in the BAR */

static void put(unsigned int at, unsigned int size, uint64_t value)
{
	memcpy(space + at, &value, size);
}

static uint64_t get(unsigned int at, unsigned int size)
{
	uint64_t value = 0;

	memcpy(&value, space + at, size);
	return value;
}

static void put_capability(unsigned int at, unsigned int next, uint8_t type,
			   uint32_t offset, uint32_t length)
{
	put(at, 1, 9);
	put(at + NEXT, 1, next);
	put(at + TYPE, 1, type);
	put(at + BAR, 1, 4);
	put(at + OFFSET, 4, offset);
	put(at + LENGTH, 4, length);
}

/* Registers of struct virtio_pci_common_cfg as those of MMIO. */
static uint64_t to_mmio(uint64_t offset)
{
	static const struct {
		uint8_t pci, mmio;
	} same[] = {
		{ 0x00, 0x14 }, { 0x04, 0x10 }, { 0x08, 0x24 }, { 0x0c, 0x20 },
		{ 0x14, 0x70 }, { 0x16, 0x30 }, { 0x18, 0x38 }, { 0x1c, 0x44 },
		{ 0x20, 0x80 }, { 0x24, 0x84 }, { 0x28, 0x90 }, { 0x2c, 0x94 },
		{ 0x30, 0xa0 }, { 0x34, 0xa4 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		if (same[i].pci == offset)
			return same[i].mmio;
	abort();
}

static uint64_t read_bar(uint64_t offset, unsigned int size)
{
	if (offset >= DEVICE_AT && offset < NOTIFY_AT)
		return virtio_rig_read(0x100 + offset - DEVICE_AT, size);
	if (offset == COMMON_AT + 0x1e)
		return notify_off;
	if (offset == COMMON_AT + 0x18)
		return virtio_rig.queue_max;
	return virtio_rig_read(to_mmio(offset - COMMON_AT), size);
}

static uint64_t read_reg(uint64_t offset, unsigned int size)
{
	if (offset >= WINDOW - CONFIG)
		return read_bar(offset - (WINDOW - CONFIG), size);
	if (offset + size > sizeof(space))
		abort();
	return get((unsigned int)offset, size);
}

static void write_bar(uint64_t offset, unsigned int size, uint64_t value)
{
	if (offset >= NOTIFY_AT) {
		notified = offset;
		virtio_rig_write(0x50, 4, 0);
	} else if (offset < COMMON_AT + 0x38) {
		virtio_rig_write(to_mmio(offset - COMMON_AT), size, value);
	} else {
		abort();
	}
}

static void write_reg(uint64_t offset, unsigned int size, uint64_t value)
{
	if (offset >= WINDOW - CONFIG) {
		write_bar(offset - (WINDOW - CONFIG), size, value);
		return;
	}
	put((unsigned int)offset, size, value);
	if (offset == BAR4)
		put(BAR4, 4, (value & (uint32_t)bar_mask) | 4);
	if (offset == BAR4 + 4)
		put(BAR4 + 4, 4, value & bar_mask >> 32);
}

static void make(void)
{
	virtio_rig_make();
	memset(space, 0, sizeof(space));
	put(STATUS, 2, 1 << 4);
	put(FIRST, 1, COMMON);
	put(BAR4, 4, 4);
	put_capability(COMMON, NOTIFY, 1, COMMON_AT, 0x38);
	put_capability(NOTIFY, DEVICE, 2, NOTIFY_AT, 0x1000);
	put_capability(DEVICE, 0, 4, DEVICE_AT, 0x100);
	put(NOTIFY + STEP, 4, 4);
	bar_mask = ~(uint64_t)(BAR_SIZE - 1);
	id = 0x10421af4;
	coherent = true;
	notify_off = 3;
}

/* Return: what the driver said; -1: there is none. */
static int probe(void)
{
	const struct pci_function f = {
		.config = CONFIG, .id = id, .coherent = coherent };
	const struct pci_driver *const *it;

	fake_device.regs = region_of(CONFIG, WINDOW + WINDOW_SIZE - CONFIG);
	fake_device.read = read_reg;
	fake_device.write = write_reg;
	pci_set_window(WINDOW, WINDOW, WINDOW_SIZE);
	table_for_each(pci, it)
		if ((*it)->matches(&f))
			return (*it)->probe(&f);
	return -1;
}

static void check_read(void)
{
	static uint8_t to[SZ_64K] __attribute__((aligned(4096)));

	CHECK_EQ(disk_read(block_disk(0), 512, to, sizeof(to)), 0);
	CHECK(!memcmp(to, virtio_rig.bytes + 512, sizeof(to)));
	CHECK(!virtio_rig.broken);
}

TEST_APART(virtio_pci_disk_is_read)
{
	make();
	CHECK_EQ(probe(), 0);
	CHECK(!strcmp(block_disk(0)->name, "virtio0"));
	CHECK_EQ(virtio_rig.accepted, 1ull << 32 | 2 | 64);
	CHECK_EQ(get(0x04, 2), 6);
	check_read();
	CHECK_EQ(notified, NOTIFY_AT + 3 * 4);
}

/* Two of a type: the first counts; of unknown ones none does. */
TEST_APART(virtio_pci_has_more_capabilities)
{
	make();
	put(DEVICE + NEXT, 1, 0x80);
	put_capability(0x80, 0x90, 1, 0, 0x38);
	put_capability(0x90, 0xa0, 77, 0, 0x38);
	put_capability(0xa0, 0, 5, 0, 0x38);
	id = 0x10011af4;
	CHECK_EQ(probe(), 0);
	check_read();
}

/* The chain of capabilities ends for us, if not for itself. */
TEST_APART(virtio_pci_goes_round_in_circles)
{
	make();
	put(DEVICE + NEXT, 1, COMMON);
	CHECK_EQ(probe(), 0);
	check_read();
	make();
	put(COMMON + NEXT, 1, COMMON);
	CHECK_EQ(probe(), -ENOTSUP);
}

TEST_APART(virtio_pci_is_not_for_us)
{
	make();
	id = 0x10411af4;	/* a network card */
	CHECK_EQ(probe(), -1);
	id = 0x10421af5;	/* of somebody else */
	CHECK_EQ(probe(), -1);
}

static void check_wrong(unsigned int at, unsigned int size, uint64_t value,
			int want)
{
	make();
	put(at, size, value);
	CHECK_EQ(probe(), want);
	CHECK(!block_disk(0));
}

TEST_APART(virtio_pci_lies_about_its_structures)
{
	check_wrong(STATUS, 2, 0, -ENOTSUP);
	check_wrong(FIRST, 1, 0, -ENOTSUP);
	check_wrong(COMMON + TYPE, 1, 3, -ENOTSUP);
	check_wrong(COMMON + NEXT, 1, 0, -ENOTSUP);
	check_wrong(COMMON + BAR, 1, 6, -ENOTSUP);
	check_wrong(COMMON + BAR, 1, 255, -ENOTSUP);
	check_wrong(COMMON + LENGTH, 4, 0x37, -ENOTSUP);
	check_wrong(COMMON + OFFSET, 4, BAR_SIZE - 0x37, -ERANGE);
	check_wrong(COMMON + OFFSET, 4, UINT32_MAX - 3, -ERANGE);
	check_wrong(COMMON + LENGTH, 4, UINT32_MAX, -ERANGE);
	check_wrong(NOTIFY + LENGTH, 4, 1, -ENOTSUP);
	check_wrong(NOTIFY + OFFSET, 4, BAR_SIZE, -ERANGE);
	check_wrong(DEVICE + LENGTH, 4, 0, -ENOTSUP);
	check_wrong(DEVICE + OFFSET, 4, BAR_SIZE, -ERANGE);
	check_wrong(BAR4, 4, 5, -ENODEV);	/* ports */
	make();
	bar_mask = ~0ull << 32;
	CHECK_EQ(probe(), -ENOSPC);
	make();
	coherent = false;
	CHECK_EQ(probe(), -ENOTSUP);
}

/* Accesses that are not aligned do not return on this machine. */
TEST_APART(virtio_pci_is_not_aligned)
{
	check_wrong(COMMON + OFFSET, 4, COMMON_AT + 2, -ERANGE);
	check_wrong(NOTIFY + OFFSET, 4, NOTIFY_AT + 1, -ERANGE);
	check_wrong(NOTIFY + STEP, 4, 3, -ERANGE);
}

/* A notification is a write: it must not go anywhere else. */
TEST_APART(virtio_pci_wants_to_be_notified_elsewhere)
{
	check_wrong(NOTIFY + STEP, 4, UINT32_MAX, -ERANGE);
	check_wrong(NOTIFY + STEP, 4, 0x1000, -ERANGE);
	check_wrong(NOTIFY + LENGTH, 4, 3 * 4, -ERANGE);
	make();
	put(NOTIFY + LENGTH, 4, 3 * 4 + 2);
	CHECK_EQ(probe(), 0);
	check_read();
	CHECK_EQ(notified, NOTIFY_AT + 3 * 4);
}
