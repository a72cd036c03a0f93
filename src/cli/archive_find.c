#include "cli/archive.h"
#include "cli/archive_hits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *joined_words(struct pool *pool, const struct options *options) {
    struct buf words = {0};
    for (size_t i = 0; i < options->path_count; i++) {
        /* What the shell took the quotes from is one word with spaces in it: a phrase. */
        bool phrase = options->path_count > 1 && strchr(options->paths[i], ' ') &&
                      !strchr(options->paths[i], '"');
        buf_printf(&words, "%s%s%s%s", i ? " " : "", phrase ? "\"" : "", options->paths[i],
                   phrase ? "\"" : "");
    }
    const char *copy = words.len ? pool_strdup(pool, words.data) : NULL;
    buf_free(&words);
    return copy;
}

static bool read_query(struct pool *pool, const struct options *options, struct index_query *query,
                       struct diag *diag) {
    enum { MOST = 10000 };
    const char *from = options_own(options, "from"), *to = options_own(options, "to");
    const char *limit = options_own(options, "limit");
    *query = (struct index_query){.words = joined_words(pool, options),
                                  .number = options_own(options, "number"),
                                  .symbol = options_own(options, "symbol"),
                                  .sender = options_own(options, "sender"),
                                  .recipient = options_own(options, "recipient"),
                                  .signatory = options_own(options, "signatory"),
                                  .type = options->type,
                                  .cites = options_own(options, "cites"),
                                  .cited_by = options_own(options, "cited-by")};
    int n = limit ? options_number(limit, MOST) : 0;
    if (limit && !n) {
        diag_add(diag, ARCHIVE_NO_LIMIT, (struct where){0}, limit, NULL);
        return false;
    }
    query->limit = (size_t)n;
    return (!from || (query->from = hits_day(pool, from, diag))) &&
           (!to || (query->to = hits_day(pool, to, diag)));
}

static bool asks_nothing(const struct index_query *q) {
    return !q->words && !q->from && !q->to && !q->number && !q->symbol && !q->sender &&
           !q->recipient && !q->signatory && !q->type && !q->cites && !q->cited_by;
}

static void put_hit(struct pool *pool, const struct index_hit *hit, enum lang lang,
                    struct buf *out) {
    hits_put_line(pool, hit, out);
    if (hit->subject)
        buf_printf(out, "    %s\n", hit->subject);
    if (hit->snippet)
        buf_printf(out, "    %s\n", hit->snippet);
    if (hit->fuzzy)
        buf_printf(out, "    %s\n",
                   lang == LANG_EN ? "(text damaged by scanning: words that resemble)"
                                   : "(bản quét lỗi chữ: tìm theo những từ gần giống)");
    buf_printf(out, "    %s\n", hit->object);
}

static enum status find(struct archive_session *s) {
    struct index_query query;
    index_hits hits = {0};
    struct buf out = {0};
    if (!read_query(s->pool, s->options, &query, s->diag))
        return STATUS_USAGE;
    if (asks_nothing(&query)) {
        diag_add(s->diag, ARCHIVE_ASKS_NOTHING, (struct where){0}, NULL);
        return STATUS_USAGE;
    }
    if (!hits_open(s) || !index_find(s->index, s->pool, &query, &hits, s->diag))
        return STATUS_OK;
    if (s->options->given & OPTION_JSON) {
        hits_put_array(&hits, &out);
        buf_putc(&out, '\n');
    } else {
        for (size_t i = 0; i < hits.n; i++)
            put_hit(s->pool, &hits.at[i], s->options->lang, &out);
        if (!hits.n)
            diag_add(s->diag, ARCHIVE_FOUND_NOTHING, (struct where){0}, NULL);
    }
    fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    return STATUS_OK;
}

static enum status run_find(const struct arguments *arguments) {
    return archive_run(&command_archive_find, find, arguments);
}

static const struct own_option own[] = {{"from", true},      {"to", true},     {"number", true},
                                        {"symbol", true},    {"sender", true}, {"recipient", true},
                                        {"signatory", true}, {"cites", true},  {"cited-by", true},
                                        {"limit", true},     {"dir", true},    {"index", true},
                                        {NULL, false}};

const struct command command_archive_find = {
    .name = "archive find",
    .synopsis =
        "WORDS... [--from DAY] [--to DAY] [--number N] [--symbol S] [--sender A] [--recipient R] "
        "[--signatory P] [--type T] [--cites N/S] [--cited-by ID] [--limit N] [--json]",
    .summary = {"Tìm văn bản trong kho theo từ bất kỳ, có dấu hay không dấu, theo số, ngày, nơi "
                "gửi, người ký…",
                "Finds documents by any words, with or without diacritics, by number, day, sender, "
                "signatory..."},
    .options =
        {"  WORDS             các từ cần tìm; cụm từ đúng nguyên văn đặt trong ngoặc kép\n"
         "  --from, --to NGÀY văn bản ban hành từ ngày, đến ngày (25/9/2026)\n"
         "  --number, --symbol số, ký hiệu\n"
         "  --sender, --recipient, --signatory  cơ quan ban hành, nơi nhận, người ký\n"
         "  --type LOẠI       loại văn bản\n"
         "  --cites SỐ/KH     văn bản viện dẫn văn bản này; --cited-by: được văn bản này viện dẫn\n"
         "  --limit N         nhiều nhất N văn bản (mặc định 20)\n"
         "  --json            in ra JSON\n"
         "  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
         "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến "
         "CONGVAN_INDEX)\n",
         "  WORDS             what to look for; exact phrases in quotes\n"
         "  --from, --to DAY  issued from, up to this day (25/9/2026)\n"
         "  --number, --symbol  its number, its symbol\n"
         "  --sender, --recipient, --signatory  who issued it, to whom, who signed it\n"
         "  --type TYPE       its type\n"
         "  --cites N/S       those that cite this document; --cited-by: those it cites\n"
         "  --limit N         N documents at most (default 20)\n"
         "  --json            print JSON\n"
         "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
         "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"},
    .takes = OPTION_JSON | OPTION_TYPE,
    .run = run_find,
    .own = own,
};
