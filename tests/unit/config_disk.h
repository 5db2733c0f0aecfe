/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration of the unit tests: what reads disks, all of it. */
#define CONFIG_ERROR_TEXTS 1
