/* SPDX-License-Identifier: BSD-2-Clause */
/* Errors by name, for a person who reads the console. */
#include "err.h"
#include "types.h"

#define NAME(err)	{ err, #err }

/*
 * Arrays inside the struct, not pointers: the monitor may print before
 * anything could relocate it.
 */
static const struct {
	int err;
	char name[12];
} names[] = {
	NAME(ENOENT), NAME(EIO), NAME(ENOEXEC), NAME(EAGAIN), NAME(ENOMEM),
	NAME(EFAULT), NAME(ENODEV), NAME(ENOTDIR), NAME(EISDIR), NAME(EINVAL),
	NAME(ENOSPC), NAME(ERANGE), NAME(ELOOP), NAME(EBADMSG), NAME(ENOTSUP),
	NAME(ETIMEDOUT),
};

const char *err_name(int err)
{
	if (!err)
		return "ok";
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].err == err || names[i].err == -err)
			return names[i].name;
	return "E?";
}
