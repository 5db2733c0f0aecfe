# SPDX-License-Identifier: BSD-2-Clause
# Freestanding and host-buildable helpers; the monitor gets those that use no library.
obj-y += err.o region.o print.o log.o

mon-$(CONFIG_EL3_PRESENT) += err.o region.o print.o
