#include "pdf/object.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_encrypt.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <stdlib.h>
#include <string.h>

/* A libharu dictionary of ours has no entries of libharu's kind: its `attr` is one of these, and
 * two hooks write it. HPDF_Dict_Write calls write_fn inside the dictionary, with the stream it
 * writes to, and after_write_fn behind the closing ">>", without it; hence `to`. (libharu's own
 * stream dictionaries drop a /Filter they did not apply themselves, and keep /Length in an object
 * of its own.) */
struct own {
    HPDF_PageAttr_Rec page; /* first: HPDF_Pages_AddKids keeps a page's parent in its attr */
    const char *entries;
    size_t entries_len;
    const char *bytes; /* NULL: no stream */
    size_t bytes_len;
    HPDF_Stream to;
};

struct objects {
    struct pool *pool;
    struct flate *flate;
    HPDF_Doc doc;
    struct buf packed; /* scratch */
    uint64_t hash[2];  /* of all entries and streams, in the order added */
    HPDF_STATUS first_error;
};

/* ---- the ID ---- */

static uint64_t mix(uint64_t hash, uint64_t word, uint64_t by) {
    hash = (hash ^ word) * by;
    return hash ^ hash >> 29;
}

/* Little end first on every machine; one instruction on most. */
static uint64_t load(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

static void add_word(uint64_t hash[2], uint64_t word) {
    hash[0] = mix(hash[0], word, UINT64_C(0x9E3779B97F4A7C15));
    hash[1] = mix(hash[1], word, UINT64_C(0xC2B2AE3D27D4EB4F));
}

/* Two multiplicative hashes over words of eight bytes. It tells documents apart; it protects
 * nothing, so speed counts: a dozen times faster than MD5. */
static void add_to_hash(uint64_t hash[2], const void *bytes, size_t n) {
    const unsigned char *p = bytes, *end = p + n;
    for (; end - p >= 8; p += 8)
        add_word(hash, load(p));
    uint64_t rest = n;
    for (; p < end; p++)
        rest = rest << 8 | *p;
    add_word(hash, rest);
}

void object_checksum(const void *bytes, size_t n, unsigned char sum[16]) {
    HPDF_MD5_CTX md5;
    HPDF_MD5Init(&md5);
    HPDF_MD5Update(&md5, bytes, (HPDF_UINT32)n);
    HPDF_MD5Final(sum, &md5);
}

/* ---- errors ---- */

static void note_error(HPDF_STATUS number, HPDF_STATUS detail, void *user_data) {
    (void)detail;
    struct objects *objects = user_data;
    if (!objects->first_error)
        objects->first_error = number;
}

static const struct {
    HPDF_STATUS number;
    const char *words[2]; /* by enum lang */
} error_words[] = {
    {HPDF_ARRAY_COUNT_ERR, {"quá nhiều trang hoặc phần tử", "too many pages or items"}},
    {HPDF_DICT_COUNT_ERR, {"quá nhiều mục trong một đối tượng", "too many entries in one object"}},
    {HPDF_XREF_COUNT_ERR, {"quá nhiều đối tượng", "too many objects"}},
    {HPDF_STRING_OUT_OF_RANGE, {"chuỗi quá dài", "a string is too long"}},
    {HPDF_BINARY_LENGTH_ERR, {"chuỗi quá dài", "a string is too long"}},
    {HPDF_FAILD_TO_ALLOC_MEM, {"hết bộ nhớ", "out of memory"}},
    {0, {"lỗi bên trong chương trình", "a fault inside the program"}},
};

static void report(HPDF_STATUS number, struct diag *diag) {
    size_t i = 0;
    while (error_words[i].number && error_words[i].number != number)
        i++;
    struct buf code = {0};
    buf_printf(&code, "0x%04lX", (unsigned long)number);
    diag_add(diag, PDF_LIBRARY_FAILED, (struct where){0}, buf_text(&code),
             error_words[i].words[diag_lang(diag)], NULL);
    buf_free(&code);
}

/* ---- a document ---- */

static void *allocate(HPDF_UINT size) {
    return mem_alloc(size);
}

static void release(void *p) {
    free(p);
}

struct objects *objects_new(struct pool *pool, struct flate *flate) {
    struct objects *objects = POOL_NEW(pool, struct objects);
    objects->pool = pool;
    objects->flate = flate;
    /* 0: no blocks of its own, what it takes out of them is not aligned */
    objects->doc = HPDF_NewEx(note_error, allocate, release, 0, objects);
    if (objects->doc)
        objects->doc->pdf_version = HPDF_VER_17;
    return objects;
}

void objects_free(struct objects *objects) {
    if (!objects)
        return;
    if (objects->doc)
        HPDF_Free(objects->doc);
    buf_free(&objects->packed);
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream to) {
    struct own *own = dict->attr;
    own->to = to;
    return HPDF_Stream_Write(to, (const HPDF_BYTE *)own->entries, (HPDF_UINT)own->entries_len);
}

static HPDF_STATUS write_stream(HPDF_Dict dict) {
    struct own *own = dict->attr;
    HPDF_STATUS status = HPDF_Stream_WriteStr(own->to, "\nstream\n");
    if (status == HPDF_OK)
        status =
            HPDF_Stream_Write(own->to, (const HPDF_BYTE *)own->bytes, (HPDF_UINT)own->bytes_len);
    return status == HPDF_OK ? HPDF_Stream_WriteStr(own->to, "\nendstream") : status;
}

static struct own *own_entries(struct objects *objects, const struct buf *entries) {
    struct own *own = POOL_NEW(objects->pool, struct own);
    own->entries = pool_strndup(objects->pool, buf_text(entries), entries->len);
    own->entries_len = entries->len;
    add_to_hash(objects->hash, own->entries, own->entries_len);
    return own;
}

static HPDF_Dict add(struct objects *objects, const struct buf *entries, struct own **own) {
    *own = own_entries(objects, entries);
    HPDF_Dict dict = objects->doc ? HPDF_Dict_New(objects->doc->mmgr) : NULL;
    if (!dict)
        return NULL;
    dict->attr = *own;
    dict->write_fn = write_entries;
    /* On failure the dictionary is freed there. */
    return HPDF_Xref_Add(objects->doc->xref, dict) == HPDF_OK ? dict : NULL;
}

static unsigned number_of(HPDF_Dict dict) {
    return dict ? dict->header.obj_id & 0x00FFFFFF : 0;
}

unsigned object_add(struct objects *objects, const struct buf *entries) {
    struct own *own;
    return number_of(add(objects, entries, &own));
}

unsigned object_add_stream(struct objects *objects, const struct buf *entries, const void *bytes,
                           size_t n) {
    struct buf all = {0};
    buf_append(&all, buf_text(entries), entries->len);
    buf_puts(&all, "/Length ");
    buf_put_int(&all, (int64_t)n);
    buf_putc(&all, '\n');
    struct own *own;
    HPDF_Dict dict = add(objects, &all, &own);
    buf_free(&all);
    own->bytes = pool_strndup(objects->pool, bytes, n);
    own->bytes_len = n;
    add_to_hash(objects->hash, bytes, n);
    if (dict)
        dict->after_write_fn = write_stream;
    return number_of(dict);
}

unsigned object_add_packed(struct objects *objects, const struct buf *entries, const void *bytes,
                           size_t n) {
    struct buf all = {0};
    buf_append(&all, buf_text(entries), entries->len);
    buf_puts(&all, "/Filter/FlateDecode");
    buf_clear(&objects->packed);
    flate_pack(objects->flate, bytes, n, &objects->packed);
    unsigned number =
        object_add_stream(objects, &all, buf_text(&objects->packed), objects->packed.len);
    buf_free(&all);
    return number;
}

unsigned object_add_page(struct objects *objects, const struct buf *entries) {
    struct own *own;
    HPDF_Dict page = add(objects, entries, &own);
    if (!page)
        return 0;
    page->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* by which the tree counts its pages */
    HPDF_Dict_AddName(page, "Type", "Page");
    HPDF_Pages_AddKids(objects->doc->root_pages, page);
    return number_of(page);
}

unsigned objects_next(const struct objects *objects) {
    return objects->doc ? objects->doc->xref->start_offset + objects->doc->xref->entries->count : 0;
}

void object_put_ref(struct buf *out, const char *key, unsigned number) {
    buf_putc(out, '/');
    buf_puts(out, key);
    buf_putc(out, ' ');
    buf_put_int(out, number);
    buf_puts(out, " 0 R");
}

/* ---- the whole ---- */

/* Makes libharu's own dictionary end with `entries`. */
static void extend(struct objects *objects, HPDF_Dict dict, const struct buf *entries) {
    dict->attr = own_entries(objects, entries);
    dict->write_fn = write_entries;
}

static void put_id(struct objects *objects, struct buf *out) {
    unsigned long long high = objects->hash[0], low = objects->hash[1];
    buf_printf(out, "/ID[<%016llX%016llX><%016llX%016llX>]", high, low, high, low);
}

static void extend_roots(struct objects *objects, const struct buf *catalog,
                         const struct buf *info) {
    HPDF_Doc doc = objects->doc;
    HPDF_Dict_RemoveElement(doc->info, "Producer"); /* libharu's; ours is in `info` */
    extend(objects, doc->catalog, catalog);
    extend(objects, doc->info, info);
    struct buf id = {0};
    put_id(objects, &id);
    extend(objects, doc->trailer, &id);
    buf_free(&id);
}

/* libharu's streams in memory copy byte by byte. */
static HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n) {
    buf_append(stream->attr, bytes, n);
    return HPDF_OK;
}

/* Errors below the API do not call the handler: the document keeps the last one. */
static bool failed(struct objects *objects) {
    if (!objects->doc && !objects->first_error)
        objects->first_error = HPDF_FAILD_TO_ALLOC_MEM;
    if (objects->doc && !objects->first_error)
        objects->first_error = HPDF_GetError(objects->doc);
    return objects->first_error != HPDF_OK;
}

bool objects_write(struct objects *objects, const struct buf *catalog, const struct buf *info,
                   struct buf *out, struct diag *diag) {
    HPDF_Doc doc = objects->doc;
    if (!failed(objects))
        extend_roots(objects, catalog, info);
    size_t before = out->len;
    if (!failed(objects)) {
        doc->stream = HPDF_CallbackWriter_New(doc->mmgr, append, out);
        HPDF_SaveToStream(doc);
    }
    if (failed(objects)) {
        report(objects->first_error, diag);
        if (out->data)
            out->data[out->len = before] = '\0';
        return false;
    }
    return true;
}
