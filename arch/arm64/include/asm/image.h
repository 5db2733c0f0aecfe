/* SPDX-License-Identifier: BSD-2-Clause */
/* The symbols of image.lds.S and payload.S, and where the image was found. */
#ifndef ASM_IMAGE_H
#define ASM_IMAGE_H

#include "region.h"

extern const char __loader_start[], __loader_library_start[],
	__loader_rodata_start[], __loader_rodata_end[],
	__loader_data_start[], __loader_guard0_start[],
	__loader_stack_end[], __loader_guard1_start[],
	__loader_crash_stack_end[], __loader_end[];
extern const char __payload_offset[], __payload_start[], __payload_copy_end[];
extern const char payload_kernel_start[], payload_kernel_end[],
	payload_initrd_start[], payload_initrd_end[],
	payload_dtb_start[], payload_dtb_end[];

/* Address at which the image was entered, in ROM or RAM. */
uint64_t arch_image_base(void);

/* All embedded files, where the CPU can read them. */
struct region arch_payload(void);

#endif
