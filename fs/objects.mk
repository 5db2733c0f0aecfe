# SPDX-License-Identifier: BSD-2-Clause
# Partition tables and read-only file systems: pure functions over a disk.
