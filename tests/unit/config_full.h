/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: EL3 is ours, the tree is edited. */
#define CONFIG_BOARD "host"
#define CONFIG_EL3_PRESENT 1
#define CONFIG_START_PSCI 1
#define CONFIG_EL2_PRESENT 1
#define CONFIG_KERNEL_EL2 1
#define CONFIG_GICV3 1
#define CONFIG_UART_BASE 0x09000000
#define CONFIG_MONITOR_ADDR 0x0e000000
#define CONFIG_MONITOR_SIZE 0x10000
#define CONFIG_DTB_ADDR 0x40000000
#define CONFIG_SOURCE_FW_CFG 1
#define CONFIG_SOURCE_EMBEDDED 1
#define CONFIG_SOURCE_ORDER " fake  nothing embedded fw_cfg"
#define CONFIG_CMDLINE ""
#define CONFIG_LOG_LEVEL 3
#define CONFIG_FAIL_EXIT 1
#define CONFIG_SEMIHOSTING 1
#define CONFIG_DTB_FIXUP 1
#define CONFIG_DRIVERS 1
#define CONFIG_ERROR_TEXTS 1
#define CONFIG_CPU_REPORT 1
#define CONFIG_UNSAFE_TEST_BUILD 1
#define CONFIG_MUTATION 0
