# SPDX-License-Identifier: BSD-2-Clause
# Configuration targets: all of them are commands of scripts/kconfig.py.

#: <name>_defconfig [frag.config ...]   start from configs/<name>_defconfig
#: frag.config ...    put fragments on top of the present .config
#: menuconfig         edit the configuration on the terminal
#: guiconfig          edit it in a window
#: oldconfig          ask for each option that .config does not mention
#: olddefconfig       give those options their defaults
#: savedefconfig      write the few lines that differ to O=/defconfig
#: listnewconfig      list the options that .config does not mention
#: helpnewconfig      the same with their help
#: allnoconfig        as much as possible n
#: allyesconfig       as much as possible y
#: alldefconfig       the default of everything
#: randconfig         anything valid (SEED=n for the same again)
simple-configs := menuconfig guiconfig oldconfig olddefconfig savedefconfig \
	listnewconfig helpnewconfig allnoconfig allyesconfig alldefconfig \
	randconfig
# A defconfig and the fragments on top of it are one command.
file-configs := $(filter-out $(simple-configs),$(config-goals))

export SEED
.PHONY: $(config-goals) files
.NOTPARALLEL:

$(filter $(simple-configs),$(config-goals)):
	$(Q)$(PYTHON) scripts/kconfig.py $@

$(file-configs): files ; @:
files:
	$(Q)$(PYTHON) scripts/kconfig.py defconfig $(file-configs)
