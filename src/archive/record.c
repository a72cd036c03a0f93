#include "archive/record.h"

#include <stdlib.h>
#include <string.h>

static const char *const key_names[RECORD_KEYS] = {
    [RECORD_TYPE] = "type",           [RECORD_NUMBER] = "number",
    [RECORD_SYMBOL] = "symbol",       [RECORD_DATE] = "date",
    [RECORD_PARENT] = "parent",       [RECORD_AGENCY] = "agency",
    [RECORD_AUTHORITY] = "authority", [RECORD_POSITION] = "position",
    [RECORD_SIGNATORY] = "signatory", [RECORD_SUBJECT] = "subject",
    [RECORD_URGENCY] = "urgency",     [RECORD_SECRECY] = "secrecy"};

static const char *const source_names[RECORD_SOURCES] = {
    [RECORD_FROM_NOWHERE] = "nowhere", [RECORD_FROM_XMP] = "xmp",
    [RECORD_FROM_INI] = "ini",         [RECORD_FROM_PAGES] = "pages",
    [RECORD_FROM_STAMP] = "stamp",     [RECORD_FROM_REGISTER] = "register"};

const char *record_key_name(enum record_key key) {
    return key_names[key];
}

const char *record_source_name(enum record_source source) {
    return source_names[source];
}

static enum record_source source_named(const char *name) {
    for (int i = 0; name && i < RECORD_SOURCES; i++)
        if (strcmp(source_names[i], name) == 0)
            return (enum record_source)i;
    return RECORD_FROM_NOWHERE;
}

struct record *record_new(struct pool *pool) {
    struct record *record = POOL_NEW(pool, struct record);
    record->pool = pool;
    return record;
}

/* "5" and "05" are one number. */
static bool same_value(enum record_key key, const char *a, const char *b) {
    if (key == RECORD_NUMBER) {
        a += strspn(a, "0");
        b += strspn(b, "0");
    }
    return strcmp(a, b) == 0;
}

static bool names_it(enum record_key key) {
    return key == RECORD_NUMBER || key == RECORD_SYMBOL || key == RECORD_DATE;
}

static int strength(enum record_key key, enum record_source from) {
    static const int naming[RECORD_SOURCES] = {[RECORD_FROM_XMP] = 1,
                                               [RECORD_FROM_INI] = 2,
                                               [RECORD_FROM_REGISTER] = 3,
                                               [RECORD_FROM_PAGES] = 4,
                                               [RECORD_FROM_STAMP] = 5};
    static const int other[RECORD_SOURCES] = {[RECORD_FROM_XMP] = 1,
                                              [RECORD_FROM_PAGES] = 2,
                                              [RECORD_FROM_STAMP] = 3,
                                              [RECORD_FROM_REGISTER] = 4,
                                              [RECORD_FROM_INI] = 5};
    return names_it(key) ? naming[from] : other[from];
}

void record_set(struct record *record, enum record_key key, const char *text,
                enum record_source from) {
    struct record_field *field = &record->fields[key];
    if (!text || !*text)
        return;
    struct record_field loser = {.text = pool_strdup(record->pool, text), .from = from};
    bool differs = field->text && !same_value(key, field->text, text);
    if (strength(key, from) >= strength(key, field->from)) {
        struct record_field winner = loser;
        loser = *field;
        *field = winner;
    }
    if (differs && names_it(key))
        *VEC_PUSH(record->pool, &record->conflicts) =
            (struct record_conflict){.key = key, .text = loser.text, .from = loser.from};
}

const char *record_number_symbol(const struct record *record) {
    const char *number = record->fields[RECORD_NUMBER].text;
    const char *symbol = record->fields[RECORD_SYMBOL].text;
    if (number && symbol)
        return pool_printf(record->pool, "%s/%s", number, symbol);
    return number ? number : symbol;
}

bool record_lacks(const struct record *record, enum record_key key) {
    static const bool needed[RECORD_KEYS] = {
        [RECORD_TYPE] = true,    [RECORD_NUMBER] = true,   [RECORD_SYMBOL] = true,
        [RECORD_DATE] = true,    [RECORD_AGENCY] = true,   [RECORD_POSITION] = true,
        [RECORD_SUBJECT] = true, [RECORD_SIGNATORY] = true};
    return needed[key] && !record->fields[key].text;
}

/* ---- as JSON ---- */

static void put_name(struct buf *out, const char *name) {
    if (out->data[out->len - 1] != '{')
        buf_putc(out, ',');
    json_string(out, name);
    buf_putc(out, ':');
}

static void put_member(struct buf *out, const char *name, const char *text) {
    if (!text)
        return;
    put_name(out, name);
    json_string(out, text);
}

static void put_list(struct buf *out, const char *name, const struct record_list *list) {
    put_name(out, name);
    buf_putc(out, '[');
    for (size_t i = 0; i < list->at.n; i++) {
        if (i)
            buf_putc(out, ',');
        json_string(out, list->at.at[i]);
    }
    buf_putc(out, ']');
}

static void put_sources(const struct record *record, struct buf *out) {
    put_name(out, "from");
    buf_putc(out, '{');
    for (int key = 0; key < RECORD_KEYS; key++)
        if (record->fields[key].text)
            put_member(out, key_names[key], source_names[record->fields[key].from]);
    if (record->to.at.n)
        put_member(out, "to", source_names[record->to.from]);
    if (record->copies.at.n)
        put_member(out, "copies", source_names[record->copies.from]);
    if (record->text)
        put_member(out, "text", source_names[record->text_from]);
    buf_putc(out, '}');
}

static void put_missing(const struct record *record, struct buf *out) {
    put_name(out, "missing");
    buf_putc(out, '[');
    for (int key = 0; key < RECORD_KEYS; key++)
        if (record_lacks(record, (enum record_key)key)) {
            buf_puts(out, out->data[out->len - 1] == '[' ? "" : ",");
            json_string(out, key_names[key]);
        }
    if (!record->text) {
        buf_puts(out, out->data[out->len - 1] == '[' ? "" : ",");
        json_string(out, "text");
    }
    buf_putc(out, ']');
}

/* Opens the next object of an array that may be empty yet. */
static void next_object(struct buf *out) {
    buf_puts(out, out->data[out->len - 1] == '[' ? "{" : ",{");
}

static void put_cites(const struct record *record, struct buf *out) {
    const struct record_cite *cite;
    put_name(out, "cites");
    buf_putc(out, '[');
    VEC_EACH (cite, &record->cites) {
        next_object(out);
        put_member(out, "symbol", cite->symbol);
        put_member(out, "type", cite->type);
        put_member(out, "date", cite->date);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_deadlines(const struct record *record, struct buf *out) {
    const struct record_deadline *deadline;
    put_name(out, "deadlines");
    buf_putc(out, '[');
    VEC_EACH (deadline, &record->deadlines) {
        next_object(out);
        put_member(out, "date", deadline->date);
        put_member(out, "sentence", deadline->sentence);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_conflicts(const struct record *record, struct buf *out) {
    const struct record_conflict *conflict;
    if (!record->conflicts.n)
        return;
    put_name(out, "conflicts");
    buf_putc(out, '[');
    VEC_EACH (conflict, &record->conflicts) {
        next_object(out);
        put_member(out, "field", key_names[conflict->key]);
        put_member(out, "text", conflict->text);
        put_member(out, "from", source_names[conflict->from]);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

void record_put_json(const struct record *record, struct buf *out) {
    buf_putc(out, '{');
    for (int key = 0; key < RECORD_KEYS; key++)
        put_member(out, key_names[key], record->fields[key].text);
    put_list(out, "to", &record->to);
    put_list(out, "copies", &record->copies);
    if (record->pages) {
        put_name(out, "pages");
        buf_put_int(out, record->pages);
    }
    if (record->rough) {
        put_name(out, "rough");
        buf_puts(out, "true");
    }
    put_cites(record, out);
    put_deadlines(record, out);
    put_sources(record, out);
    put_missing(record, out);
    put_conflicts(record, out);
    put_member(out, "text", record->text);
    buf_putc(out, '}');
}

/* ---- and back ---- */

static const char *copy_text(struct pool *pool, const struct json *json, const char *name) {
    const char *text = json_text(json, name);
    return text ? pool_strdup(pool, text) : NULL;
}

static void read_list(struct record *record, const struct json *json, const char *name,
                      struct record_list *list) {
    const struct json *items = json_member(json, name);
    for (size_t i = 0; items && i < items->n; i++)
        if (items->at[i].kind == JSON_STRING)
            *VEC_PUSH(record->pool, &list->at) = pool_strdup(record->pool, items->at[i].string);
    list->from = source_named(json_text(json_member(json, "from"), name));
}

static int key_named(const char *name) {
    for (int key = 0; name && key < RECORD_KEYS; key++)
        if (strcmp(key_names[key], name) == 0)
            return key;
    return -1;
}

static void read_arrays(struct record *record, const struct json *json) {
    struct pool *pool = record->pool;
    const struct json *cites = json_member(json, "cites");
    for (size_t i = 0; cites && i < cites->n; i++)
        if (json_text(&cites->at[i], "symbol"))
            *VEC_PUSH(pool, &record->cites) =
                (struct record_cite){.type = copy_text(pool, &cites->at[i], "type"),
                                     .symbol = copy_text(pool, &cites->at[i], "symbol"),
                                     .date = copy_text(pool, &cites->at[i], "date")};
    const struct json *deadlines = json_member(json, "deadlines");
    for (size_t i = 0; deadlines && i < deadlines->n; i++)
        if (json_text(&deadlines->at[i], "date") && json_text(&deadlines->at[i], "sentence"))
            *VEC_PUSH(pool, &record->deadlines) = (struct record_deadline){
                .date = copy_text(pool, &deadlines->at[i], "date"),
                .sentence = copy_text(pool, &deadlines->at[i], "sentence")};
    const struct json *conflicts = json_member(json, "conflicts");
    for (size_t i = 0; conflicts && i < conflicts->n; i++) {
        int key = key_named(json_text(&conflicts->at[i], "field"));
        if (key >= 0 && json_text(&conflicts->at[i], "text"))
            *VEC_PUSH(pool, &record->conflicts) = (struct record_conflict){
                .key = (enum record_key)key,
                .text = copy_text(pool, &conflicts->at[i], "text"),
                .from = source_named(json_text(&conflicts->at[i], "from"))};
    }
}

struct record *record_read_json(struct pool *pool, const struct json *json) {
    if (!json || json->kind != JSON_OBJECT)
        return NULL;
    struct record *record = record_new(pool);
    const struct json *from = json_member(json, "from");
    for (int key = 0; key < RECORD_KEYS; key++) {
        record->fields[key].text = copy_text(pool, json, key_names[key]);
        record->fields[key].from = source_named(json_text(from, key_names[key]));
    }
    read_list(record, json, "to", &record->to);
    read_list(record, json, "copies", &record->copies);
    record->pages = (int)json_number(json, "pages", 0);
    const struct json *rough = json_member(json, "rough");
    record->rough = rough && rough->kind == JSON_TRUE;
    record->text = copy_text(pool, json, "text");
    record->text_from = source_named(json_text(from, "text"));
    read_arrays(record, json);
    return record;
}
