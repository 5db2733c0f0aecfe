# SPDX-License-Identifier: BSD-2-Clause
mon-$(CONFIG_EL3_PRESENT) += monitor.o
