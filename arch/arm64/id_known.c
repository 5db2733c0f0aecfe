/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the ID registers can announce as far as this build knows, so that a
 * newer CPU is noticed (Arm ARM DDI 0487, D24.2; DDI 0601 2025-06).
 */

#include "arch.h"
#include "asm/id_known.h"

/*
 * Per register its sixteen fields, [3:0] first: the name and the largest
 * known value in hexadecimal. "=1+e": values from 0xe on are known as well
 * (signed fields, and those where 0xf means "not there"). "&5": single bits,
 * of which these are known. "-": reserved.
 */
static const struct {
	char name[8];
	const char *fields;
} known[KNOWN_COUNT] = {
	[KNOWN_PFR0] = { "PFR0",
		"EL0=2 EL1=2 EL2=2 EL3=2 FP=1+f AdvSIMD=1+f GIC=3 RAS=3 "
		"SVE=1 SEL2=1 MPAM=1 AMU=2 DIT=1 RME=3 CSV2=3 CSV3=1" },
	[KNOWN_PFR1] = { "PFR1",
		"BT=1 SSBS=2 MTE=3 RAS_frac=1 MPAM_frac=1 - SME=2 RNDR_trap=1 "
		"CSV2_frac=2 NMI=1 MTE_frac=0+f GCS=1 THE=1 MTEX=1 DF2=1 PFAR=1" },
	[KNOWN_PFR2] = { "PFR2",
		"MTEPERM=1 MTESTOREONLY=1 MTEFAR=1 GCIE=1 UINJ=1 - - - "
		"FPMR=1 - - - - - - -" },
	[KNOWN_ZFR0] = { "ZFR0",
		"SVEver=4 AES=3 - EltPerm=1 BitPerm=1 BF16=2 B16B16=3 - "
		"SHA3=1 - SM4=1 I8MM=1 F16MM=1 F32MM=1 F64MM=1 -" },
	[KNOWN_SMFR0] = { "SMFR0",
		"SMOP4&1 - - - STMOP&1 SFEXPA&8 AES&3 SF8&7 "
		"F32F32&f I8I32&f F8F32&f I16I32&5 F64F64&1 I16I64&f SMEver=4 "
		"FA64&b" },
	[KNOWN_DFR0] = { "DFR0",
		"DebugVer=b TraceVer=1 PMUVer=9+f BRPs=f PMSS=1 WRPs=f SEBEP=1 "
		"CTX_CMPs=f PMSVer=6 DoubleLock=0+f TraceFilt=1 TraceBuffer=2 "
		"MTPMU=1+f BRBE=2 ExtTrcBuff=1 HPMN0=1" },
	[KNOWN_DFR1] = { "DFR1",
		"SYSPMUID=f SYSPMUID=f BRPs=f BRPs=f WRPs=f WRPs=f "
		"CTX_CMPs=f CTX_CMPs=f SPMU=2 PMICNTR=1 ABLE=1 ITE=1 EBEP=1 "
		"DPFZS=1 ABL_CMPs=f ABL_CMPs=f" },
	[KNOWN_ISAR0] = { "ISAR0",
		"- AES=2 SHA1=1 SHA2=2 CRC32=1 ATOMIC=3 TME=1 RDM=1 "
		"SHA3=1 SM3=1 SM4=1 DP=1 FHM=3 TS=2 TLB=2 RNDR=1" },
	[KNOWN_ISAR1] = { "ISAR1",
		"DPB=2 APA=6 API=6 JSCVT=1 FCMA=1 LRCPC=3 GPA=1 GPI=1 "
		"FRINTTS=1 SB=1 SPECRES=2 BF16=2 DGH=1 I8MM=1 XS=1 LS64=4" },
	[KNOWN_ISAR2] = { "ISAR2",
		"WFxT=2 RPRES=1 GPA3=1 APA3=6 MOPS=1 BC=1 PAC_frac=1 CLRBHB=1 "
		"SYSREG_128=1 SYSINSTR_128=1 PRFMSLC=1 PCDPHINT=1 RPRFM=1 "
		"CSSC=2 LUT=2 ATS1A=1" },
	[KNOWN_ISAR3] = { "ISAR3",
		"CPA=2 FAMINMAX=1 TLBIW=1 PACM=2 LSFE=1 OCCMO=1 LSUI=1 FPRCVT=1 "
		"- - - - - - - -" },
	[KNOWN_MMFR0] = { "MMFR0",
		"PARange=7 ASIDBits=2 BigEnd=1 SNSMem=1 BigEndEL0=1 TGran16=2 "
		"TGran64=0+f TGran4=1+f TGran16_2=3 TGran64_2=2 TGran4_2=3 "
		"ExS=1 - - FGT=2 ECV=2" },
	[KNOWN_MMFR1] = { "MMFR1",
		"HAFDBS=4 VMIDBits=2 VH=1 HPDS=2 LO=1 PAN=3 SpecSEI=1 XNX=1 "
		"TWED=1 ETS=3 HCX=1 AFP=1 nTLBPA=1 TIDCP1=1 CMOW=1 ECBHB=1" },
	[KNOWN_MMFR2] = { "MMFR2",
		"CnP=1 UAO=1 LSM=1 IESB=1 VARange=2 CCIDX=1 NV=2 ST=1 "
		"AT=1 IDS=2 FWB=1 - TTL=1 BBM=2 EVT=2 E0PD=1" },
	[KNOWN_MMFR3] = { "MMFR3",
		"TCRX=1 SCTLRX=1 S1PIE=1 S2PIE=1 S1POE=1 S2POE=1 AIE=1 MEC=1 "
		"D128=1 D128_2=1 SNERR=3 ANERR=3 - SDERR=3 ADERR=3 "
		"Spec_FPACC=1" },
	[KNOWN_MMFR4] = { "MMFR4",
		"PoPS=1 EIESB=2+f ASID2=1 HACDBS=1 FGWTE3=1 NV_frac=2 E2H0=0+e "
		"RMEGDI=1 - E3DSE=1 - SRMASK=1 - - - -" },
};

static unsigned int hex_digit(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static bool ends_word(char c)
{
	return c == ' ' || c == '\0';
}

static const char *word_at(const char *words, unsigned int index)
{
	for (; index; index--) {
		while (!ends_word(*words))
			words++;
		words++;
	}
	return words;
}

/* Return: what follows the name; a reserved field has an empty one. */
static const char *name_copy(const char *word, char *name, size_t size)
{
	size_t length = 0;

	for (; *word != '=' && *word != '&' && !ends_word(*word); word++) {
		if (*word != '-' && length + 1 < size)
			name[length++] = *word;
	}
	name[length] = '\0';
	return word;
}

bool arch_id_field(unsigned int index, struct arch_id_field *field)
{
	const unsigned int reg = index / KNOWN_FIELDS;
	const unsigned int place = index % KNOWN_FIELDS;
	const char *rule;

	if (reg >= KNOWN_COUNT)
		return false;
	field->reg = known[reg].name;
	field->shift = place * 4;
	field->value = id_known_read(reg) >> field->shift & 0xf;
	rule = name_copy(word_at(known[reg].fields, place), field->name,
			 sizeof(field->name));
	field->known = ends_word(*rule) ? 0 : hex_digit(rule[1]);
	if (*rule == '&')
		field->unknown = field->value & ~field->known;
	else
		field->unknown = field->value > field->known;
	if (*rule == '=' && rule[2] == '+' && field->value >= hex_digit(rule[3]))
		field->unknown = false;
	return true;
}
