#include "layout/running.h"

#include "base/buf.h"

#include <string.h>

/* ---- pages of a section ---- */

static size_t ordinal_of(const struct layout *l, const struct wml_section *section) {
    size_t n = 0;
    for (const struct wml_section *s = l->document->sections; s && s != section; s = s->next)
        n++;
    return n;
}

void running_page(struct layout *l, const struct wml_section *section) {
    if (section != l->latest_section)
        l->latest_ordinal = ordinal_of(l, section);
    l->latest_section = section;
    while (l->found_section_pages.n <= l->latest_ordinal)
        *VEC_PUSH(l->pool, &l->found_section_pages) = 0;
    l->found_section_pages.at[l->latest_ordinal]++;
}

int running_section_pages(const struct layout *l) {
    size_t n = ordinal_of(l, l->frame.section);
    return n < l->known_section_pages.n ? l->known_section_pages.at[n] : 1;
}

/* ---- text in a style ---- */

static bool is_wanted(const struct document *d, const char *style_id) {
    for (size_t i = 0; style_id && i < d->style_text_count; i++)
        if (strcmp(d->style_texts[i].style_id, style_id) == 0)
            return true;
    return false;
}

static const char *text_of(struct layout *l, const struct para *para) {
    struct buf out = {0};
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        bool hidden = item->props && item->props->hidden;
        if (item->kind == INLINE_TEXT && item->text && !hidden)
            buf_puts(&out, item->text);
        else if (item->kind == INLINE_TAB || item->kind == INLINE_LINE_BREAK)
            buf_putc(&out, ' ');
    }
    const char *text = pool_strdup(l->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

void running_mark(struct layout *l, const struct para *para, struct extras **extras) {
    if (l->story == IN_MARGIN || !is_wanted(l->document, para->props->style_id))
        return;
    const char *text = text_of(l, para);
    if (!text[strspn(text, " ")])
        return;
    if (!*extras)
        *extras = POOL_NEW(l->pool, struct extras);
    (*extras)->style_id = para->props->style_id;
    (*extras)->style_text = text;
}

void running_found(struct layout *l, const struct extras *extras) {
    if (extras->style_id && !l->repeating)
        *VEC_PUSH(l->pool, &l->found_texts) =
            (struct running_text){extras->style_id, extras->style_text, l->pages->at.n};
}

const char *running_text(const struct layout *l, const struct style_text *wanted) {
    const struct running_text *t;
    const char *here = NULL, *before = NULL, *after = NULL;
    size_t page = l->pages->at.n;
    VEC_EACH (t, &l->known_texts) {
        if (strcmp(t->style_id, wanted->style_id) != 0)
            continue;
        if (t->page < page)
            before = t->text;
        else if (t->page == page)
            here = here && !wanted->last ? here : t->text;
        else
            after = after ? after : t->text;
    }
    return here ? here : before ? before : after ? after : "";
}

/* ---- passes ---- */

void running_begin(struct layout *l) {
    l->found_section_pages.n = l->found_texts.n = 0;
    l->latest_section = NULL;
    l->uses_running = false;
}

static bool same_pages(const struct layout *l) {
    size_t n = l->found_section_pages.n;
    return n == l->known_section_pages.n &&
           (!n || memcmp(l->found_section_pages.at, l->known_section_pages.at,
                         n * sizeof *l->found_section_pages.at) == 0);
}

static bool same_texts(const struct layout *l) {
    if (l->found_texts.n != l->known_texts.n)
        return false;
    for (size_t i = 0; i < l->found_texts.n; i++) {
        const struct running_text *a = &l->found_texts.at[i], *b = &l->known_texts.at[i];
        if (a->page != b->page || strcmp(a->text, b->text) != 0)
            return false;
    }
    return true;
}

bool running_settled(const struct layout *l) {
    return !l->uses_running || (same_pages(l) && same_texts(l));
}

void running_learn(struct layout *l) {
    l->known_section_pages.n = l->known_texts.n = 0;
    for (size_t i = 0; i < l->found_section_pages.n; i++)
        *VEC_PUSH(l->pool, &l->known_section_pages) = l->found_section_pages.at[i];
    for (size_t i = 0; i < l->found_texts.n; i++)
        *VEC_PUSH(l->pool, &l->known_texts) = l->found_texts.at[i];
}
