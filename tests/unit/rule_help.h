/* Inputs of the rules' tests, written short. A dispatch is its INI, a line "----" and its body. A
 * document is a line a paragraph, "attributes | text", between lines that open with "@":
 *
 *     @page WIDTH HEIGHT TOP RIGHT BOTTOM LEFT     twips
 *     @more XML                                    goes into w:sectPr
 *     @header|@footer default|first                what follows up to the next @ stands there
 *     @table WIDTH... @cell @row @end              twips
 *
 * Attributes: left center right both, b i u, a size in points, first= left= right= (twips), before=
 * after= (points), line= (240ths), font= color= , box (borders all around), dashed (one above),
 * stroke=LENGTH@OFFSET (points: a line anchored there). In the text "#" is the page number, "¶" a
 * forced break. */
#ifndef CONGVAN_TESTS_RULE_HELP_H
#define CONGVAN_TESTS_RULE_HELP_H

#include "base/face.h"
#include "base/file.h"
#include "minimal_docx.h"

#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;
static struct diag *rules_diag;
static struct fonts *rules_fonts;

static inline void rules_begin(void) {
    pool = pool_new();
    rules_diag = diag_new(LANG_EN);
    rules_fonts = fonts_new(NULL, 0);
}

static inline void rules_end(void) {
    fonts_free(rules_fonts);
    diag_free(rules_diag);
    pool_free(pool);
}

static inline const char *read_text(const char *path) {
    size_t n;
    const char *text = file_read(pool, path, &n, (struct where){.file = path}, rules_diag);
    if (!text)
        diag_write(rules_diag, stdout);
    return text ? text : "";
}

static inline const char *base_text(const char *base) {
    return read_text(pool_printf(pool, "tests/check/%s.base", base));
}

/* ---- documents ---- */

struct writer {
    struct buf body, header, first_header, footer;
    struct buf *to;
    const char *page, *more;
    const char *widths;
    bool in_cell, footer_everywhere;
};

static inline void put_escaped(struct buf *out, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s[i] == '&')
            buf_puts(out, "&amp;");
        else if (s[i] == '<')
            buf_puts(out, "&lt;");
        else
            buf_putc(out, s[i]);
}

static inline void put_stroke(struct buf *out, double length, double offset) {
    buf_printf(
        out,
        "<w:r><w:drawing><wp:anchor behindDoc=\"0\"><wp:simplePos x=\"0\" y=\"0\"/>"
        "<wp:positionH relativeFrom=\"column\"><wp:posOffset>%d</wp:posOffset>"
        "</wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>38100"
        "</wp:posOffset></wp:positionV><wp:extent cx=\"%d\" cy=\"0\"/><wp:wrapNone/>"
        "<wp:docPr id=\"1\" name=\"x\"/><a:graphic><a:graphicData uri=\"http://schemas."
        "microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvCnPr/>"
        "<wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"0\"/></a:xfrm>"
        "<a:prstGeom prst=\"line\"/><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"000000\"/>"
        "</a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>",
        (int)(offset * 12700), (int)(length * 12700), (int)(length * 12700));
}

struct format {
    struct buf ppr, rpr, drawing;
    int before, after, line, first, left, right;
};

static inline void read_attribute(struct format *f, const char *word) {
    double length, offset;
    const char *equals = strchr(word, '=');
    int value = equals ? (int)(atof(equals + 1) * 20) : 0;
    if (sscanf(word, "stroke=%lf@%lf", &length, &offset) == 2)
        put_stroke(&f->drawing, length, offset);
    else if (strcmp(word, "b") == 0 || strcmp(word, "i") == 0)
        buf_printf(&f->rpr, "<w:%s/>", word);
    else if (strcmp(word, "u") == 0)
        buf_puts(&f->rpr, "<w:u w:val=\"single\"/>");
    else if (*word >= '0' && *word <= '9')
        buf_printf(&f->rpr, "<w:sz w:val=\"%d\"/>", (int)(atof(word) * 2));
    else if (strncmp(word, "before=", 7) == 0)
        f->before = value;
    else if (strncmp(word, "after=", 6) == 0)
        f->after = value;
    else if (strncmp(word, "line=", 5) == 0)
        f->line = value / 20;
    else if (strncmp(word, "first=", 6) == 0)
        f->first = value / 20;
    else if (strncmp(word, "left=", 5) == 0)
        f->left = value / 20;
    else if (strncmp(word, "right=", 6) == 0)
        f->right = value / 20;
    else if (strcmp(word, "dashed") == 0)
        buf_puts(&f->ppr, "<w:pBdr><w:top w:val=\"dashed\" w:sz=\"4\"/></w:pBdr>");
    else if (strncmp(word, "font=", 5) == 0)
        buf_printf(&f->rpr, "<w:rFonts w:ascii=\"%s\" w:hAnsi=\"%s\"/>", equals + 1, equals + 1);
    else if (strncmp(word, "color=", 6) == 0)
        buf_printf(&f->rpr, "<w:color w:val=\"%s\"/>", equals + 1);
    else if (strcmp(word, "box") == 0)
        buf_puts(&f->ppr, "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" "
                          "w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right "
                          "w:val=\"single\" w:sz=\"4\"/></w:pBdr>");
    else
        buf_printf(&f->ppr, "<w:jc w:val=\"%s\"/>", word);
}

static inline void put_run(struct buf *out, const char *rpr, const char *text, size_t n) {
    buf_printf(out, "<w:r><w:rPr>%s</w:rPr><w:t xml:space=\"preserve\">", rpr);
    put_escaped(out, text, n);
    buf_puts(out, "</w:t></w:r>");
}

static inline void put_text(struct buf *out, const char *rpr, const char *text) {
    while (*text) {
        size_t n = strcspn(text, "#\t");
        const char *pilcrow = strstr(text, "¶");
        if (pilcrow && (size_t)(pilcrow - text) < n)
            n = (size_t)(pilcrow - text);
        if (n)
            put_run(out, rpr, text, n);
        text += n;
        if (*text == '#')
            buf_printf(out,
                       "<w:fldSimple w:instr=\"PAGE\"><w:r><w:rPr>%s</w:rPr><w:t>1</w:t></w:r>"
                       "</w:fldSimple>",
                       rpr);
        else if (*text == '\t')
            buf_puts(out, "<w:r><w:tab/></w:r>");
        else if (*text)
            buf_puts(out, "<w:r><w:br/></w:r>");
        text += *text == '#' || *text == '\t' ? 1 : *text ? strlen("¶") : 0;
    }
}

static inline void put_paragraph(struct buf *out, const char *line) {
    struct format f = {.line = 240};
    const char *bar = strchr(line, '|');
    char *rest = pool_strndup(pool, line, bar ? (size_t)(bar - line) : strlen(line));
    for (char *word; (word = strsep(&rest, " ")) != NULL;)
        if (*word)
            read_attribute(&f, word);
    buf_printf(
        out,
        "<w:p><w:pPr>%s<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" "
        "w:lineRule=\"auto\"/><w:ind w:left=\"%d\" w:right=\"%d\" w:firstLine=\"%d\"/></w:pPr>",
        buf_text(&f.ppr), f.before, f.after, f.line, f.left, f.right, f.first);
    put_text(out, buf_text(&f.rpr), bar ? bar + 1 + (bar[1] == ' ') : "");
    buf_printf(out, "%s</w:p>", buf_text(&f.drawing));
    buf_free(&f.ppr);
    buf_free(&f.rpr);
    buf_free(&f.drawing);
}

static inline void close_cell(struct writer *w) {
    if (w->in_cell)
        buf_puts(&w->body, "</w:tc>");
    w->in_cell = false;
}

static inline void put_directive(struct writer *w, const char *line) {
    w->to = &w->body;
    if (strncmp(line, "@page ", 6) == 0)
        w->page = line + 6;
    else if (strncmp(line, "@more ", 6) == 0)
        w->more = line + 6;
    else if (strncmp(line, "@header", 7) == 0)
        w->to = strstr(line, "first") ? &w->first_header : &w->header;
    else if (strncmp(line, "@footer", 7) == 0) {
        w->footer_everywhere |= strstr(line, "default") != NULL;
        w->to = &w->footer;
    } else if (strncmp(line, "@table ", 7) == 0) {
        w->widths = line + 7;
        buf_puts(&w->body, "<w:tbl><w:tblPr><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left "
                           "w:w=\"56\" w:type=\"dxa\"/><w:right w:w=\"56\" w:type=\"dxa\"/>"
                           "</w:tblCellMar></w:tblPr><w:tblGrid>");
        char *rest = pool_strdup(pool, w->widths);
        for (char *word; (word = strsep(&rest, " ")) != NULL;)
            buf_printf(&w->body, "<w:gridCol w:w=\"%s\"/>", word);
        buf_puts(&w->body, "</w:tblGrid><w:tr>");
    } else if (strcmp(line, "@cell") == 0) {
        close_cell(w);
        buf_puts(&w->body, "<w:tc>");
        w->in_cell = true;
    } else if (strcmp(line, "@row") == 0) {
        close_cell(w);
        buf_puts(&w->body, "</w:tr><w:tr>");
    } else if (strcmp(line, "@end") == 0) {
        close_cell(w);
        buf_puts(&w->body, "</w:tr></w:tbl>");
    }
}

static inline void put_section(struct writer *w) {
    int v[6] = {0};
    sscanf(w->page, "%d %d %d %d %d %d", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5]);
    buf_puts(&w->body, "<w:sectPr>");
    if (w->header.len)
        buf_puts(&w->body, "<w:headerReference w:type=\"default\" r:id=\"h1\"/>");
    if (w->first_header.len)
        buf_puts(&w->body, "<w:headerReference w:type=\"first\" r:id=\"h2\"/>");
    if (w->footer.len)
        buf_printf(&w->body, "<w:footerReference w:type=\"%s\" r:id=\"f1\"/>",
                   w->footer_everywhere ? "default" : "first");
    buf_printf(&w->body,
               "<w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"%d\" w:right=\"%d\" "
               "w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" w:footer=\"567\"/>%s%s</w:sectPr>",
               v[0], v[1], v[2], v[3], v[4], v[5], w->more ? w->more : "",
               w->first_header.len ? "<w:titlePg/>" : "");
}

static inline struct package *make_package(const char *text) {
    struct writer w = {.page = "11906 16838 1134 850 1134 1701"};
    w.to = &w.body;
    char *rest = pool_strdup(pool, text);
    for (char *line; (line = strsep(&rest, "\n")) != NULL;)
        if (*line == '@')
            put_directive(&w, line);
        else if (*line)
            put_paragraph(w.to, line);
    put_section(&w);
    struct package *package = docx_new(buf_text(&w.body));
    docx_part(package, "word/styles.xml", "w:styles",
              "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
              "w:hAnsi=\"Times New Roman\"/></w:rPr></w:rPrDefault></w:docDefaults>");
    docx_part(package, "word/header1.xml", "w:hdr", buf_text(&w.header));
    docx_part(package, "word/header2.xml", "w:hdr", buf_text(&w.first_header));
    docx_part(package, "word/footer1.xml", "w:ftr", buf_text(&w.footer));
    buf_free(&w.body);
    buf_free(&w.header);
    buf_free(&w.first_header);
    buf_free(&w.footer);
    return package;
}

/* The bytes of the document the text describes, in the pool. */
static inline const char *make_docx(const char *text, size_t *n) {
    struct package *package = make_package(text);
    struct buf zip = {0};
    CHECK(package_write(package, &zip, rules_diag));
    package_close(package);
    char *bytes = pool_strndup(pool, zip.data, zip.len);
    *n = zip.len;
    buf_free(&zip);
    return bytes;
}

static inline const struct report *judge_docx(const char *bytes, size_t n) {
    struct report *report = report_new(pool, DIAG_NOTE);
    struct package *package = package_open("thu.docx", bytes, n, rules_diag);
    struct document *document = package ? wml_read(pool, package, rules_diag) : NULL;
    CHECK(document != NULL);
    if (document) {
        struct layout_options options = {.shrink = true};
        size_t length;
        const struct check_raw raw = {
            {.file = "thu.docx", .part = "word/document.xml"},
            package_part(package, "word/document.xml", &length, rules_diag),
            NULL};
        const struct pages *pages = layout_pages(pool, document, rules_fonts, &options, rules_diag);
        check_document_rules(check_view(pool, document, NULL, NULL), pages, &raw, report,
                             rules_diag);
    }
    package_close(package);
    return report;
}

/* ---- dispatches ---- */

static inline const struct profile *type_profile(const char *type) {
    return profile_read(pool, pool_printf(pool, "templates/%s/profile.ini", type), rules_diag);
}

static inline const struct report *judge_dispatch(const char *text) {
    struct report *report = report_new(pool, DIAG_NOTE);
    char *folder = pool_strdup(pool, "/tmp/congvan-rules-XXXXXX");
    const char *cut = strstr(text, "----\n");
    if (!mkdtemp(folder) || !cut)
        return report;
    const char *ini = pool_printf(pool, "%s/t.ini", folder);
    const char *md = pool_printf(pool, "%s/t.md", folder);
    const char *body = cut + strlen("----\n");
    file_write(ini, text, (size_t)(cut - text), rules_diag);
    file_write(md, body, strlen(body), rules_diag);
    struct dispatch *dispatch = dispatch_read(pool, ini, rules_diag);
    const struct check_raw raw = {{.file = md}, body, NULL};
    if (dispatch)
        check_dispatch_rules(dispatch, type_profile(dispatch->type), &raw, report, rules_diag);
    unlink(ini);
    unlink(md);
    rmdir(folder);
    return report;
}

static inline const struct report *judge_text(const char *base, const char *text) {
    if (strcmp(base, "dispatch") == 0)
        return judge_dispatch(text);
    size_t n;
    const char *bytes = make_docx(text, &n);
    return judge_docx(bytes, n);
}

/* ---- mending ---- */

static inline const char *mended_docx(const char *bytes, size_t *n, const struct report *report,
                                      struct diag *changes) {
    struct package *package = package_open("thu.docx", bytes, *n, rules_diag);
    struct package *to = package_derive(package, "sua.docx");
    struct buf zip = {0};
    mend_document(package, to, report, changes);
    CHECK(package_write(to, &zip, rules_diag));
    const char *mended = pool_strndup(pool, zip.data, zip.len);
    *n = zip.len;
    buf_free(&zip);
    package_close(to);
    package_close(package);
    return mended;
}

/* The mends name the files the dispatch was read from; they are gone, but their bytes are here. */
static inline void mend_part(const char *suffix, const char *bytes, size_t n,
                             const struct report *report, struct buf *out, struct diag *changes) {
    const char *path = suffix;
    const struct mend *mend;
    VEC_EACH (mend, &report->mends)
        if (mend->where.file && path_has_suffix(mend->where.file, suffix))
            path = mend->where.file;
    mend_lines(path, bytes, n, report, out, changes);
}

static inline const char *mended_dispatch(const char *text, const struct report *report,
                                          struct diag *changes) {
    const char *cut = strstr(text, "----\n"), *body = cut + strlen("----\n");
    struct buf out = {0};
    mend_part(".ini", text, (size_t)(cut - text), report, &out, changes);
    buf_puts(&out, "----\n");
    mend_part(".md", body, strlen(body), report, &out, changes);
    const char *mended = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return mended;
}

/* The verdicts on the input after everything the report can mend is. */
static inline const struct report *judge_mended(const char *base, const char *text,
                                                const struct report *report, struct diag *changes) {
    if (strcmp(base, "dispatch") == 0)
        return judge_dispatch(mended_dispatch(text, report, changes));
    size_t n;
    const char *bytes = make_docx(text, &n);
    bytes = mended_docx(bytes, &n, report, changes);
    return judge_docx(bytes, n);
}

#endif
