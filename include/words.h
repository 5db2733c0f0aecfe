/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Texts that explain. Without CONFIG_ERROR_TEXTS an error is told by step,
 * object and number only, and these cost nothing.
 */
#ifndef WORDS_H
#define WORDS_H

#define WORDS(text)	(IS_ENABLED(CONFIG_ERROR_TEXTS) ? (text) : "")

#endif
