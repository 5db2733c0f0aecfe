/* SPDX-License-Identifier: BSD-2-Clause */
/* Finds the console: /chosen/stdout-path, an alias or a path (HO-08). */
#include "console.h"
#include "machine.h"
#include "print.h"
#include "str.h"

/* Where the UART is if no device tree tells: the PL011 of QEMU's virt. */
#define FALLBACK_PL011	0x09000000ul

/* Like a 16550 with registers of 32 bits, and without saying so. */
#define AUX_UART	"brcm,bcm2835-aux-uart"
#define AUX_SHIFT	2

static uint32_t resolve(const struct fdt *f, const char *path, uint32_t len)
{
	uint32_t aliases = fdt_path(f, "/aliases", 8);
	char name[32];
	const char *target;

	if (len && path[0] == '/')
		return fdt_path(f, path, len);
	if (len >= sizeof(name))
		return FDT_NONE;
	memcpy(name, path, len);
	name[len] = '\0';
	target = fdt_string(f, aliases, name);
	return target ? fdt_path(f, target, (uint32_t)strlen(target)) :
			FDT_NONE;
}

uint32_t stdout_node(void)
{
	const struct fdt *f = &machine.fdt;
	const char *path = fdt_string(f, chosen(), "stdout-path");
	uint32_t len = 0;

	if (!path)
		return FDT_NONE;
	while (path[len] && path[len] != ':')
		len++;
	return resolve(f, path, len);
}

static enum uart_type uart_type(const struct fdt *f, uint32_t node)
{
	if (fdt_is_compatible(f, node, "arm,pl011"))
		return UART_PL011;
	if (fdt_is_compatible(f, node, "cdns,uart-r1p12") ||
	    fdt_is_compatible(f, node, "xlnx,zynqmp-uart") ||
	    fdt_is_compatible(f, node, "xlnx,xuartps"))
		return UART_CADENCE;
	if (fdt_is_compatible(f, node, "fsl,imx6q-uart"))
		return UART_IMX;
	if (fdt_is_compatible(f, node, AUX_UART))
		return UART_NS16550_32;
	if (fdt_is_compatible(f, node, "ns16550a") ||
	    fdt_is_compatible(f, node, "ns16550") ||
	    fdt_is_compatible(f, node, "snps,dw-apb-uart"))
		return fdt_u32(f, node, "reg-io-width", 1) == 4 ?
		       UART_NS16550_32 : UART_NS16550;
	return UART_NONE;
}

static bool use_node(uint32_t node)
{
	const struct fdt *f = &machine.fdt;
	enum uart_type type = uart_type(f, node);
	uint64_t base, size;

	if (type == UART_NONE || !fdt_reg(f, node, 0, &base, &size))
		return false;
	uart_use(type, base, fdt_is_compatible(f, node, AUX_UART) ? AUX_SHIFT :
		 fdt_u32(f, node, "reg-shift", 0));
	return true;
}

/* Any enabled UART that we can drive, so that a bad stdout-path is told. */
static bool use_any(void)
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = FDT_ROOT;

	for (; node != FDT_NONE; node = fdt_next(f, node))
		if (fdt_enabled(f, node) && use_node(node))
			return true;
	return false;
}

void console_init(void)
{
	if (have_fdt() && ((machine.uart_node != FDT_NONE &&
			    use_node(machine.uart_node)) || use_any()))
		return;
	if (!have_fdt())
		uart_use(UART_PL011, FALLBACK_PL011, 0);
}
