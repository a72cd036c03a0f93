#include "layout/running.h"

#include "base/buf.h"

#include <string.h>

/* ---- pages of a section ---- */

void running_page(struct layout *l, const struct wml_section *section) {
    while (l->found_section_pages.n <= section->ordinal)
        *VEC_PUSH(l->pool, &l->found_section_pages) = 0;
    l->found_section_pages.at[section->ordinal]++;
}

int running_section_pages(const struct layout *l) {
    size_t n = l->frame.section->ordinal;
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

/* Where in `list`, which goes page by page, the first one at or behind `page` is. */
static size_t first_from(const struct running_list *list, size_t page) {
    size_t low = 0, high = list->at.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->at.at[middle].page < page)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct running_list *known_list(const struct layout *l, const char *style_id,
                                       enum running_kind kind) {
    struct running_list *list;
    VEC_EACH (list, &l->known_lists)
        if (list->kind == kind && strcmp(list->style_id, style_id) == 0)
            return list;
    return NULL;
}

/* What the page in hand has, else the pages before it have last; NULL: nothing up to here. */
static const char *said_up_to_here(const struct layout *l, const struct running_list *list,
                                   bool last) {
    size_t page = l->pages->at.n, here = first_from(list, page), next = first_from(list, page + 1);
    if (here < next)
        return list->at.at[last ? next - 1 : here].said;
    return here ? list->at.at[here - 1].said : NULL;
}

const char *running_text(const struct layout *l, const struct style_text *wanted) {
    const struct running_list *list = known_list(l, wanted->style_id, RUNNING_TEXT);
    if (!list || !list->at.n)
        return "";
    const char *said = said_up_to_here(l, list, wanted->last);
    return said ? said : list->at.at[0].said;
}

const char *running_chapter(struct layout *l, const struct wml_section *section) {
    if (!section->chapter_style)
        return "";
    l->uses_running = true;
    const struct running_list *list = known_list(l, section->chapter_style, RUNNING_CHAPTER);
    const char *chapter = list ? said_up_to_here(l, list, false) : NULL;
    return chapter && *chapter ? pool_printf(l->pool, "%s%s", chapter, section->chapter_mark) : "";
}

/* ---- passes ---- */

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

static void keep(struct layout *l, enum running_kind kind, const struct running_text *found,
                 const char *said) {
    if (!said)
        return;
    struct running_list *list = known_list(l, found->style_id, kind);
    if (!list) {
        list = VEC_PUSH(l->lasting, &l->known_lists);
        *list = (struct running_list){.style_id = found->style_id, .kind = kind};
    }
    *VEC_PUSH(l->lasting, &list->at) = (struct running_said){found->page, said};
}

void running_learn(struct layout *l) {
    struct running_list *list;
    VEC_EACH (list, &l->known_lists)
        list->at.n = 0;
    l->known_section_pages.n = l->known_texts.n = 0;
    for (size_t i = 0; i < l->found_section_pages.n; i++)
        *VEC_PUSH(l->lasting, &l->known_section_pages) = l->found_section_pages.at[i];
    for (size_t i = 0; i < l->found_texts.n; i++) {
        const struct running_text *found = &l->found_texts.at[i];
        *VEC_PUSH(l->lasting, &l->known_texts) = *found;
        keep(l, RUNNING_TEXT, found, found->text);
        keep(l, RUNNING_CHAPTER, found, found->chapter);
    }
}
