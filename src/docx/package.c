/* The ZIP side of a package. libzip reads the directory and writes the file; the deflate streams
 * themselves are handled whole with libdeflate, which is two to three times faster and lets an
 * unchanged part travel from one package to the next as the bytes it is.
 *
 * A derived package has an array of its own that points into the parts of the first one. What is
 * made of a shared part - its plain bytes, its tree - is made there, once for all that derive from
 * it: packages that share parts belong to one thread. */
#include "docx/package.h"
#include "docx/package_parts.h"
#include "docx/xml.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

enum {
    MAX_PARTS = 10000,
    MAX_PART_MB = 64,
    MAX_PACKAGE_MB = 256,
    RATIO_OF_DEFLATE = 1032, /* a block cannot say more with its bytes (RFC 1951, 3.2.5) */
    RATIO_FEARED = 200,      /* what readers that fear bombs refuse */
    XML_TRUSTED_MB = 8,
    MIB = 1 << 20,
    MAX_NAME = 4096,
    DEFLATE_LEVEL = 1,
    DOS_DATE = (0 << 9) | (1 << 5) | 1, /* 1980-01-01, the first a ZIP can hold */
};

static struct where at_package(const struct package *package) {
    return (struct where){.file = package->path};
}

static struct where at_part(const struct package *package, const char *name) {
    return (struct where){.file = package->path, .part = name};
}

/* ---- the parts ---- */

/* Part names are equal whatever the case of their ASCII letters (OPC, 6.2.2.3). */
static size_t lower_case(const char *name, char lower[MAX_NAME]) {
    size_t n = strnlen(name, MAX_NAME);
    for (size_t i = 0; i < n; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    return n;
}

static struct part *find(const struct package *package, const char *name) {
    char lower[MAX_NAME];
    void *place = intern_find(package->index, lower, lower_case(name, lower));
    return place ? &package->parts.at[(size_t)(uintptr_t)place - 1] : NULL;
}

/* The part to fill in; NULL if one of this name is there. */
static struct part *add(struct package *package, const char *name) {
    char lower[MAX_NAME];
    void **slot = intern_slot(package->index, lower, lower_case(name, lower));
    if (*slot)
        return NULL;
    *slot = (void *)(uintptr_t)(package->parts.n + 1);
    struct part *part = VEC_PUSH(package->pool, &package->parts);
    part->name = name;
    return part;
}

struct package *package_new(const char *path) {
    struct pool *pool = pool_new();
    struct package *package = POOL_NEW(pool, struct package);
    package->pool = pool;
    package->path = pool_strdup(pool, path);
    package->index = intern_new(pool);
    package->rels = intern_new(pool);
    return package;
}

void package_close(struct package *package) {
    if (package)
        pool_free(package->pool);
}

void package_belongs(struct package *package, struct pool *pool) {
    pool_own(pool, package->pool);
}

const char *package_path(const struct package *package) {
    return package->path;
}

bool package_has(const struct package *package, const char *name) {
    return find(package, name) != NULL;
}

const char *package_name(const struct package *package, size_t i) {
    return i < package->parts.n ? package->parts.at[i].name : NULL;
}

/* Makes `part` the one at this place of `from`, or what that one itself comes from. */
static void share(struct part *part, struct package *from, size_t place) {
    *part = from->parts.at[place];
    part->tree = NULL;
    part->relations = NULL;
    if (part->origin)
        return;
    part->origin = from;
    part->origin_place = place;
}

/* The part where what is known of `part` is kept. */
static struct part *keeper(struct part *part) {
    struct part *origin = part->origin ? &part->origin->parts.at[part->origin_place] : NULL;
    return origin && part->packed && origin->packed == part->packed ? origin : part;
}

struct relations **package_relations_at(struct package *package, const char *part_name,
                                        struct pool **pool) {
    struct part *part = find(package, part_name), *at = part ? keeper(part) : NULL;
    if (!at)
        return NULL;
    *pool = at == part ? package->pool : part->origin->pool;
    return &at->relations;
}

static bool same_bytes(const struct part *a, const struct part *b) {
    return a->packed && b->packed && a->packed_len == b->packed_len && a->size == b->size &&
           a->crc == b->crc && a->deflated == b->deflated &&
           memcmp(a->packed, b->packed, a->packed_len) == 0;
}

struct package *package_derive(struct package *from, const char *path) {
    struct package *package = package_new(path);
    for (size_t i = 0; i < from->parts.n; i++) {
        struct part *part = add(package, from->parts.at[i].name);
        if (part)
            share(part, from, i);
    }
    return package;
}

void package_set(struct package *package, const char *name, const char *bytes, size_t n) {
    struct part *part = find(package, name);
    if (!part)
        part = add(package, pool_strdup(package->pool, name));
    *part = (struct part){
        .name = part->name, .plain = pool_strndup(package->pool, bytes, n), .size = n};
    package->rels = intern_new(package->pool);
}

/* In builds that look for faults: that reading the bytes gives the tree. */
static void prove(const struct package *package, const struct part *part) {
#ifdef __SANITIZE_ADDRESS__
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_EN);
    const struct xml_node *read =
        xml_parse(pool, part->plain, part->size, at_part(package, part->name), diag);
    if (!read || !xml_same(read, part->tree))
        abort();
    diag_free(diag);
    pool_free(pool);
#else
    (void)package, (void)part;
#endif
}

void package_set_tree(struct package *package, const char *name, struct xml_node *root) {
    struct buf out = {0};
    bool known = xml_write_settled(package->pool, root, &out);
    package_set(package, name, buf_text(&out), out.len);
    buf_free(&out);
    if (!known)
        return;
    struct part *part = find(package, name);
    part->tree = root;
    prove(package, part);
}

/* ---- opening ---- */

/* No name may lead out of the package when somebody unpacks it. */
static bool good_name(const char *name) {
    size_t n = strlen(name);
    if (!n || n >= MAX_NAME || name[0] == '/' || strchr(name, '\\'))
        return false;
    for (const char *p = name; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (p[0] == '.' && p[1] == '.' && (p[2] == '/' || !p[2]))
            return false;
    }
    return true;
}

/* A short text of a count of megabytes. */
static const char *megabytes(struct pool *pool, uint64_t n) {
    return pool_printf(pool, "%llu MB", (unsigned long long)((n + MIB - 1) / MIB));
}

static bool too_big(struct package *package, const char *name, uint64_t size, uint64_t limit,
                    struct diag *diag) {
    diag_add(diag, PACKAGE_TOO_BIG, name ? at_part(package, name) : at_package(package),
             megabytes(package->pool, size), megabytes(package->pool, limit), NULL);
    return false;
}

static bool ends_in(const char *name, const char *end) {
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcasecmp(name + n - m, end) == 0;
}

/* What claims more than deflate can do is lying. Pictures of one colour and lists of like lines
 * pack by a thousand and are honest: the bounds on sizes guard the memory. Only XML takes many
 * times its size when it is read, so much of it has to look like what people write. */
static bool is_bomb(const zip_stat_t *st) {
    bool xml = ends_in(st->name, ".xml") || ends_in(st->name, ".rels");
    bool feared = xml && st->size > (uint64_t)XML_TRUSTED_MB * MIB;
    return st->size / (feared ? RATIO_FEARED : RATIO_OF_DEFLATE) > st->comp_size;
}

static bool entry_is_sane(struct package *package, const zip_stat_t *st, size_t file_size,
                          struct diag *diag) {
    if (st->encryption_method != ZIP_EM_NONE) {
        diag_add(diag, PACKAGE_LOCKED, at_package(package), NULL);
        return false;
    }
    if ((st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE) ||
        st->comp_size > file_size) {
        diag_add(diag, PACKAGE_PART_DAMAGED, at_part(package, st->name), NULL);
        return false;
    }
    if (st->size > (uint64_t)MAX_PART_MB * MIB)
        return too_big(package, st->name, st->size, (uint64_t)MAX_PART_MB * MIB, diag);
    if (is_bomb(st)) {
        diag_add(diag, PACKAGE_BOMB, at_part(package, st->name), NULL);
        return false;
    }
    return true;
}

static bool read_packed(zip_t *zip, zip_uint64_t i, char *to, size_t n) {
    zip_file_t *file = zip_fopen_index(zip, i, ZIP_FL_COMPRESSED);
    if (!file)
        return false;
    size_t got = 0;
    while (got < n) {
        zip_int64_t some = zip_fread(file, to + got, n - got);
        if (some <= 0)
            break;
        got += (size_t)some;
    }
    zip_fclose(file);
    return got == n;
}

static bool load_entry(struct package *package, zip_t *zip, const zip_stat_t *st,
                       struct diag *diag) {
    struct part *part = add(package, pool_strdup(package->pool, st->name));
    if (!part) {
        diag_add(diag, PACKAGE_DUPLICATE_PART, at_part(package, st->name), NULL);
        return false;
    }
    char *packed = pool_room(package->pool, (size_t)st->comp_size + 1);
    part->packed = packed;
    part->packed_len = (size_t)st->comp_size;
    part->size = (size_t)st->size;
    part->crc = st->crc;
    part->deflated = st->comp_method == ZIP_CM_DEFLATE;
    if (read_packed(zip, st->index, packed, part->packed_len))
        return true;
    diag_add(diag, PACKAGE_PART_DAMAGED, at_part(package, st->name), NULL);
    return false;
}

/* Of the entries so far and of the file they are in: guards against bombs made of many or
 * overlapping parts. */
struct sizes {
    uint64_t plain, packed;
    size_t file;
};

/* One entry of the directory. */
static bool read_entry(struct package *package, zip_t *zip, zip_uint64_t i, struct sizes *sizes,
                       struct diag *diag) {
    zip_stat_t st;
    if (zip_stat_index(zip, i, ZIP_FL_ENC_GUESS, &st) < 0 || !(st.valid & ZIP_STAT_NAME)) {
        diag_add(diag, PACKAGE_NOT_ZIP, at_package(package), zip_strerror(zip), NULL);
        return false;
    }
    if (!good_name(st.name)) {
        diag_add(diag, PACKAGE_BAD_NAME, at_package(package), st.name, NULL);
        return false;
    }
    if (st.name[strlen(st.name) - 1] == '/')
        return true; /* a folder's entry: no part */
    if (!entry_is_sane(package, &st, sizes->file, diag))
        return false;
    sizes->plain += st.size;
    sizes->packed += st.comp_size;
    if (sizes->plain > (uint64_t)MAX_PACKAGE_MB * MIB)
        return too_big(package, NULL, sizes->plain, (uint64_t)MAX_PACKAGE_MB * MIB, diag);
    if (sizes->packed > sizes->file) {
        diag_add(diag, PACKAGE_BOMB, at_part(package, st.name), NULL);
        return false;
    }
    return load_entry(package, zip, &st, diag);
}

static bool read_entries(struct package *package, zip_t *zip, size_t file_size, struct diag *diag) {
    zip_int64_t n = zip_get_num_entries(zip, 0);
    struct sizes sizes = {.file = file_size};
    if (n <= 0) { /* libzip takes a file of no bytes for a ZIP of no entries */
        diag_add(diag, PACKAGE_NOT_ZIP, at_package(package), "0 bytes", NULL);
        return false;
    }
    if (n > MAX_PARTS) {
        diag_add(diag, PACKAGE_BOMB, at_package(package), NULL);
        return false;
    }
    for (zip_int64_t i = 0; i < n; i++)
        if (!read_entry(package, zip, (zip_uint64_t)i, &sizes, diag))
            return false;
    return true;
}

static bool is_ole(const char *bytes, size_t n) {
    return n >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static zip_t *open_zip(const struct package *package, const char *bytes, size_t n,
                       struct diag *diag) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, n, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!zip) {
        diag_add(diag, PACKAGE_NOT_ZIP, at_package(package), zip_error_strerror(&error), NULL);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return zip;
}

struct package *package_open(const char *path, const char *bytes, size_t n, struct diag *diag) {
    struct package *package = package_new(path);
    if (is_ole(bytes, n)) {
        diag_add(diag, PACKAGE_LOCKED, at_package(package), NULL);
        package_close(package);
        return NULL;
    }
    zip_t *zip = open_zip(package, package_header_names(package, bytes, n, diag), n, diag);
    bool good = zip && read_entries(package, zip, n, diag);
    if (zip)
        zip_discard(zip);
    if (good)
        return package;
    package_close(package);
    return NULL;
}

struct package *package_reopen(const char *path, const char *bytes, size_t n, struct package *kin,
                               struct diag *diag) {
    struct package *package = package_open(path, bytes, n, diag);
    for (size_t i = 0; package && i < package->parts.n; i++) {
        struct part *part = &package->parts.at[i], *same = find(kin, part->name);
        if (same && strcmp(same->name, part->name) == 0 && same_bytes(same, part))
            share(part, kin, (size_t)(same - kin->parts.at));
    }
    return package;
}

/* ---- reading a part ---- */

static const char *inflate_part(struct pool *pool, const struct part *part) {
    char *plain = pool_room(pool, part->size + 1);
    plain[part->size] = '\0';
    if (!part->deflated) {
        if (part->size != part->packed_len)
            return NULL;
        memcpy(plain, part->packed, part->size);
        return plain;
    }
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    if (!inflater)
        return NULL;
    enum libdeflate_result result = libdeflate_deflate_decompress(
        inflater, part->packed, part->packed_len, plain, part->size, NULL);
    libdeflate_free_decompressor(inflater);
    return result == LIBDEFLATE_SUCCESS ? plain : NULL;
}

const char *package_part(struct package *package, const char *name, size_t *len,
                         struct diag *diag) {
    struct part *part = find(package, name);
    *len = 0;
    if (!part || part->damaged)
        return NULL;
    if (!part->plain) {
        struct part *at = keeper(part);
        struct pool *pool = at == part ? package->pool : part->origin->pool;
        const char *plain = at->plain ? at->plain : inflate_part(pool, at);
        if (!plain || libdeflate_crc32(0, plain, part->size) != part->crc) {
            part->damaged = true;
            diag_add(diag, PACKAGE_PART_DAMAGED, at_part(package, part->name), NULL);
            return NULL;
        }
        part->plain = at->plain = plain;
    }
    *len = part->size;
    return part->plain;
}

const struct xml_node *package_tree(struct pool *pool, struct package *package, const char *name,
                                    struct diag *diag) {
    size_t n;
    const char *bytes = package_part(package, name, &n, diag);
    if (!bytes)
        return NULL;
    struct part *part = find(package, name), *at = keeper(part);
    if (at == part)
        return part->tree ? part->tree : xml_parse(pool, bytes, n, at_part(package, name), diag);
    if (!at->tree)
        at->tree = xml_parse(part->origin->pool, bytes, n, at_part(package, name), diag);
    return at->tree;
}

/* ---- writing ---- */

/* A part set here gets its deflate stream; one that does not shrink, or by too much, is stored. */
static void pack(struct pool *pool, struct libdeflate_compressor *deflater, struct part *part) {
    part->crc = libdeflate_crc32(0, part->plain, part->size);
    part->packed = part->plain;
    part->packed_len = part->size;
    part->deflated = false;
    if (part->size < 16 || !deflater)
        return;
    char *to = pool_room(pool, part->size);
    size_t n = libdeflate_deflate_compress(deflater, part->plain, part->size, to, part->size);
    if (!n || (part->size > MIB && part->size / RATIO_FEARED > n))
        return;
    part->packed = to;
    part->packed_len = n;
    part->deflated = true;
}

static void pack_all(struct package *package) {
    struct libdeflate_compressor *deflater = NULL;
    struct part *part;
    VEC_EACH (part, &package->parts) {
        if (part->packed)
            continue;
        if (!deflater)
            deflater = libdeflate_alloc_compressor(DEFLATE_LEVEL);
        pack(package->pool, deflater, part);
    }
    libdeflate_free_compressor(deflater);
}

/* What libzip reads an entry from: bytes that say they are deflated already. */
struct entry {
    const struct part *part;
    size_t at;
    zip_error_t error;
};

static zip_int64_t entry_stat(const struct part *part, zip_stat_t *st) {
    zip_stat_init(st);
    st->size = part->size;
    st->comp_size = part->packed_len;
    st->comp_method = part->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    st->crc = part->crc;
    st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    return sizeof *st;
}

static zip_int64_t entry_read(struct entry *entry, void *to, zip_uint64_t n) {
    size_t left = entry->part->packed_len - entry->at;
    if (n > left)
        n = left;
    memcpy(to, entry->part->packed + entry->at, n);
    entry->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t entry_source(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command) {
    struct entry *entry = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        entry->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return entry_read(entry, data, n);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_STAT:
        return n < sizeof(zip_stat_t) ? -1 : entry_stat(entry->part, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&entry->error, data, n);
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        zip_error_set(&entry->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static bool add_entry(zip_t *zip, struct entry *entry) {
    zip_source_t *source = zip_source_function(zip, entry_source, entry);
    if (!source)
        return false;
    zip_int64_t i = zip_file_add(zip, entry->part->name, source, ZIP_FL_ENC_UTF_8);
    if (i < 0) {
        zip_source_free(source);
        return false;
    }
    if (!entry->part->deflated && zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0))
        return false;
    return zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DOS_DATE, 0) == 0;
}

/* OPC wants nothing of the order, but readers that stream look for the content types first. */
static bool add_entries(struct package *package, zip_t *zip, struct entry *entries) {
    const struct part *types = find(package, "[Content_Types].xml");
    size_t n = 0;
    if (types)
        entries[n++].part = types;
    for (size_t i = 0; i < package->parts.n; i++)
        if (&package->parts.at[i] != types)
            entries[n++].part = &package->parts.at[i];
    for (size_t i = 0; i < n; i++)
        if (!add_entry(zip, &entries[i]))
            return false;
    return true;
}

static bool copy_out(zip_source_t *source, struct buf *out) {
    zip_stat_t st;
    if (zip_source_stat(source, &st) < 0 || zip_source_open(source) < 0)
        return false;
    char *to = buf_reserve(out, (size_t)st.size);
    zip_int64_t n = zip_source_read(source, to, st.size);
    zip_source_close(source);
    if (n < 0 || (zip_uint64_t)n != st.size)
        return false;
    out->len += (size_t)n;
    out->data[out->len] = '\0';
    return true;
}

static bool cannot_write(const struct package *package, const char *why, struct diag *diag) {
    diag_add(diag, PACKAGE_CANNOT_WRITE, at_package(package), why, NULL);
    return false;
}

static bool write_zip(struct package *package, zip_source_t *source, struct buf *out,
                      struct diag *diag) {
    zip_error_t error;
    zip_error_init(&error);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (!zip) {
        cannot_write(package, zip_error_strerror(&error), diag);
        zip_error_fini(&error);
        return false;
    }
    zip_source_keep(source); /* closing the archive frees one hold on it */
    struct entry *entries = POOL_ARRAY(package->pool, struct entry, package->parts.n + 1);
    bool good = add_entries(package, zip, entries) && zip_close(zip) == 0;
    if (!good) {
        cannot_write(package, zip_strerror(zip), diag);
        zip_discard(zip);
    } else if (!copy_out(source, out)) {
        good = cannot_write(package, zip_error_strerror(zip_source_error(source)), diag);
    }
    return good;
}

/* libzip would cut a name that is too long and write the rest as data. */
static bool names_are_good(const struct package *package, struct diag *diag) {
    const struct part *part;
    VEC_EACH (part, &package->parts)
        if (!good_name(part->name))
            return cannot_write(package, "part name", diag);
    return true;
}

bool package_write(struct package *package, struct buf *out, struct diag *diag) {
    if (!names_are_good(package, diag))
        return false;
    pack_all(package);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!source) {
        cannot_write(package, zip_error_strerror(&error), diag);
        zip_error_fini(&error);
        return false;
    }
    bool good = write_zip(package, source, out, diag);
    zip_source_free(source);
    return good;
}
