# SPDX-License-Identifier: BSD-2-Clause
# Reads the lists of all folders. An objects.mk holds only
#   obj-y += a.o            the loader          (obj-$(CONFIG_X) += ...)
#   mon-y += a.o            the EL3 monitor, compiled apart
#   reset-y += a.o          linked first
#   kernel-y += a.o         the conformance kernel
#   CFLAGS_a.o := ...       flags for one file, in all of these
# with names relative to the folder.

# A board may lie outside of the tree; its objects lie where all others do.
board := boards/$(CONFIG_BOARD)
list-of = $(firstword $(wildcard $1/objects.mk $(if \
	$(filter $(board),$1),$(BOARD_ROOT)/$1/objects.mk)))
vpath boards/%.c $(BOARD_ROOT)
vpath boards/%.S $(BOARD_ROOT)
vpath boards/%.dts $(BOARD_ROOT)
ifneq ($(CONFIG_BOARD),$(if $(call list-of,$(board)),$(CONFIG_BOARD)))
$(error there is no $(board)/objects.mk here or in BOARD_ROOT=$(BOARD_ROOT); \
	give BOARD_ROOT= the folder that has the board)
endif

folders := arch/arm64 arch/arm64/el3 boot lib fs $(wildcard drivers drivers/*) \
	$(board) kernel $(patsubst %/,%,$(wildcard kernel/*/))
lists := obj mon reset kernel

define read-folder
$(foreach l,$(lists),$(eval $l-y :=)$(eval $l- :=))
include $(call list-of,$1)
$$(foreach l,$(lists),$$(eval $$l-objs += $$(addprefix $1/,$$($$l-y))))
$$(foreach o,$$(sort $$(obj-y) $$(reset-y) $$(kernel-y)),$$(eval \
	flags-$(O)/$1/$$o := $$(CFLAGS_$$o)))
$$(foreach o,$$(mon-y),$$(eval flags-$(O)/monitor/$1/$$o := $$(CFLAGS_$$o)))
$$(foreach o,$$(obj-y) $$(mon-y) $$(reset-y) $$(kernel-y),$$(eval CFLAGS_$$o :=))
endef
$(foreach f,$(folders),$(if $(call list-of,$f),$(eval $(call read-folder,$f))))

loader-objects := $(addprefix $(O)/,$(reset-objs) $(obj-objs))
monitor-objects := $(if $(CONFIG_EL3_PRESENT),$(addprefix $(O)/monitor/,$(mon-objs)))
kernel-objects := $(if $(CONFORMANCE),,$(addprefix $(O)/,$(kernel-objs)))
all-targets := $(loader-objects) $(monitor-objects) $(kernel-objects)

$(loader-objects): flags = $(loader-flags)
$(loader-objects): cflags = $(loader-cflags)
$(monitor-objects): flags = $(monitor-flags)
$(monitor-objects): cflags = $(monitor-cflags)
$(kernel-objects): flags = $(kernel-flags)
$(kernel-objects): cflags = $(kernel-cflags)
# Without the libraries' headers nothing compiles: say so first.
$(all-targets): | $(autoconf) $(loader-libs)
