/* Any INI text in a template that prints everything: the DOCX must open with our own reader and say
 * what the dispatch holds, in the body, a header, a note, a text box and the properties alike.
 *
 * The input is an INI as an author might have mangled it. Where a line "[[" opens it, the rest is
 * one value for every field instead, as bytes that no INI reader has touched but source_text, which
 * is the normalisation that is documented: no bytes that are no UTF-8, no characters XML cannot
 * hold. */
#include "base/face.h"
#include "dispatch/appendix.h"
#include "dispatch/source.h"
#include "docx/merge.h"
#include "docx/wml.h"
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS                                                                                         \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "                    \
    "xmlns:v=\"urn:schemas-microsoft-com:vml\""
#define RUN(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define P(text) "<w:p>" RUN(text) "</w:p>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/>"
#define RELS(items)                                                                                \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
    "</Relationships>"

/* Each value stands alone in a paragraph; an absent one takes its paragraph along. */
static const char *const keys[] = {"trich yeu", "co quan",   "dia danh", "ky hieu", "ho ten",
                                   "chuc vu",   "quyen han", "chu quan", "dia chi", "rieng.ma"};
enum { KEYS = sizeof keys / sizeof *keys };

static void put_fields(struct buf *out) {
    for (size_t i = 0; i < KEYS; i++)
        buf_printf(out, P("{{#%s}}{{%s}}{{/%s}}"), keys[i], keys[i], keys[i]);
    buf_puts(out, P("{{#kinh gui}}{{.}}{{/kinh gui}}"));
    buf_puts(out, "<w:tbl><w:tblPr/><w:tr><w:tc>" P("{{#noi nhan}}{{.}}") "</w:tc><w:tc>" P(
                      "{{/noi nhan}}") "</w:tc></w:tr></w:tbl>" P("end"));
}

static void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

static struct buf template_bytes(struct diag *diag) {
    struct package *p = package_new("fuzz.docx");
    struct buf body = {0}, out = {0};
    set(p, "_rels/.rels",
        RELS(REL("r1", "officeDocument",
                 "word/document.xml") "<Relationship Id=\"r2\" "
                                      "Type=\"http://schemas.openxmlformats.org/package/2006/"
                                      "relationships/metadata/core-properties\" "
                                      "Target=\"docProps/core.xml\"/>"));
    set(p, "word/_rels/document.xml.rels",
        RELS(REL("r1", "header", "header1.xml") REL("r2", "footnotes", "footnotes.xml")));
    buf_puts(&body, "<w:document " NS "><w:body>");
    put_fields(&body);
    buf_puts(&body,
             "<w:p><w:r><w:pict><v:rect><v:textbox><w:txbxContent>" P(
                 "{{#trich yeu}}{{trich yeu}}{{/trich yeu}}") "</w:txbxContent></v:textbox>"
                                                              "</v:rect></w:pict></"
                                                              "w:r><w:r><w:footnoteReference "
                                                              "w:id=\"1\"/></w:r></w:p>"
                                                              "</w:body></w:document>");
    set(p, "word/document.xml", buf_text(&body));
    set(p, "word/header1.xml",
        "<w:hdr " NS ">" P("{{#trich yeu}}{{trich yeu}}{{/trich yeu}}") "</w:hdr>");
    set(p, "word/footnotes.xml",
        "<w:footnotes " NS
        "><w:footnote w:id=\"1\">" P("{{#trich yeu}}{{trich yeu}}{{/trich yeu}}") "</w:footnote>"
                                                                                  "</w:footnotes>");
    set(p, "docProps/core.xml",
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
        "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
        "{{#trich yeu}}{{trich yeu}}{{/trich yeu}}</dc:title></cp:coreProperties>");
    if (!package_write(p, &out, diag))
        abort();
    buf_free(&body);
    package_close(p);
    return out;
}

/* ---- what it was given ---- */

static struct dispatch *from_ini(struct pool *pool, const char *data, size_t n, struct diag *diag) {
    struct ini *ini = ini_parse(pool, "fuzz.ini", data, n, diag);
    return ini ? dispatch_make(pool, "/nonexistent/fuzz.ini", ini, diag) : NULL;
}

static const char frame[] = "[cong van]\ntrich yeu = x\ndia danh = x\nky hieu = x\n[co quan]\n"
                            "ten = x\nchu quan = x\ndia chi = x\n[nguoi ky]\nho ten = x\n"
                            "chuc vu = x\nquyen han = x\n[rieng]\nma = x\n[kinh gui]\n1 = x\n"
                            "2 = x\n[noi nhan]\n1 = x\nluu = x\n";

/* The value goes into the record itself, past all rules of the INI. */
static struct dispatch *from_value(struct pool *pool, const char *data, size_t n,
                                   struct diag *diag) {
    size_t len;
    const char *value = source_text(pool, "fuzz.ini", data, n, &len, diag);
    struct dispatch *d = from_ini(pool, frame, sizeof frame - 1, diag);
    struct field *field;
    VEC_EACH (field, &d->fields) {
        if (field->kind == FIELD_TEXT && !field->blank)
            field->text.s = value;
        for (size_t i = 0; i < field->items.n; i++)
            field->items.at[i].s = value;
    }
    return d;
}

/* ---- what came out ---- */

static void fail(const char *what, const char *got, const char *want) {
    fprintf(stderr, "%s\n got \"%s\"\nwant \"%s\"\n", what, got, want);
    abort();
}

static void put_text(struct buf *out, const struct xml_node *node) {
    for (const struct xml_node *n = node; n; n = xml_next(node, n)) {
        if (n->name == XML_TEXT && n->parent->name == w_t)
            buf_puts(out, n->text);
        else if (n->name == w_br)
            buf_putc(out, '\n');
        else if (n->name == w_tab)
            buf_putc(out, '\t');
        else if (n->name == w_p)
            buf_putc(out, '\1'); /* no value can hold it */
    }
}

static struct xml_node *part(struct pool *pool, struct package *package, const char *name) {
    struct diag *diag = diag_new(LANG_EN);
    size_t n;
    const char *bytes = package_part(package, name, &n, diag);
    struct xml_node *root =
        bytes ? xml_parse(pool, bytes, n, (struct where){.file = name}, diag) : NULL;
    if (!root || diag_count(diag, DIAG_ERROR))
        fail("a part does not parse", name, bytes ? bytes : "(none)");
    diag_free(diag);
    return root;
}

static void expect_part(struct pool *pool, struct package *package, const char *name,
                        const struct buf *want) {
    struct buf got = {0};
    put_text(&got, part(pool, package, name));
    if (strcmp(buf_text(&got), buf_text(want)) != 0)
        fail(name, buf_text(&got), buf_text(want));
    buf_free(&got);
}

static const char *value_of(const struct dispatch *d, const char *key) {
    const struct field *field = dispatch_field(d, key);
    return field && field->text.s[0] && !field->blank ? field->text.s : NULL;
}

static void want_items(struct buf *want, const struct dispatch *d, const char *key,
                       const char *after) {
    const struct field *field = dispatch_field(d, key);
    for (size_t i = 0; field && i < field->items.n; i++)
        buf_printf(want, "\1%s%s", field->items.at[i].s, after);
}

static void want_subject(struct buf *want, const struct dispatch *d, const char *else_) {
    const char *subject = value_of(d, "trich yeu");
    if (subject)
        buf_printf(want, "\1%s", subject);
    else
        buf_puts(want, else_);
}

static void check_body(struct pool *pool, struct package *package, const struct dispatch *d) {
    struct buf want = {0};
    for (size_t i = 0; i < KEYS; i++)
        if (value_of(d, keys[i]))
            buf_printf(&want, "\1%s", value_of(d, keys[i]));
    want_items(&want, d, "kinh gui", "");
    want_items(&want, d, "noi nhan", "\1");
    buf_puts(&want, "\1end\1");
    want_subject(&want, d, "\1");
    expect_part(pool, package, "word/document.xml", &want);
    buf_clear(&want);
    want_subject(&want, d, "\1");
    expect_part(pool, package, "word/header1.xml", &want);
    expect_part(pool, package, "word/footnotes.xml", &want);
    buf_free(&want);
}

static void check_title(struct pool *pool, struct package *package, const struct dispatch *d) {
    const char *subject = value_of(d, "trich yeu");
    char *want = pool_strdup(pool, subject ? subject : "");
    for (char *p = want; *p; p++)
        if (*p == '\n')
            *p = ' ';
    const char *got = xml_text(pool, part(pool, package, "docProps/core.xml"), dc_title);
    if (strcmp(got, want) != 0)
        fail("dc:title", got, want);
}

static void check_docx(struct pool *pool, const struct dispatch *d, const struct buf *docx) {
    struct diag *diag = diag_new(LANG_EN);
    struct package *package = package_open("out.docx", docx->data, docx->len, diag);
    if (!package)
        fail("the package does not open", "", "");
    check_body(pool, package, d);
    check_title(pool, package, d);
    if (!wml_read(pool, package, diag))
        fail("the reader refuses it", "", "");
    package_close(package);
    diag_free(diag);
}

/* ---- appendices of their own ---- */

static struct buf form_bytes(struct diag *diag) {
    struct package *p = package_new("form.docx");
    struct buf out = {0};
    set(p, "_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml")));
    set(p, "word/document.xml",
        "<w:document " NS "><w:body>" P("{{#phu luc}}") P("{{nhan}}")
            P("{{#tieu de}}{{.}}{{/tieu de}}") P("{{/phu luc}}") "</w:body></w:document>");
    if (!package_write(p, &out, diag))
        abort();
    package_close(p);
    return out;
}

static void check_apart(struct pool *pool, struct package *package,
                        const struct appendix_apart *apart) {
    const char *name = dispatch_field(apart->dispatch, "phu luc")->items.at[0].s;
    const char *label = value_of(apart->dispatch, pool_printf(pool, "%s.nhan", name));
    const char *title = value_of(apart->dispatch, pool_printf(pool, "%s.tieu de", name));
    struct buf want = {0};
    buf_printf(&want, "\1%s", label);
    if (title)
        buf_printf(&want, "\1%s", title);
    expect_part(pool, package, "word/document.xml", &want);
    const char *got = xml_text(pool, part(pool, package, "docProps/core.xml"), dc_title);
    if (strcmp(got, apart->title) != 0)
        fail("dc:title of an appendix", got, apart->title);
    buf_free(&want);
}

static void merge_apart(struct pool *pool, struct template *template, struct dispatch *d,
                        struct fonts *fonts) {
    enum { MOST = 4 };
    struct diag *diag = diag_new(LANG_EN);
    struct appendices_apart apart = {0};
    struct buf bytes = form_bytes(diag);
    struct template *form = template_read("form.docx", bytes.data, bytes.len, NULL, diag);
    appendix_split(pool, d, &apart);
    for (size_t i = 0; i < apart.at.n && i < MOST; i++) {
        struct merge_options options = {
            .fonts = fonts, .form = form, .appendix = apart.at.at[i].title};
        struct package *package =
            merge(pool, template, apart.at.at[i].dispatch, "p.docx", &options, diag);
        struct buf docx = {0};
        if (!package || !package_write(package, &docx, diag))
            fail("the merge of an appendix is refused", "", "");
        package_close(package);
        package = package_open("p.docx", docx.data, docx.len, diag);
        check_apart(pool, package, &apart.at.at[i]);
        package_close(package);
        buf_free(&docx);
    }
    template_close(form);
    buf_free(&bytes);
    diag_free(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI), *merging = diag_new(LANG_VI);
    struct fonts *fonts = fonts_new(NULL, 0);
    struct buf bytes = template_bytes(merging), docx = {0};
    struct template *template = template_read("fuzz.docx", bytes.data, bytes.len, NULL, merging);
    const char *text = (const char *)data;
    bool value = size > 3 && memcmp(text, "[[\n", 3) == 0;
    struct dispatch *d =
        value ? from_value(pool, text + 3, size - 3, diag) : from_ini(pool, text, size, diag);
    if (!template)
        abort();
    struct package *package =
        d ? merge(pool, template, d, "out.docx", &(struct merge_options){.fonts = fonts}, merging)
          : NULL;
    if (d && (!package || !package_write(package, &docx, merging)))
        fail("the merge is refused", "", "");
    if (d)
        merge_apart(pool, template, d, fonts);
    if (d)
        check_docx(pool, d, &docx);
    package_close(package);
    template_close(template);
    buf_free(&docx);
    buf_free(&bytes);
    fonts_free(fonts);
    diag_free(merging);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
