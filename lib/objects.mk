# SPDX-License-Identifier: BSD-2-Clause
# Freestanding and host-buildable; the monitor uses none of it.
obj-y += err.o region.o print.o log.o memmap.o dt.o dt_check.o dt_reg.o
obj-$(CONFIG_DTB_FIXUP) += dt_edit.o dt_write.o
obj-$(CONFIG_DTB_OVERLAY) += fdt_overlay.o strtoul.o
CFLAGS_fdt_overlay.o := $(DEPS_INC)
obj-$(CONFIG_SOURCE_DISK) += disk.o
# zlib gets our crc32() instead of its own wherever zlib is: see inflate.c.
obj-$(or $(CONFIG_SOURCE_DISK),$(CONFIG_FORMAT_FIT),$(CONFIG_UNPACK_GZIP)) += crc.o
obj-$(CONFIG_UNPACK) += unpack.o no_heap.o
CFLAGS_no_heap.o := -fno-builtin
obj-$(CONFIG_UNPACK_GZIP) += inflate.o
obj-$(CONFIG_UNPACK_LZ4) += lz4.o xxhash.o
obj-$(CONFIG_UNPACK_ZSTD) += zstd.o
obj-$(CONFIG_FORMAT_ELF) += elf.o
obj-$(CONFIG_FORMAT_FIT) += digest.o sha256.o bearssl.o
CFLAGS_bearssl.o := $(DEPS_INC)
obj-$(CONFIG_TRUST) += bearssl_key.o rsa_pss.o dt_region.o
CFLAGS_bearssl_key.o := $(DEPS_INC)
CFLAGS_inflate.o := $(DEPS_INC)
CFLAGS_lz4.o := $(DEPS_INC)
CFLAGS_zstd.o := $(DEPS_INC)
obj-$(CONFIG_OPTIMIZE_SIZE) += string_small.o
# Its loops must not be turned into calls of themselves.
CFLAGS_string_small.o := -fno-builtin $(if $(LLVM),,-fno-tree-loop-distribute-patterns)
