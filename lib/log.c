/* SPDX-License-Identifier: BSD-2-Clause */
/* One shape for every line of the flow, so that scripts can rely on it. */
#include "log.h"
#include "print.h"

void log_line(enum log_level level, const char *step, const char *object,
	      const char *fmt, ...)
{
	static const char mark[][10] = { "error: ", "warning: ", "", "" };
	va_list args;

	print("%s: %s: %s", step, object, mark[level]);
	va_start(args, fmt);
	print_va(fmt, args);
	va_end(args);
	print("\n");
}
