/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the attacks: only what is signed boots. */
#include "../unit/config_full.h"
#undef CONFIG_SOURCE_ORDER
#define CONFIG_SOURCE_ORDER "attack"
#undef CONFIG_MENU
#undef CONFIG_TRUST
#define CONFIG_TRUST 1
#undef CONFIG_TRUST_REPORT
#undef CONFIG_TRUST_REQUIRED
#define CONFIG_TRUST_REQUIRED 1
