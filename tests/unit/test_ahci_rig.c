/* SPDX-License-Identifier: BSD-2-Clause */
/* The controller's side of AHCI 1.3.1, as far as a reader needs it. */
#include "test_ahci_rig.h"
#include "err.h"
#include "mock.h"
#include "test_node_rig.h"
#include <stdlib.h>
#include <string.h>

#define REGS		0x30000000ul
#define PORTS		32u
#define GHC_AE		(1u << 31)

#define CMD_ST		(1u << 0)
#define CMD_POWER	(3u << 1)	/* SUD, POD */
#define CMD_FRE		(1u << 4)
#define CMD_FR		(1u << 14)
#define CMD_CR		(1u << 15)
#define TFD_BUSY	0x80u
#define TFD_READY	0x50u
#define ERRORS		0x78000000u
#define SIGNATURE	0x101u
#define WORDS_OF_FIS	5u

struct ahci_rig ahci_rig;

static uint64_t bytes[AHCI_RIG_SIZE / 8];
static uint32_t ghc;

static struct port {
	uint64_t list, received;
	uint32_t status, cmd, issued;
	uint64_t powered;	/* counter when it got power */
	bool failed;		/* runs no command until it is started anew */
} ports[PORTS];

/* 4.2.2 and 4.2.3 */
struct header {
	uint32_t options, moved;
	uint64_t table;
};

struct table {
	uint8_t fis[128];
	struct {
		uint64_t address;
		uint32_t reserved, count;
	} pieces[];
};

/* Each byte goes where the pieces say; there are as many as are wanted. */
static void move(const struct table *table, unsigned int pieces,
		 const uint8_t *from, uint64_t size)
{
	for (unsigned int i = 0; i < pieces; i++) {
		const uint64_t address = table->pieces[i].address;
		const uint64_t part =
			(uint64_t)(table->pieces[i].count & 0x3fffff) + 1;

		if (table->pieces[i].count >> 22 || part % 2 || address % 2 ||
		    part > size) {
			ahci_rig.broken = true;
			return;
		}
		memcpy((void *)address, from, part);
		from += part;
		size -= part;
	}
	ahci_rig.broken |= size != 0;
}

static void put_word(uint8_t *identify, unsigned int word, uint64_t value,
		     unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		identify[2 * word + i] = (uint8_t)(value >> 8 * i);
}

static void identify(const struct table *table, unsigned int pieces)
{
	uint8_t answer[512] = { 0 };

	put_word(answer, 83, ahci_rig.features, 2);
	put_word(answer, 100, ahci_rig.blocks, 8);
	put_word(answer, 106, ahci_rig.kind, 2);
	put_word(answer, 117, ahci_rig.block_words, 4);
	move(table, pieces, answer, sizeof(answer));
}

static uint64_t bytes_at(const uint8_t *at, unsigned int count)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < count; i++)
		value |= (uint64_t)at[i] << 8 * i;
	return value;
}

static void read_blocks(const struct table *table, unsigned int pieces)
{
	const uint8_t *fis = table->fis;
	const uint64_t block = (ahci_rig.kind & 0xd000) == 0x5000 ?
			       2ull * ahci_rig.block_words : 512;
	const uint64_t first = (bytes_at(fis + 4, 3) |
				bytes_at(fis + 8, 3) << 24) - ahci_rig.base;
	const uint64_t count = bytes_at(fis + 12, 2);
	const uint64_t size = (count ? count : 0x10000) * block;

	if (first * block > AHCI_RIG_SIZE ||
	    size > AHCI_RIG_SIZE - first * block || fis[7] != 0x40) {
		ahci_rig.broken = true;
		return;
	}
	if (size > ahci_rig.largest)
		ahci_rig.largest = size;
	move(table, pieces, ahci_rig.bytes + first * block, size);
}

/* The command of slot 0, which the driver must have made well. */
static void run(const struct header *header)
{
	const struct table *table = (const void *)header->table;
	const unsigned int pieces = header->options >> 16;

	ahci_rig.pieces = pieces;
	if ((header->options & 0xffff) != WORDS_OF_FIS || header->moved ||
	    header->table % 128 || table->fis[0] != 0x27 ||
	    table->fis[1] != 0x80)
		ahci_rig.broken = true;
	else if (table->fis[2] == 0xec)
		identify(table, pieces);
	else if (table->fis[2] == 0x25)
		read_blocks(table, pieces);
	else
		ahci_rig.broken = true;
}

static void fail(unsigned int n)
{
	ports[n].failed = true;
	ports[n].status |= ahci_rig.status;
	if (ahci_rig.sulks)
		ahci_rig.busy |= 1u << n;
}

static void serve(unsigned int n)
{
	struct port *port = &ports[n];

	ahci_rig.commands++;
	ahci_rig.port = n;
	ahci_rig.cleaned = mock.cleaned;
	ahci_rig.broken |= port->issued != 1 || !(port->cmd & CMD_ST) ||
			   port->failed || port->list % 1024 ||
			   port->received % 256 || !port->received;
	if (ahci_rig.broken || ahci_rig.answer == AHCI_NEVER)
		return;
	if (ahci_rig.answer == AHCI_WELL) {
		run((const void *)port->list);
		port->status |= ahci_rig.status;
	} else {
		fail(n);
	}
	if (ahci_rig.answer != AHCI_FAILED)
		port->issued = 0;
}

static bool is_up(unsigned int n)
{
	return ahci_rig.linked >> n & 1 &&
	       (ports[n].cmd & CMD_POWER) == CMD_POWER &&
	       mock.counter - ports[n].powered >= ahci_rig.link_ticks;
}

/* Without a place for what comes, nothing is known of a disk. */
static bool is_known(unsigned int n)
{
	return is_up(n) && ports[n].cmd & CMD_FRE;
}

static uint32_t command_of(unsigned int n)
{
	const uint32_t cmd = ports[n].cmd;

	return cmd |
	       (cmd & CMD_FRE || ahci_rig.fis_runs >> n & 1 ? CMD_FR : 0) |
	       (cmd & CMD_ST || ahci_rig.list_runs >> n & 1 ? CMD_CR : 0);
}

static uint32_t signature_of(unsigned int n)
{
	if (!is_known(n))
		return UINT32_MAX;
	return ahci_rig.strange >> n & 1 ? ahci_rig.signature : SIGNATURE;
}

static uint32_t read_port(unsigned int n, uint64_t offset)
{
	switch (offset) {
	case 0x10:
		return ports[n].status;
	case 0x18:
		return command_of(n);
	case 0x20:
		return is_known(n) && !(ahci_rig.busy >> n & 1) ? TFD_READY :
		       TFD_READY | TFD_BUSY;
	case 0x24:
		return signature_of(n);
	case 0x28:
		return is_up(n) ? 0x123 : 0;
	case 0x38:
		return ports[n].issued;
	default:
		abort();	/* nothing that a driver has to read */
	}
}

static uint64_t read_reg(uint64_t offset, unsigned int size)
{
	switch (offset) {
	case 0x00:
		return ahci_rig.cap;
	case 0x04:
		return ghc;
	case 0x0c:
		return ahci_rig.ports;
	}
	if (offset < 0x100)
		abort();
	return read_port((unsigned int)(offset - 0x100) / 0x80, offset % 0x80);
}

/* 10.3: first all of it stops, then its memory may go; 10.3.1: what for. */
static void command(unsigned int n, uint32_t value)
{
	struct port *port = &ports[n];

	value &= ~(CMD_FR | CMD_CR);
	if ((value & CMD_ST && (!(value & CMD_FRE) || !port->list ||
				signature_of(n) != SIGNATURE)) ||
	    (!(value & CMD_FRE) && port->cmd & CMD_ST))
		ahci_rig.broken = true;
	if ((port->cmd & CMD_POWER) != CMD_POWER)
		port->powered = mock.counter;
	port->cmd = value;
	if (!(value & CMD_ST)) {
		port->issued = 0;
		port->failed = false;
	}
	ahci_rig.fetching &= ~(1u << n);
	ahci_rig.receiving &= ~(1u << n);
	ahci_rig.fetching |= (value & CMD_ST ? 1u : 0) << n;
	ahci_rig.receiving |= (value & CMD_FRE ? 1u : 0) << n;
}

static void set_address(uint64_t *address, bool high, uint32_t value,
			bool in_use)
{
	ahci_rig.broken |= in_use;
	if (high)
		*address = (uint32_t)*address | (uint64_t)value << 32;
	else
		*address = (*address & ~0xffffffffull) | value;
}

static void write_port(unsigned int n, uint64_t offset, uint32_t value)
{
	struct port *port = &ports[n];

	switch (offset) {
	case 0x00:
	case 0x04:
		set_address(&port->list, offset & 4, value, port->cmd & CMD_ST);
		break;
	case 0x08:
	case 0x0c:
		set_address(&port->received, offset & 4, value,
			    port->cmd & CMD_FRE);
		break;
	case 0x10:
		port->status &= ~value;
		break;
	case 0x14:
		ahci_rig.broken |= value != 0;
		break;
	case 0x18:
		command(n, value);
		break;
	case 0x38:
		port->issued |= value;
		serve(n);
		break;
	}
}

/* 10.4.3: the reset takes all of it back, and ends by itself. */
static void write_reg(uint64_t offset, unsigned int size, uint64_t value)
{
	if (offset >= 0x100) {
		ahci_rig.broken |= !(ghc & GHC_AE);
		write_port((unsigned int)(offset - 0x100) / 0x80,
			   offset % 0x80, (uint32_t)value);
	} else if (offset == 0x04) {
		ghc = (uint32_t)value;
		if (value & 1) {
			memset(ports, 0, sizeof(ports));
			ghc = ahci_rig.never_resets ? ghc : 0;
		}
	}
}

void ahci_rig_make(void)
{
	for (uint64_t i = 0; i < ARRAY_SIZE(bytes) && !ahci_rig.bytes; i++)
		bytes[i] = i * 0x9e3779b97f4a7c15ull;
	memset(ports, 0, sizeof(ports));
	ghc = 0;
	ahci_rig = (struct ahci_rig){
		.regs_size = 0x1100, .cap = 1u << 31 | 31, .ports = 1,
		.coherent = true, .linked = 1, .link_ticks = 62500,
		.features = 1u << 10 | 1u << 14, .kind = 0,
		.blocks = AHCI_RIG_SIZE / 512, .bytes = (const uint8_t *)bytes,
	};
}

int ahci_rig_probe(void)
{
	const struct node_rig node = {
		.compatible = "generic-ahci",
		.regs = region_of(REGS, ahci_rig.regs_size),
		.coherent = ahci_rig.coherent,
		.read = read_reg, .write = write_reg,
	};

	return node_rig_probe(&node);
}
