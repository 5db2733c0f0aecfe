/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of probes for GICv5 (BP-GIC5-*): EL2 must let EL1 at the CPU
 * interface. Nothing is armed: zeros go into registers that nobody uses, and
 * ID 0 of type 0 is no interrupt.
 */
#include "machine.h"
#include "probe.h"

#define GCIE		FIELD(ID_PFR2, 12, 1)

static uint32_t gicv5_node(void)
{
	return have_fdt() ? fdt_compatible(&machine.fdt, FDT_ROOT,
					   "arm,gic-v5") : FDT_NONE;
}

/* A CPU that has both interfaces may be used with a GICv3. */
static bool used_as_v3(void)
{
	return id_field(ID_PFR0, 24) && gicv5_node() == FDT_NONE;
}

static struct verdict run_gicv5_row(struct cpu *cpu, const void *arg)
{
	if (gate_open(GCIE) && used_as_v3())
		return skip("the GIC is used as GICv3");
	return run_probe_row(cpu, arg);
}

CHECK(82, bp_gic5_33, ON_BOOT, "BP-GIC5-33", "the device tree has a GICv5")
{
	if (!gate_open(GCIE))
		return skip("feature absent");
	if (used_as_v3())
		return skip("the GIC is used as GICv3");
	return want(gicv5_node() != FDT_NONE, "a node arm,gic-v5", 0);
}

#define ICC(number, field, insn)					\
	PROBE_ROW(82, bp_gic5_##number, "BP-GIC5-" #number, field,	\
		  run_gicv5_row, GCIE, GATE_ALWAYS, BY_EL2, 0, insn)

ICC(01, "ICH_HFGRTR_EL2.ICC_PPI_ACTIVERn_EL1", "mrs x0, S3_0_C12_C13_2");
ICC(02, "ICH_HFGRTR_EL2.ICC_PPI_PRIORITYRn_EL1", "mrs x0, S3_0_C12_C14_0");
ICC(03, "ICH_HFGRTR_EL2.ICC_PPI_PENDRn_EL1", "mrs x0, S3_0_C12_C13_6");
ICC(04, "ICH_HFGRTR_EL2.ICC_PPI_ENABLERn_EL1", "mrs x0, S3_0_C12_C10_6");
ICC(05, "ICH_HFGRTR_EL2.ICC_PPI_HMRn_EL1", "mrs x0, S3_0_C12_C10_0");
ICC(06, "ICH_HFGRTR_EL2.ICC_IAFFIDR_EL1", "mrs x0, S3_0_C12_C10_5");
ICC(07, "ICH_HFGRTR_EL2.ICC_ICSR_EL1", "mrs x0, S3_0_C12_C10_4");
ICC(08, "ICH_HFGRTR_EL2.ICC_PCR_EL1", "mrs x0, S3_1_C12_C0_2");
ICC(09, "ICH_HFGRTR_EL2.ICC_HPPIR_EL1", "mrs x0, S3_0_C12_C10_3");
ICC(10, "ICH_HFGRTR_EL2.ICC_HAPR_EL1", "mrs x0, S3_1_C12_C0_3");
ICC(11, "ICH_HFGRTR_EL2.ICC_CR0_EL1", "mrs x0, S3_1_C12_C0_1");
ICC(12, "ICH_HFGRTR_EL2.ICC_IDRn_EL1", "mrs x0, S3_0_C12_C10_2");
ICC(13, "ICH_HFGRTR_EL2.ICC_APR_EL1", "mrs x0, S3_1_C12_C0_0");

ICC(14, "ICH_HFGWTR_EL2.ICC_PPI_ACTIVERn_EL1", "msr S3_0_C12_C13_2, xzr");
ICC(15, "ICH_HFGWTR_EL2.ICC_PPI_PRIORITYRn_EL1", "msr S3_0_C12_C14_0, xzr");
ICC(16, "ICH_HFGWTR_EL2.ICC_PPI_PENDRn_EL1", "msr S3_0_C12_C13_6, xzr");
ICC(17, "ICH_HFGWTR_EL2.ICC_PPI_ENABLERn_EL1", "msr S3_0_C12_C10_6, xzr");
ICC(18, "ICH_HFGWTR_EL2.ICC_ICSR_EL1", "msr S3_0_C12_C10_4, xzr");
ICC(19, "ICH_HFGWTR_EL2.ICC_PCR_EL1", "msr S3_1_C12_C0_2, xzr");
ICC(20, "ICH_HFGWTR_EL2.ICC_CR0_EL1", "msr S3_1_C12_C0_1, xzr");
ICC(21, "ICH_HFGWTR_EL2.ICC_APR_EL1", "msr S3_1_C12_C0_0, xzr");

ICC(22, "ICH_HFGITR_EL2.GICRCDNMIA: GICR CDNMIA", "sysl x0, #0, c12, c3, #1");
ICC(23, "ICH_HFGITR_EL2.GICRCDIA: GICR CDIA", "sysl x0, #0, c12, c3, #0");
ICC(24, "ICH_HFGITR_EL2.GICCDDI: GIC CDDI", "sys #0, c12, c2, #0, xzr");
ICC(25, "ICH_HFGITR_EL2.GICCDEOI: GIC CDEOI", "sys #0, c12, c1, #7, xzr");
ICC(26, "ICH_HFGITR_EL2.GICCDHM: GIC CDHM", "sys #0, c12, c2, #1, xzr");
ICC(27, "ICH_HFGITR_EL2.GICCDRCFG: GIC CDRCFG", "sys #0, c12, c1, #5, xzr");
ICC(28, "ICH_HFGITR_EL2.GICCDPEND: GIC CDPEND", "sys #0, c12, c1, #4, xzr");
ICC(29, "ICH_HFGITR_EL2.GICCDAFF: GIC CDAFF", "sys #0, c12, c1, #3, xzr");
ICC(30, "ICH_HFGITR_EL2.GICCDPRI: GIC CDPRI", "sys #0, c12, c1, #2, xzr");
ICC(31, "ICH_HFGITR_EL2.GICCDDIS: GIC CDDIS", "sys #0, c12, c1, #0, xzr");
ICC(32, "ICH_HFGITR_EL2.GICCDEN: GIC CDEN", "sys #0, c12, c1, #1, xzr");
