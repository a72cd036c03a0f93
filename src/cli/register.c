#include "cli/register.h"

#include "base/utf8.h"
#include "cli/archive.h"
#include "check/types.h"
#include "dispatch/values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- a run ---- */

static bool open_archive(struct registering *r) {
    r->name = options_own(r->options, "book");
    if (r->name && strspn(r->name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(r->name)) {
        diag_add(r->diag, REGISTER_BAD_BOOK, (struct where){0}, r->name, NULL);
        return false;
    }
    r->archive = archive_of_options(r->pool, r->options, r->writes, r->diag);
    if (!r->archive)
        return false;
    const char *rules =
        r->name ? pool_printf(r->pool, "%s/so-dang-ky-%s.ini", r->archive->folder, r->name)
                : pool_printf(r->pool, "%s/so-dang-ky.ini", r->archive->folder);
    r->rules = series_read(r->pool, rules, r->diag);
    return r->rules != NULL;
}

enum status register_run(const struct command *command, bool writes,
                         enum status (*work)(struct registering *r),
                         const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, command, arguments, &status)) {
        struct registering r = {.pool = pool,
                                .options = &options,
                                .diag = diag_new(options.lang),
                                .session = options_session(&options),
                                .writes = writes};
        status = open_archive(&r) ? work(&r) : STATUS_OK;
        status = worse(status, status_of(r.diag));
        diag_write(r.diag, stderr);
        book_close(r.book);
        session_free(r.session);
        diag_free(r.diag);
    }
    pool_free(pool);
    return status;
}

struct book *register_book(struct registering *r, int year) {
    if (r->book && book_year(r->book) == year)
        return r->book;
    book_close(r->book);
    r->book = book_open(r->pool, r->archive, r->name, year, r->writes, r->diag);
    return r->book;
}

/* ---- days ---- */

struct register_day day_today(void) {
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    return (struct register_day){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

bool day_read(struct pool *pool, const char *text, struct register_day *day) {
    struct date date;
    if (!value_date(pool, text, &date) || !date.day || !date.month || !date.year)
        return false;
    *day = (struct register_day){atoi(date.year), atoi(date.month), atoi(date.day)};
    return true;
}

const char *day_iso(struct pool *pool, struct register_day day) {
    return pool_printf(pool, "%04d-%02d-%02d", day.year, day.month, day.day);
}

const char *day_written(struct pool *pool, struct register_day day) {
    return pool_printf(pool, "%d/%d/%d", day.day, day.month, day.year);
}

bool register_date(struct registering *r, struct register_day *day) {
    const char *text = options_own(r->options, "date");
    *day = day_today();
    if (!text || day_read(r->pool, text, day))
        return true;
    diag_add(r->diag, REGISTER_BAD_DATE, (struct where){0}, text, NULL);
    return false;
}

bool register_year(struct registering *r, int *year) {
    const char *text = options_own(r->options, "year");
    *year = day_today().year;
    if (!text)
        return true;
    *year = strspn(text, "0123456789") == 4 && strlen(text) == 4 ? atoi(text) : 0;
    if (*year >= 1945)
        return true;
    diag_add(r->diag, REGISTER_BAD_DATE, (struct where){0}, text, NULL);
    return false;
}

/* ---- numbers and symbols ---- */

const char *register_number_text(struct pool *pool, int number, const char *symbol) {
    return pool_printf(pool, "%02d/%s", number, symbol ? symbol : "");
}

bool register_number_read(struct pool *pool, const char *text, int *number, const char **symbol) {
    size_t digits = strspn(text, "0123456789");
    const char *rest = text + digits + (text[digits] == '/');
    size_t n;
    *symbol = utf8_nfc(pool, rest, strlen(rest), &n);
    *number = digits && digits < 8 ? atoi(text) : 0;
    return *number > 0 && text[digits] == '/' && **symbol;
}

bool register_type(struct registering *r, const char *symbol, const char **type,
                   const char **abbreviation) {
    const char *asked = r->options->type;
    const char *slash = strrchr(symbol, '/');
    const char *part = slash ? slash + 1 : symbol;
    const char *word = asked ? asked : pool_strndup(r->pool, part, strcspn(part, "-"));
    struct doc_types types = {0};
    size_t distance;
    *type = "công văn";
    *abbreviation = "";
    types_read(r->pool, session_types(r->session), &types, r->diag);
    const struct doc_type *found = types_nearest(&types, word, &distance);
    /* "SXD" is an office and no type; what was asked for must be one. */
    bool is_type = found && distance == 0 && (asked || strchr(part, '-'));
    if (asked && !is_type) {
        diag_add(r->diag, TYPE_UNKNOWN, (struct where){0}, asked, NULL);
        return false;
    }
    if (is_type) {
        *type = found->profile->name;
        *abbreviation = found->profile->abbreviation;
    }
    return true;
}
