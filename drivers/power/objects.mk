# SPDX-License-Identifier: BSD-2-Clause
# For the hooks of a board's monitor.
mon-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_HAS_BCM2835_PM)) += bcm2835_pm.o
