/* SPDX-License-Identifier: BSD-2-Clause */
/* What arch/ explains of a boot (CONFIG_NARRATE); see narrate.h. */
#ifndef ASM_NARRATE_H
#define ASM_NARRATE_H

#include "types.h"

/* The loader at @el begins; @from_monitor: our own EL3 has sent it. */
void narrate_entry(unsigned int el, bool from_monitor);

/* The MMU is on. */
void narrate_mmu(void);

/* EL2's registers as the kernel will find them; from EL3 or EL2. */
void narrate_el2(void);

/* The registers with which the kernel is about to start. */
void narrate_handoff(uint64_t entry, uint64_t dtb, uint64_t sctlr,
		     uint64_t spsr);

#endif
