# SPDX-License-Identifier: BSD-2-Clause
# The compiler, the linker and their flags; GNU or, with LLVM=1, clang and lld.

ifeq ($(LLVM),1)
CC := $(strip $(CCACHE) clang) --target=aarch64-linux-gnu
LD := ld.lld
OBJCOPY := llvm-objcopy
NM := llvm-nm
cc-include := $(shell $(CC) -print-resource-dir)/include
strict-align := -mno-unaligned-access
tool-cflags := -Wno-unused-command-line-argument \
	-ffile-compilation-dir=.
# lld counts the load addresses of sections that are not loaded; the link
# script asserts for itself what must not overlap.
tool-ldflags := --no-check-sections
else
CC := $(strip $(CCACHE) $(CROSS_COMPILE)gcc)
LD := $(CROSS_COMPILE)ld
OBJCOPY := $(CROSS_COMPILE)objcopy
NM := $(CROSS_COMPILE)nm
cc-include := $(shell $(CC) -print-file-name=include)
strict-align := -mstrict-align
tool-cflags := -gno-record-gcc-switches
tool-ldflags := $(shell $(LD) --help | grep -o -m1 -e --no-warn-rwx-segments)
endif
ifeq ($(filter /%,$(cc-include)),)
$(error no $(firstword $(CC)) here: run 'make setup')
endif
DTC ?= dtc
CPP := $(CC) -E

libc-root := $(DEPS)/arm64/usr/lib/picolibc/aarch64-linux-gnu
deps-root := $(DEPS)/arm64/usr
# For the objects.mk of a library's door: the library's header, after ours.
DEPS_INC := -idirafter $(deps-root)/include
library = $(deps-root)/lib/aarch64-linux-gnu/lib$1.a
loader-libs := $(if $(CONFIG_DTB_OVERLAY),$(call library,fdt)) \
	$(if $(CONFIG_UNPACK_GZIP),$(call library,z)) \
	$(if $(CONFIG_UNPACK_LZ4),$(call library,lz4)) \
	$(if $(CONFIG_UNPACK_ZSTD),$(call library,zstd)) \
	$(if $(CONFIG_FORMAT_FIT),$(call library,bearssl)) \
	$(libc-root)/lib/release/libc.a

warnings := -Wall -Wextra -Wundef -Wvla -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wno-unused-parameter \
	-Werror=implicit-function-declaration -Werror=implicit-int \
	-Werror=incompatible-pointer-types -Werror=return-type
ifeq ($(W),1)
warnings += -Wconversion -Wsign-compare -Wcast-align -Wcast-qual \
	-Wswitch-enum -Wformat=2 -Wredundant-decls -Wmissing-declarations \
	-Wunused-macros
endif

# Nothing of the build machine's paths or clock may get into the output.
path-maps := -ffile-prefix-map=$(abspath $(O))=build \
	-ffile-prefix-map=$(O)=build \
	-ffile-prefix-map=$(abspath $(DEPS))=.deps \
	$(if $(BOARD_ROOT),-ffile-prefix-map=$(BOARD_ROOT)=.) \
	-ffile-prefix-map=$(CURDIR)=.

common-flags := -nostdinc -isystem $(cc-include) \
	-isystem $(libc-root)/include/release -mgeneral-regs-only \
	$(strict-align) -mno-outline-atomics -fno-pic -mcmodel=small \
	-ffreestanding -fno-delete-null-pointer-checks -ffunction-sections \
	-fdata-sections -fno-common -fno-asynchronous-unwind-tables \
	-g $(path-maps) $(tool-cflags)
common-cflags := -std=gnu11 $(warnings)

config-flags := -include $(autoconf) -include include/kconfig.h
optimise := $(if $(CONFIG_OPTIMIZE_SIZE),-Os,-O2)
protect := $(if $(CONFIG_STACK_PROTECTOR),-fstack-protector-strong,-fno-stack-protector) \
	-mbranch-protection=$(if $(CONFIG_BRANCH_PROTECTION),standard,none)
frames := $(if $(CONFIG_BACKTRACE),-fno-omit-frame-pointer,-fomit-frame-pointer)
loader-flags := $(common-flags) $(config-flags) $(protect) $(frames) -Iinclude \
	-Iarch/arm64/include -I$(O)/include
loader-cflags := $(common-cflags) $(optimise) $(KCFLAGS)
# The keys of pointer authentication are the kernel's, and branch targets
# need an MMU: in the monitor their instructions would protect nothing.
monitor-flags := $(loader-flags) -mbranch-protection=none -mcmodel=tiny -DAGLET_MONITOR
# Resident in scarce secure memory, and seldom run: small wins.
monitor-cflags := $(common-cflags) -Os $(KCFLAGS)
# The conformance kernel is a program of its own: it sees no configuration.
kernel-flags := $(common-flags) -fno-omit-frame-pointer -fno-stack-protector \
	-mbranch-protection=none -Ikernel -Ikernel/include
kernel-cflags := $(common-cflags) -O2 $(KCFLAGS)

link-flags := -static -nostdlib --gc-sections --build-id=none -z norelro \
	-z noexecstack -z max-page-size=4096 $(tool-ldflags)
