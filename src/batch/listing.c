#include "batch/listing.h"
#include "base/file.h"
#include "dispatch/csv.h"

#include <stdlib.h>
#include <string.h>

enum kind { CSV, JSON, HTML };

struct listing {
    struct listing_options options;
    enum kind kind;
    struct pool *pool; /* of the row in hand */
    struct buf rows;
    size_t count, failed, warned, pages;
};

static const char *const headings[2][8] = {
    {"Tệp", "Số, ký hiệu", "Trích yếu", "Số trang", "Cảnh báo", "Lỗi", "Thông báo",
     "Thời gian (ms)"},
    {"File", "Number, symbol", "Subject", "Pages", "Warnings", "Errors", "Messages", "Time (ms)"}};
enum { COLUMNS = 7 }; /* without the time */

struct listing *listing_new(const struct listing_options *options) {
    static const char *const suffixes[] = {".csv", ".json", ".html"};
    for (int i = 0; i < 3; i++)
        if (path_has_suffix(options->path, suffixes[i])) {
            struct listing *listing = mem_alloc(sizeof *listing);
            *listing =
                (struct listing){.options = *options, .kind = (enum kind)i, .pool = pool_new()};
            return listing;
        }
    return NULL;
}

void listing_free(struct listing *r) {
    if (!r)
        return;
    buf_free(&r->rows);
    pool_free(r->pool);
    free(r);
}

static bool is_first(const struct listing *r) {
    return r->options.part <= 1;
}

static bool is_last(const struct listing *r) {
    return r->options.part == r->options.parts;
}

/* ---- CSV ---- */

static void put_csv(struct listing *r, const struct outcome *outcome) {
    const char *cells[] = {outcome->input, outcome->number, outcome->subject};
    int numbers[] = {outcome->pages, outcome->warnings, outcome->errors};
    for (int i = 0; i < 3; i++) {
        csv_put_cell(&r->rows, cells[i]);
        buf_putc(&r->rows, ',');
    }
    for (int i = 0; i < 3; i++)
        buf_printf(&r->rows, "%d,", numbers[i]);
    csv_put_cell(&r->rows, outcome->messages);
    if (r->options.times)
        buf_printf(&r->rows, ",%d", outcome->milliseconds);
    buf_puts(&r->rows, "\r\n");
}

static void head_csv(const struct listing *r, struct buf *out) {
    buf_puts(out, "\xEF\xBB\xBF");
    for (int i = 0; i < COLUMNS + r->options.times; i++) {
        buf_puts(out, i ? "," : "");
        csv_put_cell(out, headings[r->options.lang][i]);
    }
    buf_puts(out, "\r\n");
}

/* ---- JSON ---- */

/* A text of lines as an array of strings. */
static void put_lines(struct buf *out, struct pool *pool, const char *lines) {
    buf_putc(out, '[');
    for (const char *p = lines; *p;) {
        size_t n = strcspn(p, "\n");
        buf_puts(out, p == lines ? "" : ",");
        json_string(out, pool_strndup(pool, p, n));
        p += n + (p[n] == '\n');
    }
    buf_putc(out, ']');
}

static void put_outputs(struct buf *out, const struct outcome *outcome) {
    buf_putc(out, '[');
    for (size_t i = 0; i < outcome->outputs.n; i++) {
        buf_puts(out, i ? "," : "");
        json_string(out, outcome->outputs.at[i].path);
    }
    buf_putc(out, ']');
}

static void put_json(struct listing *r, const struct outcome *outcome) {
    struct buf *out = &r->rows;
    if (r->count > 1 && !r->options.parts)
        buf_puts(out, ",\n");
    buf_puts(out, "{\"file\":");
    json_string(out, outcome->input);
    buf_puts(out, ",\"number\":");
    json_string(out, outcome->number);
    buf_puts(out, ",\"subject\":");
    json_string(out, outcome->subject);
    buf_printf(out, ",\"pages\":%d,\"warnings\":%d,\"errors\":%d,\"outputs\":", outcome->pages,
               outcome->warnings, outcome->errors);
    put_outputs(out, outcome);
    buf_puts(out, ",\"messages\":");
    put_lines(out, r->pool, outcome->messages);
    if (r->options.times)
        buf_printf(out, ",\"milliseconds\":%d", outcome->milliseconds);
    buf_putc(out, '}');
    if (r->options.parts)
        buf_putc(out, '\n');
}

/* ---- HTML ---- */

static void put_html(struct buf *out, const char *s) {
    for (; *s; s++) {
        if (*s == '&')
            buf_puts(out, "&amp;");
        else if (*s == '<')
            buf_puts(out, "&lt;");
        else if (*s == '"')
            buf_puts(out, "&quot;");
        else
            buf_putc(out, *s);
    }
}

/* `path` as an address seen from the report's folder. */
static void put_address(struct buf *out, struct pool *pool, const char *report, const char *path) {
    char *from = realpath(path_folder(pool, report), NULL);
    char *folder = realpath(path_folder(pool, path), NULL);
    const char *to = folder ? pool_printf(pool, "%s/%s", folder, path_name(path)) : path;
    size_t shared = 0;
    if (from && folder) {
        for (size_t i = 0; from[i] && from[i] == to[i]; i++)
            if (from[i] == '/')
                shared = i;
        size_t n = strlen(from);
        if (strncmp(from, to, n) == 0 && to[n] == '/')
            shared = n;
        for (const char *p = from + shared; *p; p++)
            if (*p == '/' && p[1])
                buf_puts(out, "../");
        to += shared + (to[shared] == '/');
    }
    for (; *to; to++) {
        unsigned char c = (unsigned char)*to;
        if (((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || strchr("/-._~", c))
            buf_putc(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
    free(from);
    free(folder);
}

static const char *pdf_of(const struct outcome *outcome) {
    for (size_t i = 0; i < outcome->outputs.n; i++)
        if (path_has_suffix(outcome->outputs.at[i].path, ".pdf"))
            return outcome->outputs.at[i].path;
    return NULL;
}

static void put_html_row(struct listing *r, const struct outcome *outcome) {
    struct buf *out = &r->rows;
    const char *pdf = pdf_of(outcome);
    buf_printf(out, "<tr%s style=\"counter-increment:d p %d%s%s\"><td>",
               outcome->errors     ? " class=\"e\""
               : outcome->warnings ? " class=\"w\""
                                   : "",
               outcome->pages, outcome->warnings ? " w" : "", outcome->errors ? " e" : "");
    if (pdf) {
        buf_puts(out, "<a href=\"");
        put_address(out, r->pool, r->options.path, pdf);
        buf_puts(out, "\">");
    }
    put_html(out, outcome->input);
    buf_puts(out, pdf ? "</a><td>" : "<td>");
    put_html(out, outcome->number);
    buf_puts(out, "<td>");
    put_html(out, outcome->subject);
    buf_printf(out, "<td>%d<td>%d<td>%d<td class=\"m\">", outcome->pages, outcome->warnings,
               outcome->errors);
    put_html(out, outcome->messages);
    if (r->options.times)
        buf_printf(out, "<td>%d", outcome->milliseconds);
    buf_puts(out, "</tr>\n");
}

static void head_html(const struct listing *r, struct buf *out) {
    static const char *const titles[] = {"Kết quả kết xuất văn bản", "Documents rendered"};
    enum lang lang = r->options.lang;
    buf_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<style>"
        "body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
        "th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}"
        "th{background:#eee;position:sticky;top:0}.e td{background:#fdd}.w td{background:#ffc}"
        ".m{white-space:pre-line;font-size:90%%}body{counter-reset:d p w "
        "e}</style></head>\n<body><h1>%s</h1>\n<table><tr>",
        lang == LANG_VI ? "vi" : "en", titles[lang], titles[lang]);
    for (int i = 0; i < COLUMNS + r->options.times; i++)
        buf_printf(out, "<th>%s", headings[lang][i]);
    buf_puts(out, "</tr>\n");
}

/* The sums. A part knows only its own: there the browser counts the rows above, of whatever part.
 */
static void foot_html(const struct listing *r, struct buf *out) {
    static const char *const words[2][4] = {
        {" văn bản, ", " trang; ", " văn bản có cảnh báo, ", " văn bản có lỗi."},
        {" documents, ", " pages; ", " with warnings, ", " with errors."}};
    const size_t sums[] = {r->count, r->pages, r->warned, r->failed};
    bool counted = r->options.parts;
    buf_puts(out, "</table>\n");
    buf_puts(out, counted ? "<style>.t::after{content:" : "<p>");
    for (int i = 0; i < 4; i++) {
        const char *word = words[r->options.lang][i];
        if (counted)
            buf_printf(out, "counter(%c) \"%s\" ", "dpwe"[i], word);
        else
            buf_printf(out, "%zu%s", sums[i], word);
    }
    buf_puts(out, counted ? "}</style><p class=\"t\"></p>\n" : "</p>\n");
    buf_puts(out, "</body></html>\n");
}

/* ---- the whole ---- */

void listing_add(struct listing *r, const struct outcome *outcome) {
    r->count++;
    r->failed += outcome->errors > 0;
    r->warned += outcome->warnings > 0;
    r->pages += (size_t)outcome->pages;
    switch (r->kind) {
    case CSV:
        put_csv(r, outcome);
        break;
    case JSON:
        put_json(r, outcome);
        break;
    case HTML:
        put_html_row(r, outcome);
        break;
    }
    pool_reset(r->pool);
}

bool listing_write(struct listing *r, struct diag *diag) {
    struct buf all = {0};
    if (r->kind == CSV && is_first(r))
        head_csv(r, &all);
    if (r->kind == HTML && is_first(r))
        head_html(r, &all);
    if (r->kind == JSON && !r->options.parts)
        buf_puts(&all, "[\n");
    buf_append(&all, buf_text(&r->rows), r->rows.len);
    if (r->kind == JSON && !r->options.parts)
        buf_puts(&all, r->count ? "\n]\n" : "]\n");
    if (r->kind == HTML && is_last(r))
        foot_html(r, &all);
    bool ok = file_write(r->options.path, buf_text(&all), all.len, diag);
    buf_free(&all);
    return ok;
}
