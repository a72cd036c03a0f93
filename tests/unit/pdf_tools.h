/* What the tests of src/pdf share: pages built by hand, and the judges (qpdf, pdfa-check, poppler)
 * asked about the file that comes of them. */
#ifndef CONGVAN_TESTS_PDF_TOOLS_H
#define CONGVAN_TESTS_PDF_TOOLS_H

#include "base/file.h"
#include "base/utf8.h"
#include "check.h"
#include "pdf/draw.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { A4_WIDTH = 595300, A4_HEIGHT = 841900 };

struct bench {
    struct pool *pool;
    struct diag *diag;
    struct fonts *fonts;
    struct pdf_fonts *pdf_fonts;
    char folder[32], path[48];
    struct pages pages;
    const struct pdf_options *options;
    struct buf pdf;
};

static inline void bench_open(struct bench *b) {
    *b = (struct bench){.pool = pool_new(), .diag = diag_new(LANG_EN)};
    b->fonts = fonts_new(NULL, 0);
    b->pdf_fonts = pdf_fonts_new();
    strcpy(b->folder, "/tmp/congvan-test-XXXXXX");
    CHECK(mkdtemp(b->folder) != NULL);
    snprintf(b->path, sizeof b->path, "%s/out.pdf", b->folder);
}

static inline void bench_close(struct bench *b) {
    unlink(b->path);
    rmdir(b->folder);
    buf_free(&b->pdf);
    pdf_fonts_free(b->pdf_fonts);
    fonts_free(b->fonts);
    diag_free(b->diag);
    pool_free(b->pool);
}

/* ---- pages ---- */

static inline const struct face *face_of(struct bench *b, bool bold, bool italic) {
    bool substituted;
    struct font_wish wish = {"Times New Roman", bold, italic, true};
    return fonts_find(b->fonts, &wish, &substituted, b->diag);
}

static inline struct page *add_page(struct bench *b) {
    struct page *page = VEC_PUSH(b->pool, &b->pages.at);
    page->width = A4_WIDTH;
    page->height = A4_HEIGHT;
    return page;
}

static inline struct draw *add_draw(struct bench *b, struct page *page, enum draw_kind kind) {
    struct draw *draw = VEC_PUSH(b->pool, &page->draws);
    draw->kind = kind;
    return draw;
}

/* `text` at its natural advances, every space widened by `stretch`. */
static inline struct draw_text *add_text(struct bench *b, struct page *page,
                                         const struct face *face, mpt size, mpt x, mpt y,
                                         const char *text, mpt stretch) {
    size_t n = utf8_length(text), i = 0;
    struct glyph *glyphs = POOL_ARRAY(b->pool, struct glyph, n + 1);
    int64_t units = 0, extra = 0;
    for (const char *p = text, *end = text + strlen(text); p < end; i++) {
        uint32_t cp = utf8_next(&p, end);
        mpt at = (mpt)(units * size / face_metrics(face)->upem + extra);
        glyphs[i] = (struct glyph){.id = face_glyph(face, cp), .cp = cp, .x = at};
        units += face_advance(face, glyphs[i].id);
        extra += cp == ' ' ? stretch : 0;
    }
    struct draw *draw = add_draw(b, page, DRAW_TEXT);
    draw->as.text = (struct draw_text){
        .x = x, .y = y, .face = face, .size = size, .scale = 100, .glyphs = glyphs, .n = n};
    return &draw->as.text;
}

static inline void add_picture(struct bench *b, struct page *page, const struct picture *picture,
                               mpt x, mpt y, mpt width, mpt height) {
    add_draw(b, page, DRAW_PICTURE)->as.picture =
        (struct draw_picture){.x = x, .y = y, .width = width, .height = height, .picture = picture};
}

/* ---- judges ---- */

/* What a shell command prints (in the pool); %s of the command is the PDF's path. Bytes past
 * `*len` are zero. */
static inline char *ask_bytes(struct bench *b, const char *command, int *status, size_t *len) {
    struct buf line = {0}, answer = {0};
    for (const char *p = command; *p; p++)
        if (p[0] == '%' && p[1] == 's') {
            buf_puts(&line, b->path);
            p++;
        } else {
            buf_putc(&line, *p);
        }
    FILE *pipe = popen(buf_text(&line), "r");
    char block[4096];
    for (size_t n; pipe && (n = fread(block, 1, sizeof block, pipe)) > 0;)
        buf_append(&answer, block, n);
    *status = pipe ? pclose(pipe) : -1;
    *len = answer.len;
    char *copy = pool_strndup(b->pool, buf_text(&answer), answer.len);
    buf_free(&line);
    buf_free(&answer);
    return copy;
}

/* The pixels of a page of `side` by `side` points at 72 dpi, three bytes each, without smoothing.
 */
static inline const unsigned char *pixels_of(struct bench *b, int side) {
    int status, w = 0, h = 0, start = 0;
    size_t len;
    char *ppm = ask_bytes(b, "pdftoppm -r 72 -aa no -aaVector no %s 2>&1", &status, &len);
    CHECK(sscanf(ppm, "P6 %d %d 255%n", &w, &h, &start) == 2 && w == side && h == side);
    return (const unsigned char *)ppm + start + 1;
}

static inline char *ask(struct bench *b, const char *command) {
    int status;
    size_t len;
    return ask_bytes(b, command, &status, &len);
}

/* Writes the pages and has qpdf and the archive's judge check the file. */
static inline bool write_pdf(struct bench *b) {
    buf_clear(&b->pdf);
    if (!pdf_write(&b->pages, b->pdf_fonts, b->options, &b->pdf, b->diag) ||
        !file_write(b->path, b->pdf.data, b->pdf.len, b->diag))
        return false;
    int status;
    size_t len;
    char *verdict = ask_bytes(
        b, "qpdf --check %s >/dev/null 2>&1 && tests/tools/pdfa-check %s 2>&1", &status, &len);
    if (status != 0)
        printf("# judges: %s\n", verdict);
    return status == 0;
}

/* The file with all streams unpacked and its objects set out one entry a line; zero bytes (of
 * fonts, of the colour profile) are blanks. */
static inline char *unpacked(struct bench *b) {
    return ask(b, "qpdf --qdf --object-streams=disable %s - | tr '\\0' ' '");
}

static inline size_t count(const char *text, const char *what) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

#endif
