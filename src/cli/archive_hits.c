#include "cli/archive_hits.h"

#include "dispatch/values.h"

#include <stdlib.h>
#include <string.h>

const char *hits_index(const struct options *options) {
    const char *where = options_own(options, "index");
    if (!where)
        where = getenv("CONGVAN_INDEX");
    return where && *where ? where : NULL;
}

bool hits_open(struct archive_session *s) {
    if (archive_session_open(s, false))
        s->index = follow_open(s->pool, s->archive, hits_index(s->options), s->diag);
    return s->index != NULL;
}

const char *hits_day(struct pool *pool, const char *text, struct diag *diag) {
    struct date date = {0};
    if (value_date(pool, text, &date) && date.day && date.month && date.year)
        return pool_printf(pool, "%04d-%02d-%02d", atoi(date.year), atoi(date.month),
                           atoi(date.day));
    diag_add(diag, ARCHIVE_NO_DAY, (struct where){0}, text, NULL);
    return NULL;
}

/* "05/QĐ-UBND", "…/QĐ-UBND" without a number, the object where there is neither. */
static const char *name_of(struct pool *pool, const struct index_hit *hit) {
    if (hit->number && hit->symbol)
        return pool_printf(pool, "%s/%s", hit->number, hit->symbol);
    if (hit->symbol)
        return pool_printf(pool, "…/%s", hit->symbol);
    return hit->number ? hit->number : hit->object;
}

const char *hits_date(struct pool *pool, const char *iso) {
    return iso && strlen(iso) == 10 ? pool_printf(pool, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso)
                                    : "";
}

void hits_put_line(struct pool *pool, const struct index_hit *hit, struct buf *out) {
    buf_puts(out, name_of(pool, hit));
    if (hit->date)
        buf_printf(out, "  %s", hits_date(pool, hit->date));
    if (hit->agency)
        buf_printf(out, "  %s", hit->agency);
    buf_putc(out, '\n');
}

static void put_member(struct buf *out, const char *name, const char *text) {
    if (!text)
        return;
    buf_printf(out, ",\"%s\":", name);
    json_string(out, text);
}

void hits_put_members(const struct index_hit *hit, struct buf *out) {
    buf_puts(out, "\"object\":");
    json_string(out, hit->object);
    buf_puts(out, ",\"version\":");
    buf_put_int(out, hit->version);
    put_member(out, "number", hit->number);
    put_member(out, "symbol", hit->symbol);
    put_member(out, "date", hit->date);
    put_member(out, "type", hit->type);
    put_member(out, "agency", hit->agency);
    put_member(out, "signatory", hit->signatory);
    put_member(out, "subject", hit->subject);
    put_member(out, "snippet", hit->snippet);
    if (hit->rough)
        buf_puts(out, ",\"rough\":true");
    if (hit->fuzzy)
        buf_puts(out, ",\"fuzzy\":true");
}

void hits_put_array(const index_hits *hits, struct buf *out) {
    buf_putc(out, '[');
    for (size_t i = 0; i < hits->n; i++) {
        buf_puts(out, i ? ",{" : "{");
        hits_put_members(&hits->at[i], out);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}
