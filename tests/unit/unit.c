/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the tests (or those whose name contains an argument), prints TAP. */
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TESTS_MAX	1024

static struct test {
	const char *name;
	unit_test *test;
	bool apart;
} tests[TESTS_MAX];

static unsigned int count;
static bool good;
static const char *skipped;
static uint64_t state = 1;

/* Those apart first: no other one has left anything behind then. */
static int by_name(const void *a, const void *b)
{
	const struct test *x = a, *y = b;

	if (x->apart != y->apart)
		return x->apart ? -1 : 1;
	return strcmp(x->name, y->name);
}

void unit_add(const char *name, unit_test *test, bool apart)
{
	if (count == TESTS_MAX)
		abort();
	tests[count].name = name;
	tests[count].apart = apart;
	tests[count++].test = test;
}

bool unit_check(bool is, const char *file, int line, const char *what)
{
	if (!is)
		printf("# %s:%d: not true: %s\n", file, line, what);
	good = good && is;
	return is;
}

bool unit_equal(int64_t got, int64_t want, const char *file, int line,
		const char *what)
{
	if (got != want)
		printf("# %s:%d: %s: got %lld, want %lld\n", file, line, what,
		       (long long)got, (long long)want);
	good = good && got == want;
	return got == want;
}

void unit_skip(const char *reason)
{
	skipped = reason;
}

/* xorshift64 by G. Marsaglia, "Xorshift RNGs", 2003. */
uint64_t unit_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

uint64_t unit_random_below(uint64_t limit)
{
	return unit_random() % limit;
}

static void run_apart(unit_test *test)
{
	pid_t child;
	int status = 0;

	fflush(stdout);
	child = fork();
	if (!child) {
		test();
		exit(good && !skipped ? EXIT_SUCCESS : EXIT_FAILURE);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status) {
		printf("# its process ended with status 0x%x\n", status);
		good = false;
	}
}

int main(int argc, char **argv)
{
	unsigned int failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	qsort(tests, count, sizeof(tests[0]), by_name);
	printf("1..%u\n", count);
	for (unsigned int i = 0; i < count; i++) {
		if (argc > 1 && !strstr(tests[i].name, argv[1]))
			continue;
		good = true;
		skipped = NULL;
		state = 88172645463325252ull;
		if (tests[i].apart)
			run_apart(tests[i].test);
		else
			tests[i].test();
		failed += !good;
		printf("%sok %u - %s%s%s\n", good ? "" : "not ", i + 1,
		       tests[i].name, skipped ? " # SKIP " : "",
		       skipped ? skipped : "");
	}
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
