#include "layout/tag.h"
#include "base/buf.h"
#include "layout/text.h"

#include <string.h>

static bool is_tagged(const struct layout *l) {
    return l->story != IN_MARGIN && !l->untagged;
}

static uint32_t push_tag(struct layout *l, struct layout_tag tag) {
    *VEC_PUSH(l->pool, &l->pages->tags) = tag;
    return (uint32_t)(l->pages->tags.n - 1);
}

void tag_begin(struct layout *l) {
    l->container = l->tag = 0;
    push_tag(l, (struct layout_tag){.role = ROLE_DOCUMENT});
}

uint32_t tag_open(struct layout *l, enum tag_role role, int level) {
    if (!is_tagged(l))
        return 0;
    return push_tag(l, (struct layout_tag){.role = role, .level = level, .parent = l->container});
}

uint32_t tag_figure(struct layout *l, uint32_t parent, const char *description) {
    if (!is_tagged(l))
        return 0;
    return push_tag(
        l, (struct layout_tag){.role = ROLE_FIGURE, .parent = parent, .text = description});
}

uint32_t tag_link(struct layout *l) {
    if (!is_tagged(l) || !l->tag)
        return 0;
    return push_tag(l, (struct layout_tag){.role = ROLE_LINK, .parent = l->tag});
}

uint32_t tag_para(struct layout *l, const struct para *para) {
    int level = para->props->outline_level;
    if (!l->text->atoms.n)
        return 0;
    return level >= 0 ? tag_open(l, ROLE_HEADING, level + 1) : tag_open(l, ROLE_PARAGRAPH, 0);
}

/* ---- the outline ---- */

static void add_words(struct buf *out, const char *s) {
    for (; *s; s++) {
        bool space = *s == ' ' || *s == '\t' || *s == '\n' || *s == '\r';
        if (!space)
            buf_putc(out, *s);
        else if (out->len && buf_text(out)[out->len - 1] != ' ')
            buf_putc(out, ' ');
    }
}

/* The text of a paragraph on one line, white space as single spaces; "" if there is none. */
static char *plain_text(struct layout *l, const struct para *para) {
    struct buf out = {0};
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        if (item->props && item->props->hidden)
            continue;
        if (item->kind == INLINE_TEXT && item->text)
            add_words(&out, item->text);
        else if (item->kind == INLINE_NO_BREAK_HYPHEN)
            buf_putc(&out, '-');
        else if (item->kind >= INLINE_TAB && item->kind <= INLINE_COLUMN_BREAK)
            add_words(&out, " ");
    }
    size_t n = out.len;
    while (n && buf_text(&out)[n - 1] == ' ')
        n--;
    char *text = pool_strndup(l->pool, n ? buf_text(&out) : "", n);
    buf_free(&out);
    return text;
}

void tag_heading(struct layout *l, const struct para *para, struct extras **extras) {
    if (para->props->outline_level < 0 || !is_tagged(l))
        return;
    const char *text = plain_text(l, para);
    if (!*text)
        return;
    if (!*extras)
        *extras = POOL_NEW(l->pool, struct extras);
    (*extras)->heading = text;
    (*extras)->level = para->props->outline_level + 1;
}

/* ---- on the page ---- */

static struct page_place place_here(const struct layout *l, const char *name, int level, mpt y) {
    return (struct page_place){.name = name, .level = level, .page = l->pages->at.n - 1, .y = y};
}

void tag_emit(struct layout *l, const struct extras *extras, mpt x, mpt y) {
    const struct page_link *link;
    const struct page_slot *slot;
    const char **name;
    VEC_EACH (link, &extras->links) {
        struct page_link *to = VEC_PUSH(l->pool, &l->frame.page->links);
        *to = *link;
        to->x += x;
        to->y += y;
    }
    VEC_EACH (slot, &extras->slots) {
        struct page_slot *to = VEC_PUSH(l->pool, &l->frame.page->slots);
        *to = *slot;
        to->x += x;
        to->y += y;
    }
    if (l->repeating)
        return;
    VEC_EACH (name, &extras->places)
        *VEC_PUSH(l->pool, &l->pages->places) = place_here(l, *name, 0, y);
    if (extras->heading)
        *VEC_PUSH(l->pool, &l->pages->outline) = place_here(l, extras->heading, extras->level, y);
}
