/* SPDX-License-Identifier: BSD-2-Clause */
/* What the device tree says about the machine; see machine.c. */
#ifndef KERNEL_MACHINE_H
#define KERNEL_MACHINE_H

#include "fdt.h"
#include "types.h"

#define MAX_MEMORY	32
#define MAX_RESERVED	96

struct range {
	uint64_t base, size;
	bool no_map;
};

enum conduit { CONDUIT_NONE, CONDUIT_SMC, CONDUIT_HVC };

struct machine {
	struct fdt fdt;
	const char *fdt_error;		/* NULL: header and tokens are good */
	uint64_t fdt_address;
	struct range memory[MAX_MEMORY];
	unsigned int memory_count;
	struct range reserved[MAX_RESERVED];	/* reserved-memory, memreserve */
	unsigned int reserved_count;
	struct range initrd;		/* size 0: none */
	struct range image;
	enum conduit conduit;
	uint32_t uart_node;
};

/* What this boot found; written once on the boot CPU, read by all. */
extern struct machine machine;

/* Read the tree at @address; everything stays empty if it is unusable. */
void machine_read(uint64_t address);

/* The tree can be used. */
bool have_fdt(void);

/* The range lies wholly inside one range of /memory. */
bool in_memory(struct range r);
/* The range meets reserved memory; @which (may be NULL) gets its base. */
bool meets_reserved(struct range r, uint64_t *which);
bool ranges_meet(struct range a, struct range b);
struct range fdt_range(void);

/* Lowest address of /memory. */
uint64_t memory_start(void);

/* Where /chosen, and its bootargs or "". */
uint32_t chosen(void);
const char *bootargs(void);

/*
 * The value of bootargs word "@name=", up to the next space; *@len is its
 * length. The last one counts. Return: NULL if there is none.
 */
const char *bootarg(const char *name, size_t *len);

/* The node of the UART that stdout-path names, FDT_NONE if it does not. */
uint32_t stdout_node(void);

#endif
