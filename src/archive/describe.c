#include "archive/describe.h"

#include "archive/record.h"

#include <string.h>

static void put_label(struct buf *out, enum lang lang, const char *vi, const char *en) {
    buf_printf(out, "%s: ", lang == LANG_EN ? en : vi);
}

static void put_field(struct buf *out, enum lang lang, const struct record *record,
                      enum record_key key, const char *vi, const char *en) {
    const struct record_field *field = &record->fields[key];
    if (!field->text && !record_lacks(record, key))
        return;
    put_label(out, lang, vi, en);
    if (field->text)
        buf_printf(out, "%s  [%s]\n", field->text, record_source_name(field->from));
    else
        buf_puts(out, lang == LANG_EN ? "could not be read\n" : "không đọc được\n");
}

static void put_list(struct buf *out, enum lang lang, const struct record_list *list,
                     const char *vi, const char *en) {
    if (!list->at.n)
        return;
    put_label(out, lang, vi, en);
    for (size_t i = 0; i < list->at.n; i++)
        buf_printf(out, "%s%s", i ? "; " : "", list->at.at[i]);
    buf_putc(out, '\n');
}

static void put_record(struct buf *out, enum lang lang, const struct record *r) {
    static const struct {
        enum record_key key;
        const char *vi, *en;
    } rows[] = {{RECORD_TYPE, "Loại", "Type"},
                {RECORD_NUMBER, "Số", "Number"},
                {RECORD_SYMBOL, "Ký hiệu", "Symbol"},
                {RECORD_DATE, "Ngày", "Date"},
                {RECORD_PARENT, "Cơ quan chủ quản", "Parent"},
                {RECORD_AGENCY, "Cơ quan", "Agency"},
                {RECORD_SUBJECT, "Trích yếu", "Subject"},
                {RECORD_AUTHORITY, "Quyền hạn", "Authority"},
                {RECORD_POSITION, "Chức vụ", "Position"},
                {RECORD_SIGNATORY, "Người ký", "Signatory"},
                {RECORD_URGENCY, "Độ khẩn", "Urgency"},
                {RECORD_SECRECY, "Độ mật", "Secrecy"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put_field(out, lang, r, rows[i].key, rows[i].vi, rows[i].en);
    put_list(out, lang, &r->to, "Kính gửi", "To");
    put_list(out, lang, &r->copies, "Nơi nhận", "Copies");
    const struct record_conflict *conflict;
    VEC_EACH (conflict, &r->conflicts) {
        put_label(out, lang, "Không khớp", "Disagrees");
        buf_printf(out, "%s = %s  [%s]\n", record_key_name(conflict->key), conflict->text,
                   record_source_name(conflict->from));
    }
    const struct record_deadline *deadline;
    VEC_EACH (deadline, &r->deadlines) {
        put_label(out, lang, "Hạn", "Due");
        buf_printf(out, "%s  %s\n", deadline->date, deadline->sentence);
    }
    const struct record_cite *cite;
    VEC_EACH (cite, &r->cites) {
        put_label(out, lang, "Viện dẫn", "Cites");
        buf_printf(out, "%s%s%s%s%s\n", cite->type ? cite->type : "", cite->type ? " " : "",
                   cite->symbol, cite->date ? ", " : "", cite->date ? cite->date : "");
    }
}

void describe_record(struct pool *pool, const char *text, enum lang lang, struct buf *out) {
    const char *why;
    const struct json *json = json_read(pool, text, strlen(text), &why);
    const struct record *record = record_read_json(pool, json);
    if (record)
        put_record(out, lang, record);
}
