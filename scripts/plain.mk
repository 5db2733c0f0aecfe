# SPDX-License-Identifier: BSD-2-Clause
# Targets that need neither a configuration nor a compiler to begin with.
# A line '#: name text' is what make help prints.

pytest = $(PYTHON) -m pytest -q -rs -p no:cacheprovider -n $(or $(JOBS),$(shell nproc))
# A machine sleeps half of its time.
machines = $(if $(JOBS),$(pytest),$(pytest) -n $(shell expr 2 \* $$(nproc)))
.PHONY: $(plain-goals)

#: setup              install what is missing; says what it does
setup:
	$(Q)sh scripts/setup

#: new-board          NAME=<name> BOARD_ROOT=<folder>: a board outside of the tree
new-board:
	$(Q)NAME='$(NAME)' $(PYTHON) scripts/new_board.py

help:
	@echo 'make [O=folder] target...; the options:'
	@sed -n 's/^#= /  /p' $(wildcard scripts/*.mk)
	@echo 'the targets:'
	@cat scripts/config.mk scripts/targets.mk scripts/plain.mk | \
		sed -n 's/^#: /  /p'

# Only a folder that a build of ours has made is cleaned.
ours := $(wildcard $(O)/include/config/auto.conf)
outputs := arch boards boot drivers fs kernel lib monitor kallsyms include unit others \
	aglet.* conformance.* monitor.o* compile_commands.json

#: clean              remove what the build made, keep .config
clean:
	$(if $(ours),$(Q)rm -rf $(addprefix $(O)/,$(outputs)),@echo 'nothing to clean in $(O)')

#: distclean          remove the build's .config as well
distclean: clean
	$(Q)rm -f $(addprefix $(O)/,.config .config.old defconfig)
	$(Q)rmdir $(O) 2>/dev/null || :

#: check              the whole test suite, all check-* in turn
check:
	+$(Q)sh scripts/check style config unit fuzz trust qemu mutations linux
#: check-quick        the part of it that ends within a minute
check-quick:
	+$(Q)QUICK=1 sh scripts/check style config unit qemu
#: check-style        layout, layering and wording of the sources
check-style:
	$(Q)$(PYTHON) scripts/check_style.py
	$(Q)$(PYTHON) scripts/check_messages.py
	$(Q)$(pytest) tests/style
#: check-config       Kconfig, the build and its sizes
check-config:
	$(Q)$(pytest) tests/config $(if $(QUICK),-m 'not slow')
#: check-unit         unit tests on this machine, with sanitizers
check-unit:
	$(Q)$(PYTHON) tests/unit/run.py $(O)/unit
#: check-fuzz         each parser of outside bytes for SECONDS=n (8)
check-fuzz:
	$(Q)$(PYTHON) tests/fuzz/run.py $(O)/fuzz $(or $(SECONDS),8) $(CASES)
#: fuzz               the same for longer: TIME=s each (60), CASES=names of some
fuzz:
	$(Q)$(PYTHON) tests/fuzz/run.py $(O)/fuzz $(or $(TIME),60) $(CASES)
#: check-qemu         every variant in QEMU with the conformance kernel
check-qemu:
	$(Q)$(machines) tests/qemu -m '$(if $(QUICK),quick,not linux)'
#: check-mutations    each fault on purpose turns its rule red, and no other
check-mutations:
	$(Q)$(if $(JOBS),JOBS=$(JOBS) )$(PYTHON) tests/mutations/run.py
#: check-trust        attacks on signed images: each tampered file is refused
check-trust:
	$(Q)$(pytest) tests/trust -m 'not linux'
	$(Q)$(PYTHON) tests/trust/tamper.py $(O)/trust $(CASES)
#: keys               DIR=folder ALGO=rsa2048|rsa3072|rsa4096|ecdsa256 NAME=name:
#:                    a key pair to sign kernels with
keys:
	$(Q)DIR='$(DIR)' ALGO='$(ALGO)' NAME='$(NAME)' $(PYTHON) scripts/make_keys.py
#: check-linux        every variant in QEMU with Debian's kernel
check-linux:
	$(Q)$(pytest) tests/qemu tests/trust -m linux

#: matrix             every pair of options that go together, built and booted:
#:                    report.html, junit.xml; SHARD=i/n BOARD=name AXES=names SEED=n CASES=words
matrix:
	$(Q)$(PYTHON) scripts/matrix --build $(O) $(CASES)
#: matrix-json        the variants and shards, for the matrix of a CI
matrix-json:
	$(Q)$(PYTHON) scripts/matrix --build $(O) --json $(CASES)
