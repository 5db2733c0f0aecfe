/* SPDX-License-Identifier: BSD-2-Clause */
/* A crash report that a person can read, for the loader and the monitor. */

#include "asm/frame.h"
#include "asm/symbols.h"
#include "asm/sysreg.h"
#include "print.h"
#include "semihosting.h"
#include "uart.h"

#define ISS_FSC(esr)		((esr) & 0x3f)
#define ISS_WnR			BIT(6)
#define EC_INSN_ABORT		0x21
#define EC_DATA_ABORT		0x25
#define BACKTRACE_DEPTH		16

/* What can be met with the MMU on, below EL3, in code that uses FP and PAC. */
#ifdef AGLET_MONITOR
#define IN_MONITOR		true
#define EC_LOADER(ec, name)
#else
#define IN_MONITOR		false
#define EC_LOADER(ec, name)	{ ec, name },
#endif

/* An array, not a pointer, for each name: half the size. */
struct ec_name {
	uint8_t ec;
	char name[23];
};

struct syndrome {
	uint64_t esr;
	uint64_t elr;
	uint64_t far;
	uint64_t spsr;
};

/* Arm ARM D24.2.40: the classes that our own code can meet. */
static const struct ec_name ec_names[] = {
	{ 0x00, "undefined instruction" },
	EC_LOADER(0x07, "FP or SIMD is off")
	EC_LOADER(0x0d, "no branch target (BTI)")
	{ 0x0e, "illegal state" },
	EC_LOADER(0x18, "trapped register")
	EC_LOADER(0x1c, "pointer authentication")
	{ EC_INSN_ABORT, "instruction abort" },
	{ 0x22, "misaligned PC" },
	{ EC_DATA_ABORT, "data abort" },
	{ 0x26, "misaligned SP" },
	{ 0x2f, "SError" },
	{ 0x3c, "BRK" },
};

static const char *ec_name(unsigned int ec)
{
	size_t i;

	for (i = 0; IS_ENABLED(CONFIG_ERROR_TEXTS) &&
		    i < ARRAY_SIZE(ec_names); i++) {
		if (ec_names[i].ec == ec)
			return ec_names[i].name;
	}
	return "see ESR";
}

/* Fault status code of an abort, without its level in bits [1:0]. */
static const char *fsc_name(unsigned int fsc)
{
	static const char *const of_the_mmu[] = {
		"address size fault",
		"translation fault (not mapped)",
		"access flag fault",
		"permission fault",
	};

	if (!IN_MONITOR && fsc >> 2 < ARRAY_SIZE(of_the_mmu))
		return of_the_mmu[fsc >> 2];
	switch (fsc) {
	case 0x10: return "external abort (nothing answers)";
	case 0x21: return "misaligned";
	}
	return "other fault";
}

static struct syndrome syndrome_read(void)
{
	const unsigned int el = IN_MONITOR ? 3 : current_el();
	struct syndrome s;

	if (el == 3) {
		s.esr = sysreg_read(ESR_EL3);
		s.elr = sysreg_read(ELR_EL3);
		s.far = sysreg_read(FAR_EL3);
		s.spsr = sysreg_read(SPSR_EL3);
	} else if (el == 2) {
		s.esr = sysreg_read(ESR_EL2);
		s.elr = sysreg_read(ELR_EL2);
		s.far = sysreg_read(FAR_EL2);
		s.spsr = sysreg_read(SPSR_EL2);
	} else {
		s.esr = sysreg_read(ESR_EL1);
		s.elr = sysreg_read(ELR_EL1);
		s.far = sysreg_read(FAR_EL1);
		s.spsr = sysreg_read(SPSR_EL1);
	}
	return s;
}

/* ESR describes only synchronous exceptions and SError. */
static void print_cause(const struct syndrome *s, unsigned int vector)
{
	const unsigned int ec = ESR_EC(s->esr);
	const bool interrupt = (vector & 3) == 1 || (vector & 3) == 2;

	print("exception: EL%u, vector %u: %s (ESR 0x%lx)\n", current_el(),
	      vector, interrupt ? "interrupt" : ec_name(ec), s->esr);
	if (!IS_ENABLED(CONFIG_ERROR_TEXTS)) {
		print("  FAR 0x%lx\n", s->far);
		return;
	}
	if (interrupt || (ec != EC_DATA_ABORT && ec != EC_INSN_ABORT))
		return;
	print("  %s 0x%lx: %s\n", ec == EC_INSN_ABORT ? "executing" :
	      s->esr & ISS_WnR ? "writing" : "reading",
	      s->far, fsc_name(ISS_FSC(s->esr)));
}

static void print_code_address(const char *what, uint64_t address)
{
	uint64_t offset;
	const char *name = symbol_find(address, &offset);

	print("  %s 0x%016lx", what, address);
	if (name)
		print(" %s+0x%lx", name, offset);
	print("\n");
}

static void print_registers(const struct crash_frame *frame)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(frame->x); i++)
		print("  x%u%s %016lx%s", i, i < 10 ? " " : "", frame->x[i],
		      i % 4 == 3 ? "\n" : "");
	print("  sp  %016lx\n", frame->sp);
}

/* A frame record is {caller's x29, return address}, growing upwards. */
static void print_backtrace(const struct crash_frame *frame)
{
	uint64_t fp = frame->x[29];
	unsigned int depth;

	for (depth = 0; depth < BACKTRACE_DEPTH; depth++) {
		const uint64_t *record = (const uint64_t *)fp;

		if (!IS_ALIGNED(fp, 8) || !stack_contains(fp, 16))
			return;
		if (!record[1])
			return;
		print_code_address("from", record[1] - 4);
		if (record[0] <= fp)
			return;
		fp = record[0];
	}
}

static noreturn void stop(void)
{
	while (true)
		__asm__ volatile("wfi");
}

void exception_report(const struct crash_frame *frame, unsigned int vector)
{
	const struct syndrome s = syndrome_read();

	if (semihosting_unheard(s.elr))
		stop();
	print("\n");
	print_cause(&s, vector);
	print_code_address("at  ", s.elr);
	print_code_address("lr  ", frame->x[30]);
	if (IS_ENABLED(CONFIG_BACKTRACE))
		print_backtrace(frame);
	print_registers(frame);
	uart_flush();
	if (IS_ENABLED(CONFIG_FAIL_EXIT))
		semihosting_exit(1);
	stop();
}
