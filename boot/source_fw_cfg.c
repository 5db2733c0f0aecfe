/* SPDX-License-Identifier: BSD-2-Clause */
/* Source "fw_cfg": what stands on QEMU's command line beside our image. */
#include "err.h"
#include "fw_cfg.h"
#include "source.h"
#include "words.h"

static int read_data(const struct file *file, uint64_t offset, void *to,
		     uint64_t size)
{
	return fw_cfg_read((enum fw_cfg_key)file->handle, offset, to, size);
}

static int open_file(struct file *file, enum fw_cfg_key size_key,
		     enum fw_cfg_key data_key)
{
	uint32_t size;
	int err = fw_cfg_number(size_key, &size);

	if (err)
		return err;
	*file = (struct file){ .size = size, .read = read_data,
			       .handle = data_key };
	return 0;
}

/* -append; its size counts the NUL. Longer ones would be cut by Linux. */
static int read_cmdline(char *cmdline)
{
	uint32_t size;
	int err = fw_cfg_number(FW_CFG_CMDLINE_SIZE, &size);

	if (err || !size)
		return err;
	if (size > CMDLINE_MAX)
		return -ERANGE;
	err = fw_cfg_read(FW_CFG_CMDLINE_DATA, 0, cmdline, size);
	cmdline[size - 1] = '\0';
	return err;
}

static int open(unsigned int index, struct candidate *candidate,
		struct source_context *context)
{
	int err;

	if (index)
		return SOURCE_END;
	err = open_file(&candidate->kernel, FW_CFG_KERNEL_SIZE,
			FW_CFG_KERNEL_DATA);
	if (!err && !candidate->kernel.size)
		err = SOURCE_END;
	if (!err)
		err = open_file(&candidate->initrd[0], FW_CFG_INITRD_SIZE,
				FW_CFG_INITRD_DATA);
	candidate->initrd_count = candidate->initrd[0].size ? 1 : 0;
	if (!err)
		err = read_cmdline(candidate->cmdline);
	if (err == -ERANGE)
		candidate->why = WORDS("its command line is longer than Linux "
				       "keeps (2047 bytes): shorten it");
	return err;
}

static const struct source source_fw_cfg = { "fw_cfg", open };
TABLE_ADD(source, 50, source_fw_cfg);
