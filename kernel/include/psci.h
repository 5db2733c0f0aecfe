/* SPDX-License-Identifier: BSD-2-Clause */
/* Firmware calls: PSCI (DEN0022) and SMCCC (DEN0028). */
#ifndef KERNEL_PSCI_H
#define KERNEL_PSCI_H

#include "types.h"

#define PSCI_VERSION		0x84000000u
#define PSCI_CPU_SUSPEND	0xc4000001u
#define PSCI_CPU_OFF		0x84000002u
#define PSCI_CPU_ON		0xc4000003u
#define PSCI_AFFINITY_INFO	0xc4000004u
#define PSCI_MIGRATE_INFO_TYPE	0x84000006u
#define PSCI_SYSTEM_OFF		0x84000008u
#define PSCI_SYSTEM_RESET	0x84000009u
#define PSCI_FEATURES		0x8400000au
#define SMCCC_VERSION		0x80000000u
#define SMCCC_ARCH_FEATURES	0x80000001u

#define PSCI_NOT_SUPPORTED	(-1)
#define PSCI_INVALID		(-2)
#define PSCI_DENIED		(-3)
#define PSCI_ALREADY_ON		(-4)
#define PSCI_ON_PENDING		(-5)
#define PSCI_INVALID_ADDRESS	(-9)

/*
 * The machine has a conduit that can be used from this exception level: not
 * HVC at EL2, which would only come back to ourselves (HO-17), and not one
 * whose instruction is UNDEF. Tries it on the first call.
 */
bool psci_usable(void);

/* PSCI_VERSION, or 0 if PSCI cannot be used. Remembered. */
uint32_t psci_version(void);

/* Any fast call with all 64 bits of the answer. */
uint64_t firmware_call(uint64_t function, uint64_t a1, uint64_t a2,
		       uint64_t a3);

/* A PSCI call; its answer is a signed 32-bit number. */
int64_t psci(uint32_t function, uint64_t a1, uint64_t a2, uint64_t a3);

#endif
