/* SPDX-License-Identifier: BSD-2-Clause */
/* SGIs and SPIs, for the rows that try each kind of interrupt once. */
#include "gic.h"
#include "io.h"

#define GICD_TYPER		0x004
#define GICD_IGROUPR		0x080
#define GICD_ISENABLER		0x100
#define GICD_ICENABLER		0x180
#define GICD_ISPENDR		0x200
#define GICD_ICPENDR		0x280
#define GICD_IPRIORITYR		0x400
#define GICD_ITARGETSR		0x800
#define GICD_SGIR		0xf00
#define GICD_IROUTER		0x6000
#define GICR_SGI		0x10000
#define TYPER_LINES		31u
#define SGIR_SELF		(2u << 24)
#define LAST_SPI		1019u
#define RWP			(1u << 31)

#define GICC_IAR		0x0c
#define GICC_EOIR		0x10

/* The registers with one bit for an interrupt: its word, its bit. */
#define WORD(intid)		((intid) / 32 * 4ul)
#define BIT(intid)		(1u << (intid) % 32)

uint64_t gic_private(void)
{
	uint64_t rd;

	if (gic()->version != 3)
		return gic()->gicd;
	rd = gic_redistributor();
	return rd ? rd + GICR_SGI : 0;
}

void gic_send_to_self(uint32_t intid)
{
	uint64_t mpidr = current_mpidr();

	if (gic()->version == 3)
		write_sysreg((mpidr >> 32 & 0xff) << 48 |
			     (mpidr >> 16 & 0xff) << 32 |
			     (mpidr >> 8 & 0xff) << 16 |
			     (mpidr >> 4 & 0xf) << 44 |
			     (uint64_t)intid << 24 | 1ul << (mpidr & 0xf),
			     ICC_SGI1R);
	else
		write32(gic()->gicd + GICD_SGIR, SGIR_SELF | intid);
	dsb();
	isb();
}

uint32_t gic_acknowledge(void)
{
	uint32_t id;

	if (gic()->version == 3) {
		id = (uint32_t)read_sysreg(ICC_IAR1);
		dsb();
		write_sysreg(id, ICC_EOIR1);
		isb();
	} else {
		id = read32(gic()->gicc + GICC_IAR);
		write32(gic()->gicc + GICC_EOIR, id);
	}
	return id & 0x3ff;
}

uint32_t gic_last_spi(void)
{
	uint32_t lines = read32(gic()->gicd + GICD_TYPER) & TYPER_LINES;
	uint32_t last = lines * 32 + 31;

	return !lines ? 0 : last < LAST_SPI ? last : LAST_SPI;
}

static void settle(void)
{
	dsb();
	for (unsigned int i = 0; gic()->version == 3 && i < 1000000; i++)
		if (!(read32(gic()->gicd) & RWP))
			break;
}

uint32_t gic_try_spis(uint32_t first)
{
	uint64_t gicd = gic()->gicd;
	uint32_t took;

	write32(gicd + GICD_ISENABLER + WORD(first), UINT32_MAX);
	took = read32(gicd + GICD_ISENABLER + WORD(first));
	write32(gicd + GICD_ICENABLER + WORD(first), UINT32_MAX);
	settle();
	return took;
}

/* In a GICv3 with one security state the groups are ours to set. */
static void route_v3(uint32_t intid)
{
	uint64_t group = gic()->gicd + GICD_IGROUPR + WORD(intid);

	write32(group, read32(group) | BIT(intid));
	write64(gic()->gicd + GICD_IROUTER + 8ul * intid, current_mpidr());
}

void gic_raise_spi(uint32_t intid)
{
	uint64_t gicd = gic()->gicd;

	if (gic()->version == 3)
		route_v3(intid);
	else	/* byte 0 is banked and names the CPU that reads it */
		*(volatile uint8_t *)(gicd + GICD_ITARGETSR + intid) =
			*(volatile uint8_t *)(gicd + GICD_ITARGETSR);
	*(volatile uint8_t *)(gicd + GICD_IPRIORITYR + intid) = 0xa0;
	write32(gicd + GICD_ISENABLER + WORD(intid), BIT(intid));
	write32(gicd + GICD_ISPENDR + WORD(intid), BIT(intid));
	dsb();
}

void gic_drop_spi(uint32_t intid)
{
	write32(gic()->gicd + GICD_ICPENDR + WORD(intid), BIT(intid));
	write32(gic()->gicd + GICD_ICENABLER + WORD(intid), BIT(intid));
	settle();
}
