#include "cli/archive.h"
#include "cli/archive_hits.h"

#include <stdio.h>

static void put_text(struct pool *pool, const index_dues *dues, enum lang lang, struct buf *out) {
    const struct index_due *due;
    VEC_EACH (due, dues) {
        buf_printf(out, "%s  ", hits_date(pool, due->date));
        hits_put_line(pool, &due->of, out);
        buf_printf(out, "    %s\n", due->sentence);
        for (size_t i = 0; i < due->citing.n; i++) {
            buf_puts(out, lang == LANG_EN ? "    cited by " : "    được viện dẫn trong ");
            hits_put_line(pool, &due->citing.at[i], out);
        }
    }
}

static void put_json(const index_dues *dues, struct buf *out) {
    buf_putc(out, '[');
    for (size_t i = 0; i < dues->n; i++) {
        const struct index_due *due = &dues->at[i];
        buf_printf(out, "%s{\"due\":", i ? "," : "");
        json_string(out, due->date);
        buf_puts(out, ",\"sentence\":");
        json_string(out, due->sentence);
        buf_puts(out, ",\"dispatch\":{");
        hits_put_members(&due->of, out);
        buf_puts(out, "},\"cited_by\":");
        hits_put_array(&due->citing, out);
        buf_putc(out, '}');
    }
    buf_puts(out, "]\n");
}

static enum status list_due(struct archive_session *s) {
    const char *before = options_own(s->options, "before"), *from = options_own(s->options, "from");
    index_dues dues = {0};
    struct buf out = {0};
    if (!before)
        diag_add(s->diag, ARCHIVE_BEFORE_WHEN, (struct where){0}, NULL);
    if (!before || !(before = hits_day(s->pool, before, s->diag)) ||
        (from && !(from = hits_day(s->pool, from, s->diag))))
        return STATUS_USAGE;
    if (!hits_open(s) || !index_deadlines(s->index, s->pool, from, before, &dues, s->diag))
        return STATUS_OK;
    if (s->options->given & OPTION_JSON)
        put_json(&dues, &out);
    else
        put_text(s->pool, &dues, s->options->lang, &out);
    fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    return STATUS_OK;
}

static enum status run_due(const struct arguments *arguments) {
    return archive_run(&command_archive_due, list_due, arguments);
}

static const struct own_option own[] = {
    {"before", true}, {"from", true}, {"dir", true}, {"index", true}, {NULL, false}};

const struct command command_archive_due = {
    .name = "archive due",
    .synopsis = "--before DAY [--from DAY] [--json]",
    .summary =
        {"Liệt kê việc có thời hạn nêu trong các văn bản (“trước ngày 01/7/2026”) đến hạn trước "
         "ngày đã cho.",
         "Lists what documents ask to be done (\"trước ngày 01/7/2026\") before the day given."},
    .options = {"  --before NGÀY     hạn trước ngày này; --from NGÀY: hạn từ ngày này\n"
                "  --json            in ra JSON\n"
                "  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
                "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến "
                "CONGVAN_INDEX)\n",
                "  --before DAY      due before this day; --from DAY: due from this day on\n"
                "  --json            print JSON\n"
                "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
                "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"},
    .takes = OPTION_JSON,
    .run = run_due,
    .own = own,
};
