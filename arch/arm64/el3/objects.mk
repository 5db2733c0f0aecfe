# SPDX-License-Identifier: BSD-2-Clause
mon-$(CONFIG_EL3_PRESENT) += entry.o exit.o monitor.o features.o lock.o smc.o psci.o
mon-$(CONFIG_EL3_PRESENT) += arch_call.o trng.o
mon-$(CONFIG_EL3_PRESENT) += el3_duties.o symbols.o mem.o guard.o print.o
mon-$(CONFIG_ROLLBACK) += rollback.o counter.o
# The loader reports what the monitor has set, from the same table.
obj-$(if $(CONFIG_EL3_PRESENT),$(CONFIG_CPU_REPORT)) += el3_duties.o
ifdef CONFIG_EL3_PRESENT
mon-$(CONFIG_NARRATE) += narrate.o
mon-$(CONFIG_GICV3) += gicv3.o
mon-$(CONFIG_GICV2) += gicv2.o
mon-$(CONFIG_GIC_NONE) += gic_none.o
endif
