#include "layout/starts.h"

static bool is_uneven(const struct wml_section *s) {
    for (size_t k = 1; s->column_widths && k < column_count(s); k++)
        if (s->column_widths[k] != s->column_widths[0])
            return true;
    return false;
}

mpt starts_narrowest(const struct wml_section *s) {
    mpt width = column_at(s, 0).width;
    for (size_t k = 1; s->column_widths && k < column_count(s); k++)
        width = (mpt)smaller(width, column_at(s, k).width);
    return width;
}

static bool is_after(const struct column_start *start, size_t block, size_t atom) {
    return start->block > block || (start->block == block && start->atom > atom);
}

mpt starts_width(struct layout *l, const struct flow *flow, size_t atom) {
    const struct column_start *at = l->known_starts.at;
    size_t n = l->known_starts.n;
    if (!flow->is_body || !flow->section || !is_uneven(flow->section))
        return flow->width;
    while (l->next_start + 1 < n && !is_after(&at[l->next_start + 1], flow->blocks, atom))
        l->next_start++;
    if (n == 0 || at[l->next_start].section != flow->section ||
        is_after(&at[l->next_start], flow->blocks, atom))
        return starts_narrowest(flow->section);
    return at[l->next_start].width;
}

void starts_found(struct paginator *p, const struct wml_section *s, size_t k) {
    size_t i = p->next.strip;
    if (!is_uneven(s) || i >= p->flow->strips.n)
        return;
    const struct strip *strip = &p->flow->strips.at[i];
    *VEC_PUSH(p->l->pool, &p->l->found_starts) =
        (struct column_start){.section = s,
                              .block = strip->block,
                              .atom = strip->atom + p->next.inside,
                              .width = column_at(s, k).width};
}

bool starts_are_pinned(const struct paginator *p, const struct band *band) {
    return p->l->pinned && is_uneven(band->section);
}

size_t starts_pinned(const struct paginator *p, const struct band *band) {
    const struct layout *l = p->l;
    size_t next = l->found_starts.n; /* the one after that of the column in hand */
    if (!starts_are_pinned(p, band) || next >= l->known_starts.n ||
        l->known_starts.at[next].section != band->section)
        return band->to;
    const struct column_start *start = &l->known_starts.at[next];
    for (size_t i = p->next.strip + 1; i < band->to; i++) {
        const struct strip *s = &p->flow->strips.at[i];
        if (s->block > start->block || (s->block == start->block && s->atom >= start->atom))
            return i;
    }
    return band->to;
}

static bool same_start(const struct column_start *a, const struct column_start *b) {
    return a->section == b->section && a->block == b->block && a->atom == b->atom &&
           a->width == b->width;
}

/* How many columns begin where the last pass found them. */
static size_t common(const struct layout *l) {
    size_t n = 0;
    while (n < l->found_starts.n && n < l->known_starts.n &&
           same_start(&l->found_starts.at[n], &l->known_starts.at[n]))
        n++;
    return n;
}

bool starts_settled(const struct layout *l) {
    return l->found_starts.n == l->known_starts.n && common(l) == l->found_starts.n;
}

void starts_learn(struct layout *l) {
    const struct column_start *start;
    l->known_starts.n = 0;
    VEC_EACH (start, &l->found_starts)
        *VEC_PUSH(l->lasting, &l->known_starts) = *start;
}

void starts_give_up(struct layout *l) {
    size_t certain = common(l);
    starts_learn(l);
    if (certain >= l->known_starts.n)
        return;
    l->known_starts.n = certain + 1;
    struct column_start *rest = &l->known_starts.at[certain];
    rest->width = starts_narrowest(rest->section);
}

bool starts_kept(const struct layout *l) {
    return common(l) + 1 >= l->known_starts.n;
}
