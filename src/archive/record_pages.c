/* A dispatch read off its pages, whose lines the recogniser of the checks has told apart
 * (view_of_pages in check/view.h). */
#include "archive/record.h"

#include "base/utf8.h"
#include "check/view.h"
#include "check/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- fields ---- */

/* The lines of an element as one. */
static const char *joined(const struct view *view, enum element element) {
    struct buf text = {0};
    const struct line *line;
    VEC_EACH (line, &view->lines)
        if (line->element == element) {
            if (text.len && !splits_word(text.data))
                buf_putc(&text, ' ');
            buf_puts(&text, line->text);
        }
    const char *copy = tidy(view->pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void set_joined(struct record *record, enum record_key key, const struct view *view,
                       enum element element) {
    record_set(record, key, joined(view, element), RECORD_FROM_PAGES);
}

/* "- Sở Nội vụ;" -> "Sở Nội vụ" */
static const char *bare_item(struct pool *pool, const char *text) {
    while (has_bullet(text) || *text == ' ')
        text += first_char(text) < 0x80 ? 1 : 3;
    return value_item(pool, tidy(pool, text), "");
}

static void add_items(struct record *record, struct record_list *list, const struct view *view,
                      enum element element) {
    const struct line *line;
    if (list->from == RECORD_FROM_INI)
        return;
    VEC_EACH (line, &view->lines) {
        const char *text = line->text;
        if (element == ELEMENT_TO_ITEM && line->element == ELEMENT_TO)
            text = strchr(text, ':') ? strchr(text, ':') + 1 : "";
        else if (line->element != element)
            continue;
        if (text[strspn(text, " ")])
            *VEC_PUSH(record->pool, &list->at) = bare_item(record->pool, text);
    }
    list->from = list->at.n ? RECORD_FROM_PAGES : list->from;
}

static enum record_source stamped(const struct pages_text *text, const char *value) {
    const struct stamped_text *stamp;
    VEC_EACH (stamp, &text->stamps) {
        const char *shown = stamp->text + strspn(stamp->text, " \t\n0");
        size_t n = strcspn(shown, " \t\n");
        value += strspn(value, "0");
        if (n && strlen(value) == n && memcmp(shown, value, n) == 0)
            return RECORD_FROM_STAMP;
    }
    return RECORD_FROM_PAGES;
}

/* "Số: 05/UBND-VP", with spaces where a stamp was put. */
static void set_number(struct record *record, const struct view *view,
                       const struct pages_text *text) {
    const struct line *line = view_first(view, ELEMENT_NUMBER);
    const char *slash = line ? strchr(line->text, '/') : NULL;
    if (!slash)
        return;
    const char *digits = line->text + strcspn(line->text, "0123456789/");
    const char *number =
        tidy(record->pool, pool_strndup(record->pool, digits, (size_t)(slash - digits)));
    const char *symbol = slash + 1 + strspn(slash + 1, " ");
    size_t n = strcspn(symbol, " ,;");
    if (is_digit((unsigned char)*number) && !strchr(number, ' '))
        record_set(record, RECORD_NUMBER, number, stamped(text, number));
    if (is_letter(first_char(symbol)))
        record_set(record, RECORD_SYMBOL, pool_strndup(record->pool, symbol, n), RECORD_FROM_PAGES);
}

static void set_date(struct record *record, const struct view *view,
                     const struct pages_text *text) {
    const struct day *day = &view->date;
    if (!day_exists(day->year, day->month, day->day) || day->year < 1000)
        return;
    record_set(record, RECORD_DATE,
               pool_printf(record->pool, "%04d-%02d-%02d", day->year, day->month, day->day),
               stamped(text, pool_printf(record->pool, "%d", day->day)));
}

static void set_subject(struct record *record, const struct view *view) {
    const char *subject = joined(view, ELEMENT_SUBJECT);
    const char *title = joined(view, ELEMENT_TITLE);
    record_set(record, RECORD_SUBJECT, value_subject(*subject ? subject : title),
               RECORD_FROM_PAGES);
}

static void set_type(struct record *record, const struct view *view) {
    const struct type_row *type = view->type ? type_by_name(view->type) : NULL;
    record_set(record, RECORD_TYPE, type ? type->name : NULL, RECORD_FROM_PAGES);
}

/* The subject's lines are one paragraph, whatever stands beside them. */
static void put_text(const struct view *view, struct buf *out) {
    const struct line *line;
    bool done[ELEMENTS] = {false};
    VEC_EACH (line, &view->lines) {
        bool subject = line->element == ELEMENT_SUBJECT || line->element == ELEMENT_TITLE;
        if (subject && done[line->element])
            continue;
        done[line->element] = true;
        buf_puts(out, subject ? joined(view, line->element) : line->text);
        buf_putc(out, '\n');
    }
}

void record_add_pages(struct record *record, const struct pages_text *text) {
    struct pool *pool = record->pool;
    struct view *view = view_of_pages(pool, text->pages.at, text->pages.n, NULL, NULL);
    record->pages = (int)text->pages.n;
    set_type(record, view);
    set_number(record, view, text);
    set_date(record, view, text);
    set_joined(record, RECORD_PARENT, view, ELEMENT_GOVERNING);
    set_joined(record, RECORD_AGENCY, view, ELEMENT_AGENCY);
    set_joined(record, RECORD_AUTHORITY, view, ELEMENT_AUTHORITY);
    set_joined(record, RECORD_POSITION, view, ELEMENT_POSITION);
    set_joined(record, RECORD_SIGNATORY, view, ELEMENT_NAME);
    set_joined(record, RECORD_URGENCY, view, ELEMENT_URGENCY);
    set_joined(record, RECORD_SECRECY, view, ELEMENT_SECRECY);
    set_subject(record, view);
    add_items(record, &record->to, view, ELEMENT_TO_ITEM);
    add_items(record, &record->copies, view, ELEMENT_COPIES_ITEM);
    struct buf all = {0};
    put_text(view, &all);
    record_add_text(record, buf_text(&all), RECORD_FROM_PAGES);
    buf_free(&all);
}
