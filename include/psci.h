/* SPDX-License-Identifier: BSD-2-Clause */
/* PSCI (DEN 0022): the numbers that the loader's side uses. */
#ifndef PSCI_H
#define PSCI_H

#define PSCI_AFFINITY_INFO_64		0xc4000004u
#define PSCI_SYSTEM_OFF			0x84000008u
#define PSCI_SYSTEM_RESET		0x84000009u

#define PSCI_INVALID_PARAMETERS		(-2)

#endif
