/* What the tests of the reader share: a body as XML, read back from a real package. */
#ifndef CONGVAN_TESTS_READER_HELP_H
#define CONGVAN_TESTS_READER_HELP_H

#include "check.h"
#include "docx/wml.h"
#include "minimal_docx.h"

#include <stdlib.h>

static struct diag *diag; /* of the latest reading */
static struct pool *pool;
static struct package *package;
static struct buf dumped;

#define T(text) "<w:r><w:t>" text "</w:t></w:r>"
#define P(inner) "<w:p>" inner "</w:p>"
#define PP(props, inner) "<w:p><w:pPr>" props "</w:pPr>" inner "</w:p>"
#define INSTRUCTION(text)                                                                          \
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" text "</w:instrText></"    \
    "w:r>"
#define FIELD_END "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
#define FIELD(instruction, result)                                                                 \
    INSTRUCTION(instruction)                                                                       \
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" result FIELD_END
#define TC(props, inner) "<w:tc><w:tcPr>" props "</w:tcPr>" inner "</w:tc>"
#define TR(inner) "<w:tr>" inner "</w:tr>"
#define TBL(props, inner) "<w:tbl><w:tblPr>" props "</w:tblPr>" inner "</w:tbl>"

static inline void begin(const char *body) {
    package_close(package);
    package = docx_new(body);
}

static inline struct document *reread(void) {
    struct buf zip = {0};
    diag_free(diag);
    diag = diag_new(LANG_EN);
    CHECK(package_write(package, &zip, diag));
    package_close(package);
    char *bytes = pool_strndup(pool, zip.data, zip.len);
    package = package_open("thu.docx", bytes, zip.len, diag);
    buf_free(&zip);
    struct document *document = package ? wml_read(pool, package, diag) : NULL;
    CHECK(document != NULL);
    return document;
}

static inline struct document *read_body(const char *body) {
    begin(body);
    return reread();
}

static inline bool quiet(void) {
    bool silent = diag_count(diag, DIAG_ERROR) + diag_count(diag, DIAG_WARNING) == 0;
    if (!silent)
        diag_write(diag, stdout);
    return silent;
}

/* Some message of the latest reading says this. */
static inline bool said(const char *text) {
    char *all = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&all, &n);
    diag_write(diag, out);
    fclose(out);
    bool found = strstr(all, text) != NULL;
    if (!found)
        printf("# no \"%s\" in:\n%s", text, all);
    free(all);
    return found;
}

static inline bool dump_has(const struct document *document, const char *line) {
    buf_clear(&dumped);
    wml_dump(document, &dumped);
    bool found = strstr(buf_text(&dumped), line) != NULL;
    if (!found)
        printf("# no \"%s\" in:\n%s", line, buf_text(&dumped));
    return found;
}

static inline const struct block *nth_block(const struct document *document, int n) {
    const struct block *block = document->sections->blocks;
    while (n-- > 0 && block)
        block = block->next;
    return block;
}

static inline const struct para *nth(const struct document *document, int n) {
    return nth_block(document, n)->para;
}

/* A paragraph as text, other items as <kind>, links as [text](target). */
static inline const char *shown(const struct para *para) {
    static const char *const names[] = {"",      "tab", "br",    "page", "column", "nbh",
                                        "shy",   "ref", "mark",  "PAGE", "COUNT",  "PAGES",
                                        "STYLE", "sep", "shape", "pic",  "box",    "name"};
    struct buf out = {0};
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        if (item->link)
            buf_putc(&out, '[');
        if (item->kind != INLINE_TEXT)
            buf_printf(&out, "<%s%s%s>", names[item->kind], item->text ? " " : "",
                       item->text ? item->text : "");
        else
            buf_puts(&out, item->text);
        if (item->link)
            buf_printf(&out, "](%s)", item->link);
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static inline const char *body_shown(const char *body) {
    return shown(nth(read_body(body), 0));
}

static inline void reader_tests_begin(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
}

static inline void reader_tests_end(void) {
    buf_free(&dumped);
    package_close(package);
    diag_free(diag);
    pool_free(pool);
}

#endif
