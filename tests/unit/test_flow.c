/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole flow on a fake machine: refusals, the next candidate, the end. */
#include "dt.h"
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <string.h>

static struct boot boot;
static uint8_t good[SZ_64K], other[SZ_64K], junk[SZ_64K];

static void machine(struct tree_spec spec)
{
	mock_reset();
	memset(&boot, 0, sizeof(boot));
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	if (!spec.ram[0].size)
		spec.ram[0] = (struct tree_ram){ MOCK_RAM_BASE,
						 MOCK_RAM_SIZE };
	tree_make(&spec, (void *)MOCK_RAM_BASE, SZ_2M);
	memset(good, 0x11, sizeof(good));
	image_make(good, 0, SZ_1M, 8);
	memset(other, 0x22, sizeof(other));
	image_make(other, 0x80000, SZ_1M, 0);
	memset(junk, 0x33, sizeof(junk));
}

static struct fake_candidate *candidate(const uint8_t *bytes)
{
	fake[fake_count].kernel.bytes = bytes;
	fake[fake_count].kernel.size = SZ_64K;
	return &fake[fake_count++];
}

static void run(struct boot *b)
{
	boot_run(b);
	boot_fail(b);
}

TEST(flow_boots_the_first_good_candidate)
{
	machine((struct tree_spec){ .seeds = true });
	candidate(good);
	candidate(other);
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK(!memcmp((void *)mock.entry, good, sizeof(good)));
	CHECK_EQ(boot.source_index, 0);
}

/* With the board's tree, before anything is read from a source. */
static uint64_t canary_with(struct tree_spec spec, bool random)
{
	machine(spec);
	mock.canary_is_random = random;
	candidate(good);
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	return mock.canary;
}

#ifdef CONFIG_STACK_PROTECTOR
TEST(flow_seeds_the_canary_from_the_tree)
{
	const uint64_t canary = canary_with((struct tree_spec){ .seeds = true },
					    false);

	CHECK(canary && canary >> 32);
	CHECK_EQ(canary_with((struct tree_spec){ .seeds = true }, false),
		 canary);
	/* The CPU has given a better one; the tree has none. */
	CHECK_EQ(canary_with((struct tree_spec){ .seeds = true }, true), 0);
	CHECK_EQ(canary_with((struct tree_spec){ .seeds = false }, false), 0);
}
#else
TEST(flow_without_a_canary_mixes_none)
{
	CHECK_EQ(canary_with((struct tree_spec){ .seeds = true }, false), 0);
}
#endif

TEST(flow_takes_the_next_candidate_after_each_refusal)
{
	struct fake_candidate *c;
	unsigned int used;

	machine((struct tree_spec){ .seeds = true });
	candidate(junk);
	c = candidate(good);
	c->kernel.error = -EIO;
	c = candidate(good);
	c->initrd.bytes = junk;
	c->initrd.size = SZ_64K;
	c->initrd.error = -EIO;
	c = candidate(other);
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	if (IS_ENABLED(CONFIG_DTB_FIXUP)) {
		CHECK(!memcmp((void *)mock.entry, other, sizeof(other)));
		CHECK(mock_said("inspect: kernel: error: no arm64 Image"));
		CHECK(mock_said("load: initrd: error: fake did not deliver"));
	}
	CHECK(mock_said("cannot be read (EIO)"));
	/* Nothing of the refused ones is left in the map. */
	for (used = boot.checkpoint; used < boot.map.used_count; used++)
		CHECK_EQ(boot.map.used[used].use, MEMMAP_PLACED);
	CHECK(boot.map.used_count - boot.checkpoint <= 4);
}

TEST(flow_refuses_pages_that_the_cpu_lacks)
{
	machine((struct tree_spec){ .seeds = true });
	image_make(good, 0, SZ_1M, 2 << 1);
	mock.no_pages = 16;
	candidate(good);
	candidate(other);
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	if (IS_ENABLED(CONFIG_ERROR_TEXTS)) {
		CHECK_EQ(boot.source_index, 0);
		CHECK(mock_said("built for pages of 16 KiB"));
		CHECK(!memcmp((void *)mock.entry, other, sizeof(other)));
	}
}

TEST(flow_verify_refuses_a_header_that_has_changed)
{
	machine((struct tree_spec){ .seeds = true });
	candidate(good)->kernel.changes = 1;
	CHECK_EQ(mock_run(run, &boot), MOCK_STOPPED);
	CHECK(mock_said("verify: kernel: error: the header that was loaded"));
	CHECK(mock_said("EBADMSG"));
}

TEST(flow_ends_with_the_ledger_and_the_policy)
{
	machine((struct tree_spec){ .psci = "hvc" });
	candidate(junk);
	fake[0].kernel.size = 20;
	CHECK_EQ(mock_run(run, &boot), MOCK_STOPPED);
	CHECK(mock_said("find: candidate: error: none (left)"));
	CHECK(mock_said("ledger: "));
	CHECK(mock_said("fail: boot: no candidate could be started"));
	if (IS_ENABLED(CONFIG_FAIL_EXIT)) {
		CHECK_EQ(mock.exit_status, 1);
		if (IS_ENABLED(CONFIG_SPIN_TABLE)) {
			CHECK_EQ(mock.psci, 0);
			return;
		}
		CHECK_EQ(mock.conduit, PSCI_SMC);
		CHECK_EQ(mock.psci, 0x84000008);
	} else {
		CHECK_EQ(mock.conduit, PSCI_HVC);
		CHECK_EQ(mock.psci, 0x84000009);
	}
}

TEST(flow_names_a_source_that_is_not_built_in)
{
	machine((struct tree_spec){ .seeds = true });
	fake_error = -ENODEV;
	CHECK_EQ(mock_run(run, &boot), MOCK_STOPPED);
	if (CONFIG_LOG_LEVEL < LOG_LEVEL_WARN)
		return unit_skip("warnings are off");
	CHECK(mock_said("find: source: warning: word 2 of"));
	CHECK(mock_said("find: fake: warning: its device cannot be used"));
}

TEST(flow_stops_at_the_wrong_machine)
{
	machine((struct tree_spec){ .ram = { { MOCK_RAM_BASE, SZ_1M } } });
	candidate(good);
	CHECK_EQ(mock_run(run, &boot), MOCK_STOPPED);
	CHECK(mock_said("board: memory: error: the loader at"));
}

TEST(flow_refuses_what_cannot_be_mapped)
{
	machine((struct tree_spec){ .seeds = true });
	candidate(good);
	boot.step = "board";
	CHECK_EQ(step_board(&boot), 0);
	mock.map_error = -ENOMEM;
	CHECK_EQ(step_find(&boot), 0);
	CHECK_EQ(step_inspect(&boot), 0);
	CHECK_EQ(step_place(&boot), -ENOMEM);
	CHECK(mock_said("page table pool"));
}

TEST(flow_boots_the_embedded_payload_without_overwriting_it)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + SZ_1M;

	machine((struct tree_spec){ .seeds = true });
	memcpy(at, other, sizeof(other));
	mock.kernel = region_of((uintptr_t)at, sizeof(other));
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK(!memcmp((void *)mock.entry, other, sizeof(other)));
	CHECK(!region_overlaps(boot.place.kernel, mock.kernel));
}

TEST(flow_leaves_a_kernel_where_it_may_run)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + 8 * SZ_1M;

	machine((struct tree_spec){ .seeds = true });
	memcpy(at, good, sizeof(good));
	mock.kernel = region_of((uintptr_t)at, sizeof(good));
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK_EQ(mock.entry, (uintptr_t)at);
	CHECK(boot.kernel_stays);
}

TEST(flow_moves_a_kernel_whose_bss_is_not_free)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + 8 * SZ_1M;

	machine((struct tree_spec){ .reserved = { (uintptr_t)at + SZ_64K,
						  SZ_4K } });
	memcpy(at, good, sizeof(good));
	mock.kernel = region_of((uintptr_t)at, sizeof(good));
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK(mock.entry != (uintptr_t)at);
}

TEST(flow_cleans_all_that_is_handed_over)
{
	bool kernel = false, tree = false;

	machine((struct tree_spec){ .seeds = true });
	candidate(good);
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	for (unsigned int i = 0; i < mock.cleaned; i++) {
		kernel |= region_contains(mock.clean[i], boot.place.kernel);
		tree |= mock.clean[i].base == mock.handed_dtb;
	}
	CHECK(kernel && tree);
	CHECK_EQ(boot.place.kernel.size, SZ_1M);
}

#define NOT_OUT	"has not come out of reset, or NR_CPUS has no place"

TEST(flow_waits_for_cpus_that_come_late)
{
	if (!IS_ENABLED(CONFIG_EL3_PRESENT))
		return unit_skip("EL3 is not ours");
	machine((struct tree_spec){ .cpus = 3 });
	candidate(good);
	mock.late[1] = 50000000;	/* 0.8 s */
	mock.tick = 1000;
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK(mock.counter >= mock.late[1]);
	CHECK(!mock_said(NOT_OUT));
}

TEST(flow_warns_of_a_cpu_that_does_not_come)
{
	if (!IS_ENABLED(CONFIG_EL3_PRESENT))
		return unit_skip("EL3 is not ours");
	machine((struct tree_spec){ .cpus = 3 });
	candidate(good);
	mock.late[1] = mock.late[2] = UINT64_MAX;
	mock.tick = 1000;
	CHECK_EQ(mock_run(run, &boot), MOCK_HANDOFF);
	CHECK(mock_said("cpu@1: warning: this CPU " NOT_OUT));
	CHECK(mock_said("cpu@2: warning: this CPU " NOT_OUT));
	CHECK(!mock_said("cpu@0: warning"));
	/* Not each of them two seconds: */
	CHECK(mock.counter < 3 * 62500000);
}

TEST(ledger_keeps_its_beginning_and_the_newest)
{
	machine((struct tree_spec){ .seeds = true });
	boot.step = "a step with a long name";
	for (unsigned int i = 0; i < 300; i++)
		boot_refuse(&boot, -EIO, "object with a long name",
			    "entry %u %s", i, "................................"
			    "............................................."
			    "............................................."
			    ".............................................");
	CHECK_EQ(boot.ledger->count, LEDGER_ENTRIES);
	CHECK_EQ(boot.ledger->dropped, 300 - LEDGER_ENTRIES);
	CHECK(!memcmp(boot.ledger->entries[0].text, "entry 0 ", 8));
	CHECK(!memcmp(boot.ledger->entries[LEDGER_ENTRIES - 1].text,
		      "entry 299 ", 10));
	mock_reset();
	ledger_print(boot.ledger);
	CHECK(mock_said("ledger: 256 entries, 44 dropped"));
}
