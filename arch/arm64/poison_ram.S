/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_POISON: fill memory, so that nobody lives from zeroes. The start of
 * RAM (POISON_RAM_SIZE bytes), the loader's place and the monitor's; not the
 * image, where it lies in RAM, and no device tree: they are the input.
 *
 * Only the primary does it. The others may have said HERE in the monitor's
 * memory before (reset_park.S); the fill then looks to them like a word that
 * is neither 0 nor GO, so they wait, and the 0 of the primary's reset code
 * makes them say it again. So nobody has to wait for the fill.
 */
#include "asm/poison.h"

#define PAGE		4096
#define RAM_END		(CONFIG_RAM_BASE + CONFIG_POISON_RAM_SIZE)
#define TREE_MAGIC	0xedfe0dd0		/* big-endian 0xd00dfeed */

/*
 * @end = the end of the device tree at @base, or @base: there is none, or it
 * is not in the RAM that is filled. Changes x9.
 */
	.macro	tree_end end, base
	mov	\end, \base
	tst	\base, #7
	b.ne	.Ltree_end\@
	ldr	x9, =CONFIG_RAM_BASE
	cmp	\base, x9
	b.lo	.Ltree_end\@
	ldr	x9, =RAM_END
	cmp	\base, x9
	b.hs	.Ltree_end\@
	ldr	x9, [\base]			/* magic, total size */
	lsr	\end, x9, #32
	rev	\end, \end
	lsr	\end, \end, #32
	add	\end, \end, \base
	ldr	x10, =TREE_MAGIC
	cmp	w9, w10
	csel	\end, \end, \base, eq
.Ltree_end\@:
	.endm

/* Is any byte of the page x4 in \start..\end? Then leave it alone. */
	.macro	keep start, end
	cmp	x4, \end
	ccmp	x6, \start, #0, lo
	b.hi	2f
	.endm

	.section .text.poison_ram, "ax"
/*
 * in: x0 what may be a device tree, x24 the image, x26 not 0: the primary.
 * Changes x4 to x19 and x28.
 */
	.global	poison_ram
poison_ram:
	cbz	x26, 3f
	mov	x28, x30
	ldr	x11, =__image_size
	add	x11, x11, x24
	ldr	x12, =CONFIG_DTB_ADDR
	tree_end x13, x12
	mov	x14, x0
	tree_end x15, x14
	ldr	x16, =POISON_MEMORY
	ldr	x4, =CONFIG_RAM_BASE
	ldr	x5, =RAM_END
	bl	fill
	ldr	x4, =__loader_start
	ldr	x5, =__loader_end
	bl	fill
	ldr	x4, =__payload_start
	ldr	x5, =__payload_copy_end
	bl	fill
	cmp	x25, #3
	b.ne	1f
	ldr	x4, =__monitor_start
	ldr	x5, =__monitor_memory_end
	bl	fill
1:	dsb	sy
	mov	x30, x28
3:	ret

/* in: x4 start, x5 end; page by page from the one that @start lies in. */
fill:	and	x4, x4, #~(PAGE - 1)
1:	cmp	x4, x5
	b.hs	3f
	add	x6, x4, #PAGE
	keep	x24, x11
	keep	x12, x13
	keep	x14, x15
	mov	x7, x4
4:	stp	x16, x16, [x7], #16
	stp	x16, x16, [x7], #16
	stp	x16, x16, [x7], #16
	stp	x16, x16, [x7], #16
	cmp	x7, x6
	b.lo	4b
2:	mov	x4, x6
	b	1b
3:	ret
	.ltorg
