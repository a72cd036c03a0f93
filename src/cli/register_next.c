/* congvan archive register next: a number and a day for each INI. */
#include "cli/archive.h"
#include "cli/register.h"

#include "base/file.h"
#include "base/utf8.h"
#include "check/profile.h"
#include "dispatch/ini_edit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A dispatch that wants a number. */
struct wanting {
    const char *path, *ini; /* as given; as seen from the archive */
    const char *bytes;
    size_t n;
    const struct dispatch *dispatch;
    const struct profile *profile;
    const char *symbol, *series;
    struct register_day day;
};

static struct where at(const struct wanting *w) {
    return (struct where){.file = w->path};
}

/* `to` as seen from the folder `from`, both absolute and resolved. */
static const char *relative(struct pool *pool, const char *from, const char *to) {
    size_t same = 0;
    for (size_t i = 0;; i++) {
        bool from_ends = from[i] == '/' || !from[i], to_ends = to[i] == '/' || !to[i];
        if (from_ends && to_ends)
            same = i;
        if (from[i] != to[i] || !from[i])
            break;
    }
    const char *path = pool_strdup(pool, to + same + (to[same] == '/'));
    for (const char *p = from + same; *p; p++)
        if (*p == '/')
            path = pool_printf(pool, "../%s", path);
    return path;
}

static const char *seen_from_archive(struct registering *r, const char *path) {
    char folder[PATH_MAX], file[PATH_MAX];
    if (!realpath(r->archive->folder, folder) || !realpath(path, file))
        return path;
    return relative(r->pool, folder, file);
}

static const char *text_of(const struct wanting *w, const char *key) {
    const struct field *field = dispatch_field(w->dispatch, key);
    return field && field->kind == FIELD_TEXT && !field->blank ? field->text.s : NULL;
}

/* In one line, without a sign at its end: as a register has it. */
static const char *plain(struct pool *pool, const char *s) {
    if (!s)
        return NULL;
    char *line = pool_strdup(pool, s);
    for (char *p = line; *p; p++)
        if (*p == '\n')
            *p = ' ';
    size_t n = strlen(line);
    while (n && strchr(";. ", line[n - 1]))
        line[--n] = '\0';
    return line;
}

static void put_list(struct pool *pool, const struct wanting *w, const char *key, bool *as_above,
                     struct buf *out) {
    const struct field *field = dispatch_field(w->dispatch, key);
    for (size_t i = 0; field && field->kind == FIELD_LIST && i < field->items.n; i++) {
        const char *item = plain(pool, field->items.at[i].s);
        if (as_above && strncmp(utf8_fold(pool, item), "nhu tren", 8) == 0)
            *as_above = true;
        else
            buf_printf(out, "%s%s", out->len ? "; " : "", item);
    }
}

/* Who gets it: where Nơi nhận says "Như trên", those it is addressed to. */
static const char *recipients(struct pool *pool, const struct wanting *w) {
    struct buf copies = {0}, out = {0};
    bool as_above = false;
    put_list(pool, w, "noi nhan", &as_above, &copies);
    if (as_above)
        put_list(pool, w, "kinh gui", NULL, &out);
    buf_printf(&out, "%s%s", out.len && copies.len ? "; " : "", buf_text(&copies));
    const char *text = out.len ? pool_strdup(pool, buf_text(&out)) : NULL;
    buf_free(&copies);
    buf_free(&out);
    return text;
}

static struct entry_columns columns_of(struct registering *r, const struct wanting *w) {
    struct pool *pool = r->pool;
    return (struct entry_columns){.symbol = w->symbol,
                                  .date = day_iso(pool, w->day),
                                  .type = w->profile->name,
                                  .subject = plain(pool, text_of(w, "trich yeu")),
                                  .signer = plain(pool, text_of(w, "ho ten")),
                                  .to = recipients(pool, w),
                                  .keep = plain(pool, text_of(w, "luu")),
                                  .ini = w->ini,
                                  .office = plain(pool, text_of(w, "co quan")),
                                  .parent = plain(pool, text_of(w, "chu quan"))};
}

/* The day in the INI, if it is a whole one; --date, or today. */
static bool find_day(struct registering *r, struct wanting *w) {
    const struct ini_key *key = ini_key(ini_section(w->dispatch->ini, "cong van"), "ngay");
    if (!options_own(r->options, "date") && key && day_read(r->pool, key->value, &w->day))
        return true;
    return register_date(r, &w->day);
}

static bool read_wanting(struct registering *r, struct wanting *w) {
    size_t errors = diag_count(r->diag, DIAG_ERROR);
    w->bytes = file_read(r->pool, w->path, &w->n, at(w), r->diag);
    w->dispatch = w->bytes ? dispatch_read(r->pool, w->path, r->diag) : NULL;
    w->profile = w->dispatch ? session_profile(r->session, w->dispatch, r->diag) : NULL;
    if (!w->profile || diag_count(r->diag, DIAG_ERROR) > errors)
        return false;
    w->ini = seen_from_archive(r, w->path);
    w->symbol = plain(r->pool, text_of(w, "ky hieu"));
    if (!w->symbol || !*w->symbol) {
        diag_add(r->diag, REGISTER_NO_SYMBOL, at(w), NULL);
        return false;
    }
    w->series = series_of(r->pool, r->rules, w->profile->name, w->profile->abbreviation, w->symbol);
    return find_day(r, w);
}

static void print_given(struct registering *r, const struct wanting *w,
                        const struct register_entry *entry) {
    printf("%s\t%s\t%s\n", w->path, register_number_text(r->pool, entry->number, w->symbol),
           entry->columns.date);
}

/* ---- an INI that has a number ---- */

static bool has_number(struct registering *r, const struct wanting *w, const char *text) {
    int number = atoi(text);
    const struct register_entry *entry = book_find(r->book, w->series, number);
    const char *ini = entry ? entry->columns.ini : NULL;
    const char *printed = register_number_text(r->pool, number, w->symbol);
    if (!entry || !ini || strcmp(ini, w->ini) != 0) {
        diag_add(r->diag, entry ? REGISTER_NUMBER_TAKEN : REGISTER_NUMBER_UNKNOWN, at(w), printed,
                 ini ? ini : "", NULL);
        return false;
    }
    if (entry->state == ENTRY_VOID) {
        diag_add(r->diag, REGISTER_NUMBER_VOID, at(w), printed, entry->why ? entry->why : "", NULL);
        return false;
    }
    if (entry->state == ENTRY_GIVEN && !book_written(r->book, entry, r->diag))
        return false;
    print_given(r, w, book_find(r->book, w->series, number));
    return true;
}

/* ---- one that has none ---- */

/* --number: one that was reserved. 0: none was asked for; -1: reported. */
static int asked_number(struct registering *r, const struct wanting *w) {
    const char *text = options_own(r->options, "number");
    if (!text)
        return 0;
    int number = options_number(text, INT_MAX);
    const struct register_entry *entry = book_find(r->book, w->series, number);
    if (entry && entry->state == ENTRY_RESERVED)
        return number;
    diag_add(r->diag, REGISTER_NOT_RESERVED, at(w), text, NULL);
    return -1;
}

/* Numbers and days go up together; who must date one back is told. */
static void judge_day(struct registering *r, const struct wanting *w, int number) {
    const struct register_entry *last = book_last(r->book, w->series);
    const char *day = day_iso(r->pool, w->day);
    if (last && last->number < number && last->columns.date && strcmp(last->columns.date, day) > 0)
        diag_add(r->diag, REGISTER_DAY_BACK, at(w),
                 register_number_text(r->pool, number, w->symbol), day_written(r->pool, w->day),
                 register_number_text(r->pool, last->number, last->columns.symbol),
                 last->columns.date, NULL);
    if (strcmp(day, day_iso(r->pool, day_today())) > 0)
        diag_add(r->diag, REGISTER_DAY_AHEAD, at(w), day_written(r->pool, w->day), NULL);
}

/* Puts number and day into the INI's bytes. False: reported. */
static bool edit(struct registering *r, const struct wanting *w, int number,
                 struct ini_file *file) {
    struct ini_change change = {"công văn", "số", pool_printf(r->pool, "%d", number)};
    *file = (struct ini_file){w->path, w->bytes, w->n};
    if (!ini_edit(r->pool, file, &change, r->diag))
        return false;
    change.key = "ngày";
    change.value = day_written(r->pool, w->day);
    return ini_edit(r->pool, file, &change, r->diag);
}

/* The number already given to it, if a crash came between, or the next. */
static bool give_number(struct registering *r, struct wanting *w) {
    const struct register_entry *entry = book_unfinished(r->book, w->ini);
    if (entry && strcmp(entry->series, w->series) != 0)
        entry = NULL;
    int number = entry ? entry->number : asked_number(r, w);
    if (number < 0)
        return false;
    if (!number)
        number = book_next(r->book, w->series, series_first(r->rules, w->series, w->day.year));
    if (entry)
        day_read(r->pool, entry->columns.date, &w->day);
    else
        judge_day(r, w, number);
    struct ini_file file;
    if (!edit(r, w, number, &file))
        return false;
    if (access(w->path, W_OK) != 0) {
        diag_add(r->diag, FILE_CANNOT_WRITE, at(w), w->path, NULL);
        return false;
    }
    struct entry_columns columns = columns_of(r, w);
    if (!entry)
        entry = book_give(r->book, w->series, number, &columns, r->diag);
    if (!entry || !file_write(w->path, file.bytes, file.n, r->diag) ||
        !book_written(r->book, entry, r->diag))
        return false;
    print_given(r, w, book_find(r->book, w->series, number));
    return true;
}

static bool number_one(struct registering *r, const char *path) {
    struct wanting w = {.path = path};
    /* The register is opened before the INI is read for good: nobody else numbers it meanwhile. */
    if (!read_wanting(r, &w) || !register_book(r, w.day.year))
        return false;
    w.bytes = file_read(r->pool, path, &w.n, at(&w), r->diag);
    w.dispatch = w.bytes ? dispatch_read(r->pool, path, r->diag) : NULL;
    if (!w.dispatch)
        return false;
    const char *number = text_of(&w, "so");
    return number ? has_number(r, &w, number) : give_number(r, &w);
}

static enum status number_all(struct registering *r) {
    struct register_day day;
    if (!register_date(r, &day))
        return STATUS_USAGE;
    for (size_t i = 0; i < r->options->path_count; i++)
        number_one(r, r->options->paths[i]);
    return STATUS_OK;
}

static enum status run(const struct arguments *arguments) {
    return register_run(&command_register_next, true, number_all, arguments);
}

static const struct own_option own[] = {
    REGISTER_OWN, {"date", true}, {"number", true}, {NULL, false}};

const struct command command_register_next = {
    .name = "archive register next",
    .synopsis = "DISPATCH.ini... [--date D/M/YYYY] [--number N] [--dir ARCHIVE]",
    .summary = {"Cấp số tiếp theo của sổ đăng ký, ghi số và ngày vào tệp INI.",
                "Gives the next number of the register and puts number and day into the INI."},
    .options =
        {"  --date NGÀY       ngày ban hành (mặc định: ngày đủ trong INI, hoặc hôm nay)\n"
         "  --number N        dùng số đã giữ trước bằng “register reserve”\n" REGISTER_HELP_VI,
         "  --date DAY        the day of issue (default: a whole day in the INI, or today)\n"
         "  --number N        uses a number kept by `register reserve`\n" REGISTER_HELP_EN},
    .least = 1,
    .run = run,
    .own = own,
};
