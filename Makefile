# SPDX-License-Identifier: BSD-2-Clause
# Aglet's front door. 'make help' lists the targets; the build itself is in
# scripts/build.mk, the lists of objects in each folder's objects.mk.

MAKEFLAGS += -rR --no-print-directory
ifeq ($(MAKELEVEL)$(filter -j% --jobserver%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

O ?= build
DEPS ?= .deps
PYTHON ?= /usr/bin/python3
CROSS_COMPILE ?= aarch64-linux-gnu-
Q := $(if $(filter 1,$(V)),,@)
# Boards outside of the tree: BOARD_ROOT/boards/<name>/, BOARD_ROOT/configs/.
override BOARD_ROOT := $(if $(BOARD_ROOT),$(abspath $(BOARD_ROOT)))
export O DEPS PYTHON CROSS_COMPILE LLVM BOARD_ROOT

ifneq ($(CURDIR),$(realpath $(dir $(lastword $(MAKEFILE_LIST)))))
$(error start make at the top of the source tree, or with make -C)
endif
ifneq ($(words $(CURDIR) $(O)),2)
$(error the paths of the source tree and of O= must not contain spaces)
endif
ifneq ($(filter-out 0 1,$(words $(BOARD_ROOT))),)
$(error BOARD_ROOT: the path must not contain spaces)
endif
ifeq ($(abspath $(O)),$(CURDIR))
$(error O=$(O): give another folder than the source tree)
endif

# The targets that need neither a configuration nor a compiler to begin with.
plain-goals := help setup clean distclean check check-quick check-style \
	check-config check-unit check-fuzz check-qemu check-mutations \
	check-linux check-trust fuzz keys matrix matrix-json new-board
config-goals := $(filter-out $(plain-goals),$(filter %config,$(MAKECMDGOALS)))
build-goals := $(filter-out $(plain-goals) $(config-goals),$(or $(MAKECMDGOALS),all))
ifneq ($(and $(BOARD_ROOT),$(config-goals)$(build-goals)),)
include scripts/board_root.mk
endif
other-goals := $(filter-out setup $(config-goals),$(MAKECMDGOALS))
stages := $(and $(filter setup,$(MAKECMDGOALS)),setup) \
	$(and $(config-goals),config) $(and $(other-goals),build)

ifneq ($(word 2,$(stages)),)
# Set up, then configure, then build: each sees what the one before has made.
.PHONY: $(MAKECMDGOALS) in-turn
$(MAKECMDGOALS): in-turn ; @:
in-turn:
	$(Q)$(if $(filter setup,$(stages)),$(MAKE) setup)
	$(Q)$(if $(filter config,$(stages)),$(MAKE) $(config-goals))
	$(Q)$(if $(filter build,$(stages)),$(MAKE) $(other-goals))
else ifneq ($(config-goals),)
include scripts/config.mk
else
include scripts/plain.mk
ifneq ($(build-goals),)
include scripts/build.mk scripts/targets.mk
endif
endif
