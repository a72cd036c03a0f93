#include "layout/apart.h"

#include <stdlib.h>

void apart_begin_page(struct layout *l) {
    l->stood_before = l->stood.n;
}

void apart_open(struct layout *l, const struct shape *s) {
    l->keeps_apart |= s->apart;
}

/* What is the same in every pass. */
static const void *identity(const struct shape *s) {
    return s->made_from ? s->made_from : s;
}

/* ---- on a page ---- */

enum { MOST_MOVES = 256, MOST_KEPT = 256 }; /* more are not kept apart from */

static size_t first_kept(const struct layout *l) {
    size_t n = l->stood.n;
    return n - l->stood_before > MOST_KEPT ? n - MOST_KEPT : l->stood_before;
}

static bool avoids(const struct shape *a, const struct stood *b) {
    return a->is_table == b->is_table && (a->apart || b->apart);
}

static bool meets(const struct box *a, const struct stood *b) {
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static const struct stood *in_the_way(const struct layout *l, const struct shape *s,
                                      const struct box *box) {
    for (size_t i = first_kept(l); i < l->stood.n; i++)
        if (avoids(s, &l->stood.at[i]) && meets(box, &l->stood.at[i]))
            return &l->stood.at[i];
    return NULL;
}

static void move_clear(const struct layout *l, const struct shape *s, struct box *box,
                       int64_t right) {
    const struct box first = *box;
    int64_t below = INT64_MAX;
    for (int i = 0; i < MOST_MOVES; i++) {
        const struct stood *other = in_the_way(l, s, box);
        if (!other)
            return;
        below = smaller(below, other->y + other->height);
        box->x = other->x + other->width;
        if (box->x + box->width <= right)
            continue;
        box->x = first.x;
        box->y = below;
        below = INT64_MAX;
    }
    *box = first;
}

/* A part of a group goes where the group went. */
static void move_along(const struct layout *l, const struct shape *s, struct box *box) {
    for (size_t i = l->stood.n; i-- > first_kept(l);)
        if (l->stood.at[i].made_from == identity(s->moves_with)) {
            box->x += l->stood.at[i].moved_x;
            box->y += l->stood.at[i].moved_y;
            return;
        }
}

void apart_place(struct layout *l, const struct shape *s, struct box *box, int64_t right) {
    if (!l->keeps_apart || l->repeating || l->in_shape)
        return;
    if (s->moves_with)
        move_along(l, s, box);
    if (s->wrap == WRAP_NONE)
        return;
    const struct box first = *box;
    move_clear(l, s, box, right);
    *VEC_PUSH(l->pool, &l->stood) = (struct stood){.made_from = identity(s),
                                                   .apart = s->apart,
                                                   .is_table = s->is_table,
                                                   .x = box->x,
                                                   .y = box->y,
                                                   .width = box->width,
                                                   .height = box->height,
                                                   .moved_x = box->x - first.x,
                                                   .moved_y = box->y - first.y};
}

/* ---- from pass to pass ---- */

static bool has_moved(const struct stood *s) {
    return s->moved_x || s->moved_y;
}

struct moved apart_known(const struct layout *l, const struct shape *s) {
    for (size_t i = 0; i < l->known_moves.n; i++)
        if (l->known_moves.at[i].made_from == identity(s))
            return (struct moved){l->known_moves.at[i].moved_x, l->known_moves.at[i].moved_y};
    return (struct moved){0};
}

enum { CLOSE = 500 };

bool apart_settled(const struct layout *l) {
    size_t n = 0;
    for (size_t i = 0; i < l->stood.n; i++) {
        const struct stood *s = &l->stood.at[i];
        if (!has_moved(s))
            continue;
        const struct stood *known = n < l->known_moves.n ? &l->known_moves.at[n++] : NULL;
        if (!known || known->made_from != s->made_from ||
            llabs(known->moved_x - s->moved_x) > CLOSE ||
            llabs(known->moved_y - s->moved_y) > CLOSE)
            return false;
    }
    return n == l->known_moves.n;
}

void apart_learn(struct layout *l) {
    l->known_moves.n = 0;
    for (size_t i = 0; i < l->stood.n; i++)
        if (has_moved(&l->stood.at[i]))
            *VEC_PUSH(l->lasting, &l->known_moves) = l->stood.at[i];
}
