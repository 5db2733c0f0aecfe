# SPDX-License-Identifier: BSD-2-Clause
# Partition tables and read-only file systems: pure functions over a disk.
obj-$(CONFIG_SOURCE_DISK) += fs.o partition.o gpt.o mbr.o
obj-$(CONFIG_FS_FAT) += fat.o fat_chain.o fat_dir.o fat_mount.o fat_name.o
obj-$(CONFIG_FS_EXT4) += ext4.o ext4_check.o ext4_dir.o ext4_dir_check.o
obj-$(CONFIG_FS_EXT4) += ext4_extent.o ext4_group.o ext4_indirect.o
obj-$(CONFIG_FS_EXT4) += ext4_inode.o ext4_map.o
