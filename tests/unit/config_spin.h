/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: as full, but CPUs wait in a spin table. */
#define CONFIG_BOARD "host"
#define CONFIG_EL2_PRESENT 1
#define CONFIG_KERNEL_EL2 1
#define CONFIG_GICV3 1
#define CONFIG_UART_BASE 0x09000000
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
#define CONFIG_SPIN_TABLE 1
