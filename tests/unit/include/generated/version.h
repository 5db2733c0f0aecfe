/* SPDX-License-Identifier: BSD-2-Clause */
/* The version that the unit tests build. */
#define AGLET_VERSION "unit"
