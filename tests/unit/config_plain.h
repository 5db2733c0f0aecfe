/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: EL1 entry, the tree is passed on. */
#define CONFIG_BOARD "host"
#define CONFIG_KERNEL_EL1 1
#define CONFIG_START_PSCI 1
#define CONFIG_UART_BASE 0x09000000
#define CONFIG_DTB_ADDR 0x40000000
#define CONFIG_SOURCE_EMBEDDED 1
#define CONFIG_SOURCE_FW_CFG 1
#define CONFIG_SOURCE_ORDER "fake embedded"
#define CONFIG_CMDLINE ""
#define CONFIG_LOG_LEVEL 0
#define CONFIG_FAIL_RESET 1
#define CONFIG_DRIVERS 1
#define CONFIG_ERROR_TEXTS 1
