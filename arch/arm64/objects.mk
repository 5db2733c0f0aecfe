# SPDX-License-Identifier: BSD-2-Clause
reset-y += reset.o reset_park.o
obj-y += reset_failed.o vectors.o start.o guard.o mmu.o cpu.o
obj-y += handoff_asm.o handoff.o quiet.o duty.o id_regs.o el2.o el2_duties.o
obj-$(CONFIG_DEBUG) += crash_test.o
obj-$(CONFIG_UNSAFE_TEST_BUILD) += mutation.o
obj-y += exception.o symbols.o semihosting.o payload.o
mon-$(CONFIG_EL3_PRESENT) += duty.o id_regs.o el2.o el2_duties.o
mon-$(CONFIG_EL3_PRESENT) += quiet.o exception.o semihosting.o
mon-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_UNSAFE_TEST_BUILD)) += mutation.o
