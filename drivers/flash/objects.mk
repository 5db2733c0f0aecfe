# SPDX-License-Identifier: BSD-2-Clause
mon-$(CONFIG_ROLLBACK) += cfi01.o
