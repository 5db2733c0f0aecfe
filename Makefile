# SPDX-License-Identifier: BSD-2-Clause
# Aglet's front door. 'make help' lists the targets; the build itself is in
# scripts/build.mk, the lists of objects in each folder's objects.mk.

MAKEFLAGS += -rR --no-print-directory
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

ifneq ($(CURDIR),$(realpath $(dir $(lastword $(MAKEFILE_LIST)))))
$(error run make at the top of the source tree, or use make -C)
endif

O ?= build
DEPS ?= .deps
PYTHON ?= /usr/bin/python3
CROSS_COMPILE ?= aarch64-linux-gnu-
Q := $(if $(filter 1,$(V)),,@)
export O DEPS PYTHON CROSS_COMPILE LLVM

config-goals := $(filter %config,$(MAKECMDGOALS))
other-goals := $(filter-out %config,$(MAKECMDGOALS))
# The targets that neither need a configuration nor a toolchain.
plain-goals := help setup clean distclean

ifneq ($(and $(filter setup,$(MAKECMDGOALS)),$(filter-out setup,$(MAKECMDGOALS))),)
mixed := setup $(filter-out setup,$(MAKECMDGOALS))
else ifneq ($(and $(config-goals),$(other-goals)),)
mixed := config
endif

ifdef mixed
# Set up, then configure, then build: each sees what the one before has made.
.PHONY: $(MAKECMDGOALS) in-turn
$(MAKECMDGOALS): in-turn ; @:
in-turn:
	$(Q)$(if $(filter setup,$(mixed)),$(MAKE) setup)
	$(Q)$(if $(config-goals),$(MAKE) $(config-goals))
	$(Q)$(if $(filter-out setup,$(other-goals)),$(MAKE) $(filter-out setup,$(other-goals)))
else ifneq ($(config-goals),)
include scripts/config.mk
else ifneq ($(MAKECMDGOALS),)
ifeq ($(filter-out $(plain-goals),$(MAKECMDGOALS)),)
include scripts/plain.mk
else
include scripts/build.mk scripts/targets.mk
endif
else
include scripts/build.mk scripts/targets.mk
endif
