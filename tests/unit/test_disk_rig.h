/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine with disks for the tests, and what happened on it. */
#ifndef TEST_DISK_RIG_H
#define TEST_DISK_RIG_H

#include "disk/ramdisk.h"
#include "mock.h"

extern struct boot rig;

/* A new machine, with so many bytes of RAM (0: MOCK_RAM_SIZE). */
void rig_machine(uint64_t ram);

/* The image "boot/@name.img" becomes its next disk: "ram0", "ram1", ... */
struct ramdisk *rig_disk(const char *name);

/* How many of its disks have been stopped. */
unsigned int rig_stopped(void);

/* Boot until the kernel runs or nothing is left. */
enum mock_end rig_run(void);

/* That, and did this file of the images run, with these words? */
bool rig_boots(const char *kernel, const char *cmdline);

/* What runs now is the file "boot/@name" of the images. */
bool rig_runs(const char *name);

/* Run the steps up to @last. Return: the first error. */
int rig_steps(int (*last)(struct boot *boot));

/* The names of all candidates, a line each; what is refused is told. */
const char *rig_list(void);

/* Compare texts that may be long. Shows both if they differ. */
bool rig_same(const char *got, const char *want);

/* The console has @text; shows the console if not. */
bool rig_said(const char *text);

/* The tree that was handed over. */
struct dt rig_tree(void);

#endif
