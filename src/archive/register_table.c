#include "archive/register_table.h"

#include "base/utf8.h"
#include "dispatch/csv.h"
#include "dispatch/names.h"

#include <stdlib.h>
#include <string.h>

const char *const register_headings[REGISTER_COLUMNS] = {"Số, ký hiệu văn bản",
                                                         "Ngày tháng văn bản",
                                                         "Tên loại và trích yếu nội dung văn bản",
                                                         "Người ký",
                                                         "Nơi nhận văn bản",
                                                         "Đơn vị, người nhận bản lưu",
                                                         "Số lượng bản",
                                                         "Ngày chuyển",
                                                         "Ký nhận",
                                                         "Ghi chú"};

enum { TYPE_AND_SUBJECT = 2, NOTE = 9 };

/* ---- an entry as cells ---- */

static const char *or_empty(const char *s) {
    return s ? s : "";
}

/* 2026-02-03 -> 03/02/2026. */
static const char *day_cell(struct pool *pool, const char *iso) {
    if (!iso || strlen(iso) != 10)
        return or_empty(iso);
    return pool_printf(pool, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static const char *capital(struct pool *pool, const char *s) {
    const char *rest = s;
    utf8_next(&rest, rest + strlen(rest));
    return pool_printf(pool, "%s%s", utf8_upper(pool, pool_strndup(pool, s, (size_t)(rest - s))),
                       rest);
}

static const char about[] = "về việc ";

/* "Công văn về việc ...", "Quyết định: Ban hành ...". */
static const char *subject_cell(struct pool *pool, const struct entry_columns *of) {
    const char *type = capital(pool, or_empty(of->type)), *subject = or_empty(of->subject);
    if (!*type || !*subject)
        return *type ? type : subject;
    const char *folded = utf8_fold(pool, subject);
    if (strncmp(folded, "ve viec ", 8) == 0)
        return pool_printf(pool, "%s %s%s", type, about, subject + sizeof "Về việc " - 1);
    if (strcmp(utf8_fold(pool, type), "cong van") == 0)
        return pool_printf(pool, "%s %s%s", type, about, subject);
    return pool_printf(pool, "%s: %s", type, subject);
}

static const char *note_cell(struct pool *pool, const struct register_entry *entry) {
    const char *note = or_empty(entry->columns.note), *why = or_empty(entry->why);
    const char *gap = *note ? "; " : "";
    if (entry->state == ENTRY_VOID)
        return pool_printf(pool, "Huỷ: %s%s%s", why, gap, note);
    if (entry->state == ENTRY_RESERVED)
        return pool_printf(pool, "Giữ số: %s%s%s", why, gap, note);
    return note;
}

const char *register_cell(struct pool *pool, const struct register_entry *entry, int column) {
    const struct entry_columns *of = &entry->columns;
    const char *const others[REGISTER_COLUMNS] = {
        [3] = of->signer, [4] = of->to,   [5] = of->keep,
        [6] = of->copies, [7] = of->sent, [8] = of->receipt};
    switch (column) {
    case 0:
        return pool_printf(pool, "%02d/%s", entry->number, or_empty(of->symbol));
    case 1:
        return day_cell(pool, of->date);
    case TYPE_AND_SUBJECT:
        return subject_cell(pool, of);
    case NOTE:
        return note_cell(pool, entry);
    default:
        return or_empty(others[column]);
    }
}

/* ---- the order ---- */

struct placed {
    const struct register_entry *entry;
    size_t series; /* as they first came up */
};

static int by_place(const void *a, const void *b) {
    const struct placed *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    return (x->entry->number > y->entry->number) - (x->entry->number < y->entry->number);
}

const struct register_entry **register_sorted(struct pool *pool, const struct book *book) {
    size_t n = book_count(book), count = 0;
    struct placed *placed = POOL_ARRAY(pool, struct placed, n);
    const struct register_entry **sorted = POOL_ARRAY(pool, const struct register_entry *, n);
    struct names series = {.pool = pool};
    for (size_t i = 0; i < n; i++) {
        const struct register_entry *entry = book_entry(book, i);
        placed[i].entry = entry;
        placed[i].series = names_add(&series, entry->series, strlen(entry->series), count);
        count += placed[i].series == count;
    }
    if (n)
        qsort(placed, n, sizeof *placed, by_place);
    for (size_t i = 0; i < n; i++)
        sorted[i] = placed[i].entry;
    return sorted;
}

void register_csv(struct pool *pool, const struct register_entry *const *entries, size_t n,
                  struct buf *out) {
    buf_puts(out, "\xEF\xBB\xBF");
    for (int c = 0; c < REGISTER_COLUMNS; c++) {
        buf_puts(out, c ? "," : "");
        csv_put_cell(out, register_headings[c]);
    }
    buf_puts(out, "\r\n");
    for (size_t i = 0; i < n; i++) {
        for (int c = 0; c < REGISTER_COLUMNS; c++) {
            buf_puts(out, c ? "," : "");
            csv_put_cell(out, register_cell(pool, entries[i], c));
        }
        buf_puts(out, "\r\n");
    }
}
