/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes kernel files, whatever they are, through the steps that inspect and
 * unpack them: Image, EFI zboot, ELF, FIT, packed in any way. What is accepted
 * lies in its file, what is unpacked stays in its place, and every refusal
 * says why. An input is a byte of flags and a file.
 * link: boot/inspect.c boot/unpack.c boot/file.c boot/format_*.c boot/fit*.c
 * link: lib/unpack.c lib/elf.c lib/inflate.c lib/lz4.c lib/xxhash.c lib/zstd.c
 * link: lib/digest.c lib/bearssl.c lib/bearssl_key.c lib/rsa_pss.c
 * link: lib/sha256.c lib/dt_region.c lib/crc.c lib/dt.c lib/dt_check.c lib/dt_reg.c lib/region.c
 * libs: z lz4 zstd bearssl
 * max: 16384
 */
#include "boot.h"
#include "err.h"
#include "machine.h"
#include "public_key.h"
#include <stdio.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PLACE		(256 * SZ_1K)
#define CANARY		64u
#define STAGES		4u
#define must(what)	do { if (!(what)) abort(); } while (0)

/* IN_MEMORY: the file need not be read. */
enum { IN_MEMORY = 1, SHORT_PAGES = 2 };

/* Nobody is trusted here: fuzz_fit.c has the signatures. */
const struct public_key trust_keys[] = { { .name = "" } };
const unsigned int trust_key_count;

static struct boot boot;
static const uint8_t *bytes;
static size_t bytes_size;
static void *stages[STAGES];
static unsigned int told, stage_count;
static bool short_pages;
static uint8_t *out_end;

static int read_bytes(const struct file *file, uint64_t offset, void *to,
		      uint64_t size)
{
	must(offset <= bytes_size && size <= bytes_size - offset);
	memcpy(to, bytes + offset, size);
	return 0;
}

int boot_stage_file(struct boot *b, const struct file *file, uint64_t size,
		    struct region *r)
{
	must(stage_count < STAGES && size);
	if (!region_is_empty(file->memory))
		return region_slice(r, file->memory, 0, size);
	stages[stage_count] = aligned_alloc(8, ALIGN_UP(size, 8));
	*r = region_of((uintptr_t)stages[stage_count++], size);
	return file_read(file, 0, (void *)(uintptr_t)r->base, size);
}

/* What is told is read to its end. */
int boot_error(struct boot *b, int err, const char *object, const char *fmt,
	       ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	must(vsnprintf(text, sizeof(text), fmt, args) > 0 && *object);
	must(!strstr(text, "(null)"));
	va_end(args);
	told++;
	must(err < 0);
	return err;
}

void boot_event(struct boot *b, enum log_level level, const char *object,
		const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	must(vsnprintf(text, sizeof(text), fmt, args) > 0 && *object);
	va_end(args);
}

bool arch_has_pages(unsigned int kib)
{
	return !short_pages || kib == 4;
}

uint64_t arch_counter(void)
{
	return 0;
}

uint64_t arch_counter_freq(void)
{
	return 62500000;
}

/* The whole of it can be read, and nothing behind it. */
static void check_file(const struct file *file)
{
	uint8_t last;

	if (!file->size)
		return;
	must(!file_read(file, 0, &last, 1));
	must(!file_read(file, file->size - 1, &last, 1));
	must(file_read(file, file->size, &last, 1) == -ERANGE);
}

static void check_candidate(const struct candidate *c)
{
	must(c->kernel.size && c->initrd_count <= CANDIDATE_INITRDS &&
	     c->overlay_count <= CANDIDATE_OVERLAYS);
	check_file(&c->kernel);
	check_file(&c->devicetree);
	for (unsigned int i = 0; i < c->initrd_count; i++)
		check_file(&c->initrd[i]);
	for (unsigned int i = 0; i < c->overlay_count; i++)
		check_file(&c->overlay[i]);
}

static void check_image(const struct image *image)
{
	struct region r;

	must(image->format && image->memory_size);
	must(!region_from(&r, image->fixed ? image->base : image->text_offset,
			  image->memory_size));
	must(image->entry < image->memory_size);
}

/* To the last bytes of a place; the library has no sanitizers. */
static void unpack_it(void)
{
	const uint64_t size = boot.image.memory_size;
	uint8_t *to;

	if (!out_end) {
		to = mmap(NULL, PLACE + SZ_4K, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		must(to != MAP_FAILED);
		must(!mprotect(to + PLACE, SZ_4K, PROT_NONE));
		out_end = to + PLACE;
	}
	if (size > PLACE - CANARY)
		return;
	to = out_end - size;
	memset(to - CANARY, 0xee, CANARY);
	boot.place.kernel = region_of((uintptr_t)to, size);
	must(!boot_stage_file(&boot, &boot.candidate.kernel,
			      boot.candidate.kernel.size, &boot.packed));
	must(!!step_unpack(&boot) == !!told);
	for (unsigned int i = 1; i <= CANARY; i++)
		must(to[-(int)i] == 0xee);
}

static void play(unsigned int flags)
{
	struct candidate *c = &boot.candidate;
	int err;

	memset(c, 0, sizeof(*c));
	told = 0;
	short_pages = flags & SHORT_PAGES;
	c->source = "fuzz";
	c->kernel = flags & IN_MEMORY ?
		file_in_memory(region_of((uintptr_t)bytes, bytes_size), "x") :
		(struct file){ .name = "x", .size = bytes_size,
			       .read = read_bytes };
	make_machine(&boot.tree, "acme,one");
	err = step_inspect(&boot);
	must(!!err == !!told);
	if (err)
		return;
	check_image(&boot.image);
	check_candidate(c);
	if (boot.image.unpacker)
		unpack_it();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	if (size < 2)
		return 0;
	/* A tree in memory is aligned, as whatever is staged. */
	copy = aligned_alloc(8, ALIGN_UP(size - 1, 8));
	memcpy(copy, data + 1, size - 1);
	bytes = copy;
	bytes_size = size - 1;
	play(data[0]);
	while (stage_count)
		free(stages[--stage_count]);
	free(copy);
	return 0;
}
