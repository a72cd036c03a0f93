#include "dispatch/appendix.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/csv.h"

#include <ctype.h>
#include <string.h>

/* Word's own limit (a w:tbl has at most 63 columns). */
enum { MOST_COLUMNS = 63 };

/* ---- a table ---- */

/* "0990 000 118", "0123": a telephone number or the like; nobody adds those up. */
static bool is_code(const char *s) {
    return s[0] == '0' && isdigit((unsigned char)s[1]);
}

/* "1.234,5", "-12", "(3)", "45%"; a dash stands for nothing, and "" for itself. */
static bool is_number(const char *s, bool *digits) {
    static const char signs[] = "+-.,%()/ ";
    if (is_code(s))
        return false;
    for (; *s; s++) {
        if (isdigit((unsigned char)*s))
            *digits = true;
        else if (strncmp(s, "\xE2\x80\x93", 3) == 0 || strncmp(s, "\xE2\x88\x92", 3) == 0)
            s += 2; /* en dash, minus */
        else if (strncmp(s, "\xC2\xA0", 2) == 0)
            s++;
        else if (!strchr(signs, *s))
            return false;
    }
    return true;
}

/* "1/2/2026" is a date, not a number to add up. */
static bool is_date(struct pool *pool, const char *s) {
    struct date date;
    return *s && strchr(s, '/') && value_date(pool, s, &date);
}

static bool is_ordinal(struct pool *pool, const char *head) {
    static const char *const names[] = {"stt", "tt", "so tt", "so thu tu"};
    const char *folded = utf8_fold(pool, head);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(folded, names[i]) == 0)
            return true;
    return false;
}

static enum column_align align_of(struct pool *pool, const struct csv *csv, size_t column) {
    if (is_ordinal(pool, csv_cell(&csv->rows.at[0], column)))
        return COLUMN_CENTER;
    bool digits = false;
    for (size_t r = 1; r < csv->rows.n; r++) {
        const char *s = csv_cell(&csv->rows.at[r], column);
        if (!is_number(s, &digits) || is_date(pool, s))
            return COLUMN_DEFAULT;
    }
    return digits ? COLUMN_RIGHT : COLUMN_DEFAULT;
}

static void put_cell(struct pool *pool, const char *s, struct where where, struct paragraph *cell) {
    cell->where = where;
    if (!*s)
        return;
    *VEC_PUSH(pool, &cell->spans) = (struct span){.text = s};
}

static size_t columns_of(const struct csv *csv) {
    size_t columns = 0;
    for (size_t r = 0; r < csv->rows.n; r++)
        if (csv->rows.at[r].cells.n > columns)
            columns = csv->rows.at[r].cells.n;
    return columns;
}

static struct body *table_body(struct pool *pool, const char *path, struct where from,
                               struct diag *diag) {
    struct csv *csv = csv_read(pool, path, from, diag);
    if (!csv)
        return NULL;
    struct body *body = POOL_NEW(pool, struct body);
    struct body_block *block = VEC_PUSH(pool, &body->blocks);
    *block = (struct body_block){.kind = BLOCK_TABLE};
    struct body_table *table = &block->table;
    table->columns = columns_of(csv);
    if (table->columns > MOST_COLUMNS) {
        diag_add(diag, APPENDIX_TOO_WIDE, (struct where){.file = path, .line = 1},
                 pool_printf(pool, "%zu", table->columns), NULL);
        return NULL;
    }
    table->align = POOL_ARRAY(pool, enum column_align, table->columns + 1);
    for (size_t c = 0; c < table->columns; c++)
        table->align[c] = align_of(pool, csv, c);
    for (size_t r = 0; r < csv->rows.n; r++) {
        struct table_row *row = VEC_PUSH(pool, &table->rows);
        row->where = (struct where){.file = path, .line = csv->rows.at[r].line};
        row->cells = POOL_ARRAY(pool, struct paragraph, table->columns + 1);
        for (size_t c = 0; c < table->columns; c++)
            put_cell(pool, csv_cell(&csv->rows.at[r], c), row->where, &row->cells[c]);
    }
    return body;
}

struct body *appendix_body(struct pool *pool, const char *path, struct where from,
                           struct diag *diag) {
    return path_has_suffix(path, ".csv") ? table_body(pool, path, from, diag)
                                         : body_open(pool, path, from, diag);
}

/* ---- label and reference ---- */

const char *appendix_label(struct pool *pool, size_t at, size_t count) {
    static const struct {
        size_t value;
        const char *digits;
    } parts[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    if (count < 2)
        return "Phụ lục";
    struct buf out = {0};
    buf_puts(&out, "Phụ lục ");
    size_t left = at + 1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; left >= parts[i].value; left -= parts[i].value)
            buf_puts(&out, parts[i].digits);
    const char *label = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return label;
}

static const char *value_of(const struct dispatch *dispatch, const char *key, const char *open) {
    const struct field *field = dispatch_field(dispatch, key);
    return field && *field->text.s && !field->blank ? field->text.s : open;
}

static const char *reference(struct pool *pool, const struct dispatch *d, const char *type,
                             bool filled) {
    static const char dots[] = "…";
    if (!filled)
        return pool_printf(pool, "(Kèm theo %s số …/… ngày … tháng … năm … của …)", type);
    return pool_printf(pool, "(Kèm theo %s số %s/%s ngày %s tháng %s năm %s của %s)", type,
                       value_of(d, "so", dots), value_of(d, "ky hieu", dots),
                       value_of(d, "ngay", dots), value_of(d, "thang", dots),
                       value_of(d, "nam", dots), value_of(d, "ten thuong", dots));
}

void appendix_name_document(struct pool *pool, struct dispatch *dispatch, const char *type) {
    const struct field *list = dispatch_field(dispatch, "phu luc");
    if (!list || list->kind != FIELD_SECTIONS)
        return;
    const struct text *items = list->items.at; /* setting fields moves the list, not its items */
    size_t n = list->items.n;
    for (size_t i = 0; i < n; i++)
        dispatch_set(
            pool, dispatch, pool_printf(pool, "%s.kèm theo", items[i].s),
            reference(pool, dispatch, type, appendix_flag(dispatch, pool, items[i].s, "ghi du")));
}

bool appendix_flag(const struct dispatch *dispatch, struct pool *pool, const char *name,
                   const char *flag) {
    const struct field *field = dispatch_field(dispatch, pool_printf(pool, "%s.%s", name, flag));
    return field && field->kind == FIELD_FLAG && field->flag;
}

/* ---- documents of their own ---- */

static const char suffix_start[] = "-phu-luc-";

const char *appendix_suffix(const char *name, size_t n) {
    const char *p = name + n;
    size_t start = sizeof suffix_start - 1;
    while (p > name && isdigit((unsigned char)p[-1]))
        p--;
    bool digits = p < name + n;
    if (!digits || (size_t)(p - name) < start || memcmp(p - start, suffix_start, start) != 0)
        return NULL;
    return p - start;
}

/* The dispatch with these appendices, sharing everything else. */
static struct dispatch *with_appendices(struct pool *pool, const struct dispatch *dispatch,
                                        const struct field *list, const struct text *items,
                                        size_t n) {
    struct field *chosen = POOL_NEW(pool, struct field);
    *chosen = *list;
    chosen->items.at = POOL_ARRAY(pool, struct text, n + 1);
    if (n)
        memcpy(chosen->items.at, items, n * sizeof *items);
    chosen->items.n = chosen->items.cap = n;
    struct dispatch *view = POOL_NEW(pool, struct dispatch);
    *view = *dispatch;
    view->appendices = chosen;
    return view;
}

static const char *text_in(const struct dispatch *dispatch, const char *key) {
    const struct field *field = dispatch_field(dispatch, key);
    return field && field->kind == FIELD_TEXT ? field->text.s : "";
}

static const char *title_of(struct pool *pool, const struct dispatch *dispatch, const char *name) {
    const char *label = text_in(dispatch, pool_printf(pool, "%s.nhan", name));
    const char *title = text_in(dispatch, pool_printf(pool, "%s.tieu de", name));
    char *whole = pool_printf(pool, "%s%s%s", label, *title ? ". " : "", title);
    for (char *p = whole; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return whole;
}

static struct appendix_apart stand_alone(struct pool *pool, const struct dispatch *dispatch,
                                         const struct field *list, size_t at) {
    struct appendix_apart apart = {
        .suffix = pool_printf(pool, "%s%zu", suffix_start, at + 1),
        .title = title_of(pool, dispatch, list->items.at[at].s),
        .dispatch = with_appendices(pool, dispatch, list, &list->items.at[at], 1)};
    apart.dispatch->body = NULL;
    return apart;
}

struct dispatch *appendix_split(struct pool *pool, struct dispatch *dispatch,
                                struct appendices_apart *apart) {
    const struct field *list = dispatch_field(dispatch, "phu luc");
    VEC(struct text) rest = {0};
    for (size_t i = 0; list && list->kind == FIELD_SECTIONS && i < list->items.n; i++)
        if (appendix_flag(dispatch, pool, list->items.at[i].s, "rieng"))
            *VEC_PUSH(pool, &apart->at) = stand_alone(pool, dispatch, list, i);
        else
            *VEC_PUSH(pool, &rest) = list->items.at[i];
    return apart->at.n ? with_appendices(pool, dispatch, list, rest.at, rest.n) : dispatch;
}

bool appendix_holds(const struct dispatch *dispatch, const struct field *field) {
    if (field->kind != FIELD_BODY || !dispatch->appendices)
        return true;
    const char *dot = strrchr(field->key, '.');
    size_t n = dot ? (size_t)(dot - field->key) : 0;
    if (!n)
        return dispatch->body != NULL;
    const struct text *item;
    VEC_EACH (item, &dispatch->appendices->items)
        if (strncmp(item->s, field->key, n) == 0 && !item->s[n])
            return true;
    return false;
}
