#include "dispatch/body_parts.h"
#include "dispatch/source.h"

#include <string.h>

/* Word's own limit (a w:tbl has at most 63 columns). */
enum { MOST_COLUMNS = 63 };

/* Index of the next '|' at or after `from` that no backslash escapes; `n` if there is none. */
static size_t next_pipe(const char *s, size_t n, size_t from) {
    bool any = from < n && memchr(s + from, '|', n - from); /* most lines have none */
    for (size_t i = any ? from : n; i < n; i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == '|')
            return i;
    }
    return n;
}

/* A row without its outer '|' and the spaces around them. */
static const char *row_inside(const struct body_line *line, size_t *n) {
    *n = line->n;
    const char *s = source_trim(line->s, n);
    if (*n && *s == '|')
        s++, (*n)--;
    size_t pipe = 0;
    for (size_t at = next_pipe(s, *n, 0); at < *n; at = next_pipe(s, *n, at + 1))
        pipe = at + 1;
    if (pipe && pipe == *n)
        (*n)--;
    return s;
}

static size_t count_cells(const struct body_line *line) {
    size_t n, cells = 1;
    const char *s = row_inside(line, &n);
    for (size_t at = next_pipe(s, n, 0); at < n; at = next_pipe(s, n, at + 1))
        cells++;
    return cells;
}

static bool has_pipe(const struct body_line *line) {
    return next_pipe(line->s, line->n, 0) < line->n;
}

static bool starts_with_pipe(const struct body_line *line) {
    size_t n = line->n;
    const char *s = source_trim(line->s, &n);
    return n && *s == '|';
}

/* "---", ":--", "--:" or ":-:". */
static bool is_dashes(const char *s, size_t n, enum column_align *align) {
    s = source_trim(s, &n);
    bool left = n && s[0] == ':', right = n > 1 && s[n - 1] == ':';
    size_t dashes = 0;
    for (size_t i = left; i + right < n; i++, dashes++)
        if (s[i] != '-')
            return false;
    *align = left && right ? COLUMN_CENTER
             : left        ? COLUMN_LEFT
             : right       ? COLUMN_RIGHT
                           : COLUMN_DEFAULT;
    return dashes > 0;
}

/* The line of dashes under the header; its alignments go to `align`, if given. */
static bool is_separator(const struct body_line *line, enum column_align *align, size_t columns) {
    if (!has_pipe(line))
        return false;
    size_t n, from = 0, column = 0;
    const char *s = row_inside(line, &n);
    do {
        size_t pipe = next_pipe(s, n, from);
        enum column_align one;
        if (!is_dashes(s + from, pipe - from, &one))
            return false;
        if (align && column < columns)
            align[column] = one;
        column++;
        from = pipe + 1;
    } while (from <= n);
    return true;
}

bool table_opens(struct body_reader *reader, size_t at) {
    if (at + 1 >= reader->n || !has_pipe(&reader->lines[at]) ||
        !is_separator(&reader->lines[at + 1], NULL, 0))
        return false;
    if (count_cells(&reader->lines[at]) <= MOST_COLUMNS)
        return true;
    diag_add(reader->diag, BODY_TABLE_TOO_WIDE, reader_where(reader, reader->lines[at].number),
             "63", NULL);
    return false;
}

static void read_cell(struct body_reader *reader, struct body_line line, struct paragraph *cell) {
    line.s = source_trim(line.s, &line.n);
    struct raw raw = {0};
    *VEC_PUSH(reader->pool, &raw.lines) = line;
    inline_read(reader, &raw, false, cell);
}

static void complain_of_cells(struct body_reader *reader, const struct body_line *line,
                              const struct body_table *table) {
    size_t cells = count_cells(line);
    if (cells != table->columns)
        diag_add(reader->diag, cells < table->columns ? BODY_ROW_SHORT : BODY_ROW_LONG,
                 reader_where(reader, line->number), pool_printf(reader->pool, "%zu", cells),
                 pool_printf(reader->pool, "%zu", table->columns), NULL);
}

/* Missing cells are empty; cells too many stay in the last one, as typed. */
static void read_row(struct body_reader *reader, const struct body_line *line,
                     struct body_table *table) {
    struct table_row *row = VEC_PUSH(reader->pool, &table->rows);
    row->where = reader_where(reader, line->number);
    row->cells = POOL_ARRAY(reader->pool, struct paragraph, table->columns);
    size_t n, from = 0;
    const char *s = row_inside(line, &n);
    for (size_t i = 0; i < table->columns; i++) {
        size_t to = i + 1 < table->columns ? next_pipe(s, n, from) : n;
        struct body_line cell = {.s = s + from, .n = to - from, .number = line->number};
        read_cell(reader, cell, &row->cells[i]);
        from = to < n ? to + 1 : n;
    }
    complain_of_cells(reader, line, table);
}

/* A table that opens with '|' goes on while lines do; another while they have one at all. */
size_t table_end(const struct body_reader *reader, size_t at) {
    bool fenced = starts_with_pipe(&reader->lines[at]);
    at += 2;
    while (at < reader->n && (fenced ? starts_with_pipe : has_pipe)(&reader->lines[at]))
        at++;
    return at;
}

/* The line of dashes may have fewer or more cells than the header: said, and the header decides. */
static void read_separator(struct body_reader *reader, const struct body_line *line,
                           struct body_table *table) {
    table->align = POOL_ARRAY(reader->pool, enum column_align, table->columns);
    is_separator(line, table->align, table->columns);
    complain_of_cells(reader, line, table);
}

void table_read(struct body_reader *reader, size_t at, struct body_table *table) {
    size_t end = table_end(reader, at);
    table->columns = count_cells(&reader->lines[at]);
    read_separator(reader, &reader->lines[at + 1], table);
    read_row(reader, &reader->lines[at], table);
    for (at += 2; at < end; at++)
        read_row(reader, &reader->lines[at], table);
}
