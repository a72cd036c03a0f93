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
    if (l->story == IN_MARGIN)
        return;
    const char *text = is_wanted(l->document, para->props->style_id) ? text_of(l, para) : NULL;
    if (text && !text[strspn(text, " ")])
        text = NULL;
    if (!text && !para->chapter)
        return;
    if (!*extras)
        *extras = POOL_NEW(l->pool, struct extras);
    (*extras)->style_id = para->props->style_id;
    (*extras)->style_text = text;
    (*extras)->chapter = para->chapter;
}

void running_found(struct layout *l, const struct extras *extras) {
    if (extras->style_id && !l->repeating)
        *VEC_PUSH(l->pool, &l->found_texts) = (struct running_text){
            extras->style_id, extras->style_text, extras->chapter, l->pages->at.n};
}

/* What the page in hand has in a style, what the pages before it have last, and those after it
 * first. */
struct sighting {
    const char *here, *before, *after;
};

static void see(struct sighting *seen, size_t at, size_t page, const char *text, bool last) {
    if (at < page)
        seen->before = text;
    else if (at == page)
        seen->here = seen->here && !last ? seen->here : text;
    else if (!seen->after)
        seen->after = text;
}

const char *running_text(const struct layout *l, const struct style_text *wanted) {
    const struct running_text *t;
    struct sighting seen = {0};
    VEC_EACH (t, &l->known_texts)
        if (t->text && strcmp(t->style_id, wanted->style_id) == 0)
            see(&seen, t->page, l->pages->at.n, t->text, wanted->last);
    return seen.here ? seen.here : seen.before ? seen.before : seen.after ? seen.after : "";
}

const char *running_chapter(struct layout *l, const struct wml_section *section) {
    const struct running_text *t;
    struct sighting seen = {0};
    if (!section->chapter_style)
        return "";
    l->uses_running = true;
    VEC_EACH (t, &l->known_texts)
        if (t->chapter && strcmp(t->style_id, section->chapter_style) == 0)
            see(&seen, t->page, l->pages->at.n, t->chapter, false);
    const char *chapter = seen.here ? seen.here : seen.before;
    return chapter && *chapter ? pool_printf(l->pool, "%s%s", chapter, section->chapter_mark) : "";
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

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_texts(const struct layout *l) {
    if (l->found_texts.n != l->known_texts.n)
        return false;
    for (size_t i = 0; i < l->found_texts.n; i++) {
        const struct running_text *a = &l->found_texts.at[i], *b = &l->known_texts.at[i];
        if (a->page != b->page || !same_text(a->text, b->text) ||
            !same_text(a->chapter, b->chapter))
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
