/* SPDX-License-Identifier: BSD-2-Clause */
/* Folders of FAT: which names there are, and how a folder ends. */
#include "err.h"
#include "test_fat.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static struct fat_made made;
static struct fs_node root, node;
static struct fs_entry entry;

/* Mount, and look at the root. */
static void start(void)
{
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "/", &root), 0);
}

static int find(const char *name)
{
	return made.fs.type->find(&made.fs, &root, name, strlen(name), &node);
}

/* The names of @folder in one line; the number of them. */
static unsigned int names_of(const struct fs_node *folder, char *line,
			     size_t size, int *err)
{
	unsigned int count = 0;
	uint64_t at = 0;

	*line = 0;
	while (!(*err = fs_list(&made.fs, folder, &at, &entry))) {
		count++;
		if (strlen(line) + strlen(entry.name) + 2 > size)
			continue;
		strcat(line, entry.name);
		strcat(line, "|");
	}
	return count;
}

static void check_names(const char *want)
{
	char line[4096];
	int err;

	start();
	names_of(&root, line, sizeof(line), &err);
	CHECK_EQ(err, -ENOENT);
	CHECK(!made.fs.why);
	if (!CHECK(!strcmp(line, want)))
		printf("# got %s\n# want %s\n", line, want);
}

TEST(fat_dir_short_names)
{
	uint8_t *at;

	fat_make(&made, 12, 512, 50);
	at = fat_short(made.ram.bytes + made.root, "VOLUME     ", FAT_LABEL,
		       0, 0);
	at = fat_short(at, "A       B  ", FAT_FILE, 0, 0);
	at = fat_short(at, "BIG     TXT", FAT_FILE, 0, 0);
	at = fat_short(at, "BASE    TXT", FAT_FILE, 0, 0);
	(at - 32)[12] = 0x08;
	at = fat_short(at, "EXT     TXT", FAT_FILE, 0, 0);
	(at - 32)[12] = 0x10;
	at = fat_short(at, "BOTH1234TXT", FAT_FOLDER, 9, 77);
	(at - 32)[12] = 0x18;
	at = fat_short(at, "\xe5GONE   TXT", FAT_FILE, 0, 0);
	at = fat_short(at, "\x05" "E5     TXT", FAT_FILE, 0, 0);
	at = fat_short(at, "M\x9aLL    \x81 \x7f", FAT_FILE, 0, 0);
	at = fat_short(at, "IN SIDE A B", FAT_FILE, 0, 0);
	at = fat_short(at, "A/B\\C\n  \t/ ", FAT_FILE, 0, 0);
	at = fat_short(at, "           ", FAT_FILE, 0, 0);
	at = fat_short(at, ".          ", FAT_FOLDER, 0, 0);
	at = fat_short(at, "..         ", FAT_FOLDER, 0, 0);
	at = fat_short(at, "        .  ", FAT_FOLDER, 0, 0);
	at = fat_short(at, "        X  ", FAT_FILE, 0, 0);
	fat_short(at + 32, "BEHIND  END", FAT_FILE, 0, 0);
	check_names("A.B|BIG.TXT|base.TXT|EXT.txt|both1234.txt|_E5.TXT|"
		    "M_LL._ _|IN SIDE.A B|A_B_C_.__|.X|");
	CHECK_EQ(find("BOTH1234.TXT"), 0);
	CHECK_EQ(node.kind, FS_FOLDER);
	CHECK_EQ(node.size, 0);
	CHECK_EQ(node.number, 9);
	CHECK_EQ(find("behind.end"), -ENOENT);
	CHECK_EQ(find("VOLUME"), -ENOENT);
	CHECK_EQ(find("A       B"), -ENOENT);
	CHECK_EQ(find("a."), -ENOENT);
	CHECK_EQ(find("m_ll._ _"), 0);
	CHECK_EQ(made.fs.type->find(&made.fs, &root, "", 0, &node), -ENOENT);
	fat_free(&made);
}

TEST(fat_dir_long_names)
{
	static const char16_t thirteen[] = u"exactly.13.ch",
			      fourteen[] = u"exactly.14.cha",
			      mixed[] = u"Grüße 日本語 \U0001f600.txt";
	char16_t longest[256] = { 0 };
	char want[256];
	uint8_t *at;

	fat_make(&made, 32, 4096, 50);
	for (unsigned int i = 0; i < 255; i++) {
		longest[i] = (char16_t)(u'a' + i % 26);
		want[i] = (char)('A' + i % 26);
	}
	want[255] = 0;
	at = made.ram.bytes + made.root;
	at = fat_long(at, thirteen, "EXACTL~1   ", FAT_FILE, 0x12345, 1);
	at = fat_long(at, fourteen, "EXACTL~2   ", FAT_FILE, 0, 2);
	at = fat_long(at, mixed, "GR\x9a\xe1" "E ~1TXT", FAT_FILE, 0, 3);
	at = fat_long(at, u"x", "Y          ", FAT_FOLDER, 7, 4);
	at = fat_long(at, longest, "ABCDEF~1   ", FAT_FILE, 0, 5);
	fat_short(at, "LAST       ", FAT_FILE, 0, 6);
	longest[38] = 0;
	start();
	CHECK_EQ(find("EXACTLY.13.CH"), 0);
	CHECK_EQ(node.number, 0x12345);
	CHECK_EQ(find("exactl~1"), 0);
	CHECK_EQ(node.size, 1);
	CHECK_EQ(find("exactly.14.cha"), 0);
	CHECK_EQ(node.size, 2);
	CHECK_EQ(find("exactly.14.ch"), -ENOENT);
	CHECK_EQ(find("gRüßE 日本語 😀.TXT"), 0);
	CHECK_EQ(node.size, 3);
	/* Only ASCII has capitals here; a guess at OEM letters is none. */
	CHECK_EQ(find("GRÜßE 日本語 😀.txt"), -ENOENT);
	CHECK_EQ(find("GR__E ~1.TXT"), -ENOENT);
	CHECK_EQ(find("Y"), 0);
	CHECK_EQ(find("X"), 0);
	CHECK_EQ(node.kind, FS_FOLDER);
	CHECK_EQ(find(want), 0);
	CHECK_EQ(node.size, 5);
	fat_free(&made);
	fat_make(&made, 32, 4096, 50);
	at = fat_long(made.ram.bytes + made.root, mixed, "GR         ", 0, 0, 0);
	at = fat_long(at, longest, "ABCDEF~1   ", FAT_FILE, 0, 5);
	check_names("Grüße 日本語 😀.txt|abcdefghijklmnopqrstuvwxyzabcdefghijkl|");
	fat_free(&made);
}

/* A name of 30 units, three parts, with one thing wrong: @at of part @part. */
static void check_broken(unsigned int part, unsigned int at, uint8_t value,
			 const char *want)
{
	uint8_t *raw = made.ram.bytes + made.root;

	memset(raw, 0, 512);
	fat_long(raw, u"thirty units, and in three par", "SHORT   TXT",
		 FAT_FILE, 0, 0);
	raw[32 * part + at] = value;
	check_names(want);
}

TEST(fat_dir_broken_long_names_show_the_short_one)
{
	const char *good = "thirty units, and in three par|";
	const char *bad = "SHORT.TXT|";

	fat_make(&made, 12, 512, 50);
	check_broken(0, 0, 0x43, good);
	check_broken(0, 0, 0x03, bad);		/* no last part */
	check_broken(0, 0, 0x42, bad);
	check_broken(0, 0, 0x44, bad);
	check_broken(0, 0, 0x40, bad);		/* part 0 */
	check_broken(0, 0, 0x55, bad);		/* 21 parts */
	check_broken(0, 0, 0xc3, bad);
	/* An orphan before a name that is whole. */
	check_broken(1, 0, 0x42, "thirty units, and in three|");
	check_broken(1, 0, 0x01, bad);
	check_broken(1, 0, 0x00, "");		/* the end of the folder */
	check_broken(1, 0, 0xe5, bad);		/* deleted */
	check_broken(1, 0, 0x03, bad);
	check_broken(2, 0, 0x02, bad);
	check_broken(0, 13, 0x77, bad);		/* sums */
	check_broken(1, 13, 0x77, bad);
	check_broken(2, 13, 0x77, bad);
	check_broken(3, 0, 'T', "THORT.TXT|");	/* of another short name */
	check_broken(1, 11, FAT_LABEL, bad);
	check_broken(1, 11, 0x3f, bad);		/* not a part any more */
	check_broken(2, 1, 0, bad);		/* ends in its first part */
	check_broken(1, 30, 0, bad);
	check_broken(0, 1, 0, "thirty units, and in three|");
	check_broken(2, 1, '/', bad);
	check_broken(2, 1, '\\', bad);
	check_broken(2, 1, 0x1b, bad);
	check_broken(2, 1, 0x7f, bad);
	check_broken(2, 1, 0x9b, bad);
	check_broken(2, 2, 0xd8, bad);		/* half a pair */
	check_broken(2, 2, 0xdc, bad);
	check_broken(0, 8, 0xd8, bad);		/* at the end */
	fat_free(&made);
}

TEST(fat_dir_long_names_that_cannot_be)
{
	char16_t far[256] = { 0 };
	uint8_t *at = NULL;

	fat_make(&made, 12, 512, 50);
	at = fat_long(made.ram.bytes + made.root, u".", "DOT        ", 0, 0, 0);
	at = fat_long(at, u"..", "DOTDOT     ", 0, 0, 0);
	at = fat_long(at, u"\xd800\xd800", "HIGH       ", 0, 0, 0);
	at = fat_long(at, u"\xdc00\xd800", "LOW        ", 0, 0, 0);
	at = fat_long(at, u"\xffff", "NOTHING    ", 0, 0, 0);
	at = fat_long(at, u"orphan", "ORPHAN     ", 0, 0, 0) - 32;
	at = fat_short(at, "LABEL      ", FAT_LABEL, 0, 0);
	at = fat_short(at, "ORPHAN     ", 0, 0, 0);
	check_names("DOT|DOTDOT|HIGH|LOW|NOTHING|ORPHAN|");
	CHECK_EQ(find(".."), 0);
	CHECK(node.own[7]);
	/* 255 bytes are the most, however many units they are. */
	for (unsigned int i = 0; i < 85; i++)
		far[i] = 0x65e5;
	fat_long(at, far, "FAR        ", 0, 0, 0);
	start();
	CHECK_EQ(find("日日日日日日日日日日日日日日日日日日日日日日日日日日日日日"
		      "日日日日日日日日日日日日日日日日日日日日日日日日日日日日"
		      "日日日日日日日日日日日日日日日日日日日日日日日日日日日日"), 0);
	for (unsigned int i = 85; i < 255; i++) {
		far[i] = i == 85 ? u'x' : 0x65e5;
		fat_long(at, far, "FAR        ", 0, 0, 7);
		check_names("DOT|DOTDOT|HIGH|LOW|NOTHING|ORPHAN|");
		CHECK_EQ(find("FAR"), 0);
		CHECK_EQ(node.size, 7);
	}
	fat_free(&made);
}

/* Half a pair in the last unit; the name before it had the other half. */
TEST(fat_dir_does_not_mix_long_names)
{
	uint8_t *at;

	fat_make(&made, 12, 512, 50);
	at = fat_long(made.ram.bytes + made.root, u"first letter\U0001f600",
		      "FIRST      ", 0, 0, 1);
	fat_long(at, u"other letter\xd83d", "OTHER      ", 0, 0, 2);
	check_names("first letter😀|OTHER|");
	CHECK_EQ(find("first letter😀"), 0);
	CHECK_EQ(find("other"), 0);
	CHECK_EQ(find("other letter😀"), -ENOENT);
	fat_free(&made);
}

/* /dir in cluster 5, /dir/sub in 6; ".." of /dir says 0 as always. */
static void make_folders(unsigned int bits)
{
	uint8_t *at;

	fat_make(&made, bits, 512, bits == 16 ? 5000 : 50);
	fat_short(made.ram.bytes + made.root, "DIR        ", FAT_FOLDER, 5, 0);
	fat_row(&made, 5, 1);
	fat_row(&made, 6, 1);
	at = fat_short(fat_bytes(&made, 5), ".          ", FAT_FOLDER, 5, 0);
	at = fat_short(at, "..         ", FAT_FOLDER, 0, 0);
	fat_short(at, "SUB        ", FAT_FOLDER, 6, 0);
	at = fat_short(fat_bytes(&made, 6), ".          ", FAT_FOLDER, 6, 0);
	at = fat_short(at, "..         ", FAT_FOLDER, 5, 0);
	fat_short(at, "FILE       ", FAT_FILE, 9, 9);
}

TEST(fat_dir_dots)
{
	static const unsigned int kinds[] = { 12, 16, 32 };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		make_folders(kinds[i]);
		start();
		CHECK_EQ(find("."), 0);
		CHECK_EQ(node.number, root.number);
		CHECK_EQ(find(".."), 0);
		CHECK_EQ(node.number, root.number);
		CHECK_EQ(fs_find(&made.fs, "../dir/./sub/../../DIR/SUB/file",
				 &node), 0);
		CHECK_EQ(node.number, 9);
		CHECK_EQ(fs_find(&made.fs, "/dir/..", &node), 0);
		CHECK(!memcmp(&node, &root, sizeof(node)));
		CHECK_EQ(fs_find(&made.fs, "/dir/sub/..", &node), 0);
		CHECK_EQ(node.number, 5);
		CHECK_EQ(fs_find(&made.fs, "/dir/sub/file/x", &node), -ENOTDIR);
		CHECK_EQ(fs_find(&made.fs, "/dir/file", &node), -ENOENT);
		/* A folder without: it came from nowhere. */
		fat_bytes(&made, 6)[32] = 'x';
		start();
		CHECK_EQ(fs_find(&made.fs, "/dir/sub/..", &node), -ENOENT);
		fat_free(&made);
	}
}

TEST(fat_dir_starts_outside)
{
	static const uint32_t clusters[] = { 0, 1, 52, 0x0ffffff8, UINT32_MAX };
	uint64_t at;

	for (size_t i = 0; i < ARRAY_SIZE(clusters); i++) {
		make_folders(32);
		fat_short(made.ram.bytes + made.root, "DIR        ",
			  FAT_FOLDER, clusters[i], 0);
		start();
		at = 0;
		CHECK_EQ(find("dir"), 0);
		CHECK_EQ(fs_list(&made.fs, &node, &at, &entry), -EINVAL);
		CHECK(strstr(made.fs.why, "folder starts outside"));
		CHECK_EQ(fs_find(&made.fs, "/dir/sub", &node), -EINVAL);
		CHECK_EQ(fs_find(&made.fs, "/dir/..", &node), -EINVAL);
		fat_free(&made);
	}
}

/* A folder that fills its cluster, whose chain then goes to @next. */
static int list_full(uint32_t next, unsigned int *count)
{
	char line[64];
	uint8_t *at;
	int err;

	make_folders(32);
	at = fat_bytes(&made, 6);
	for (unsigned int i = 2; i < 16; i++)
		fat_short(at + 32 * i, "FILE       ", FAT_FILE, 9, 9);
	fat_short(fat_bytes(&made, 7), "MORE       ", FAT_FILE, 9, 9);
	fat_row(&made, 7, 1);
	fat_set(&made, 6, next);
	start();
	CHECK_EQ(fs_find(&made.fs, "/dir/sub", &node), 0);
	*count = names_of(&node, line, sizeof(line), &err);
	CHECK((err == -ENOENT) == !made.fs.why);
	fat_free(&made);
	return err;
}

TEST(fat_dir_chain_that_is_damaged)
{
	unsigned int count;

	CHECK_EQ(list_full(0x0fffffff, &count), -ENOENT);
	CHECK_EQ(count, 14);
	CHECK_EQ(list_full(7, &count), -ENOENT);
	CHECK_EQ(count, 15);
	CHECK_EQ(list_full(0, &count), -EINVAL);
	CHECK_EQ(count, 14);
	CHECK_EQ(list_full(1, &count), -EINVAL);
	CHECK_EQ(list_full(52, &count), -EINVAL);
	CHECK_EQ(list_full(0x0ffffff7, &count), -EINVAL);
	CHECK_EQ(list_full(6, &count), -ELOOP);
	CHECK_EQ(count, 65536 / 16 * 14);
}
