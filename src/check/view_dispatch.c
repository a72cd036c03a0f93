/* A dispatch's lines, in the order and the form in which they will be printed. */
#include "check/view.h"
#include "base/utf8.h"
#include "check/words.h"

#include <string.h>

static struct line *put(struct view *view, enum element element, const char *raw,
                        struct where where) {
    struct line *line = view_add(view, raw);
    line->element = element;
    line->where = where;
    line->opens = true;
    return line;
}

static const char *text_of(const struct view *view, const char *key) {
    const struct field *field = dispatch_field(view->dispatch, key);
    return field ? field->text.s : NULL;
}

/* Each line of a field, at the place of the field. */
static void put_field(struct view *view, enum element element, const char *key) {
    const struct field *field = dispatch_field(view->dispatch, key);
    if (!field || field->kind != FIELD_TEXT)
        return;
    char *rest = pool_strdup(view->pool, field->text.s);
    for (char *line; (line = strsep(&rest, "\n")) != NULL;)
        put(view, element, line, field->where)->given = true;
}

static void put_list(struct view *view, enum element element, const char *key) {
    const struct field *field = dispatch_field(view->dispatch, key);
    const struct text *item;
    if (field)
        VEC_EACH (item, &field->items)
            put(view, element, pool_concat(view->pool, "- ", item->s, NULL), item->where);
}

static void put_heading(struct view *view) {
    const struct dispatch *d = view->dispatch;
    const struct field *symbol = dispatch_field(d, "ky hieu");
    const struct field *place = dispatch_field(d, "dia danh");
    const struct field *day = dispatch_field(d, "ngay");
    put_field(view, ELEMENT_GOVERNING, "chu quan");
    put_field(view, ELEMENT_AGENCY, "co quan");
    if (symbol)
        put(view, ELEMENT_NUMBER,
            pool_concat(view->pool, "Số: ", text_of(view, "so"), "/", symbol->text.s, NULL),
            symbol->where);
    if (place && day)
        put(view, ELEMENT_DATE,
            pool_concat(view->pool, place->text.s, ", ngày ", day->text.s, " tháng ",
                        text_of(view, "thang"), " năm ", text_of(view, "nam"), NULL),
            place->where);
}

/* Box 5a, or 5b of a công văn. What a letter (thư công) is called is its type too. */
static void put_subject(struct view *view) {
    const struct field *field = dispatch_field(view->dispatch, "trich yeu");
    const struct profile *profile = view->profile;
    bool named = view_named(view);
    if (named && profile && profile->required[SECTION_TEN_LOAI])
        put(view, ELEMENT_TYPE, profile->printed, view->dispatch->type_where);
    if (!field)
        return;
    char *copy = pool_strdup(view->pool, field->text.s);
    for (char *p = copy; *p; p++)
        if (*p == '\n')
            *p = ' ';
    bool type = named && profile &&
                profile_shown_by(profile, letters_of(view->pool, utf8_fold(view->pool, copy)));
    put(view,
        type    ? ELEMENT_TYPE
        : named ? ELEMENT_TITLE
                : ELEMENT_SUBJECT,
        named ? copy : pool_concat(view->pool, "V/v ", copy, NULL), field->where)
        ->given = true;
}

/* One recipient is printed beside the label, several below it. */
static void put_recipients(struct view *view) {
    const struct field *one = dispatch_field(view->dispatch, "mot kinh gui");
    if (one && one->items.n)
        put(view, ELEMENT_TO, pool_concat(view->pool, "Kính gửi: ", one->items.at[0].s, NULL),
            one->items.at[0].where);
    else
        put_list(view, ELEMENT_TO_ITEM, "kinh gui");
}

static const char *paragraph_text(struct pool *pool, const struct paragraph *paragraph) {
    struct buf text = {0};
    const struct span *span;
    VEC_EACH (span, &paragraph->spans)
        if (span->text)
            buf_puts(&text, span->text);
    const char *copy = pool_strdup(pool, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void put_paragraph(struct view *view, enum element element,
                          const struct paragraph *paragraph) {
    const char *text = paragraph_text(view->pool, paragraph);
    if (text[strspn(text, " \t")])
        put(view, element, text, paragraph->where)->given = true;
}

static void put_table(struct view *view, const struct body_table *table, size_t number) {
    for (size_t r = 0; r < table->rows.n; r++)
        for (size_t c = 0; c < table->columns; c++) {
            size_t before = view->lines.n;
            put_paragraph(view, ELEMENT_CELL, &table->rows.at[r].cells[c]);
            if (view->lines.n == before)
                continue;
            struct line *line = &view->lines.at[before];
            line->where = table->rows.at[r].where;
            line->table = number;
            line->row = r + 1;
            line->cell = c + 1;
            line->row_cells = table->columns;
        }
}

/* What a copy is of is another document. */
static bool is_copy(const struct view *view) {
    return view->profile && !view->profile->required[SECTION_QUOC_HIEU];
}

static void put_body(struct view *view) {
    const struct body *body = view->dispatch->body;
    size_t tables = 0;
    const struct body_block *block;
    if (!body || is_copy(view))
        return;
    VEC_EACH (block, &body->blocks)
        if (block->kind == BLOCK_TABLE)
            put_table(view, &block->table, ++tables);
        else
            put_paragraph(view, ELEMENT_BODY, &block->paragraph);
    const struct note *note;
    VEC_EACH (note, &body->notes)
        for (size_t i = 0; i < note->paragraphs.n; i++)
            put_paragraph(view, ELEMENT_NOTE, &note->paragraphs.at[i]);
}

struct view *view_of_dispatch(struct pool *pool, const struct dispatch *dispatch,
                              const struct profile *profile, const struct check_raw *raw) {
    struct view *view = POOL_NEW(pool, struct view);
    *view = (struct view){
        .pool = pool, .dispatch = dispatch, .profile = profile, .raw = raw, .path = dispatch->path};
    view->type = utf8_fold(pool, dispatch->type);
    put_heading(view);
    put_subject(view);
    put_field(view, ELEMENT_SECRECY, "do mat");
    put_field(view, ELEMENT_URGENCY, "do khan");
    put_recipients(view);
    put_body(view);
    put_list(view, ELEMENT_COPIES_ITEM, "noi nhan");
    const struct field *kept = dispatch_field(dispatch, "luu");
    if (kept)
        put(view, ELEMENT_KEPT, pool_concat(pool, "- Lưu: ", kept->text.s, NULL), kept->where);
    put_field(view, ELEMENT_AUTHORITY, "quyen han");
    put_field(view, ELEMENT_POSITION, "chuc vu");
    put_field(view, ELEMENT_NAME, "ho ten");
    put_field(view, ELEMENT_ADDRESS, "dia chi");
    recognise_body(view);
    return view;
}
