#include "pdf/attach.h"
#include "pdf/moment.h"
#include "pdf/words.h"

#include <stdlib.h>
#include <string.h>

struct attached {
    const char *name; /* clean, and its own */
    unsigned object;  /* the file specification */
};

/* ---- names ---- */

static bool is_taken(const struct attached *files, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].name, name) == 0)
            return true;
    return false;
}

/* "a.ini", then "a-2.ini". There are a handful of files. */
static const char *own_name(struct pool *pool, const struct attached *files, size_t n,
                            const char *wanted) {
    const char *clean = words_clean(pool, wanted), *name = clean = clean ? clean : "file";
    const char *dot = strrchr(clean, '.');
    int stem = (int)(dot && dot > clean ? (size_t)(dot - clean) : strlen(clean));
    for (int i = 2; is_taken(files, n, name); i++)
        name = pool_printf(pool, "%.*s-%d%s", stem, clean, i, clean + stem);
    return name;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct attached *)a)->name, ((const struct attached *)b)->name);
}

/* ---- files ---- */

/* A MIME type as a name: what is not a regular character as #XX (7.3.5). */
static void put_mime(struct buf *out, const char *mime) {
    buf_puts(out, "/Subtype/");
    for (; *mime; mime++)
        if (*mime <= ' ' || *mime >= 0x7F || strchr("()<>[]{}/%#", *mime))
            buf_printf(out, "#%02X", (unsigned char)*mime);
        else
            buf_putc(out, *mime);
}

static unsigned add_file(struct objects *objects, const struct pdf_attachment *file,
                         const struct moment *modified) {
    struct buf entries = {0};
    unsigned char sum[16];
    object_checksum(file->bytes, file->len, sum);
    buf_puts(&entries, "/Type/EmbeddedFile");
    put_mime(&entries, file->mime ? file->mime : "application/octet-stream");
    buf_puts(&entries, "/Params<</Size ");
    buf_put_int(&entries, (int64_t)file->len);
    buf_puts(&entries, "/CheckSum<");
    for (int i = 0; i < 16; i++)
        buf_printf(&entries, "%02X", sum[i]);
    buf_puts(&entries, ">");
    if (modified->year) {
        buf_puts(&entries, "/ModDate(");
        moment_put_info(&entries, modified);
        buf_puts(&entries, ")");
    }
    buf_puts(&entries, ">>");
    /* A DOCX is packed already. */
    bool packed = file->len >= 2 && memcmp(file->bytes, "PK", 2) == 0;
    unsigned number = packed ? object_add_stream(objects, &entries, file->bytes, file->len)
                             : object_add_packed(objects, &entries, file->bytes, file->len);
    buf_free(&entries);
    return number;
}

static unsigned add_specification(struct pool *pool, struct objects *objects,
                                  const struct pdf_attachment *file, const char *name,
                                  const struct moment *modified) {
    static const char *const relations[] = {
        [PDF_SOURCE] = "Source", [PDF_DATA] = "Data", [PDF_SUPPLEMENT] = "Supplement"};
    struct buf entries = {0};
    unsigned stream = add_file(objects, file, modified);
    buf_puts(&entries, "/Type/Filespec");
    words_put_entry(&entries, "F", name);
    words_put_entry(&entries, "UF", name);
    words_put_entry(&entries, "Desc", words_clean(pool, file->description));
    buf_puts(&entries, "/AFRelationship/");
    buf_puts(&entries, relations[file->relation]);
    buf_puts(&entries, "/EF<<");
    object_put_ref(&entries, "F", stream);
    object_put_ref(&entries, "UF", stream);
    buf_puts(&entries, ">>");
    unsigned number = object_add(objects, &entries);
    buf_free(&entries);
    return number;
}

void attachments_add(struct pool *pool, struct objects *objects, const struct pdf_options *options,
                     const char *modified, struct buf *catalog, struct buf *names) {
    struct moment moment = moment_read(modified);
    size_t n = options->attachment_count;
    if (!n)
        return;
    struct attached *files = POOL_ARRAY(pool, struct attached, n);
    buf_puts(catalog, "/AF[");
    for (size_t i = 0; i < n; i++) {
        const struct pdf_attachment *file = &options->attachments[i];
        files[i].name = own_name(pool, files, i, file->name);
        files[i].object = add_specification(pool, objects, file, files[i].name, &moment);
        buf_put_int(catalog, files[i].object);
        buf_puts(catalog, i + 1 < n ? " 0 R " : " 0 R]");
    }
    qsort(files, n, sizeof *files, by_name); /* as a name tree's keys must be (7.9.6) */
    buf_puts(names, "/EmbeddedFiles<</Names[");
    for (size_t i = 0; i < n; i++) {
        words_put_bytes(names, files[i].name, strlen(files[i].name));
        buf_put_int(names, files[i].object);
        buf_puts(names, " 0 R\n");
    }
    buf_puts(names, "]>>");
}
