/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the device tree reader.
 * link: lib/dt.c lib/dt_check.c lib/dt_reg.c lib/region.c
 */
#include "dt.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct dt *dt)
{
	struct dt_prop prop;
	struct region r;
	char path[64];
	int depth = 0;

	for (int n = dt_root(dt); n >= 0; n = dt_next(dt, n, &depth)) {
		dt_is_enabled(dt, n);
		dt_reg(dt, n, 0, &r);
		dt_path_of(dt, n, path, sizeof(path));
		if (dt_prop(dt, n, "compatible", &prop))
			dt_string(prop, 1);
	}
	dt_path(dt, "/reserved-memory/x");
	dt_compatible(dt, -1, "arm,gic-v3");
	for (unsigned int i = 0; !dt_reservation(dt, i, &r); i++)
		;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *copy = aligned_alloc(8, ALIGN_UP(size + 1, 8));
	struct dt dt;
	const char *why;

	memcpy(copy, data, size);
	if (!dt_open(&dt, copy, size, &why))
		walk(&dt);
	free(copy);
	return 0;
}
