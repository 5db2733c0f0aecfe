# SPDX-License-Identifier: BSD-2-Clause
# Is BOARD_ROOT= a folder of boards, each with a name that the tree does not use?

outside := $(patsubst $(BOARD_ROOT)/boards/%/Kconfig.name,%,$(wildcard \
	$(BOARD_ROOT)/boards/*/Kconfig.name))
ifeq ($(outside),)
$(error BOARD_ROOT=$(BOARD_ROOT): no board there, that is no file \
	boards/<name>/Kconfig.name; give the folder above boards/, or make one with \
	'make new-board NAME=<name> BOARD_ROOT=$(BOARD_ROOT)')
endif
twice := $(filter $(patsubst boards/%/Kconfig.name,%,$(wildcard boards/*/Kconfig.name)),$(outside))
ifneq ($(twice),)
$(error BOARD_ROOT=$(BOARD_ROOT): the tree has a board $(firstword $(twice)) as \
	well; rename the folder and its BOARD default)
endif
