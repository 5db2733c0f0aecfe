/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets that grow by adding a file: drivers, sources, formats, fixups. A set
 * is an array of pointers that the linker collects from sections named
 * .table.<set>.<rank>.<name> and sorts by that name, so that the order never
 * comes from the order of linking. Pointers, because an array of structs
 * breaks as soon as the compiler aligns one of them more than its size.
 */
#ifndef TABLE_H
#define TABLE_H

/* Declare the bounds of @set, an array of const @type pointers. */
#define TABLE(set, type)						\
	extern const type *const __table_##set##_start[];		\
	extern const type *const __table_##set##_end[]

/* Add @object, a const struct in static storage; @rank is two digits. */
#define TABLE_ADD(set, rank, object)					\
	static const __typeof__(object) *const table_##set##_##object	\
	__attribute__((used,						\
		       section(".table." #set "." #rank "." #object)))	\
	= &object

#define table_for_each(set, it)						\
	for (it = __table_##set##_start; it < __table_##set##_end; it++)

#endif
