/* SPDX-License-Identifier: BSD-2-Clause */
/* Boot Loader Specification entries: names, keys, refusals, real files. */
#include "entry.h"
#include "err.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static struct entry entry;
static struct entry_key key;
static const char *why;

/* The text in memory of its own size, so that ASan sees the end. */
static int read_bytes(const char *text, size_t size)
{
	char *copy = malloc(size ? size : 1);
	int err;

	memcpy(copy, text, size);
	memset(&entry.title, 0xee, sizeof(entry) - sizeof(entry.key));
	why = "unset";
	err = entry_bls_read(copy, size, &entry, &why);
	free(copy);
	CHECK(!err == !why);
	return err;
}

static int read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

static bool refused(int err, int want, const char *text)
{
	return CHECK_EQ(err, want) && CHECK(why && strstr(why, text));
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a, b);
}

/* UAPI.1, "Type #1 Boot Loader Entry Keys", for our architecture. */
TEST(entry_bls_example_of_the_specification)
{
	CHECK_EQ(read_text(
		"# /boot/loader/entries/6a9857a393724b7a981ebb5b8495b9ea-3.8.0-2.fc19.x86_64.conf\n"
		"title        Fedora 19 (Rawhide)\n"
		"sort-key     fedora\n"
		"machine-id   6a9857a393724b7a981ebb5b8495b9ea\n"
		"version      3.8.0-2.fc19.x86_64\n"
		"options      root=UUID=6d3376e4-fc93-4509-95ec-a21d68011da2 quiet\n"
		"architecture aa64\n"
		"linux        /6a9857a393724b7a981ebb5b8495b9ea/3.8.0-2.fc19.x86_64/linux\n"
		"initrd       /6a9857a393724b7a981ebb5b8495b9ea/3.8.0-2.fc19.x86_64/initrd\n"), 0);
	CHECK(same(entry.title, "Fedora 19 (Rawhide)"));
	CHECK(same(entry.key.sort_key, "fedora"));
	CHECK(same(entry.key.machine_id, "6a9857a393724b7a981ebb5b8495b9ea"));
	CHECK(same(entry.key.version, "3.8.0-2.fc19.x86_64"));
	CHECK(same(entry.cmdline,
		   "root=UUID=6d3376e4-fc93-4509-95ec-a21d68011da2 quiet"));
	CHECK(same(entry.kernel,
		   "/6a9857a393724b7a981ebb5b8495b9ea/3.8.0-2.fc19.x86_64/linux"));
	CHECK_EQ(entry.initrd_count, 1);
	CHECK_EQ(entry.overlay_count, 0);
	CHECK(same(entry.initrd[0],
		   "/6a9857a393724b7a981ebb5b8495b9ea/3.8.0-2.fc19.x86_64/initrd"));
	CHECK(same(entry.devicetree, "") && same(entry.devicetree_folder, ""));
	/* As it stands there it is for another machine. */
	refused(read_text("linux /a\narchitecture x64\n"), -ENOTSUP,
		"architecture");
}

TEST(entry_bls_device_trees)
{
	CHECK_EQ(read_text(
		"linux /l\n"
		"devicetree 6a98/3.8.0-2.fc19.armv7hl/tegra20-paz00.dtb\n"
		"devicetree-overlay /o/overlay_A.dtbo  /o/overlay_B.dtbo\n"
		"devicetree-overlay\t/c\n"), 0);
	CHECK(same(entry.devicetree, "6a98/3.8.0-2.fc19.armv7hl/tegra20-paz00.dtb"));
	CHECK_EQ(entry.overlay_count, 3);
	CHECK(same(entry.overlay[0], "/o/overlay_A.dtbo"));
	CHECK(same(entry.overlay[1], "/o/overlay_B.dtbo"));
	CHECK(same(entry.overlay[2], "/c"));
}

/* kernel-install on Debian, with an initrd for microcode before the other. */
TEST(entry_bls_of_kernel_install)
{
	CHECK_EQ(read_text(
		"# Boot Loader Specification type#1 entry\n"
		"# File created by /usr/lib/kernel/install.d/90-loaderentry.install\n"
		"title      Debian GNU/Linux 12 (bookworm)\n"
		"version    6.1.0-18-arm64\n"
		"machine-id 5d9e6c1d8b7e4a0e9f4a7b1c2d3e4f50\n"
		"sort-key   debian\n"
		"options    root=UUID=0b1c rw quiet systemd.machine_id=5d9e\n"
		"linux      /5d9e/6.1.0-18-arm64/linux\n"
		"initrd     /5d9e/6.1.0-18-arm64/early.cpio\n"
		"initrd     /5d9e/6.1.0-18-arm64/initrd.img-6.1.0-18-arm64"), 0);
	CHECK_EQ(entry.initrd_count, 2);
	CHECK(same(entry.initrd[0], "/5d9e/6.1.0-18-arm64/early.cpio"));
	CHECK(same(entry.initrd[1],
		   "/5d9e/6.1.0-18-arm64/initrd.img-6.1.0-18-arm64"));
	CHECK(same(entry.key.version, "6.1.0-18-arm64"));
}

/* What Fedora writes for GRUB: words that only GRUB knows are ignored. */
TEST(entry_bls_of_fedora)
{
	CHECK_EQ(read_text(
		"title Fedora Linux (6.5.6-300.fc39.aarch64) 39 (Server Edition)\n"
		"version 6.5.6-300.fc39.aarch64\n"
		"linux /vmlinuz-6.5.6-300.fc39.aarch64\n"
		"initrd /initramfs-6.5.6-300.fc39.aarch64.img $tuned_initrd\n"
		"options root=/dev/mapper/fedora-root ro rd.lvm.lv=fedora/root\n"
		"grub_users $grub_users\n"
		"grub_arg --unrestricted\n"
		"grub_class fedora\n"), 0);
	CHECK(same(entry.title,
		   "Fedora Linux (6.5.6-300.fc39.aarch64) 39 (Server Edition)"));
	CHECK(same(entry.kernel, "/vmlinuz-6.5.6-300.fc39.aarch64"));
	/* One line, one path: GRUB's variables are not the specification's. */
	CHECK_EQ(entry.initrd_count, 1);
	CHECK(same(entry.initrd[0],
		   "/initramfs-6.5.6-300.fc39.aarch64.img $tuned_initrd"));
}

TEST(entry_bls_lines_of_all_kinds)
{
	CHECK_EQ(read_text("\xef\xbb\xbf" "title  A  B \t\r\n\r\n"
		"   # comment\r\n\t linux\t\t/k \r\n#linux /other\r\n"
		"options a=1\r\noptions\r\noptions \t b=\"2 3\"\r\n"
		"LINUX /no\r\nlinuxx /no\r\ninitrd\r\nefi\r\narchitecture\r\n"
		"options   c #d\r"), 0);
	CHECK(same(entry.title, "A  B"));
	CHECK(same(entry.kernel, "/k"));
	CHECK_EQ(entry.initrd_count, 0);
	CHECK(same(entry.cmdline, "a=1 b=\"2 3\" c #d"));
	/* The last one counts. */
	CHECK_EQ(read_text("linux /a\ntitle x\nlinux /b\ntitle yy\n"), 0);
	CHECK(same(entry.kernel, "/b") && same(entry.title, "yy"));
	CHECK_EQ(read_text("title \xc3\xa4\xf0\x9f\x90\xa7\nlinux /\xc3\xa4"), 0);
	CHECK(same(entry.title, "\xc3\xa4\xf0\x9f\x90\xa7"));
}

TEST(entry_bls_architectures)
{
	static const char *const ours[] = { "aa64", "AA64", "Aa64", "arm64",
					    "ARM64" };
	static const char *const others[] = { "x64", "IA32", "arm", "aa6",
					      "aa644", "aarch64x", "aa64 x64" };
	char text[64];

	for (size_t i = 0; i < ARRAY_SIZE(ours); i++) {
		strcat(strcpy(text, "linux /a\narchitecture "), ours[i]);
		CHECK_EQ(read_text(text), 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		strcat(strcpy(text, "linux /a\narchitecture "), others[i]);
		refused(read_text(text), -ENOTSUP, "architecture");
	}
}

TEST(entry_bls_without_a_kernel)
{
	refused(read_text(""), -ENOENT, "linux");
	refused(read_text("title x\noptions y\n"), -ENOENT, "linux");
	refused(read_text("linux\nlinux \n"), -ENOENT, "linux");
	refused(read_text("efi /EFI/a.efi\n"), -ENOTSUP, "UEFI");
	refused(read_text("title x\nuki /EFI/Linux/a.efi\n"), -ENOTSUP, "UEFI");
	refused(read_text("uki-url http://x.example/\n"), -ENOTSUP, "UEFI");
	CHECK_EQ(read_text("efi /a.efi\nlinux /a\n"), 0);
}

TEST(entry_bls_control_characters)
{
	char text[] = "linux /a\noptions b?c\n";

	for (unsigned int c = 1; c < 256; c++) {
		bool good = (c >= ' ' && c != 0x7f) || c == '\t' || c == '\n';

		*strchr(text, 'b') = 'b';
		text[18] = (char)c;
		if (good)
			CHECK_EQ(read_text(text), 0);
		else
			refused(read_text(text), -EINVAL, "control character");
	}
	refused(read_bytes("linux /a\0b", 10), -EINVAL, "control character");
	refused(read_bytes("linux /a\n\0", 10), -EINVAL, "control character");
	refused(read_text("linux /a\r\r\n"), -EINVAL, "control character");
	refused(read_text("title \033[2J\nlinux /a"), -EINVAL, "control");
}

/* A key with a value of @size bytes, behind a kernel. */
static int read_long(const char *word, size_t size)
{
	static char text[ENTRY_FILE_MAX + 16];
	char *to = stpcpy(stpcpy(stpcpy(text, "linux /k\n"), word), " ");

	memset(to, 'x', size);
	to[size] = '\0';
	return read_text(text);
}

TEST(entry_bls_values_that_are_too_long)
{
	static const struct { const char *key; size_t room; } keys[] = {
		{ "title", ENTRY_NAME_MAX }, { "version", ENTRY_FIELD_MAX },
		{ "machine-id", ENTRY_FIELD_MAX }, { "sort-key", ENTRY_FIELD_MAX },
		{ "linux", ENTRY_PATH_MAX }, { "initrd", ENTRY_PATH_MAX },
		{ "devicetree", ENTRY_PATH_MAX },
		{ "devicetree-overlay", ENTRY_PATH_MAX },
		{ "options", ENTRY_CMDLINE_MAX },
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		CHECK_EQ(read_long(keys[i].key, keys[i].room - 1), 0);
		refused(read_long(keys[i].key, keys[i].room), -ERANGE, "long");
	}
	CHECK_EQ(read_long("unknown", ENTRY_FILE_MAX - 17), 0);
	refused(read_long("unknown", ENTRY_FILE_MAX - 16), -ERANGE, "64 KiB");
}

/* The command line is never cut, wherever it gets too long. */
TEST(entry_bls_options_that_add_up)
{
	static char text[6 * ENTRY_CMDLINE_MAX];
	char *to = stpcpy(text, "linux /k\n");

	for (unsigned int i = 0; i < 1024; i++)
		to = stpcpy(to, "options a\n");
	CHECK_EQ(read_text(text), 0);
	CHECK_EQ(strlen(entry.cmdline), 2047);
	stpcpy(to, "options a\n");
	refused(read_text(text), -ERANGE, "command line");
	/* One byte too many, and that is the space. */
	memset(text, 0, sizeof(text));
	strcpy(text, "options b\nlinux /k\noptions ");
	memset(text + strlen(text), 'x', ENTRY_CMDLINE_MAX - 2);
	refused(read_text(text), -ERANGE, "command line");
}

TEST(entry_bls_too_many_files)
{
	char text[512];
	char *to = stpcpy(text, "linux /k\n");

	for (unsigned int i = 0; i < ENTRY_INITRDS; i++)
		to = stpcpy(to, "initrd /i\n");
	CHECK_EQ(read_text(text), 0);
	CHECK_EQ(entry.initrd_count, ENTRY_INITRDS);
	stpcpy(to, "initrd /i\n");
	refused(read_text(text), -ENOSPC, "more than 8");
	CHECK_EQ(read_text("linux /k\ndevicetree-overlay a b c d e f g h"), 0);
	CHECK_EQ(entry.overlay_count, ENTRY_OVERLAYS);
	refused(read_text("linux /k\ndevicetree-overlay a b c d e f g h i"),
		-ENOSPC, "more than 8");
}

TEST(entry_bls_paths_that_go_up)
{
	static const char *const bad[] = {
		"..", "../a", "/..", "/../a", "a/..", "/a/../b", "/a//../b",
		"./../a", "a/b/..",
	};
	static const char *const good[] = {
		"a..b", "/..a", "/a../b", "...", "/.../a", "/./a", "//a",
	};
	char text[64];

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		strcat(strcpy(text, "linux "), bad[i]);
		refused(read_text(text), -EINVAL, "..");
		strcat(strcpy(text, "linux /k\ninitrd "), bad[i]);
		refused(read_text(text), -EINVAL, "..");
		strcat(strcpy(text, "linux /k\ndevicetree "), bad[i]);
		refused(read_text(text), -EINVAL, "..");
		strcat(strcpy(text, "linux /k\ndevicetree-overlay a "), bad[i]);
		refused(read_text(text), -EINVAL, "..");
	}
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		strcat(strcpy(text, "linux "), good[i]);
		CHECK_EQ(read_text(text), 0);
		CHECK(same(entry.kernel, good[i]));
	}
}

static void name_is(const char *name, const char *id, bool counted,
		    unsigned int left, unsigned int done)
{
	memset(&key, 0xee, sizeof(key));
	CHECK_EQ(entry_bls_name(name, &key), 0);
	CHECK(same(key.id, id));
	CHECK_EQ(key.counted, counted);
	CHECK_EQ(key.left, left);
	CHECK_EQ(key.done, done);
	CHECK(!key.sort_key[0] && !key.machine_id[0] && !key.version[0]);
}

TEST(entry_bls_names)
{
	name_is("6a98-3.8.0-2.fc19.x86_64.conf", "6a98-3.8.0-2.fc19.x86_64",
		false, 0, 0);
	name_is("x+3-1.conf", "x", true, 3, 1);
	name_is("x+3.conf", "x", true, 3, 0);
	name_is("x+0-3.CONF", "x", true, 0, 3);
	name_is("x+007-010.conf", "x", true, 7, 10);
	name_is("linux+debug.conf", "linux+debug", false, 0, 0);
	name_is("linux+.conf", "linux+", false, 0, 0);
	name_is("linux+3-.conf", "linux+3-", false, 0, 0);
	name_is("linux+-3.conf", "linux+-3", false, 0, 0);
	name_is("linux-3.conf", "linux-3", false, 0, 0);
	name_is("a+1+2.conf", "a+1", true, 2, 0);
	name_is("a+1-2-3.conf", "a+1-2-3", false, 0, 0);
	name_is("5.conf", "5", false, 0, 0);
	name_is("-5.conf", "-5", false, 0, 0);
	name_is("a+4294967295.conf", "a", true, UINT32_MAX, 0);
}

TEST(entry_bls_names_that_are_refused)
{
	static const char *const none[] = {
		"", ".conf", ".x.conf", "x.confx", "x.con", "xconf", "conf",
		"a/b.conf", "a\nb.conf", "a\033b.conf", "x.conf ",
	};
	char name[ENTRY_NAME_MAX + 16];

	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		CHECK_EQ(entry_bls_name(none[i], &key), -ENOEXEC);
	CHECK_EQ(entry_bls_name("+3.conf", &key), -EINVAL);
	CHECK_EQ(entry_bls_name("+3-1.conf", &key), -EINVAL);
	CHECK_EQ(entry_bls_name("a+4294967296.conf", &key), -EINVAL);
	CHECK_EQ(entry_bls_name("a+1-99999999999.conf", &key), -EINVAL);
	memset(name, 'n', sizeof(name));
	strcpy(name + ENTRY_NAME_MAX - 1, "+1-2.conf");
	CHECK_EQ(entry_bls_name(name, &key), 0);
	CHECK_EQ(strlen(key.id), ENTRY_NAME_MAX - 1);
	strcpy(name + ENTRY_NAME_MAX, ".conf");
	name[ENTRY_NAME_MAX - 1] = 'n';
	CHECK_EQ(entry_bls_name(name, &key), -ERANGE);
}

/* Reading the file keeps what the name said, and nothing else. */
TEST(entry_bls_name_and_file)
{
	CHECK_EQ(entry_bls_name("x+3-1.conf", &entry.key), 0);
	strcpy(entry.key.version, "old");
	CHECK_EQ(read_text("linux /a\nsort-key s\n"), 0);
	CHECK(same(entry.key.id, "x") && entry.key.counted);
	CHECK(entry.key.left == 3 && entry.key.done == 1);
	CHECK(same(entry.key.version, "") && same(entry.key.sort_key, "s"));
}
