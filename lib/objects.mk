# SPDX-License-Identifier: BSD-2-Clause
# Freestanding and host-buildable; the monitor uses none of it.
obj-y += err.o region.o print.o log.o memmap.o dt.o dt_reg.o
obj-$(CONFIG_DTB_FIXUP) += fdt.o
CFLAGS_fdt.o := $(LIBFDT_INC)
obj-$(CONFIG_OPTIMIZE_SIZE) += string_small.o
# Its loops must not be turned into calls of themselves.
CFLAGS_string_small.o := -fno-builtin $(if $(LLVM),,-fno-tree-loop-distribute-patterns)
