/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256 by the CPU's instructions (FEAT_SHA256), for lib/sha256.c. FP and
 * SIMD are on from arch/arm64/start.c to the hand-off; of their registers only
 * those are used that a call may change (AAPCS64, 6.1.2).
 */
	.arch	armv8-a+crypto

/* Four rounds with the words in \m; v16 to v31 hold the constants. */
	.macro	rounds m, k
	add	v3.4s, v\m\().4s, v\k\().4s
	mov	v2.16b, v0.16b
	sha256h	q0, q1, v3.4s
	sha256h2 q1, q2, v3.4s
	.endm

/* The same, and \m becomes the words of 16 rounds later. */
	.macro	rounds_next m, m1, m2, m3, k
	rounds	\m, \k
	sha256su0 v\m\().4s, v\m1\().4s
	sha256su1 v\m\().4s, v\m2\().4s, v\m3\().4s
	.endm

	.section .text.arch_sha256_blocks, "ax"
	.global	arch_sha256_blocks
	.type	arch_sha256_blocks, %function
/* in: x0 hash value, x1 data, x2 blocks, not 0 */
arch_sha256_blocks:
	hint	#34				/* bti c */
	adrp	x3, constants
	add	x3, x3, :lo12:constants
	ld1	{v16.4s-v19.4s}, [x3], #64
	ld1	{v20.4s-v23.4s}, [x3], #64
	ld1	{v24.4s-v27.4s}, [x3], #64
	ld1	{v28.4s-v31.4s}, [x3]
	ld1	{v0.4s, v1.4s}, [x0]
1:	ld1	{v4.16b-v7.16b}, [x1], #64
	rev32	v4.16b, v4.16b
	rev32	v5.16b, v5.16b
	rev32	v6.16b, v6.16b
	rev32	v7.16b, v7.16b
	rounds_next 4, 5, 6, 7, 16
	rounds_next 5, 6, 7, 4, 17
	rounds_next 6, 7, 4, 5, 18
	rounds_next 7, 4, 5, 6, 19
	rounds_next 4, 5, 6, 7, 20
	rounds_next 5, 6, 7, 4, 21
	rounds_next 6, 7, 4, 5, 22
	rounds_next 7, 4, 5, 6, 23
	rounds_next 4, 5, 6, 7, 24
	rounds_next 5, 6, 7, 4, 25
	rounds_next 6, 7, 4, 5, 26
	rounds_next 7, 4, 5, 6, 27
	rounds	4, 28
	rounds	5, 29
	rounds	6, 30
	rounds	7, 31
	ld1	{v2.4s, v3.4s}, [x0]
	add	v0.4s, v0.4s, v2.4s
	add	v1.4s, v1.4s, v3.4s
	st1	{v0.4s, v1.4s}, [x0]
	subs	x2, x2, #1
	b.ne	1b
	ret
	.size	arch_sha256_blocks, . - arch_sha256_blocks

/* FIPS 180-4, 4.2.2 */
	.section .rodata.arch_sha256_blocks, "a"
	.balign	16
constants:
	.word	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5
	.word	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5
	.word	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3
	.word	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174
	.word	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc
	.word	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da
	.word	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7
	.word	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967
	.word	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13
	.word	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85
	.word	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3
	.word	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070
	.word	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5
	.word	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3
	.word	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208
	.word	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
