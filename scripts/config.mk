# SPDX-License-Identifier: BSD-2-Clause
# Configuration targets: all of them are commands of scripts/kconfig.py.

kconfig = $(Q)$(PYTHON) scripts/kconfig.py

simple-configs := menuconfig guiconfig oldconfig olddefconfig savedefconfig \
	listnewconfig helpnewconfig allnoconfig allyesconfig alldefconfig \
	randconfig
# A defconfig and the fragments on top of it are one command.
file-configs := $(filter-out $(simple-configs),$(config-goals))

export SEED
.PHONY: $(config-goals) files
.NOTPARALLEL:

$(filter $(simple-configs),$(config-goals)):
	$(kconfig) $@

$(file-configs): files ; @:
files:
	$(kconfig) defconfig $(file-configs)
