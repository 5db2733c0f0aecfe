/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the product may ask of the CPU. Nothing in boot/, drivers/ or boards/
 * sees a system register; this header is the whole door.
 */
#ifndef ARCH_H
#define ARCH_H

#include "region.h"
#include "types.h"

/* The one call upwards: arch/arm64/start.c enters the flow here, MMU on. */
noreturn void boot_main(void);

/* The exception level that runs this code: 1 or 2. */
unsigned int arch_el(void);

/* x0..x3 as they were at reset; x0 may point to a device tree. */
uint64_t arch_boot_arg(unsigned int index);

/* MPIDR_EL1 affinity fields (Aff3..Aff0, MPIDR_EL1 & 0xff00ffffff). */
uint64_t arch_mpidr(void);

/*
 * Identity-map @r: RAM as Normal write-back, never executable; io as
 * Device-nGnRE. Grows outwards to 4 KiB pages; mapping what is mapped
 * already with the same type does nothing.
 * Return: 0, -ENOMEM (page-table pool is used up), -ERANGE (beyond the
 * CPU's physical addresses, ID_AA64MMFR0_EL1.PARange).
 */
int arch_map_ram(struct region r);
int arch_map_io(struct region r);

/* Clean and invalidate @r to the point of coherency (BP-CACHE-03, HO-23). */
void arch_cache_clean(struct region r);

/* All stores before are seen by devices before any access after (DSB SY). */
void arch_barrier(void);

/* CNTVCT_EL0 in ticks, and CNTFRQ_EL0 in Hz. */
uint64_t arch_counter(void);
uint64_t arch_counter_freq(void);

/* The CPU has pages of @kib KiB (4, 16 or 64), ID_AA64MMFR0_EL1.TGran*. */
bool arch_has_pages(unsigned int kib);

/* The CPU has instructions for SHA-256; a sha256_blocks made of them. */
bool arch_has_sha256(void);
void arch_sha256_blocks(uint32_t h[8], const void *data, uint64_t blocks);

/* One 64-bit random number from RNDR. Return: 0, -ENODEV, -EAGAIN. */
int arch_random(uint64_t *value);

/*
 * The stack canary (CONFIG_STACK_PROTECTOR): did it come from RNDR? And make
 * it one of 56 bits of @entropy. No function that is running may compare it
 * then: the caller and those above it are `changes_canary`, or never return.
 */
bool arch_canary_is_random(void);
void arch_canary_mix(uint64_t entropy);
#define changes_canary	__attribute__((no_stack_protector))

/*
 * Memory that belongs to the running loader (text to the last stack); free
 * for the kernel after the hand-off.
 */
struct region arch_loader_region(void);

/*
 * The embedded payload's files where the CPU can read them now, empty when
 * none was built in: kernel image, initrd, device tree of the payload.
 */
struct region arch_payload_kernel(void);
struct region arch_payload_initrd(void);
struct region arch_payload_dtb(void);

/*
 * Leave for the kernel: caches cleaned by the caller, MMU off, DAIF masked,
 * x0 = @dtb, x1..x3 = 0, ERET to CONFIG_KERNEL_EL1/2 at @entry.
 * Facts: booting.rst, rows BP-GPR-*, BP-CPU-*, BP-CACHE-01, HO-25.
 */
noreturn void arch_handoff(uint64_t entry, uint64_t dtb);

/*
 * SPIN_TABLE only. Wait up to 2 s for CPU @mpidr to come out of reset (2 s in
 * all for those that do not), set it up for the kernel and let it spin on the
 * word at @release, which is 0 (BP-SPIN-03, -06 to -08). Does nothing more for
 * a CPU that spins already, nor for the one that calls.
 * Return: 0, -ENOSPC (no record for it), -ETIMEDOUT (it does not answer).
 */
int arch_spin_park(uint64_t mpidr, uint64_t *release);

/*
 * SPIN_TABLE only. Let a CPU that waits in an earlier stage's spin table, for
 * the word at @word, come to our reset code, whence arch_spin_park() fetches
 * it. Return: 0, -EINVAL (no place for such a word), errors of arch_map_ram().
 */
int arch_spin_fetch(uint64_t word);

/* The loop and all words: inside the loader, but to be kept after it. */
struct region arch_spin_region(void);

/*
 * Four bits of one of the CPU's ID registers: who is meant, what it says, the
 * largest value that this build knows (or all its bits, where each is a
 * feature), and whether it says something else.
 */
struct arch_id_field {
	const char *reg;	/* "PFR0": ID_AA64PFR0_EL1 */
	char name[16];		/* as in the manual; "": reserved */
	unsigned int shift;
	unsigned int value;
	unsigned int known;
	bool unknown;
};

/* Field number @index, from 0 on. Return: false if there are no more. */
bool arch_id_field(unsigned int index, struct arch_id_field *field);

/*
 * What EL3 ("el3") and EL2 ("el2") hold for the kernel, word by word: the
 * name and value of each register that we set, and the rules that it obeys.
 */
typedef void arch_say(void *context, const char *object, const char *word);
void arch_duties(arch_say *say, void *context);

/* How the firmware below us (or our own monitor) is called. */
enum psci_conduit { PSCI_NONE, PSCI_SMC, PSCI_HVC };

/* A PSCI call; @function is the SMC64/SMC32 number. Return: the x0 answer. */
int64_t arch_psci(enum psci_conduit conduit, uint32_t function,
		  uint64_t a1, uint64_t a2, uint64_t a3);

/* In each loop that waits for another CPU (YIELD). */
void arch_pause(void);

/* A bug of ours: say @what and stop. Never for input from outside. */
noreturn void arch_panic(const char *what);

/* No way on and nobody to ask: leave QEMU if FAIL_EXIT says so, or stop. */
noreturn void arch_fail(void);

/* Stop this CPU for ever. */
noreturn void arch_stop(void);

#endif
