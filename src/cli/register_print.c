/* congvan archive register print, list: the register on paper, as a table, and on the screen. */
#include "cli/archive.h"
#include "cli/register.h"

#include "archive/register_table.h"
#include "base/file.h"
#include "docx/merge.h"

#include <stdlib.h>
#include <string.h>

/* The entries asked for. */
struct selection {
    const struct register_entry **at;
    size_t n;
};

/* Those of --type alone: of the series that type counts in. */
static bool select_entries(struct registering *r, struct selection *selection) {
    const struct register_entry **all = register_sorted(r->pool, r->book);
    const char *type, *abbreviation;
    selection->at = all;
    selection->n = 0;
    if (r->options->type && !register_type(r, "", &type, &abbreviation))
        return false;
    for (size_t i = 0; i < book_count(r->book); i++) {
        const char *of = all[i]->columns.type;
        if (!r->options->type || (of && strcmp(of, type) == 0))
            selection->at[selection->n++] = all[i];
    }
    return true;
}

/* ---- on paper ---- */

static const char blank[] = "………";

/* One row of the table: the fields of its section. */
static const char *set_row(struct pool *pool, struct dispatch *book,
                           const struct register_entry *entry, size_t i) {
    static const char *const keys[REGISTER_COLUMNS] = {
        "số ký hiệu", "ngày",   "nội dung văn bản", "người ký", "nơi nhận",
        "lưu",        "số bản", "ngày chuyển",      "ký nhận",  "ghi chú"};
    const char *section = pool_printf(pool, "van ban %zu", i + 1);
    for (int c = 0; c < REGISTER_COLUMNS; c++) {
        const char *cell = register_cell(pool, entry, c);
        dispatch_set(pool, book, pool_printf(pool, "%s.%s", section, keys[c]),
                     *cell ? cell : "\u00A0");
    }
    return section;
}

/* From which day and number to which. */
static void set_reach(struct pool *pool, struct dispatch *book, const struct selection *selection) {
    const struct register_entry *first = NULL, *last = NULL; /* by day */
    int low = 0, high = 0;
    for (size_t i = 0; i < selection->n; i++) {
        const struct register_entry *entry = selection->at[i];
        low = !low || entry->number < low ? entry->number : low;
        high = entry->number > high ? entry->number : high;
        if (!entry->columns.date)
            continue;
        if (!first || strcmp(entry->columns.date, first->columns.date) < 0)
            first = entry;
        if (!last || strcmp(entry->columns.date, last->columns.date) > 0)
            last = entry;
    }
    dispatch_set(pool, book, "từ ngày", first ? register_cell(pool, first, 1) : blank);
    dispatch_set(pool, book, "đến ngày", last ? register_cell(pool, last, 1) : blank);
    dispatch_set(pool, book, "từ số", low ? pool_printf(pool, "%02d", low) : blank);
    dispatch_set(pool, book, "đến số", high ? pool_printf(pool, "%02d", high) : blank);
}

/* Named by the rules, or else as in the newest dispatch that says. */
static void set_office(struct registering *r, struct pool *pool, struct dispatch *book) {
    const char *office = series_office(r->rules), *parent = series_parent(r->rules);
    for (size_t i = book_count(r->book); i-- > 0 && !office;) {
        office = book_entry(r->book, i)->columns.office;
        parent = book_entry(r->book, i)->columns.parent;
    }
    dispatch_set(pool, book, "cơ quan", office ? office : "");
    dispatch_set(pool, book, "chủ quản", parent ? parent : "");
}

/* The register as what its template is filled with. */
static struct dispatch *as_dispatch(struct registering *r, struct pool *pool, const char *path,
                                    const struct selection *selection) {
    struct dispatch *book = dispatch_new(pool, path, "so-dang-ky-di");
    const char *volume = options_own(r->options, "volume");
    const char **sections = POOL_ARRAY(pool, const char *, selection->n);
    set_office(r, pool, book);
    set_reach(pool, book, selection);
    dispatch_set(pool, book, "năm", pool_printf(pool, "%d", book_year(r->book)));
    dispatch_set(pool, book, "quyển", volume ? volume : "01");
    for (size_t i = 0; i < selection->n; i++)
        sections[i] = set_row(pool, book, selection->at[i], i);
    dispatch_set_sections(pool, book, "văn bản", sections, selection->n);
    return book;
}

static bool render(struct registering *r, struct job *job, const struct selection *selection) {
    const char *path = path_join(r->pool, session_types(r->session), "so-dang-ky-di.docx");
    job->template = template_load(path, session_locator(r->session), job->diag);
    if (!job->template)
        return false;
    const struct dispatch *book = as_dispatch(r, job->pool, job->path, selection);
    struct merge_options plain = {.fonts = session_fonts(r->session)};
    job->merged = merge(job->pool, job->template, book, job->path, &plain, job->diag);
    struct pdf_options drawing = {0};
    return job->merged && job_take(job, job->merged) && job_layout(r->session, job, true) &&
           job_draw(r->session, job, &drawing);
}

static bool write_out(const char *path, const struct buf *bytes, struct diag *diag) {
    if (!file_write(path, bytes->data, bytes->len, diag))
        return false;
    printf("%s\n", path);
    return true;
}

static const char *output(struct registering *r, const char *suffix) {
    const char *folder = r->options->out ? r->options->out : ".";
    const char *name =
        r->name ? pool_printf(r->pool, "so-dang-ky-di-%d-%s", book_year(r->book), r->name)
                : pool_printf(r->pool, "so-dang-ky-di-%d", book_year(r->book));
    return path_join(r->pool, folder, pool_printf(r->pool, "%s%s", name, suffix));
}

static enum status print_book(struct registering *r) {
    int year;
    struct selection selection;
    if (!register_year(r, &year))
        return STATUS_USAGE;
    if (!register_book(r, year) || !select_entries(r, &selection) ||
        (r->options->out && !file_make_folder(r->options->out, r->diag)))
        return STATUS_DOCUMENT;
    struct buf csv = {0};
    register_csv(r->pool, selection.at, selection.n, &csv);
    struct job job;
    job_open(&job, output(r, ".docx"), r->options->lang, DIAG_WARNING);
    enum status status = STATUS_DOCUMENT;
    if (render(r, &job, &selection) && write_out(output(r, ".docx"), &job.docx, job.diag) &&
        write_out(output(r, ".pdf"), &job.pdf, job.diag) &&
        write_out(output(r, ".csv"), &csv, job.diag))
        status = STATUS_OK;
    status = job_report(&job, status, stderr);
    struct template *template = job.template;
    job_close(&job);
    template_close(template);
    buf_free(&csv);
    return status;
}

/* ---- on the screen ---- */

static const char *state_name(enum entry_state state, enum lang lang) {
    static const char *const names[][2] = {[ENTRY_RESERVED] = {"giữ số", "reserved"},
                                           [ENTRY_GIVEN] = {"chưa ghi vào tệp", "not in its file"},
                                           [ENTRY_ISSUED] = {"đã cấp", "issued"},
                                           [ENTRY_VOID] = {"huỷ", "void"}};
    return names[state][lang];
}

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static void list_json(const struct selection *selection) {
    struct buf out = {0};
    buf_puts(&out, "[");
    for (size_t i = 0; i < selection->n; i++) {
        const struct register_entry *e = selection->at[i];
        static const char *const states[] = {"reserved", "given", "issued", "void"};
        const char *const texts[][2] = {
            {"symbol", e->columns.symbol}, {"date", e->columns.date},
            {"type", e->columns.type},     {"subject", e->columns.subject},
            {"signer", e->columns.signer}, {"to", e->columns.to},
            {"keep", e->columns.keep},     {"copies", e->columns.copies},
            {"sent", e->columns.sent},     {"receipt", e->columns.receipt},
            {"note", e->columns.note},     {"why", e->why},
            {"ini", e->columns.ini}};
        buf_printf(&out, "%s{\"number\":%d,\"state\":\"%s\"", i ? ",\n " : "", e->number,
                   states[e->state]);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (texts[k][1]) {
                buf_printf(&out, ",\"%s\":", texts[k][0]);
                json_string(&out, texts[k][1]);
            }
        buf_puts(&out, "}");
    }
    buf_puts(&out, "]\n");
    fwrite(out.data, 1, out.len, stdout);
    buf_free(&out);
}

static enum status list_book(struct registering *r) {
    int year;
    struct selection selection;
    if (!register_year(r, &year))
        return STATUS_USAGE;
    if (!register_book(r, year) || !select_entries(r, &selection))
        return STATUS_DOCUMENT;
    if (r->options->given & OPTION_JSON) {
        list_json(&selection);
        return STATUS_OK;
    }
    for (size_t i = 0; i < selection.n; i++) {
        const struct register_entry *entry = selection.at[i];
        printf("%s\t%s\t%s\t%s\t%s\n", register_cell(r->pool, entry, 0),
               register_cell(r->pool, entry, 1), state_name(entry->state, r->options->lang),
               register_cell(r->pool, entry, 2), or_empty(entry->why));
    }
    return STATUS_OK;
}

/* ---- the commands ---- */

static enum status run_print(const struct arguments *arguments) {
    return register_run(&command_register_print, false, print_book, arguments);
}

static enum status run_list(const struct arguments *arguments) {
    return register_run(&command_register_list, false, list_book, arguments);
}

static const struct own_option print_own[] = {
    REGISTER_OWN, {"year", true}, {"volume", true}, {NULL, false}};
static const struct own_option list_own[] = {REGISTER_OWN, {"year", true}, {NULL, false}};

const struct command command_register_print = {
    .name = "archive register print",
    .synopsis = "[--year YYYY] [-o DIR] [--type TYPE] [--volume N] [--dir ARCHIVE]",
    .summary = {"In sổ đăng ký văn bản đi: DOCX, PDF và CSV mười cột.",
                "The register of outgoing documents as DOCX, PDF and CSV of ten columns."},
    .options = {"  --year NĂM        sổ của năm này (mặc định: năm nay)\n"
                "  -o THƯ MỤC        thư mục kết quả (mặc định: thư mục hiện tại)\n"
                "  --type LOẠI       chỉ loại văn bản này\n"
                "  --volume N        quyển số, in ở bìa\n" REGISTER_HELP_VI,
                "  --year YYYY       the register of that year (default: this year's)\n"
                "  -o DIR            folder of the results (default: the current one)\n"
                "  --type TYPE       this document type only\n"
                "  --volume N        the volume, on the cover\n" REGISTER_HELP_EN},
    .takes = OPTION_OUT | OPTION_TYPE | OPTION_FONT_DIR,
    .run = run_print,
    .own = print_own,
};

const struct command command_register_list = {
    .name = "archive register list",
    .synopsis = "[--year YYYY] [--type TYPE] [--json] [--dir ARCHIVE]",
    .summary = {"Liệt kê số đã cấp, đang giữ, đã huỷ.", "Lists the numbers given, kept and void."},
    .options = {"  --year NĂM        sổ của năm này (mặc định: năm nay)\n"
                "  --type LOẠI       chỉ loại văn bản này\n"
                "  --json            kết quả dạng JSON\n" REGISTER_HELP_VI,
                "  --year YYYY       the register of that year (default: this year's)\n"
                "  --type TYPE       this document type only\n"
                "  --json            results as JSON\n" REGISTER_HELP_EN},
    .takes = OPTION_JSON | OPTION_TYPE,
    .run = run_list,
    .own = list_own,
};
