/* SPDX-License-Identifier: BSD-2-Clause */
/* The small answers of arch.h: levels, counters, caches, firmware calls. */

#include "arch.h"
#include "asm/image.h"
#include "asm/sysreg.h"
#include "err.h"
#include "print.h"
#include "semihosting.h"
#include "uart.h"

#define RNDR_TRIES		16

unsigned int arch_el(void)
{
	return current_el();
}

uint64_t arch_mpidr(void)
{
	return sysreg_read(MPIDR_EL1) & MPIDR_AFFINITY;
}

/* A kernel has half a million lines: two instructions for each. */
#define LINES_AT_ONCE	16

static uint64_t clean_lines(uint64_t address, uint64_t line)
{
	__asm__ volatile(".rept %c[count]\n"
			 "dc civac, %[address]\n"
			 "add %[address], %[address], %[line]\n"
			 ".endr"
			 : [address] "+r"(address)
			 : [line] "r"(line), [count] "i"(LINES_AT_ONCE)
			 : "memory");
	return address;
}

/* CTR_EL0.DminLine [19:16]: log2 of the words in the smallest line. */
void arch_cache_clean(struct region r)
{
	const uint64_t line = 4ull << ((sysreg_read(CTR_EL0) >> 16) & 0xf);
	const uint64_t end = region_end(r);
	uint64_t address = ALIGN_DOWN(r.base, line);

	while (!IS_ENABLED(CONFIG_OPTIMIZE_SIZE) && address < end &&
	       end - address >= LINES_AT_ONCE * line)
		address = clean_lines(address, line);
	for (; address < end; address += line)
		__asm__ volatile("dc civac, %0" : : "r"(address) : "memory");
	dsb_sy();
}

void arch_barrier(void)
{
	dsb_sy();
}

uint64_t arch_counter(void)
{
	isb();
	return sysreg_read(CNTVCT_EL0);
}

uint64_t arch_counter_freq(void)
{
	return sysreg_read(CNTFRQ_EL0);
}

/* 0xF is "none" for pages of 4 and 64 KiB, 0 for those of 16 KiB. */
bool arch_has_pages(unsigned int kib)
{
	uint64_t mmfr0 = sysreg_read(ID_AA64MMFR0_EL1);

	if (kib == 16)
		return mmfr0 >> 20 & 0xf;
	return (mmfr0 >> (kib == 4 ? 28 : 24) & 0xf) != 0xf;
}

/* ID_AA64ISAR0_EL1.SHA2 [15:12] */
bool arch_has_sha256(void)
{
	return sysreg_read(ID_AA64ISAR0_EL1) >> 12 & 0xf;
}

/* RNDR sets NZCV.Z when it has no number to give (Arm ARM K14.3). */
int arch_random(uint64_t *value)
{
	unsigned int tries;
	uint64_t number, failed;

	if (!((sysreg_read(ID_AA64ISAR0_EL1) >> 60) & 0xf))
		return -ENODEV;
	for (tries = 0; tries < RNDR_TRIES; tries++) {
		__asm__ volatile("mrs %0, " SYSREG_STRING(SYS_RNDR) "\n"
				 "cset %1, eq"
				 : "=r"(number), "=r"(failed) : : "cc");
		if (!failed) {
			*value = number;
			return 0;
		}
	}
	return -EAGAIN;
}

static struct region between(const char *start, const char *end)
{
	return region_of((uint64_t)start, end - start);
}

/* A payload that EL3 copied behind the loader is its part, too. */
struct region arch_loader_region(void)
{
	return between(__loader_start, IS_ENABLED(CONFIG_ROM_IS_SECURE) ?
				       __payload_copy_end : __loader_end);
}

/* Where an embedded file can be read: in the image, unless it was copied. */
static struct region payload(const char *start, const char *end)
{
	uint64_t base = (uint64_t)start;

	if (!IS_ENABLED(CONFIG_ROM_IS_SECURE))
		base = arch_image_base() + (uint64_t)__payload_offset +
		       (start - __payload_start);
	return region_of(base, end - start);
}

struct region arch_payload_kernel(void)
{
	return payload(payload_kernel_start, payload_kernel_end);
}

struct region arch_payload_initrd(void)
{
	return payload(payload_initrd_start, payload_initrd_end);
}

struct region arch_payload_dtb(void)
{
	return payload(payload_dtb_start, payload_dtb_end);
}

struct region arch_payload(void)
{
	return payload(payload_kernel_start, payload_dtb_end);
}

int64_t arch_psci(enum psci_conduit conduit, uint32_t function,
		  uint64_t a1, uint64_t a2, uint64_t a3)
{
	register uint64_t x0 __asm__("x0") = function;
	register uint64_t x1 __asm__("x1") = a1;
	register uint64_t x2 __asm__("x2") = a2;
	register uint64_t x3 __asm__("x3") = a3;

	if (conduit == PSCI_NONE)
		return -1;
	/* Before SMCCC 1.1 firmware may change x4 to x17. */
	if (conduit == PSCI_SMC)
		__asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2),
				 "+r"(x3) : : "x4", "x5", "x6", "x7", "x8",
				 "x9", "x10", "x11", "x12", "x13", "x14",
				 "x15", "x16", "x17", "memory");
	else
		__asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1), "+r"(x2),
				 "+r"(x3) : : "x4", "x5", "x6", "x7", "x8",
				 "x9", "x10", "x11", "x12", "x13", "x14",
				 "x15", "x16", "x17", "memory");
	return (int32_t)x0;
}

void arch_pause(void)
{
	__asm__ volatile("yield");
}

void arch_stop(void)
{
	uart_flush();
	while (true)
		__asm__ volatile("wfi");
}

void arch_fail(void)
{
	uart_flush();
	if (IS_ENABLED(CONFIG_FAIL_EXIT))
		semihosting_exit(1);
	arch_stop();
}

void arch_panic(const char *what)
{
	print("panic: %s: our bug, please report it\n", what);
	arch_fail();
}
