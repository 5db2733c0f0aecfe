/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's exception vectors (vectors.S). */
#ifndef ASM_VECTORS_H
#define ASM_VECTORS_H

extern const char loader_vectors[];

#endif
