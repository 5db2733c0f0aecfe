/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: as full, and what is not signed is told. */
#include "config_full.h"
#define CONFIG_TRUST 1
#define CONFIG_TRUST_REPORT 1
