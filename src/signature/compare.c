#include "signature/compare.h"

#include <stdlib.h>
#include <string.h>

/* What a page is made of, each part spelled so that equal parts are equal texts. */
struct page_look {
    struct buf size, content, fonts, pictures, annotations;
};

static void look_free(struct page_look *look) {
    buf_free(&look->size);
    buf_free(&look->content);
    buf_free(&look->fonts);
    buf_free(&look->pictures);
    buf_free(&look->annotations);
}

/* FNV-1a: tells pictures and fonts apart; nobody attacks his own draft. */
static unsigned long long hash(const char *s, size_t len) {
    unsigned long long h = 1469598103934665603ULL;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211ULL;
    return h;
}

static void put_stream(struct reader *reader, pdf_value stream, struct buf *out) {
    size_t len;
    const char *s = reader_decoded(reader, stream, &len);
    if (!s)
        s = reader_raw(reader, stream, &len);
    buf_printf(out, "%zu:%llx;", s ? len : 0, s ? hash(s, len) : 0);
}

static void look_at_font(struct reader *reader, pdf_value font, struct buf *out) {
    static const char *const files[] = {"/FontFile", "/FontFile2", "/FontFile3", NULL};
    pdf_value inner = reader_item(reader, reader_key(reader, font, "/DescendantFonts"), 0);
    pdf_value holder = reader_kind(reader, inner) == PDF_DICTIONARY ? inner : font;
    pdf_value descriptor = reader_key(reader, holder, "/FontDescriptor");
    buf_puts(out, reader_name(reader, reader_key(reader, font, "/BaseFont")));
    for (const char *const *file = files; *file; file++)
        if (reader_has(reader, descriptor, *file))
            put_stream(reader, reader_key(reader, descriptor, *file), out);
    buf_putc(out, '\n');
}

/* Names of resources are left out: they may be renamed without a change to the look. */
static void look_at_resources(struct reader *reader, pdf_value resources, struct page_look *look) {
    pdf_value fonts = reader_key(reader, resources, "/Font");
    for (const char **key = reader_keys(reader, fonts); *key; key++)
        look_at_font(reader, reader_key(reader, fonts, *key), &look->fonts);
    pdf_value objects = reader_key(reader, resources, "/XObject");
    for (const char **key = reader_keys(reader, objects); *key; key++)
        put_stream(reader, reader_key(reader, objects, *key), &look->pictures);
}

static void look_at(struct reader *reader, pdf_value page, struct page_look *look) {
    pdf_value box = reader_inherited(reader, page, "/MediaBox");
    for (int i = 0; i < reader_count(reader, box); i++)
        buf_printf(&look->size, "%.3f ", reader_number(reader, reader_item(reader, box, i)));
    pdf_value contents = reader_key(reader, page, "/Contents");
    if (reader_kind(reader, contents) == PDF_STREAM)
        put_stream(reader, contents, &look->content);
    for (int i = 0; i < reader_count(reader, contents); i++)
        put_stream(reader, reader_item(reader, contents, i), &look->content);
    look_at_resources(reader, reader_inherited(reader, page, "/Resources"), look);
    pdf_value annots = reader_key(reader, page, "/Annots");
    for (int i = 0; i < reader_count(reader, annots); i++) {
        pdf_value subtype = reader_key(reader, reader_item(reader, annots, i), "/Subtype");
        if (!reader_is_name(reader, subtype, "/Widget")) /* signing adds these */
            buf_puts(&look->annotations, reader_name(reader, subtype));
    }
}

static bool differs(const struct buf *a, const struct buf *b) {
    return a->len != b->len || (a->len && memcmp(a->data, b->data, a->len) != 0);
}

static void compare_page(struct pool *pool, struct comparison *c, struct reader *a,
                         struct reader *b, int i) {
    struct page_look x = {0}, y = {0};
    look_at(a, reader_page(a, i), &x);
    look_at(b, reader_page(b, i), &y);
    struct page_difference d = {.page = i + 1,
                                .size = differs(&x.size, &y.size),
                                .content = differs(&x.content, &y.content),
                                .fonts = differs(&x.fonts, &y.fonts),
                                .pictures = differs(&x.pictures, &y.pictures),
                                .annotations = differs(&x.annotations, &y.annotations)};
    if (d.size || d.content || d.fonts || d.pictures || d.annotations)
        *VEC_PUSH(pool, &c->pages) = d;
    look_free(&x);
    look_free(&y);
}

struct comparison *compare_files(struct pool *pool, struct bytes draft, struct bytes signed_file) {
    struct comparison *c = POOL_NEW(pool, struct comparison);
    size_t n = draft.len < signed_file.len ? draft.len : signed_file.len;
    while (c->first < n && draft.s[c->first] == signed_file.s[c->first])
        c->first++;
    c->same = c->first == draft.len;
    if (c->same)
        return c;
    struct reader *a = reader_open(pool, draft.s, draft.len);
    struct reader *b = reader_open(pool, signed_file.s, signed_file.len);
    c->readable = a && b;
    if (c->readable) {
        c->pages_draft = reader_pages(a);
        c->pages_signed = reader_pages(b);
        for (int i = 0; i < c->pages_draft && i < c->pages_signed; i++)
            compare_page(pool, c, a, b, i);
    }
    reader_close(a);
    reader_close(b);
    return c;
}

static void write_page(const struct page_difference *d, enum lang lang, struct buf *out) {
    const struct {
        bool is;
        const char *word[2];
    } parts[] = {{d->size, {"khổ giấy", "size"}},
                 {d->content, {"chữ và nét vẽ", "text and lines"}},
                 {d->fonts, {"phông chữ", "fonts"}},
                 {d->pictures, {"hình ảnh", "pictures"}},
                 {d->annotations, {"chú thích", "annotations"}}};
    const char *comma = "";
    buf_printf(out,
               lang == LANG_VI ? "    trang %d khác về: " : "    page %d differs in: ", d->page);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].is) {
            buf_printf(out, "%s%s", comma, parts[i].word[lang]);
            comma = ", ";
        }
    buf_putc(out, '\n');
}

void comparison_write(const struct comparison *c, const char *draft, enum lang lang,
                      struct buf *out) {
    bool vi = lang == LANG_VI;
    if (c->same) {
        buf_printf(out,
                   vi ? "  bắt đầu đúng từng byte của %s\n"
                      : "  begins with exactly the bytes of %s\n",
                   draft);
        return;
    }
    buf_printf(out,
               vi ? "  ! không bắt đầu bằng đúng các byte của %s (khác từ byte %zu)\n"
                  : "  ! does not begin with the bytes of %s (they differ from byte %zu)\n",
               draft, c->first);
    if (c->readable && c->pages_draft != c->pages_signed)
        buf_printf(out, vi ? "    số trang: %d, nay là %d\n" : "    pages: %d, now %d\n",
                   c->pages_draft, c->pages_signed);
    const struct page_difference *d;
    VEC_EACH (d, &c->pages)
        write_page(d, lang, out);
    if (c->readable && !c->pages.n && c->pages_draft == c->pages_signed)
        buf_puts(out,
                 vi ? "    mọi trang vẫn có chữ, hình, phông như cũ: tệp chỉ được ghi lại\n"
                    : "    every page has the same text, pictures and fonts: the file was only "
                      "rewritten\n");
}

void comparison_write_json(const struct comparison *c, const char *draft, struct buf *out) {
    buf_puts(out, "\"original\":{\"file\":");
    json_string(out, draft);
    buf_printf(out, ",\"same\":%s", c->same ? "true" : "false");
    if (!c->same)
        buf_printf(out, ",\"first_difference\":%zu,\"pages\":[%d,%d],\"differ\":[", c->first,
                   c->pages_draft, c->pages_signed);
    const struct page_difference *d;
    VEC_EACH (d, &c->pages)
        buf_printf(out,
                   "%s{\"page\":%d,\"size\":%d,\"content\":%d,\"fonts\":%d,\"pictures\":%d,"
                   "\"annotations\":%d}",
                   d == c->pages.at ? "" : ",", d->page, d->size, d->content, d->fonts, d->pictures,
                   d->annotations);
    buf_puts(out, c->same ? "}" : "]}");
}
