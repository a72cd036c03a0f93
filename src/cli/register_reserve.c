/* congvan archive register reserve, void: numbers kept for later, and numbers that are no more. */
#include "cli/archive.h"
#include "cli/register.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_RESERVED = 1000 };

/* A whole number from 1 to `most` given to option `name`; `otherwise` if it was not given, 0
 * (reported) if it is none. */
static int number_option(struct registering *r, const char *name, int otherwise, int most) {
    const char *text = options_own(r->options, name);
    if (!text)
        return otherwise;
    int number = options_number(text, most);
    if (number)
        return number;
    diag_add(r->diag, REGISTER_BAD_NUMBER, (struct where){0}, name, text, NULL);
    return 0;
}

/* The option must be there. NULL: reported. */
static const char *required(struct registering *r, const char *name) {
    const char *text = options_own(r->options, name);
    if (text && *text)
        return text;
    diag_add(r->diag, REGISTER_OPTION_MISSING, (struct where){0}, name, NULL);
    return NULL;
}

static bool reserve_number(struct registering *r, const struct register_entry *entry) {
    const char *printed = register_number_text(r->pool, entry->number, entry->columns.symbol);
    if (book_find(r->book, entry->series, entry->number)) {
        diag_add(r->diag, REGISTER_NUMBER_TAKEN, (struct where){0}, printed, "", NULL);
        return false;
    }
    if (!book_reserve(r->book, entry, r->diag))
        return false;
    printf("%s\n", printed);
    return true;
}

static enum status reserve(struct registering *r) {
    const char *symbol = required(r, "symbol"), *why = required(r, "why");
    const char *type, *abbreviation;
    int year, count = number_option(r, "count", 1, MAX_RESERVED);
    int asked = number_option(r, "number", -1, 9999999);
    if (!symbol || !why || !count || !asked || !register_year(r, &year) ||
        !register_type(r, symbol, &type, &abbreviation))
        return STATUS_USAGE;
    const char *series = series_of(r->pool, r->rules, type, abbreviation, symbol);
    struct register_entry entry = {
        .series = series, .columns = {.symbol = symbol, .type = type}, .why = why};
    if (!register_book(r, year))
        return STATUS_DOCUMENT;
    int first = series_first(r->rules, series, year);
    for (int i = 0; i < count; i++) {
        int next = book_next(r->book, series, first);
        entry.number = asked > 0 ? asked + i : next;
        entry.ahead = entry.number != next;
        if (!reserve_number(r, &entry))
            return STATUS_DOCUMENT;
    }
    return STATUS_OK;
}

/* ---- void ---- */

static bool void_one(struct registering *r, const char *text, const char *why) {
    int number;
    const char *symbol, *type, *abbreviation;
    if (!register_number_read(r->pool, text, &number, &symbol)) {
        diag_add(r->diag, REGISTER_BAD_NUMBER, (struct where){0}, "void", text, NULL);
        return false;
    }
    if (!register_type(r, symbol, &type, &abbreviation))
        return false;
    const char *series = series_of(r->pool, r->rules, type, abbreviation, symbol);
    const struct register_entry *entry = book_find(r->book, series, number);
    if (!entry || (entry->columns.symbol && strcmp(entry->columns.symbol, symbol) != 0)) {
        diag_add(r->diag, REGISTER_NUMBER_FREE, (struct where){0}, text, NULL);
        return false;
    }
    if (entry->state == ENTRY_VOID) {
        diag_add(r->diag, REGISTER_NUMBER_VOID, (struct where){0}, text,
                 entry->why ? entry->why : "", NULL);
        return false;
    }
    if (!book_void(r->book, entry, why, r->diag))
        return false;
    printf("%s\n", register_number_text(r->pool, number, symbol));
    return true;
}

static enum status make_void(struct registering *r) {
    const char *why = required(r, "why");
    int year;
    if (!why || !register_year(r, &year))
        return STATUS_USAGE;
    if (!register_book(r, year))
        return STATUS_DOCUMENT;
    for (size_t i = 0; i < r->options->path_count; i++)
        void_one(r, r->options->paths[i], why);
    return STATUS_OK;
}

/* ---- the commands ---- */

static enum status run_reserve(const struct arguments *arguments) {
    return register_run(&command_register_reserve, true, reserve, arguments);
}

static enum status run_void(const struct arguments *arguments) {
    return register_run(&command_register_void, true, make_void, arguments);
}

static const struct own_option reserve_own[] = {REGISTER_OWN,    {"symbol", true}, {"why", true},
                                                {"count", true}, {"number", true}, {"year", true},
                                                {NULL, false}};
static const struct own_option void_own[] = {
    REGISTER_OWN, {"why", true}, {"year", true}, {NULL, false}};

const struct command command_register_reserve = {
    .name = "archive register reserve",
    .synopsis = "--symbol SYMBOL --why WHY [--type TYPE] [--count N] [--number N] [--year YYYY] "
                "[--dir ARCHIVE]",
    .summary = {"Giữ trước số cho văn bản chưa có tệp; dùng lại bằng “register next --number”.",
                "Keeps numbers for dispatches to come; `register next --number` uses them."},
    .options =
        {"  --symbol KÝ HIỆU  ký hiệu không kèm số, ví dụ SXD-VP, QĐ-SXD\n"
         "  --why LÝ DO       giữ cho ai, việc gì\n"
         "  --type LOẠI       loại văn bản (mặc định: theo chữ viết tắt trong ký hiệu, hoặc công "
         "văn)\n"
         "  --count N         giữ N số liền nhau\n"
         "  --number N        giữ đúng số này, kể cả khi chưa đến lượt\n"
         "  --year NĂM        sổ của năm này (mặc định: năm nay)\n" REGISTER_HELP_VI,
         "  --symbol SYMBOL   without the number, such as SXD-VP or QĐ-SXD\n"
         "  --why WHY         for whom, for what\n"
         "  --type TYPE       (default: by the abbreviation in the symbol, or công văn)\n"
         "  --count N         N numbers in a row\n"
         "  --number N        this number, even before its turn\n"
         "  --year YYYY       the register of that year (default: this year's)\n" REGISTER_HELP_EN},
    .takes = OPTION_TYPE,
    .run = run_reserve,
    .own = reserve_own,
};

const struct command command_register_void = {
    .name = "archive register void",
    .synopsis = "NUMBER/SYMBOL... --why WHY [--type TYPE] [--year YYYY] [--dir ARCHIVE]",
    .summary = {"Huỷ số đã cấp hoặc đang giữ; số ấy không bao giờ dùng lại.",
                "Makes a number void that was given or kept; it is never used again."},
    .options =
        {"  --why LÝ DO       vì sao huỷ; in vào cột ghi chú của sổ\n"
         "  --type LOẠI       loại văn bản (mặc định: theo chữ viết tắt trong ký hiệu, hoặc công "
         "văn)\n"
         "  --year NĂM        sổ của năm này (mặc định: năm nay)\n" REGISTER_HELP_VI,
         "  --why WHY         printed in the register's column of remarks\n"
         "  --type TYPE       (default: by the abbreviation in the symbol, or công văn)\n"
         "  --year YYYY       the register of that year (default: this year's)\n" REGISTER_HELP_EN},
    .takes = OPTION_TYPE,
    .least = 1,
    .run = run_void,
    .own = void_own,
};
