/* SPDX-License-Identifier: BSD-2-Clause */
/* Cyclic redundancy checks, bit-reflected, as disks and file systems use them. */
#ifndef CRC_H
#define CRC_H

#include "types.h"

/*
 * Go on with @crc over @size bytes. Neither inverts before nor after: GPT
 * starts with ~0 and inverts the result, ext4 starts with ~0 and does not.
 * crc32: polynomial 0x04c11db7 (GPT, gzip); crc32c: 0x1edc6f41 (ext4);
 * crc16: 0x8005 (ext4 group descriptors without metadata_csum).
 */
uint32_t crc32(uint32_t crc, const void *bytes, size_t size);
uint32_t crc32c(uint32_t crc, const void *bytes, size_t size);
uint16_t crc16(uint16_t crc, const void *bytes, size_t size);

#endif
