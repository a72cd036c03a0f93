#include "cli/archive.h"
#include "cli/archive_hits.h"

#include "archive/describe.h"
#include "archive/store.h"

#include <stdio.h>
#include <string.h>

/* A document of the archive as the store keeps it. */
struct shown {
    struct archive_session *session;
    const struct index_hit *hit;
    struct inventory *inventory;
    const char *record, *verdict; /* JSON; NULL: none */
    index_hits cites, cited_by;
};

static bool look_up(struct shown *shown) {
    struct archive_session *s = shown->session;
    shown->inventory = store_inventory(s->pool, s->archive, shown->hit->object, s->diag);
    if (!shown->inventory)
        return false;
    shown->record = store_read(s->pool, s->archive, shown->inventory, 0, STORE_RECORD, s->diag).s;
    shown->verdict = store_read(s->pool, s->archive, shown->inventory, 0, STORE_VERDICT, s->diag).s;
    return index_cited(s->index, s->pool, shown->hit, &shown->cites, s->diag) &&
           index_citing(s->index, s->pool, shown->hit, &shown->cited_by, s->diag);
}

/* ---- as JSON ---- */

static void put_versions_json(const struct inventory *inventory, struct buf *out) {
    buf_putc(out, '[');
    for (size_t i = 0; i < inventory->versions.n; i++) {
        const struct inventory_version *v = &inventory->versions.at[i];
        buf_printf(out, "%s{\"version\":%zu,\"created\":", i ? "," : "", i + 1);
        json_string(out, v->created);
        buf_puts(out, ",\"message\":");
        json_string(out, v->message ? v->message : "");
        buf_puts(out, ",\"files\":[");
        for (size_t k = 0; k < v->state.n; k++) {
            buf_printf(out, "%s{\"name\":", k ? "," : "");
            json_string(out, v->state.at[k].path);
            buf_printf(out, ",\"sha512\":\"%s\"}", v->state.at[k].digest);
        }
        buf_puts(out, "]}");
    }
    buf_putc(out, ']');
}

static void put_json(const struct shown *shown, struct buf *out) {
    buf_putc(out, '{');
    hits_put_members(shown->hit, out);
    buf_puts(out, ",\"versions\":");
    put_versions_json(shown->inventory, out);
    if (shown->record)
        buf_printf(out, ",\"record\":%s", shown->record);
    if (shown->verdict)
        buf_printf(out, ",\"verdict\":%s", shown->verdict);
    buf_puts(out, ",\"cites\":");
    hits_put_array(&shown->cites, out);
    buf_puts(out, ",\"cited_by\":");
    hits_put_array(&shown->cited_by, out);
    buf_puts(out, "}");
}

/* ---- for people ---- */

static void put_label(struct buf *out, enum lang lang, const char *vi, const char *en) {
    buf_printf(out, "%s: ", lang == LANG_EN ? en : vi);
}

static void put_versions(struct buf *out, const struct inventory *inventory, enum lang lang) {
    for (size_t i = 0; i < inventory->versions.n; i++) {
        const struct inventory_version *v = &inventory->versions.at[i];
        put_label(out, lang, "Phiên bản", "Version");
        buf_printf(out, "%zu  %s  %s\n", i + 1, v->created, v->message ? v->message : "");
    }
    const struct inventory_version *head = &inventory->versions.at[inventory->versions.n - 1];
    for (size_t i = 0; i < head->state.n; i++) {
        put_label(out, lang, "Tệp", "File");
        buf_printf(out, "%s  %s\n", head->state.at[i].path,
                   inventory_content(inventory, head->state.at[i].digest));
    }
}

static void put_text(const struct shown *shown, enum lang lang, struct buf *out) {
    struct archive_session *s = shown->session;
    const char *why;
    hits_put_line(s->pool, shown->hit, out);
    buf_printf(out, "%s\n%s\n", shown->hit->object,
               store_path(s->pool, s->archive, shown->hit->object));
    if (shown->record)
        describe_record(s->pool, shown->record, lang, out);
    for (size_t i = 0; i < shown->cited_by.n; i++) {
        put_label(out, lang, "Được viện dẫn trong", "Cited by");
        hits_put_line(s->pool, &shown->cited_by.at[i], out);
    }
    const struct json *json =
        shown->verdict ? json_read(s->pool, shown->verdict, strlen(shown->verdict), &why) : NULL;
    if (json_text(json, "verdict")) {
        put_label(out, lang, "Chữ ký", "Signatures");
        buf_printf(out, "%s\n", json_text(json, "verdict"));
    }
    put_versions(out, shown->inventory, lang);
}

/* ---- the command ---- */

static void show_one(struct archive_session *s, const char *name, struct buf *out) {
    index_hits hits = {0};
    if (!index_named(s->index, s->pool, name, &hits, s->diag))
        return;
    if (!hits.n)
        diag_add(s->diag, ARCHIVE_NO_SUCH, (struct where){0}, name, NULL);
    for (size_t i = 0; i < hits.n; i++) {
        struct shown shown = {.session = s, .hit = &hits.at[i]};
        if (!look_up(&shown))
            continue;
        if (s->options->given & OPTION_JSON) {
            buf_puts(out, out->len ? ",\n" : "[");
            put_json(&shown, out);
        } else {
            buf_puts(out, out->len ? "\n" : "");
            put_text(&shown, s->options->lang, out);
        }
    }
}

static enum status show(struct archive_session *s) {
    struct buf out = {0};
    if (hits_open(s))
        for (size_t i = 0; i < s->options->path_count; i++)
            show_one(s, s->options->paths[i], &out);
    if (s->options->given & OPTION_JSON)
        buf_puts(&out, out.len ? "]\n" : "[]\n");
    fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    return STATUS_OK;
}

static enum status run_show(const struct arguments *arguments) {
    return archive_run(&command_archive_show, show, arguments);
}

static const struct own_option own[] = {{"dir", true}, {"index", true}, {NULL, false}};

const struct command command_archive_show = {
    .name = "archive show",
    .synopsis = "ID|NUMBER/SYMBOL... [--json]",
    .summary = {"Cho xem một văn bản trong kho: các thành phần và đọc từ đâu, hạn, viện dẫn, chữ "
                "ký, phiên bản, tệp.",
                "Shows a document of the archive: its fields and where they were read, deadlines, "
                "citations, "
                "signatures, versions, files."},
    .options = {"  ID                mã của văn bản trong kho, hoặc số và ký hiệu (05/UBND-VP)\n"
                "  --json            in ra JSON\n"
                "  --dir THƯ MỤC     kho lưu trữ (mặc định: biến CONGVAN_ARCHIVE, hoặc luu-tru)\n"
                "  --index URL       chỉ mục dùng chung, postgresql://... (mặc định: biến "
                "CONGVAN_INDEX)\n",
                "  ID                its id in the archive, or its number and symbol (05/UBND-VP)\n"
                "  --json            print JSON\n"
                "  --dir FOLDER      the archive (default: CONGVAN_ARCHIVE, or luu-tru)\n"
                "  --index URL       a shared index, postgresql://... (default: CONGVAN_INDEX)\n"},
    .takes = OPTION_JSON,
    .least = 1,
    .run = run_show,
    .own = own,
};
