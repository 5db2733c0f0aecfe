/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the CPU announces, what was set for it, and what of it is newer than
 * this build: a few entries of the ledger, packed word by word.
 */
#include "boot.h"
#include "print.h"
#include <string.h>

struct packer {
	struct boot *boot;
	const char *object;
	size_t used;
	char text[LEDGER_TEXT];
};

static void pack_flush(struct packer *p)
{
	if (p->used)
		boot_debug(p->boot, p->object, "%s", p->text);
	p->used = 0;
}

static void pack(void *context, const char *object, const char *word)
{
	struct packer *p = context;

	if (p->used + strlen(word) + 2 > sizeof(p->text) ||
	    (p->used && strcmp(p->object, object)))
		pack_flush(p);
	p->object = object;
	p->used += print_to(p->text + p->used, sizeof(p->text) - p->used,
			    p->used ? " %s" : "%s", word);
}

/* A field that is not 0, behind the name of its register. */
static void pack_field(struct packer *p, const struct arch_id_field *field,
		       const char **reg)
{
	char word[24];

	if (!field->value || !field->name[0])
		return;
	if (*reg != field->reg) {
		*reg = field->reg;
		print_to(word, sizeof(word), "%s:", field->reg);
		pack(p, "cpu", word);
	}
	print_to(word, sizeof(word), "%s=%x", field->name, field->value);
	pack(p, "cpu", word);
}

static void warn_unknown(struct boot *boot, const struct arch_id_field *field)
{
	if (field->name[0])
		boot_warn(boot, "cpu", "ID_AA64%s_EL1.%s is 0x%x, this build "
			  "knows 0x%x: what is new in it is not set up, look "
			  "for a newer version", field->reg, field->name,
			  field->value, field->known);
	else
		boot_warn(boot, "cpu", "ID_AA64%s_EL1[%u:%u] is 0x%x, this "
			  "build knows nothing there: what it announces is "
			  "not set up, look for a newer version", field->reg,
			  field->shift + 3, field->shift, field->value);
}

void board_report_cpu(struct boot *boot)
{
	struct packer packer = { .boot = boot };
	struct arch_id_field field;
	const char *reg = NULL;
	unsigned int i;

	for (i = 0; arch_id_field(i, &field); i++) {
		pack_field(&packer, &field, &reg);
		if (field.unknown)
			warn_unknown(boot, &field);
	}
	arch_duties(pack, &packer);
	pack_flush(&packer);
}
