/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console text of the flow: one line an event, "step: object: what".
 * Levels above CONFIG_LOG_LEVEL cost nothing, not even their strings.
 */
#ifndef LOG_H
#define LOG_H

#include "types.h"

enum log_level { LOG_LEVEL_ERR, LOG_LEVEL_WARN, LOG_LEVEL_INFO,
		 LOG_LEVEL_DEBUG };

/* Print one line unconditionally; use the macros below. */
void log_line(enum log_level level, const char *step, const char *object,
	      const char *fmt, ...) printf_like(4, 5);

#define log_at(level, ...)						\
	do {								\
		if ((level) <= CONFIG_LOG_LEVEL)			\
			log_line(level, __VA_ARGS__);			\
	} while (0)

/* (step, object, format, ...), no newline. */
#define log_err(...)	log_at(LOG_LEVEL_ERR, __VA_ARGS__)
#define log_warn(...)	log_at(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...)	log_at(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)	log_at(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
