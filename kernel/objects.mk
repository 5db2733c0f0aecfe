# SPDX-License-Identifier: BSD-2-Clause
# The conformance kernel: a program of its own, it shares nothing but make.

# start, output, ends
kernel-y += entry.o vectors.o asm.o trials.o
kernel-y += main.o report.o end.o exception.o print.o uart.o str.o
# what the machine is
kernel-y += fdt.o fdt_node.o machine.o stdout.o cpu.o smp.o psci.o gic.o time.o timer.o
kernel-y += race.o
# rows of the report
kernel-y += check_entry.o check_image.o check_header.o check_dtb.o check_memory.o check_cpus.o
kernel-y += check_psci.o check_smp.o check_timer.o clock.o
kernel-y += probe.o check_feature.o check_trap.o check_debug.o check_gic5.o
kernel-y += check_gic.o check_irq.o
kernel-y += check_scr.o vector.o check_vector.o work.o check_work.o check_repeat.o
kernel-y += regs.o call.o check_regs.o state.o check_state.o
kernel-y += check_suspend.o check_left.o check_race.o
kernel-y += check_unknown.o fill.o check_fill.o check_optional.o check_smccc.o check_trng.o
kernel-y += spin.o check_spin.o gic_more.o check_spi.o check_wait.o
kernel-y += gic_local.o
kernel-y += mmu.o mmu_call.o check_coherency.o check_fetch.o check_sys.o
# attacks on the secure world
kernel-y += secure.o attack.o check_isolation.o sweep.o check_attack.o check_fuzz.o
