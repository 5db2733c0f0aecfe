/* SPDX-License-Identifier: BSD-2-Clause */
/* The matcher, and fw_cfg with every way in which it can fail. */
#include "dt.h"
#include "driver.h"
#include "err.h"
#include "fw_cfg.h"
#include "mock.h"
#include "source.h"
#include "unit.h"
#include <libfdt.h>
#include <string.h>

static uint8_t blob[SZ_64K] __attribute__((aligned(16)));
static struct dt dt;
static unsigned int probes;
static int probe_error;
static struct region probed;

static int probe(const struct device *device)
{
	probes++;
	probed = device->regs;
	return probe_error;
}

static const char *const generic[] = { "test,generic", NULL };
static const char *const special[] = { "test,special", "test,other", NULL };
static const struct driver driver_generic = {
	.name = "generic", .compatible = generic, .probe = probe,
};
static const struct driver driver_special = {
	.name = "special", .compatible = special, .probe = probe,
};
TABLE_ADD(driver, 10, driver_generic);
TABLE_ADD(driver, 20, driver_special);

static void report(void *context, const struct driver *driver,
		   const struct device *device, int err)
{
	*(int *)context = err;
}

/* One node with this compatible, status and reg. */
static int node_with(const char *compatible, size_t length,
		     const char *status, bool reg)
{
	fdt32_t cells[] = { cpu_to_fdt32(0x1000), cpu_to_fdt32(0x100) };
	const char *why;

	fdt_create(blob, sizeof(blob));
	fdt_finish_reservemap(blob);
	fdt_begin_node(blob, "");
	fdt_begin_node(blob, "device");
	if (compatible)
		fdt_property(blob, "compatible", compatible, (int)length);
	if (status)
		fdt_property_string(blob, "status", status);
	if (reg)
		fdt_property(blob, "reg", cells, sizeof(cells));
	fdt_end_node(blob);
	fdt_end_node(blob);
	fdt_finish(blob);
	CHECK_EQ(dt_open(&dt, blob, sizeof(blob), &why), 0);
	return dt_path(&dt, "/device");
}

TEST(driver_match_prefers_the_most_specific_string)
{
	static const char both[] = "test,unknown\0test,special\0test,generic";
	const char *matched;
	int node = node_with(both, sizeof(both), NULL, false);

	CHECK(driver_match(&dt, node, &matched) == &driver_special);
	CHECK(!strcmp(matched, "test,special"));
	node = node_with(both + 26, sizeof(both) - 26, NULL, false);
	CHECK(driver_match(&dt, node, &matched) == &driver_generic);
}

TEST(driver_match_refuses_what_nobody_knows)
{
	const char *matched;

	CHECK(!driver_match(&dt, node_with("x", 2, NULL, false), &matched));
	CHECK(!driver_match(&dt, node_with(NULL, 0, NULL, false), &matched));
	/* Not terminated. */
	CHECK(!driver_match(&dt, node_with("test,generic", 12, NULL, false),
			    &matched));
}

TEST(driver_probe_leaves_disabled_devices_alone)
{
	int err = 1;

	mock_reset();
	probes = 0;
	node_with("test,generic", 13, "disabled", true);
	driver_probe_all(&dt, false, report, &err);
	CHECK_EQ(probes, 0);
	node_with("test,generic", 13, "okay", true);
	driver_probe_all(&dt, false, report, &err);
	CHECK_EQ(probes, 1);
	CHECK_EQ(err, 0);
	CHECK_EQ(probed.base, 0x1000);
	probe_error = -EIO;
	node_with("test,generic", 13, NULL, false);
	driver_probe_all(&dt, false, report, &err);
	CHECK_EQ(err, -EIO);
	CHECK_EQ(probed.size, 0);
	probe_error = 0;
}

static const struct driver *fw_cfg_driver(void)
{
	const struct driver *const *it;

	table_for_each(driver, it)
		if (!strcmp((*it)->name, "fw_cfg"))
			return *it;
	return NULL;
}

static int probe_fw_cfg(uint64_t size)
{
	struct device device = { .regs = region_of(FAKE_FW_CFG, size) };

	return fw_cfg_driver()->probe(&device);
}

/* First by name: nothing has been probed yet when it runs. */
TEST(aa_fw_cfg_refuses_before_it_was_probed)
{
	uint32_t value;

	CHECK_EQ(fw_cfg_number(FW_CFG_KERNEL_SIZE, &value), -ENODEV);
}

TEST(fw_cfg_refuses_a_device_that_is_none)
{
	mock_reset();
	CHECK_EQ(probe_fw_cfg(8), -EINVAL);
	fake_fw_cfg.absent = true;
	CHECK_EQ(probe_fw_cfg(24), -ENODEV);
	fake_fw_cfg.absent = false;
	fake_fw_cfg.no_dma = true;
	CHECK_EQ(probe_fw_cfg(24), -ENOTSUP);
}

TEST(fw_cfg_refuses_what_the_device_refuses)
{
	uint8_t byte;

	mock_reset();
	CHECK_EQ(probe_fw_cfg(24), 0);
	fake_fw_cfg.error = true;
	CHECK_EQ(fw_cfg_read(FW_CFG_KERNEL_DATA, 0, &byte, 1), -EIO);
	fake_fw_cfg.error = false;
	CHECK_EQ(fw_cfg_read(FW_CFG_KERNEL_DATA, 1ull << 32, &byte, 1),
		 -ERANGE);
	fake_fw_cfg.hang = true;
	mock.tick = 62500000;
	CHECK_EQ(fw_cfg_read(FW_CFG_KERNEL_DATA, 0, &byte, 1), -ETIMEDOUT);
}

TEST(fw_cfg_reads_at_an_offset)
{
	static const uint8_t kernel[] = { 1, 2, 3, 4, 5 };
	uint8_t got[2];
	uint32_t size;

	mock_reset();
	fake_fw_cfg.kernel = kernel;
	fake_fw_cfg.kernel_size = sizeof(kernel);
	CHECK_EQ(probe_fw_cfg(24), 0);
	CHECK_EQ(fw_cfg_number(FW_CFG_KERNEL_SIZE, &size), 0);
	CHECK_EQ(size, 5);
	CHECK_EQ(fw_cfg_read(FW_CFG_KERNEL_DATA, 3, got, 2), 0);
	CHECK(got[0] == 4 && got[1] == 5);
}

static int open_source(struct candidate *candidate)
{
	const struct source *const *it;

	memset(candidate, 0, sizeof(*candidate));
	table_for_each(source, it)
		if (!strcmp((*it)->name, "fw_cfg"))
			return (*it)->open(0, candidate, NULL);
	return -ENOENT;
}

TEST(source_fw_cfg_refuses_odd_sizes)
{
	struct candidate candidate;

	mock_reset();
	CHECK_EQ(probe_fw_cfg(24), 0);
	CHECK_EQ(open_source(&candidate), SOURCE_END);
	fake_fw_cfg.kernel_size = UINT32_MAX;
	fake_fw_cfg.initrd_size = UINT32_MAX;
	CHECK_EQ(open_source(&candidate), 0);
	CHECK_EQ(candidate.kernel.size, UINT32_MAX);
	CHECK_EQ(candidate.cmdline[0], 0);
	fake_fw_cfg.cmdline_size = CMDLINE_MAX + 1;
	CHECK_EQ(open_source(&candidate), -ERANGE);
	fake_fw_cfg.error = true;
	CHECK_EQ(open_source(&candidate), -EIO);
}

TEST(source_fw_cfg_terminates_the_command_line)
{
	struct candidate candidate;

	mock_reset();
	CHECK_EQ(probe_fw_cfg(24), 0);
	fake_fw_cfg.kernel_size = 64;
	fake_fw_cfg.cmdline = "root";
	fake_fw_cfg.cmdline_size = 4;	/* without its NUL */
	CHECK_EQ(open_source(&candidate), 0);
	CHECK(!strcmp(candidate.cmdline, "roo"));
}

TEST(file_read_refuses_what_is_not_in_the_file)
{
	uint8_t bytes[8] = { 0, 1, 2, 3 }, got[8];
	struct file file = { .size = 4,
			     .memory = region_of((uintptr_t)bytes, 4) };

	CHECK_EQ(file_read(&file, 0, got, 5), -ERANGE);
	CHECK_EQ(file_read(&file, 5, got, 0), -ERANGE);
	CHECK_EQ(file_read(&file, 1, got, UINT64_MAX), -ERANGE);
	CHECK_EQ(file_read(&file, 2, got, 2), 0);
	CHECK(got[0] == 2 && got[1] == 3);
}
