/* What is done to a page as a whole: its borders (17.6.10), and the body moved to the middle or the
 * foot (17.6.22). */
#include "layout/border.h"
#include "layout/paginate.h"

static bool has_borders(const struct paginator *p) {
    const struct wml_section *s = p->section;
    return s->border_pages == BORDERS_ON_ALL ||
           (s->border_pages == BORDERS_ON_FIRST) == p->section_first;
}

/* From the edge of the page or of the text to the middle of the border. */
static int64_t off(const struct border *b) {
    return clamp(b->space, 0, MAX_LENGTH) + length(b->width) / 2;
}

void sheet_borders(struct paginator *p) {
    const struct wml_section *s = p->section;
    const struct border *b = s->borders;
    if (!has_borders(p))
        return;
    int64_t left = off(&b[EDGE_LEFT]), top = off(&b[EDGE_TOP]);
    int64_t right = length(s->page_width) - off(&b[EDGE_RIGHT]);
    int64_t bottom = length(s->page_height) - off(&b[EDGE_BOTTOM]);
    if (!s->borders_from_page) { /* around the header and footer, too */
        int64_t above = p->header.flow && !s->borders_below_header ? length(s->header) : p->top;
        int64_t below = p->footer.flow && !s->borders_above_footer
                            ? length(s->footer)
                            : length(s->page_height) - p->top - p->room;
        left = left_margin(s, p->number) - left;
        top = above - top;
        right = left_margin(s, p->number) + text_width(s) + off(&b[EDGE_RIGHT]);
        bottom = length(s->page_height) - below + off(&b[EDGE_BOTTOM]);
    }
    int64_t half_left = length(b[EDGE_LEFT].width) / 2,
            half_right = length(b[EDGE_RIGHT].width) / 2;
    border_push(p->l, &b[EDGE_TOP], left - half_left, top, right + half_right, top);
    border_push(p->l, &b[EDGE_LEFT], left, top, left, bottom);
    border_push(p->l, &b[EDGE_RIGHT], right, top, right, bottom);
    border_push(p->l, &b[EDGE_BOTTOM], left - half_left, bottom, right + half_right, bottom);
}

/* ---- where the body stands ---- */

struct body_mark sheet_mark(const struct paginator *p) {
    const struct pages *pages = p->pages;
    const struct page *page = p->l->frame.page;
    return (struct body_mark){page->draws.n, page->links.n, page->slots.n, pages->places.n,
                              pages->outline.n};
}

void sheet_align(struct paginator *p, struct body_mark from) {
    struct pages *pages = p->pages;
    struct page *page = p->l->frame.page;
    int64_t spare = p->room - p->notes.height - p->deepest;
    if (p->section->v_align == V_TOP || spare <= 0)
        return;
    mpt by = coordinate(p->section->v_align == V_CENTER ? spare / 2 : spare);
    for (size_t i = from.draws; i < page->draws.n; i++)
        draw_move(&page->draws.at[i], 0, by);
    for (size_t i = from.links; i < page->links.n; i++)
        page->links.at[i].y += by;
    for (size_t i = from.slots; i < page->slots.n; i++)
        page->slots.at[i].y += by;
    for (size_t i = from.places; i < pages->places.n; i++)
        pages->places.at[i].y += by;
    for (size_t i = from.outline; i < pages->outline.n; i++)
        pages->outline.at[i].y += by;
}
