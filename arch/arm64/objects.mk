# SPDX-License-Identifier: BSD-2-Clause
reset-y += reset.o reset_park.o
obj-y += reset_failed.o vectors.o start.o guard.o mmu.o cpu.o
obj-y += handoff_asm.o handoff.o quiet.o duty.o id_regs.o id_made.o el2.o
obj-y += el2_duties.o
obj-$(CONFIG_SPIN_TABLE) += spin.o spin_table.o
poison := poison_el3.o poison_el2.o poison_el1.o
reset-$(CONFIG_POISON) += poison.o poison_ram.o poison_fp.o $(poison)
obj-$(CONFIG_NARRATE) += narrate.o narrate_el2.o
obj-$(CONFIG_CPU_REPORT) += id_known.o id_report.o duty_names.o
obj-$(CONFIG_DEBUG) += crash_test.o
obj-$(CONFIG_UNSAFE_TEST_BUILD) += mutation.o
obj-y += exception.o symbols.o semihosting.o payload.o
mon-$(CONFIG_EL3_PRESENT) += duty.o id_regs.o id_made.o el2.o el2_duties.o
mon-$(CONFIG_EL3_PRESENT) += quiet.o exception.o semihosting.o
mon-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_UNSAFE_TEST_BUILD)) += mutation.o
mon-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_POISON)) += $(poison)
mon-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_NARRATE)) += narrate_el2.o
