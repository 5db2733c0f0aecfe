/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SATA disks behind an AHCI controller, polled, one command at a time. Facts:
 * Serial ATA AHCI 1.3.1; ATA Command Set 3 (ACS-3).
 */
#include "arch.h"
#include "block.h"
#include "driver.h"
#include "err.h"
#include "io.h"
#include "noinit.h"
#include <string.h>

#define PORTS			32u
#define DISKS			8u

/* 3.1: registers of the controller */
#define CAP			0x00
#define CAP_S64A		(1u << 31)
#define GHC			0x04
#define GHC_HR			(1u << 0)
#define GHC_AE			(1u << 31)
#define PI			0x0c
#define PORT(n)			(0x100 + 0x80 * (n))

/* 3.3: registers of a port */
#define CLB			0x00
#define FB			0x08
#define IS			0x10
#define IS_FATAL		0x78000000u	/* TFES, HBFS, HBDS, IFS */
#define IE			0x14
#define CMD			0x18
#define CMD_ST			(1u << 0)
#define CMD_SUD			(1u << 1)
#define CMD_POD			(1u << 2)
#define CMD_FRE			(1u << 4)
#define CMD_FR			(1u << 14)
#define CMD_CR			(1u << 15)
#define CMD_ICC_ACTIVE		(1u << 28)
#define TFD			0x20
#define TFD_BSY_DRQ		0x88u
#define SIG			0x24
#define SIG_DISK		0x00000101u
#define SSTS			0x28
#define SSTS_DET		0xfu
#define DET_PRESENT		3u
#define SERR			0x30
#define CI			0x38
#define SLOT			1u
#define ALL			0xffffffffu

/* 10.4.3 and 10.1.2; a disk needs its time to spin up. */
#define RESET_MS		1000
#define ENGINE_MS		500
#define LINK_MS			100
#define READY_MS		10000
#define COMMAND_MS		30000

/* 5.6.1; 4.2.2 counts words of 32 bits. */
#define FIS_TO_DEVICE		0x27
#define FIS_IS_COMMAND		0x80
#define FIS_WORDS		5u
#define PIECE			(4 * SZ_1M)
#define PIECES			8u	/* with blocks of 512, what READ counts */

/* ACS-3: 7.21 and 7.12, words of the answer */
#define READ_DMA_EXT		0x25
#define DEVICE_LBA		0x40
#define IDENTIFY_DEVICE		0xec
#define IDENTIFY_SIZE		512u
#define FEATURES		83
#define FEATURE_LBA48		(1u << 10)
#define BLOCKS			100
#define BLOCKS_LIMIT		(1ull << 48)
#define BLOCK_KIND		106
#define BLOCK_IS_LONG(kind)	(((kind) & 0xd000) == 0x5000)
#define BLOCK_WORDS		117

/* Read and written by the controller: 4.2.2, 4.2.1 and 4.2.3. */
struct memory {
	struct {
		uint32_t options, moved;
		uint64_t table, reserved[2];
	} list[32] __attribute__((aligned(1024)));
	uint8_t received[256] __attribute__((aligned(256)));
	uint8_t fis[128] __attribute__((aligned(128)));
	struct {
		uint64_t address;
		uint32_t reserved, last;	/* bytes - 1 */
	} pieces[PIECES];
	uint8_t identify[IDENTIFY_SIZE];
} __attribute__((aligned(1024)));

struct port {
	struct block block;
	uintptr_t regs;		/* 0: stopped */
	uint64_t since;		/* its link may come up */
	bool coherent;		/* what it writes needs no cache maintenance */
	struct memory *memory;
};

static struct port ports[DISKS];
static noinit struct memory memories[DISKS];
static unsigned int disk_count;

static int wait_for(uintptr_t reg, uint32_t bits, uint32_t want,
		    unsigned int ms)
{
	return driver_wait(reg, bits, want, arch_counter(), ms);
}

static void write_address(uintptr_t reg, const void *address)
{
	io_write32(reg, (uint32_t)(uintptr_t)address);
	io_write32(reg + 4, (uint32_t)((uint64_t)(uintptr_t)address >> 32));
}

/* 10.3: no command is fetched any more, then nothing is written. */
static int port_halt(const struct port *port)
{
	const uintptr_t cmd = port->regs + CMD;
	int err, later;

	io_write32(cmd, io_read32(cmd) & ~CMD_ST);
	err = wait_for(cmd, CMD_CR, 0, ENGINE_MS);
	io_write32(cmd, io_read32(cmd) & ~CMD_FRE);
	later = wait_for(cmd, CMD_FR, 0, ENGINE_MS);
	return err ? err : later;
}

static void port_stop(struct port *port)
{
	if (port->regs)
		port_halt(port);
	port->regs = 0;
}

/* 10.3.1: only with a disk that is ready may commands be fetched. */
static int port_start(const struct port *port)
{
	const uintptr_t regs = port->regs;
	const uint32_t on = CMD_ICC_ACTIVE | CMD_POD | CMD_SUD | CMD_FRE;
	int err = port_halt(port);

	if (err)
		return err;
	write_address(regs + CLB, port->memory->list);
	write_address(regs + FB, port->memory->received);
	io_write32(regs + IE, 0);
	io_write32(regs + CMD, on);
	if (driver_wait(regs + SSTS, SSTS_DET, DET_PRESENT, port->since,
			LINK_MS))
		return -ENODEV;
	io_write32(regs + SERR, ALL);
	io_write32(regs + IS, ALL);
	err = wait_for(regs + TFD, TFD_BSY_DRQ, 0, READY_MS);
	if (!err && io_read32(regs + SIG) != SIG_DISK)
		err = -ENODEV;
	if (!err)
		io_write32(regs + CMD, on | CMD_ST);
	return err;
}

/* Dirty lines must not go over what comes, nor old ones hide it. */
static void clean(const struct port *port, struct region r)
{
	if (!port->coherent)
		arch_cache_clean(r);
}

static void fill(const struct port *port, uint8_t command, uint64_t first,
		 uint32_t blocks, struct region to)
{
	const uint8_t fis[] = {
		FIS_TO_DEVICE, FIS_IS_COMMAND, command, 0,
		(uint8_t)first, (uint8_t)(first >> 8),
		(uint8_t)(first >> 16), DEVICE_LBA, (uint8_t)(first >> 24),
		(uint8_t)(first >> 32), (uint8_t)(first >> 40), 0,
		(uint8_t)blocks, (uint8_t)(blocks >> 8),
	};
	struct memory *m = port->memory;
	uint64_t done = 0;
	uint32_t n = 0;

	memcpy(m->fis, fis, sizeof(fis));
	for (; done < to.size; done += PIECE, n++) {
		const uint64_t left = to.size - done;

		m->pieces[n].address = to.base + done;
		m->pieces[n].last = (uint32_t)(left < PIECE ? left : PIECE) - 1;
	}
	m->list[0].options = FIS_WORDS | n << 16;
	m->list[0].moved = 0;
	m->list[0].table = (uintptr_t)m->fis;
	clean(port, region_of((uintptr_t)m, sizeof(*m)));
	clean(port, to);
	arch_barrier();
}

static int wait_done(uintptr_t regs)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() / 1000 * COMMAND_MS;

	while (io_read32(regs + CI) & SLOT) {
		if (io_read32(regs + IS) & IS_FATAL)
			return -EIO;
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
		arch_pause();
	}
	return io_read32(regs + IS) & IS_FATAL ? -EIO : 0;
}

/*
 * 6.2.2.1: a command that failed stays where it is until all is stopped. A
 * disk that is busy even then is given up.
 */
static int bring(struct port *port, uint8_t command, uint64_t first,
		 uint32_t blocks, struct region to)
{
	int err;

	if (!port->regs)
		return -EIO;
	fill(port, command, first, blocks, to);
	io_write32(port->regs + CI, SLOT);
	err = wait_done(port->regs);
	if (err && port_start(port))
		port_stop(port);
	clean(port, to);
	return err;
}

static int read(const struct disk *disk, const struct disk_run *runs,
		unsigned int count)
{
	int err = 0;

	for (unsigned int i = 0; i < count && !err; i++) {
		const struct disk_run *run = &runs[i];

		for (uint64_t done = 0, size; done < run->size && !err;
		     done += size) {
			size = run->size - done;
			if (size > PIECES * PIECE)
				size = PIECES * PIECE;
			err = bring(disk->device, READ_DMA_EXT,
				    (run->offset + done) / disk->block,
				    (uint32_t)(size / disk->block),
				    region_of((uintptr_t)run->to + done, size));
		}
	}
	return err;
}

static void stop(struct block *block)
{
	port_stop(block->disk.device);
}

/* Words of @identify, the lowest first. */
static uint64_t words(const uint8_t *identify, unsigned int first,
		      unsigned int count)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < 2 * count; i++)
		value |= (uint64_t)identify[2 * first + i] << 8 * i;
	return value;
}

static int set_size(struct disk *disk, const uint8_t *identify)
{
	const uint64_t blocks = words(identify, BLOCKS, 4);
	uint64_t block = DISK_BLOCK_MIN;

	if (BLOCK_IS_LONG(words(identify, BLOCK_KIND, 1)))
		block = words(identify, BLOCK_WORDS, 2) * 2;
	if (!(words(identify, FEATURES, 1) & FEATURE_LBA48) || !blocks ||
	    blocks > BLOCKS_LIMIT || block < DISK_BLOCK_MIN ||
	    block > DISK_BLOCK_MAX || (block & (block - 1)))
		return -ENOTSUP;
	disk->block = (uint32_t)block;
	disk->size = blocks * block;
	return 0;
}

static int add_disk(struct port *port)
{
	struct disk *disk = &port->block.disk;
	uint8_t *identify = port->memory->identify;
	int err = bring(port, IDENTIFY_DEVICE, 0, 0,
			region_of((uintptr_t)identify, IDENTIFY_SIZE));

	if (!err)
		err = set_size(disk, identify);
	if (err)
		return err;
	port->block.stop = stop;
	disk->read = read;
	disk->device = port;
	return block_add(&port->block, "ahci");
}

/* An empty port is no error, nor what is no disk. */
static int add_port(uintptr_t regs, uint64_t since, bool coherent)
{
	struct port *port = &ports[disk_count];
	int err;

	if (disk_count == DISKS)
		return -ENOSPC;
	*port = (struct port){ .regs = regs, .since = since,
			       .coherent = coherent,
			       .memory = &memories[disk_count] };
	memset(port->memory, 0, sizeof(*port->memory));
	err = port_start(port);
	if (!err)
		err = add_disk(port);
	if (err)
		port_stop(port);
	else
		disk_count++;
	return err == -ENODEV ? 0 : err;
}

/* 10.4.3: the reset of it all; what it says it has stays. */
static int reset(uintptr_t regs)
{
	int err;

	io_write32(regs + GHC, GHC_AE);
	io_write32(regs + GHC, GHC_AE | GHC_HR);
	err = wait_for(regs + GHC, GHC_HR, 0, RESET_MS);
	io_write32(regs + GHC, GHC_AE);
	if (err)
		return err;
	return io_read32(regs + CAP) & CAP_S64A ? 0 : -ENOTSUP;
}

static bool has_port(struct region regs, unsigned int port)
{
	return (io_read32(regs.base + PI) >> port & 1) &&
	       regs.size >= PORT(port + 1);
}

/* All disks spin up together, and no link is waited for one by one. */
static int probe(const struct device *device)
{
	const struct region r = device->regs;
	const bool coherent = dt_prop(device->tree, device->node,
				      "dma-coherent", NULL);
	int failed = 0, err = r.size < PORT(1) ? -EINVAL : reset(r.base);
	uint64_t since;

	if (err)
		return err;
	for (unsigned int i = 0; i < PORTS; i++)
		if (has_port(r, i))
			io_write32(r.base + PORT(i) + CMD, CMD_SUD | CMD_POD);
	since = arch_counter();
	for (unsigned int i = 0; i < PORTS; i++) {
		err = has_port(r, i) ?
			add_port(r.base + PORT(i), since, coherent) : 0;
		failed = err ? err : failed;
	}
	return failed;
}

static const char *const compatible[] = { "generic-ahci", NULL };
static const struct driver driver_ahci = {
	.name = "ahci", .compatible = compatible, .probe = probe,
	.late = true,
};
TABLE_ADD(driver, 50, driver_ahci);
