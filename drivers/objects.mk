# SPDX-License-Identifier: BSD-2-Clause
# The matcher; the drivers are in the folders of their classes.
obj-$(CONFIG_DRIVERS) += driver.o
