/* SPDX-License-Identifier: BSD-2-Clause */
/* The pieces in which drivers bring runs: all bytes, once, in their order. */
#include "block.h"
#include "unit.h"

#define BLOCK		512u
#define RUNS		5

static uint8_t ram[64];

static uint64_t random_blocks(uint64_t most)
{
	return (1 + unit_random_below(most)) * BLOCK;
}

/* Take @run apart; its pieces are those of the cursor. */
static void check_run(struct block_cursor *at, const struct disk_run *run,
		      uint64_t most)
{
	struct disk_run piece;

	for (uint64_t done = 0; done < run->size; done += piece.size) {
		if (!CHECK(block_next(at, most, &piece)))
			return;
		CHECK_EQ(piece.offset, run->offset + done);
		CHECK(piece.to == (uint8_t *)run->to + done);
		CHECK(piece.size && piece.size <= most);
		if (!CHECK(piece.size <= run->size - done))
			return;
	}
}

TEST(block_pieces_are_the_runs)
{
	for (unsigned int n = 0; n < 2000; n++) {
		const uint64_t most = random_blocks(8);
		struct disk_run runs[RUNS], piece;
		struct block_cursor at = { runs, RUNS, 0 };

		for (unsigned int i = 0; i < RUNS; i++)
			runs[i] = (struct disk_run){ random_blocks(1u << 20),
						     random_blocks(20), ram };
		for (unsigned int i = 0; i < RUNS; i++)
			check_run(&at, &runs[i], most);
		CHECK(!block_next(&at, most, &piece));
	}
}

TEST(block_pieces_of_nothing)
{
	struct block_cursor at = { NULL, 0, 0 };
	struct disk_run piece;

	CHECK(!block_next(&at, BLOCK, &piece));
}
