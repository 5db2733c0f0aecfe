# SPDX-License-Identifier: BSD-2-Clause
# How one file is made. Each target keeps a .cmd file with the command that
# made it and what it was made from; it is made again when either changes.

pound := \#
squote := '
comma := ,

# $(call run,name): run cmd-<name> if a prerequisite is newer or the command
# is another one than last time, and say "TAG target".
newer = $(filter-out FORCE,$?)
differs = $(if $(subst x$(saved-$@),,x$(cmd-$1))$(subst x$(cmd-$1),,x$(saved-$@)),y)
run = $(if $(newer)$(call differs,$1),$(call run-it,$1),@:)
escape = $(subst $(squote),'\$(squote)',$(subst $(pound),\$(pound),$(subst $$,$$$$,$1)))
say = $(if $(filter 1,$(V)),,@printf '  %-8s%s\n' '$1' '$(patsubst $(O)/%,%,$@)';)
fixdep = awk -v target=$@ -v stamps=$(O)/include/config -f scripts/fixdep.awk $@.d
define run-it
$(call say,$(tag-$1)) $(cmd-$1) && \
	{ $(if $(wants-deps-$1),$(fixdep);) \
	printf '%s\n' 'saved-$@ := $(call escape,$(cmd-$1))'; } > $@.cmd
endef

# $(flags-<target>): what the folder's objects.mk asks for this one file.
depfile = -MMD -MF $@.d

tag-cc := CC
cmd-cc = $(CC) $(flags) $(cflags) $(flags-$@) $(depfile) -c -o $@ $<
wants-deps-cc := y
tag-as := AS
cmd-as = $(CC) $(flags) -D__ASSEMBLY__ $(flags-$@) $(depfile) -c -o $@ $<
wants-deps-as := y
tag-lds := LDS
cmd-lds = $(CPP) -P -x assembler-with-cpp -D__ASSEMBLY__ $(flags) $(depfile) -MT $@ -o $@ $<
wants-deps-lds := y
tag-dtc := DTC
cmd-dtc = $(CPP) -nostdinc -undef -P -x assembler-with-cpp -Iinclude -include $(autoconf) \
	$(depfile) -MT $@ -o $@.pre $< && $(DTC) -I dts -O dtb -o $@ $@.pre
wants-deps-dtc := y
tag-bin := OBJCOPY
cmd-bin = $(OBJCOPY) -O binary $< $@

$(O)/%.o: %.c FORCE
	$(call run,cc)
$(O)/%.o: %.S FORCE
	$(call run,as)
$(O)/monitor/%.o: %.c FORCE
	$(call run,cc)
$(O)/monitor/%.o: %.S FORCE
	$(call run,as)
$(O)/%.lds: %.lds.S FORCE
	$(call run,lds)
$(O)/%.dtb: %.dts FORCE
	$(call run,dtc)

# The last resort: an objects.mk names an object that has no source.
$(O)/%.o:
	@echo "error: $*.o stands in an objects.mk, but there is neither $*.c" \
		"nor $*.S" >&2; exit 1
