/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every error is 0 or one of these, negated. The numbers are those of Linux,
 * so that a value seen in a debugger reads the same in both worlds.
 */
#ifndef ERR_H
#define ERR_H

enum {
	ENOENT = 2,		/* nothing of that name */
	EIO = 5,		/* a device said that it failed */
	ENOEXEC = 8,		/* not a format that can be started */
	EAGAIN = 11,		/* nothing now, perhaps later */
	ENOMEM = 12,		/* no memory that obeys the rule */
	EFAULT = 14,		/* an address that is not RAM */
	ENODEV = 19,		/* no such device in this machine */
	ENOTDIR = 20,		/* a path goes on behind a file */
	EISDIR = 21,		/* a folder where a file is wanted */
	EINVAL = 22,		/* the bytes contradict their own format */
	ENOSPC = 28,		/* one of our own fixed-size tables is full */
	ERANGE = 34,		/* a number that wraps or leaves its bounds */
	ELOOP = 40,		/* links or chains that have no end */
	EBADMSG = 74,		/* a check value or a second reading differs */
	ENOTSUP = 95,		/* understood, but not built in */
	ETIMEDOUT = 110,	/* a device did not answer in time */
};

/* The name of @err (either sign), "ok" for 0, "E?" if it has none. */
const char *err_name(int err);

#endif
