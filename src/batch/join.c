#include "batch/join.h"
#include "base/file.h"
#include "pdf/words.h"

#include <dlfcn.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* Loaded when first needed: linked in the usual way it and libstdc++ take 2 ms of every start. */
#define FUNCTIONS(f)                                                                               \
    f(qpdf_init) f(qpdf_cleanup) f(qpdf_silence_errors) f(qpdf_set_suppress_warnings)              \
        f(qpdf_empty_pdf) f(qpdf_read_memory) f(qpdf_get_num_pages) f(qpdf_get_page_n)             \
            f(qpdf_add_page) f(qpdf_get_root) f(qpdf_oh_get_key) f(qpdf_get_trailer)               \
                f(qpdf_oh_get_utf8_value) f(qpdf_oh_get_array_item) f(qpdf_oh_is_indirect)         \
                    f(qpdf_oh_append_item) f(qpdf_oh_new_unicode_string) f(qpdf_oh_is_array)       \
                        f(qpdf_make_indirect_object) f(qpdf_oh_copy_foreign_object)                \
                            f(qpdf_oh_replace_key) f(qpdf_oh_remove_key) f(qpdf_oh_new_name)       \
                                f(qpdf_oh_parse) f(qpdf_oh_new_stream) f(qpdf_oh_get_dict)         \
                                    f(qpdf_oh_replace_stream_data) f(qpdf_oh_new_null)             \
                                        f(qpdf_init_write_memory) f(qpdf_set_deterministic_ID)     \
                                            f(qpdf_set_newline_before_endstream)                   \
                                                f(qpdf_set_minimum_pdf_version) f(qpdf_write)      \
                                                    f(qpdf_get_buffer) f(qpdf_get_buffer_length)   \
                                                        f(qpdf_has_error) f(qpdf_get_error)        \
                                                            f(qpdf_get_error_full_text)

struct library {
#define POINTER(name) __typeof__(&(name)) name;
    FUNCTIONS(POINTER)
#undef POINTER
};

struct joiner {
    struct library q;
    struct pool *pool;
    struct diag *diag;
    const char *to;
    qpdf_data whole;
    qpdf_data *parts; /* kept to the end: pages are copied when written */
    size_t *first;    /* page of each in the whole, from 0 */
    size_t count, pages;
};

static bool load(struct library *q) {
    void *handle = dlopen("libqpdf.so.29", RTLD_LAZY | RTLD_LOCAL);
    bool all = handle != NULL;
#define LOOK_UP(name)                                                                              \
    if (handle)                                                                                    \
        *(void **)&q->name = dlsym(handle, #name);                                                 \
    all = all && q->name;
    FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return all;
}

static bool fail(struct joiner *j, qpdf_data of, const char *file) {
    const char *why = "qpdf";
    if (j->q.qpdf_has_error(of))
        why = j->q.qpdf_get_error_full_text(of, j->q.qpdf_get_error(of));
    diag_add(j->diag, JOIN_FAILED, (struct where){.file = file}, why, NULL);
    return false;
}

/* Errors that qpdf reports by its status (bit 1), not by an answer. */
static bool is_error(int status) {
    return status & QPDF_ERRORS;
}

static bool add_pages(struct joiner *j, qpdf_data part, const char *path) {
    const struct library *q = &j->q;
    int pages = q->qpdf_get_num_pages(part);
    for (int i = 0; i < pages; i++) {
        qpdf_oh page = q->qpdf_get_page_n(part, (size_t)i);
        q->qpdf_oh_remove_key(part, page, "/StructParents");
        if (is_error(q->qpdf_add_page(j->whole, part, page, QPDF_FALSE)))
            return fail(j, j->whole, path);
    }
    j->first[j->count - 1] = j->pages;
    j->pages += pages > 0 ? (size_t)pages : 0;
    return pages > 0 || fail(j, part, path);
}

static bool add_file(struct joiner *j, const char *path) {
    size_t n;
    const char *bytes = file_read(j->pool, path, &n, (struct where){.file = path}, j->diag);
    if (!bytes)
        return false;
    qpdf_data part = j->parts[j->count++] = j->q.qpdf_init();
    j->q.qpdf_silence_errors(part);
    j->q.qpdf_set_suppress_warnings(part, QPDF_TRUE);
    if (is_error(j->q.qpdf_read_memory(part, path, bytes, n, NULL)))
        return fail(j, part, path);
    return add_pages(j, part, path);
}

static void put_metadata(struct pool *pool, const char *title, struct buf *out) {
    buf_puts(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                  "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                  "<rdf:Description rdf:about=\"\" "
                  "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                  "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"
                  "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    words_put_xml(out, words_clean(pool, title));
    buf_puts(out, "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n"
                  "<?xpacket end=\"r\"?>");
}

/* The first file's: they are all the same. */
static qpdf_oh output_intents(struct joiner *j) {
    const struct library *q = &j->q;
    qpdf_data part = j->parts[0];
    qpdf_oh all = q->qpdf_oh_parse(j->whole, "[]");
    qpdf_oh intents = q->qpdf_oh_get_key(part, q->qpdf_get_root(part), "/OutputIntents");
    if (!q->qpdf_oh_is_array(part, intents))
        return all;
    qpdf_oh intent = q->qpdf_oh_get_array_item(part, intents, 0);
    if (!q->qpdf_oh_is_indirect(part, intent))
        intent = q->qpdf_make_indirect_object(part, intent);
    q->qpdf_oh_append_item(j->whole, all, q->qpdf_oh_copy_foreign_object(j->whole, part, intent));
    return all;
}

/* The document information says the same as the metadata. */
static void put_info(struct joiner *j, const char *title) {
    const struct library *q = &j->q;
    const char *clean = words_clean(j->pool, title);
    qpdf_oh info = q->qpdf_oh_parse(j->whole, "<<>>");
    if (clean)
        q->qpdf_oh_replace_key(j->whole, info, "/Title",
                               q->qpdf_oh_new_unicode_string(j->whole, clean));
    q->qpdf_oh_replace_key(j->whole, q->qpdf_get_trailer(j->whole), "/Info",
                           q->qpdf_make_indirect_object(j->whole, info));
}

/* What makes the whole an archival PDF: the colours' meaning from the first, metadata of its own.
 */
static void fill_root(struct joiner *j, const char *title) {
    const struct library *q = &j->q;
    qpdf_oh root = q->qpdf_get_root(j->whole);
    q->qpdf_oh_replace_key(j->whole, root, "/OutputIntents", output_intents(j));
    put_info(j, title);
    struct buf xmp = {0};
    put_metadata(j->pool, title, &xmp);
    qpdf_oh stream = q->qpdf_oh_new_stream(j->whole), null = q->qpdf_oh_new_null(j->whole);
    q->qpdf_oh_replace_stream_data(j->whole, stream, (const unsigned char *)xmp.data, xmp.len, null,
                                   null);
    buf_free(&xmp);
    qpdf_oh dict = q->qpdf_oh_get_dict(j->whole, stream);
    q->qpdf_oh_replace_key(j->whole, dict, "/Type", q->qpdf_oh_new_name(j->whole, "/Metadata"));
    q->qpdf_oh_replace_key(j->whole, dict, "/Subtype", q->qpdf_oh_new_name(j->whole, "/XML"));
    q->qpdf_oh_replace_key(j->whole, root, "/Metadata", stream);
    q->qpdf_oh_replace_key(j->whole, root, "/Lang", q->qpdf_oh_parse(j->whole, "(vi-VN)"));
    q->qpdf_oh_replace_key(j->whole, root, "/ViewerPreferences",
                           q->qpdf_oh_parse(j->whole, "<</DisplayDocTitle true>>"));
}

/* ---- the outline: an entry for each document ---- */

/* What the document calls itself; else the name of its file. */
static const char *title_of(struct joiner *j, size_t i, const char *path) {
    const struct library *q = &j->q;
    qpdf_data part = j->parts[i];
    qpdf_oh info = q->qpdf_oh_get_key(part, q->qpdf_get_trailer(part), "/Info");
    const char *title = q->qpdf_oh_get_utf8_value(part, q->qpdf_oh_get_key(part, info, "/Title"));
    const char *clean = title && *title ? words_clean(j->pool, title) : NULL;
    return clean && *clean ? clean : path_stem(j->pool, path);
}

static qpdf_oh put_entry(struct joiner *j, size_t i, const char *path, qpdf_oh outline) {
    const struct library *q = &j->q;
    qpdf_oh entry = q->qpdf_make_indirect_object(j->whole, q->qpdf_oh_parse(j->whole, "<<>>"));
    qpdf_oh to = q->qpdf_oh_parse(j->whole, "[]");
    q->qpdf_oh_append_item(j->whole, to, q->qpdf_get_page_n(j->whole, j->first[i]));
    q->qpdf_oh_append_item(j->whole, to, q->qpdf_oh_new_name(j->whole, "/Fit"));
    q->qpdf_oh_replace_key(j->whole, entry, "/Title",
                           q->qpdf_oh_new_unicode_string(j->whole, title_of(j, i, path)));
    q->qpdf_oh_replace_key(j->whole, entry, "/Parent", outline);
    q->qpdf_oh_replace_key(j->whole, entry, "/Dest", to);
    return entry;
}

static void put_outline(struct joiner *j, const char *const *paths, size_t n) {
    const struct library *q = &j->q;
    qpdf_oh root = q->qpdf_get_root(j->whole), before = 0, entry = 0;
    char *text = pool_printf(j->pool, "<</Type/Outlines/Count %zu>>", n);
    qpdf_oh outline = q->qpdf_make_indirect_object(j->whole, q->qpdf_oh_parse(j->whole, text));
    for (size_t i = 0; i < n; i++, before = entry) {
        entry = put_entry(j, i, paths[i], outline);
        if (i) {
            q->qpdf_oh_replace_key(j->whole, entry, "/Prev", before);
            q->qpdf_oh_replace_key(j->whole, before, "/Next", entry);
        } else {
            q->qpdf_oh_replace_key(j->whole, outline, "/First", entry);
        }
    }
    q->qpdf_oh_replace_key(j->whole, outline, "/Last", entry);
    q->qpdf_oh_replace_key(j->whole, root, "/Outlines", outline);
    q->qpdf_oh_replace_key(j->whole, root, "/PageMode",
                           q->qpdf_oh_new_name(j->whole, "/UseOutlines"));
}

static bool write_whole(struct joiner *j) {
    const struct library *q = &j->q;
    q->qpdf_init_write_memory(j->whole);
    q->qpdf_set_deterministic_ID(j->whole, QPDF_TRUE);
    q->qpdf_set_newline_before_endstream(j->whole, QPDF_TRUE);
    q->qpdf_set_minimum_pdf_version(j->whole, "1.7");
    if (is_error(q->qpdf_write(j->whole)))
        return fail(j, j->whole, j->to);
    return file_write(j->to, q->qpdf_get_buffer(j->whole), q->qpdf_get_buffer_length(j->whole),
                      j->diag);
}

static bool join(struct joiner *j, const char *const *paths, size_t n, const char *title) {
    for (size_t i = 0; i < n; i++)
        if (!add_file(j, paths[i]))
            return false;
    fill_root(j, title);
    put_outline(j, paths, n);
    return write_whole(j);
}

bool join_pdfs(struct pool *pool, const char *const *paths, size_t n, const char *title,
               const char *to, struct diag *diag) {
    struct joiner j = {.pool = pool, .diag = diag, .to = to};
    if (!n)
        return true;
    if (!load(&j.q)) {
        diag_add(diag, JOIN_NO_LIBRARY, (struct where){.file = to}, NULL);
        return false;
    }
    j.parts = POOL_ARRAY(pool, qpdf_data, n);
    j.first = POOL_ARRAY(pool, size_t, n);
    j.whole = j.q.qpdf_init();
    j.q.qpdf_silence_errors(j.whole);
    bool ok = !is_error(j.q.qpdf_empty_pdf(j.whole)) && join(&j, paths, n, title);
    for (size_t i = 0; i < j.count; i++)
        j.q.qpdf_cleanup(&j.parts[i]);
    j.q.qpdf_cleanup(&j.whole);
    return ok;
}
