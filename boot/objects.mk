# SPDX-License-Identifier: BSD-2-Clause
# The product: the flow from board to hand-off, sources, formats, fixups.
obj-y += main.o policy.o ledger.o file.o stage.o
obj-y += board.o tree.o memory.o find.o inspect.o place.o load.o verify.o
obj-y += unpack.o fixup.o handoff.o
obj-$(if $(CONFIG_DTB_FIXUP),y,$(CONFIG_STACK_PROTECTOR)) += entropy.o
obj-y += format_image.o
obj-$(CONFIG_MENU) += menu.o
obj-$(CONFIG_UNPACK) += format_packed.o
obj-$(CONFIG_FORMAT_ZBOOT) += format_zboot.o
obj-$(CONFIG_FORMAT_ELF) += format_elf.o
obj-$(CONFIG_FORMAT_FIT) += format_fit.o format_whole.o fit.o fit_check.o
obj-$(CONFIG_FORMAT_FIT) += fit_choose.o fit_image.o fit_match.o
obj-$(CONFIG_TRUST) += trust.o trust_keys.o fit_signature.o fit_nodes.o
obj-$(CONFIG_SOURCE_DISK) += source_disk.o items.o item_list.o volumes.o
obj-$(CONFIG_SOURCE_DISK) += entry_bls.o entry_extlinux.o entry_loader.o
obj-$(CONFIG_SOURCE_DISK) += entry_text.o entry_version.o
obj-$(CONFIG_ROLLBACK) += rollback.o
obj-$(CONFIG_NARRATE) += narrate.o
obj-$(CONFIG_UNSAFE_TEST_BUILD) += mutate.o
obj-$(if $(CONFIG_DTB_FIXUP),$(CONFIG_UNSAFE_TEST_BUILD)) += fixup_mutation.o
obj-$(CONFIG_CPU_REPORT) += cpu.o
obj-$(CONFIG_EL3_PRESENT) += cpus.o
obj-$(CONFIG_SOURCE_FW_CFG) += source_fw_cfg.o
obj-$(CONFIG_SOURCE_EMBEDDED) += source_embedded.o
obj-$(CONFIG_DTB_FIXUP) += fixup_chosen.o fixup_random.o fixup_reserve.o
obj-$(CONFIG_DTB_FIXUP) += fixup_board.o fixup_memory.o overlay.o
ifdef CONFIG_DTB_FIXUP
obj-$(CONFIG_START_PSCI) += fixup_psci.o
obj-$(CONFIG_SPIN_TABLE) += fixup_spin.o
endif
