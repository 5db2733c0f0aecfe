# SPDX-License-Identifier: BSD-2-Clause
# Freestanding and host-buildable helpers; the monitor gets those that use no library.
obj-y += err.o region.o print.o log.o memmap.o dt.o dt_reg.o

mon-$(CONFIG_EL3_PRESENT) += err.o region.o print.o
