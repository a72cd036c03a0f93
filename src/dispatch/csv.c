#include "dispatch/csv.h"
#include "base/file.h"
#include "dispatch/source.h"

#include <string.h>

struct csv_reader {
    struct pool *pool;
    struct csv *csv;
    const char *p, *end;
    int line;
    struct buf cell; /* scratch */
    struct diag *diag;
};

static const char *line_end(const char *s, const char *end) {
    const char *stop = memchr(s, '\n', (size_t)(end - s));
    return stop ? stop : end;
}

/* "sep=;" is Excel's own way to say it; else the most frequent of the three outside quotes on the
 * first line; a table of one column has none, and any will do. */
static char separator_of(struct csv_reader *r) {
    static const char candidates[] = ";\t,";
    const char *stop = line_end(r->p, r->end);
    if (stop - r->p == 5 && strncmp(r->p, "sep=", 4) == 0) {
        char separator = r->p[4];
        r->p = stop < r->end ? stop + 1 : stop;
        r->line++;
        return separator;
    }
    size_t counts[3] = {0};
    bool quoted = false;
    for (const char *s = r->p; s < stop; s++) {
        const char *found = quoted ? NULL : strchr(candidates, *s);
        quoted ^= *s == '"';
        if (found && *s)
            counts[found - candidates]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        best = counts[i] > counts[best] ? i : best;
    return candidates[best];
}

/* From the opening quote to behind the closing one. */
static bool read_quoted(struct csv_reader *r) {
    int opened = r->line;
    for (r->p++; r->p < r->end; r->p++) {
        if (*r->p == '"' && r->p + 1 < r->end && r->p[1] == '"')
            r->p++;
        else if (*r->p == '"') {
            r->p++;
            return true;
        }
        r->line += *r->p == '\n';
        buf_putc(&r->cell, *r->p);
    }
    diag_add(r->diag, CSV_QUOTE_OPEN, (struct where){.file = r->csv->name, .line = opened}, NULL);
    return false;
}

static bool at_end_of_cell(const struct csv_reader *r) {
    return r->p == r->end || *r->p == r->csv->separator || *r->p == '\n';
}

/* A quote opens only at a cell's start: one further on is a character like others. What follows a
 * closing quote belongs to the cell all the same. */
static bool read_cell(struct csv_reader *r, struct csv_row *row) {
    buf_clear(&r->cell);
    const char *start = r->p;
    while (start < r->end && source_space(*start) && *start != r->csv->separator)
        start++;
    if (start < r->end && *start == '"') {
        r->p = start;
        if (!read_quoted(r))
            return false;
    }
    for (; !at_end_of_cell(r); r->p++)
        buf_putc(&r->cell, *r->p);
    size_t n = r->cell.len;
    const char *text = source_trim(buf_text(&r->cell), &n);
    *VEC_PUSH(r->pool, &row->cells) = pool_strndup(r->pool, text, n);
    return true;
}

static bool is_empty(const struct csv_row *row) {
    for (size_t i = 0; i < row->cells.n; i++)
        if (*row->cells.at[i])
            return false;
    return true;
}

static bool read_row(struct csv_reader *r) {
    struct csv_row row = {.line = r->line};
    for (;;) {
        if (!read_cell(r, &row))
            return false;
        if (r->p == r->end || *r->p == '\n')
            break;
        r->p++;
    }
    if (r->p < r->end) {
        r->p++;
        r->line++;
    }
    if (!is_empty(&row))
        *VEC_PUSH(r->pool, &r->csv->rows) = row;
    return true;
}

struct csv *csv_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                      struct diag *diag) {
    size_t len;
    const char *text = source_text(pool, name, bytes, n, &len, diag);
    struct csv *csv = POOL_NEW(pool, struct csv);
    csv->name = pool_strdup(pool, name);
    struct csv_reader r = {
        .pool = pool, .csv = csv, .p = text, .end = text + len, .line = 1, .diag = diag};
    csv->separator = separator_of(&r);
    bool ok = true;
    while (ok && r.p < r.end)
        ok = read_row(&r);
    buf_free(&r.cell);
    if (ok && !csv->rows.n)
        diag_add(diag, CSV_EMPTY, (struct where){.file = csv->name}, NULL);
    return ok && csv->rows.n ? csv : NULL;
}

struct csv *csv_read(struct pool *pool, const char *path, struct where from, struct diag *diag) {
    size_t n;
    const char *bytes = file_read(pool, path, &n, from, diag);
    return bytes ? csv_parse(pool, path, bytes, n, diag) : NULL;
}

const char *csv_cell(const struct csv_row *row, size_t column) {
    return column < row->cells.n ? row->cells.at[column] : "";
}

void csv_put_cell(struct buf *out, const char *s) {
    bool formula = *s && strchr("=+-@", *s);
    if (!formula && !strpbrk(s, "\",;\t\n")) {
        buf_puts(out, s);
        return;
    }
    buf_puts(out, formula ? "\"'" : "\"");
    for (; *s; s++) {
        if (*s == '"')
            buf_putc(out, '"');
        buf_putc(out, *s);
    }
    buf_putc(out, '"');
}
