/* congvan archive register import: the numbers another register has given. */
#include "cli/archive.h"
#include "cli/register.h"

#include "archive/register_table.h"
#include "base/utf8.h"
#include "check/types.h"
#include "dispatch/names.h"

#include <stdlib.h>
#include <string.h>

struct importing {
    struct registering *r;
    const char *path;
    struct doc_types types;
    struct register_rows rows;
};

static struct where at(const struct importing *im, const struct register_row *row) {
    return (struct where){.file = im->path, .line = row->line};
}

/* The type the row names, or that its symbol stands for. */
static bool find_type(struct importing *im, struct register_row *row, const char **abbreviation) {
    struct entry_columns *of = &row->entry.columns;
    const char *slash = strrchr(of->symbol, '/');
    const char *part = slash ? slash + 1 : of->symbol;
    const char *word = of->type ? of->type : pool_strndup(im->r->pool, part, strcspn(part, "-"));
    size_t distance;
    const struct doc_type *found = types_nearest(&im->types, word, &distance);
    bool exact = found && distance == 0;
    if (of->type && !exact) {
        diag_add(im->r->diag, TYPE_UNKNOWN, at(im, row), of->type, NULL);
        return false;
    }
    exact = exact && (of->type || strchr(part, '-'));
    of->type = exact ? found->profile->name : "công văn";
    *abbreviation = exact ? found->profile->abbreviation : "";
    return true;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* A row that was entered before: the same file imported again. */
static bool is_entered(const struct register_entry *there, const struct register_entry *row) {
    return there->state == row->state && same_text(there->columns.symbol, row->columns.symbol) &&
           same_text(there->columns.date, row->columns.date) &&
           same_text(there->columns.subject, row->columns.subject);
}

/* Puts the row among those to enter in its year, unless it is there already. */
static bool place(struct importing *im, struct register_row *row, struct names *seen,
                  struct register_entry *fresh, size_t *n) {
    struct registering *r = im->r;
    const char *abbreviation, *symbol = row->entry.columns.symbol;
    if (!find_type(im, row, &abbreviation))
        return false;
    struct entry_columns *of = &row->entry.columns;
    if (of->subject)
        of->subject = register_subject(r->pool, of->type, of->subject);
    row->entry.series = series_of(r->pool, r->rules, of->type, abbreviation, symbol);
    const char *printed = register_number_text(r->pool, row->entry.number, symbol);
    const char *key = pool_printf(r->pool, "%s\n%d", row->entry.series, row->entry.number);
    const struct register_entry *there = book_find(r->book, row->entry.series, row->entry.number);
    size_t line = names_add(seen, key, strlen(key), (size_t)row->line);
    if (line != (size_t)row->line) {
        diag_add(r->diag, REGISTER_ROW_TWICE, at(im, row), printed,
                 pool_printf(r->pool, "%zu", line), NULL);
        return false;
    }
    if (there && is_entered(there, &row->entry))
        return true;
    if (there) {
        diag_add(r->diag, REGISTER_NUMBER_TAKEN, at(im, row), printed,
                 there->columns.subject ? there->columns.subject : "", NULL);
        return false;
    }
    fresh[(*n)++] = row->entry;
    return true;
}

/* All rows of that year, or none of them. */
static bool import_year(struct importing *im, int year) {
    struct registering *r = im->r;
    if (!register_book(r, year))
        return false;
    struct names seen = {.pool = r->pool};
    struct register_entry *fresh = POOL_ARRAY(r->pool, struct register_entry, im->rows.at.n);
    size_t n = 0, known = 0;
    bool ok = true;
    struct register_row *row;
    VEC_EACH (row, &im->rows.at) {
        if (row->year != year)
            continue;
        ok = place(im, row, &seen, fresh, &n) && ok;
        known++;
    }
    if (!ok || !book_import(r->book, fresh, n, r->diag))
        return false;
    printf("%d: %zu\n", year, n);
    if (known > n)
        diag_add(r->diag, REGISTER_ROWS_KNOWN, (struct where){.file = im->path},
                 pool_printf(r->pool, "%zu", known - n), NULL);
    return true;
}

static int by_number(const void *a, const void *b) {
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void import_rows(struct importing *im) {
    size_t n = im->rows.at.n;
    int *years = POOL_ARRAY(im->r->pool, int, n);
    for (size_t i = 0; i < n; i++)
        years[i] = im->rows.at.at[i].year;
    if (n)
        qsort(years, n, sizeof *years, by_number);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || years[i] != years[i - 1])
            import_year(im, years[i]);
}

static enum status import(struct registering *r) {
    int year;
    if (!register_year(r, &year))
        return STATUS_USAGE;
    for (size_t i = 0; i < r->options->path_count; i++) {
        struct importing im = {.r = r, .path = r->options->paths[i]};
        types_read(r->pool, session_types(r->session), &im.types, r->diag);
        if (register_table_read(r->pool, im.path, year, &im.rows, r->diag))
            import_rows(&im);
    }
    return STATUS_OK;
}

static enum status run(const struct arguments *arguments) {
    return register_run(&command_register_import, true, import, arguments);
}

static const struct own_option own[] = {REGISTER_OWN, {"year", true}, {NULL, false}};

const struct command command_register_import = {
    .name = "archive register import",
    .synopsis = "FILE.csv... [--year YYYY] [--dir ARCHIVE]",
    .summary = {"Ghi vào sổ những số đã cấp ở sổ khác, từ một bảng CSV.",
                "Enters the numbers another register has given, from a CSV table."},
    .options =
        {"  --year NĂM        năm của những dòng không ghi năm (mặc định: năm "
         "nay)\n" REGISTER_HELP_VI "Dòng đầu là tên cột như mẫu sổ. Có dòng sai thì cả năm ấy "
         "không ghi gì; dòng đã ghi thì bỏ qua.\n",
         "  --year YYYY       for rows that name no year (default: this one)\n" REGISTER_HELP_EN
         "The first row names the columns. A wrong row leaves its whole year out; known rows are "
         "passed over.\n"},
    .least = 1,
    .run = run,
    .own = own,
};
