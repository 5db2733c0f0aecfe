/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flash that only the secure world sees, for the EL3 monitor: the first words
 * of two sectors, each a copy of a record. These run with the MMU off, and
 * after the hand-off too: no library, no log. While one of them runs nobody
 * may read that flash, nor execute from it.
 */
#ifndef SECURE_FLASH_H
#define SECURE_FLASH_H

#include "types.h"

#define SECURE_FLASH_COPIES	2u

/* Word @word of @copy as it stands there; erased words are all ones. */
uint32_t secure_flash_read(unsigned int copy, unsigned int word);

/*
 * Erase the sector of @copy; program one erased word of it.
 * Return: 0, -EIO (the flash says that it failed), -ETIMEDOUT.
 */
int secure_flash_erase(unsigned int copy);
int secure_flash_program(unsigned int copy, unsigned int word, uint32_t value);

#endif
