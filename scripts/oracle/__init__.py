# SPDX-License-Identifier: BSD-2-Clause
"""The host oracle: the state of each CPU at its entry, seen from outside."""
