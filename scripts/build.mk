# SPDX-License-Identifier: BSD-2-Clause
# From .config to aglet.bin, in one pass.

generated := $(O)/include/generated
autoconf := $(generated)/autoconf.h
auto-conf := $(O)/include/config/auto.conf

# The configuration as make variables; make restarts when it is made anew.
include $(auto-conf)

$(auto-conf): $(O)/.config $(wildcard Kconfig */Kconfig */*/Kconfig \
		*/*/Kconfig.name $(addprefix $(BOARD_ROOT)/boards/*/,$(if \
		$(BOARD_ROOT),Kconfig Kconfig.name))) scripts/kconfig.py scripts/kconfig_check.py
	$(Q)$(PYTHON) scripts/kconfig.py sync

$(O)/.config:
	@echo "no $@: taking virt_defconfig"
	$(Q)$(PYTHON) scripts/kconfig.py defconfig virt_defconfig

# The header is written together with the makefile.
$(autoconf): $(auto-conf) ;

include scripts/tools.mk scripts/rules.mk scripts/objects.mk scripts/image.mk

.PHONY: all FORCE
all: $(O)/aglet.bin $(O)/conformance.Image

# One mkdir for all that is not there yet.
new-folders := $(filter-out $(wildcard $(sort $(dir $(all-targets)))),$(sort \
	$(dir $(all-targets))))
ifneq ($(new-folders),)
$(shell mkdir -p $(new-folders))
endif

# What was built before, with which command and from which files.
-include $(wildcard $(addsuffix .cmd,$(all-targets)))
