# SPDX-License-Identifier: BSD-2-Clause
# Linking: the conformance kernel, the monitor, the loader with its symbol
# table in two passes, and the image.

# --- the conformance kernel -------------------------------------------------
# It sees no configuration, so one build of it serves every variant.
ifdef CONFORMANCE
tag-kernel := COPY
cmd-kernel = cp $(CONFORMANCE)/conformance.elf $@
$(O)/conformance.elf: $(CONFORMANCE)/conformance.elf FORCE
	$(call run,kernel)
$(CONFORMANCE)/conformance.elf:
	@echo "error: CONFORMANCE: no file $@; run make O=$(CONFORMANCE)" \
		"conformance-image" >&2; exit 1
else
kernel-lds := $(O)/kernel/kernel.lds
$(kernel-lds): flags = $(kernel-flags)
tag-kernel := LD
cmd-kernel = $(LD) $(link-flags) $(kernel-ldflags) -T $(kernel-lds) \
	-Map $(basename $@).map -o $@ $(kernel-objects) && $(PYTHON) scripts/seal.py $@
$(O)/conformance.elf: $(kernel-objects) $(kernel-lds) scripts/seal.py FORCE
	$(call run,kernel)
endif
$(O)/conformance.Image: $(O)/conformance.elf FORCE
	$(call run,bin)
tag-gzip := GZIP
cmd-gzip = gzip -9nc $< > $@
$(O)/conformance.Image.gz: $(O)/conformance.Image FORCE
	$(call run,gzip)

# --- the monitor: one object with two names ---------------------------------
monitor-entries := monitor_reset monitor_warm_entry
monitor := $(if $(CONFIG_EL3_PRESENT),$(O)/monitor.o)
tag-monitor := MONITOR
cmd-monitor = $(LD) -r -o $@.tmp $(monitor-objects) && \
	$(OBJCOPY) --prefix-alloc-sections=.monitor \
	$(addprefix --keep-global-symbol=,$(monitor-entries)) $@.tmp $@ && \
	rm $@.tmp && sh scripts/check-monitor '$(NM)' $@ $(monitor-entries)
$(O)/monitor.o: $(monitor-objects) scripts/check-monitor FORCE
	$(call run,monitor)

# --- the embedded payload and the board's own device tree -------------------
payload := $(O)/arch/arm64/payload.o
payload-kernel := $(strip $(if $(CONFIG_SOURCE_EMBEDDED),\
	$(or $(CONFIG_PAYLOAD_KERNEL),$(O)/conformance.Image)))
payload-initrd := $(CONFIG_PAYLOAD_INITRD)
payload-dtb := $(CONFIG_PAYLOAD_DTB)
board-dtb := $(if $(CONFIG_BOARD_HAS_DTS),$(O)/boards/$(CONFIG_BOARD)/$(CONFIG_BOARD).dtb)
file-flag = $(if $2,-D$1='"$(strip $2)"')
flags-$(payload) += $(call file-flag,PAYLOAD_KERNEL_FILE,$(payload-kernel)) \
	$(call file-flag,PAYLOAD_INITRD_FILE,$(payload-initrd)) \
	$(call file-flag,PAYLOAD_DTB_FILE,$(payload-dtb)) \
	$(call file-flag,BOARD_DTB_FILE,$(board-dtb))
$(payload): $(payload-kernel) $(payload-initrd) $(payload-dtb) $(board-dtb)

# A payload file that is not there: say which option asked for it.
define payload-file
ifneq ($(filter-out $(O)/conformance.Image,$2),)
$2:
	@echo "error: CONFIG_$1: no file $2; give an existing file" >&2; exit 1
endif
endef
$(foreach p,PAYLOAD_KERNEL PAYLOAD_INITRD PAYLOAD_DTB,$(eval \
	$(call payload-file,$p,$(CONFIG_$p))))

# --- the keys of those whose kernels may boot --------------------------------
# Read anew by each make: no key stays in the image whose file is gone.
trust-header := $(if $(CONFIG_TRUST),$(generated)/trust_keys.h)
$(generated)/trust_keys.h: FORCE
	$(Q)$(PYTHON) scripts/trust_keys.py $(CONFIG_TRUST_KEYS) > $@.tmp
	$(Q)cmp -s $@.tmp $@ && rm $@.tmp || mv $@.tmp $@
$(O)/boot/trust_keys.o: | $(trust-header)

# --- the version: one file, touched only when it says something new ---------
version := $(shell git --no-optional-locks describe --always --dirty \
	--abbrev=12 2>/dev/null || echo unknown)
tag-version := GEN
cmd-version = echo '$(pound)define AGLET_VERSION "$(version)"' > $@
$(generated)/version.h: FORCE
	$(call run,version)
$(loader-objects): | $(generated)/version.h

# --- the loader -------------------------------------------------------------
image-lds := $(O)/arch/arm64/image.lds
$(image-lds): flags = $(loader-flags)
$(image-lds): | $(autoconf)
link-inputs := $(loader-objects) $(monitor)
tag-link := LD
cmd-link = $(LD) $(link-flags) -T $(image-lds) -Map $(basename $@).map -o $@ \
	$(link-inputs) $(symbols) --start-group $(loader-libs) --end-group
$(O)/aglet.elf: $(link-inputs) $(image-lds) $(loader-libs) FORCE

ifdef CONFIG_KALLSYMS
# The names are read from a first link with an empty table. The table lies
# behind the text, so the second link leaves every address of it in place;
# that is checked, since a table that lies is worse than none.
tag-kallsyms := KSYM
cmd-kallsyms = $(PYTHON) scripts/kallsyms.py '$(NM)' $(filter %.elf,$^) > $@.tmp && mv $@.tmp $@
$(O)/kallsyms/none.S: scripts/kallsyms.py FORCE
	$(call run,kallsyms)
$(O)/kallsyms/names.S: $(O)/kallsyms/pass1.elf scripts/kallsyms.py FORCE
	$(call run,kallsyms)
tag-ksym-as := AS
cmd-ksym-as = $(CC) $(common-flags) -g0 -c -o $@ $<
$(O)/kallsyms/%.o: $(O)/kallsyms/%.S FORCE
	$(call run,ksym-as)
$(O)/kallsyms/pass1.elf: symbols = $(O)/kallsyms/none.o
$(O)/kallsyms/pass1.elf: $(link-inputs) $(image-lds) $(loader-libs) \
		$(O)/kallsyms/none.o FORCE
	$(call run,link)
check-symbols = && $(PYTHON) scripts/kallsyms.py '$(NM)' $@ --check $(O)/kallsyms/names.S
$(O)/aglet.elf: symbols = $(O)/kallsyms/names.o
$(O)/aglet.elf: $(O)/kallsyms/names.o
kallsyms-files := $(addprefix $(O)/kallsyms/,none.S none.o pass1.elf names.S names.o)
endif

tag-image := LD
cmd-image = $(cmd-link) $(check-symbols)
$(O)/aglet.elf:
	$(call run,image)
$(O)/aglet.bin: $(O)/aglet.elf FORCE
	$(call run,bin)

$(loader-libs):
	@echo "error: no $@: run 'make setup'" >&2; exit 1

all-targets += $(kernel-lds) $(image-lds) $(O)/conformance.elf \
	$(O)/conformance.Image $(O)/conformance.Image.gz $(O)/monitor.o $(board-dtb) \
	$(generated)/version.h $(kallsyms-files) $(O)/aglet.elf $(O)/aglet.bin
