/* SPDX-License-Identifier: BSD-2-Clause */
/* Digests by name, with the examples of their standards. */
#include "digest.h"
#include "err.h"
#include "sha256.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static char text[2 * DIGEST_MAX + 1];

static const char *hex(const uint8_t *bytes, int size)
{
	text[0] = '\0';
	for (int i = 0; i < size; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return text;
}

static bool gives(const char *name, const char *data, const char *want)
{
	uint8_t out[DIGEST_MAX];
	int size = digest(name, data, strlen(data), out);

	return size > 0 && !strcmp(hex(out, size), want);
}

/* FIPS 180-4 refers to these: "abc", and nothing at all. */
TEST(digests_of_known_texts)
{
	CHECK(gives("sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"));
	CHECK(gives("sha256", "abc", "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad"));
	CHECK(gives("sha384", "abc", "cb00753f45a35e8bb5a03d699ac65007"
		    "272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc23"
		    "58baeca134c825a7"));
	CHECK(gives("sha512", "abc", "ddaf35a193617abacc417349ae204131"
		    "12e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a8"
		    "36ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"));
	CHECK(gives("crc32", "123456789", "cbf43926"));
	CHECK(gives("sha256", "", "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855"));
	CHECK(gives("crc32", "", "00000000"));
}

TEST(digest_knows_its_names)
{
	static const char *const others[] = { "", "md5", "SHA256", "sha",
					      "sha256,rsa2048", "sha2560" };
	uint8_t out[DIGEST_MAX];

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		CHECK_EQ(digest(others[i], "", 0, out), -ENOTSUP);
	CHECK_EQ(digest("crc32", "", 0, out), 4);
	CHECK_EQ(digest("sha1", "", 0, out), 20);
	CHECK_EQ(digest("sha256", "", 0, out), 32);
	CHECK_EQ(digest("sha384", "", 0, out), 48);
	CHECK_EQ(digest("sha512", "", 0, out), 64);
}

TEST(sha256_of_a_million)
{
	static char data[1000000];
	uint8_t out[SHA256_SIZE];

	memset(data, 'a', sizeof(data));
	sha256(data, sizeof(data), out);
	CHECK(!strcmp(hex(out, sizeof(out)), "cdc76e5c9914fb9281a1c7e284d73e67"
		      "f1809a48a497200e046d39ccc7112cd0"));
}
