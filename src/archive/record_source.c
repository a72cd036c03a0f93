/* What a PDF carries beside its pages: the INI it was made of, and its metadata. */
#include "archive/record.h"

#include "base/utf8.h"
#include "check/view.h"
#include "check/words.h"
#include "dispatch/source.h"
#include "docx/xml.h"

#include <stdlib.h>
#include <string.h>

/* ---- INI ---- */

/* What the sections say goes into the record on one line each, without marks of emphasis. */
struct ini_reading {
    struct record *record;
    const struct ini *ini;
};

static const char *one_line(struct pool *pool, const char *value) {
    struct emphasis *emphasis;
    size_t n;
    char *text = value_lines(pool, value_plain(pool, value, &emphasis, &n));
    for (char *p = text; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return tidy(pool, text);
}

static const char *value_of(const struct ini_reading *r, const char *section, const char *key) {
    const struct ini_section *at = ini_section(r->ini, section);
    const struct ini_key *found = at ? ini_key(at, key) : NULL;
    return found ? one_line(r->record->pool, found->value) : "";
}

static void set(const struct ini_reading *r, enum record_key to, const char *section,
                const char *key) {
    record_set(r->record, to, value_of(r, section, key), RECORD_FROM_INI);
}

static void set_number(const struct ini_reading *r) {
    const char *number = value_of(r, "cong van", "so");
    if (*number)
        record_set(r->record, RECORD_NUMBER, value_number(r->record->pool, number),
                   RECORD_FROM_INI);
}

static void set_date(const struct ini_reading *r) {
    struct date date = {0};
    struct pool *pool = r->record->pool;
    const char *text = value_of(r, "cong van", "ngay");
    if (value_date(pool, text, &date) && date.day && date.month && date.year)
        record_set(
            r->record, RECORD_DATE,
            pool_printf(pool, "%04d-%02d-%02d", atoi(date.year), atoi(date.month), atoi(date.day)),
            RECORD_FROM_INI);
}

static void set_list(const struct ini_reading *r, const char *section, struct record_list *list) {
    const struct ini_section *at = ini_section(r->ini, section);
    const struct ini_key *key;
    if (!at)
        return;
    list->at.n = 0;
    list->from = RECORD_FROM_INI;
    VEC_EACH (key, &at->keys)
        if (*key->value && strcmp(key->folded, "luu") != 0)
            *VEC_PUSH(r->record->pool, &list->at) =
                value_item(r->record->pool, one_line(r->record->pool, key->value), "");
}

void record_add_ini(struct record *record, const char *ini, size_t n, const char *defaults,
                    size_t defaults_n) {
    struct pool *pool = record->pool;
    /* What is wrong with it was said when the dispatch was made. */
    struct diag *unheard = diag_new(LANG_EN);
    struct ini *own = ini_parse(pool, "INI", ini, n, unheard);
    struct ini *common = defaults ? ini_parse(pool, "INI", defaults, defaults_n, unheard) : NULL;
    if (own && common)
        ini_add_defaults(pool, own, common);
    if (own) {
        struct ini_reading r = {record, own};
        const char *type = value_of(&r, "cong van", "loai");
        record_set(record, RECORD_TYPE, *type ? type : "công văn", RECORD_FROM_INI);
        set_number(&r);
        set(&r, RECORD_SYMBOL, "cong van", "ky hieu");
        set_date(&r);
        record_set(record, RECORD_SUBJECT, value_subject(value_of(&r, "cong van", "trich yeu")),
                   RECORD_FROM_INI);
        set(&r, RECORD_URGENCY, "cong van", "do khan");
        set(&r, RECORD_SECRECY, "cong van", "do mat");
        set(&r, RECORD_PARENT, "co quan", "chu quan");
        set(&r, RECORD_AGENCY, "co quan", "ten");
        set(&r, RECORD_AUTHORITY, "nguoi ky", "quyen han");
        set(&r, RECORD_POSITION, "nguoi ky", "chuc vu");
        set(&r, RECORD_SIGNATORY, "nguoi ky", "ho ten");
        set_list(&r, "kinh gui", &record->to);
        set_list(&r, "noi nhan", &record->copies);
    }
    diag_free(unheard);
}

/* ---- XMP ---- */

static const char *all_text(struct pool *pool, const struct xml_node *node) {
    struct buf text = {0};
    for (const struct xml_node *n = xml_next(node, node); n; n = xml_next(node, n))
        if (n->name == XML_TEXT && n->text)
            buf_puts(&text, n->text);
    const char *copy = tidy(pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void add_property(struct record *record, const char *name, const char *text) {
    if (strcmp(name, "dc:description") == 0) {
        record_set(record, RECORD_SUBJECT, text, RECORD_FROM_XMP);
    } else if (strcmp(name, "dc:creator") == 0) {
        record_set(record, RECORD_AGENCY, text, RECORD_FROM_XMP);
    } else if (strcmp(name, "dc:date") == 0 && strlen(text) == 10) {
        record_set(record, RECORD_DATE, text, RECORD_FROM_XMP);
    } else if (strcmp(name, "dc:identifier") == 0 && strchr(text, '/')) {
        const char *slash = strchr(text, '/');
        record_set(record, RECORD_NUMBER, pool_strndup(record->pool, text, (size_t)(slash - text)),
                   RECORD_FROM_XMP);
        record_set(record, RECORD_SYMBOL, slash + 1, RECORD_FROM_XMP);
    }
}

/* Only of files this program made: what others put there is often about another document. */
void record_add_xmp(struct record *record, const char *xmp, size_t n) {
    struct diag *unheard = diag_new(LANG_EN);
    struct xml_node *root = xml_parse(record->pool, xmp, n, (struct where){.file = "XMP"}, unheard);
    bool ours = false;
    for (const struct xml_node *at = root; at; at = xml_next(root, at))
        ours |= at->qname && strcmp(at->qname, "pdf:Producer") == 0 &&
                strcmp(all_text(record->pool, at), "congvan") == 0;
    for (const struct xml_node *at = root; ours && at; at = xml_next(root, at))
        if (at->qname)
            add_property(record, at->qname, all_text(record->pool, at));
    diag_free(unheard);
}
