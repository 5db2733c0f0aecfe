# SPDX-License-Identifier: BSD-2-Clause
# Targets that need neither a configuration nor a compiler.

.PHONY: $(plain-goals)
setup:
	$(Q)sh scripts/setup
clean distclean:
	$(Q)rm -rf $(O)/arch $(O)/boards $(O)/boot $(O)/drivers $(O)/include
help:
	@sed -n 's/^#: //p' scripts/targets.mk
