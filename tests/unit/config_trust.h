/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: as full, and only what is signed boots. */
#include "config_full.h"
#undef CONFIG_MENU
#define CONFIG_TRUST 1
#define CONFIG_TRUST_REQUIRED 1
