/* Legends of charts (21.2.2.94). */
#include "layout/chart_parts.h"

enum { PAD = 7000, GAP = 4000, KEY_LINE = 24000, ENTRIES_MOST = 500 };

struct entry {
    struct words words;
    const struct chart_look *look;
    const struct chart_marker *marker; /* NULL: a square of its fill */
    bool line;
};
struct entries {
    const struct canvas *c;
    int64_t room; /* across, for the words of one */
    VEC(struct entry) at;
    int64_t key; /* width of the widest key */
    int64_t width, pitch;
};

static bool is_line(const struct chart_group *g) {
    return g->kind == CHART_LINE || (g->kind == CHART_SCATTER && !g->bubbles) ||
           (g->kind == CHART_RADAR && !g->filled);
}

static void add(struct entries *e, const struct chart_group *group, const char *text,
                const struct chart_look *look, const struct chart_marker *marker) {
    const struct canvas *c = e->c;
    if (e->at.n >= ENTRIES_MOST)
        return;
    struct entry *entry = VEC_PUSH(c->l->pool, &e->at);
    int64_t square = c->chart->legend.props->size * 55 / 100;
    entry->line = is_line(group);
    entry->look = look;
    entry->marker = marker;
    entry->words = words_set(c, text, c->chart->legend.props, e->room);
    e->key = larger(e->key, entry->line ? KEY_LINE : square);
    e->width = larger(e->width, entry->words.width);
    e->pitch = larger(e->pitch, entry->words.pitch);
}

static void add_points(struct entries *e, const struct chart_group *group) {
    const struct chart_series *s = &group->series[0];
    for (size_t i = 0; i < s->n; i++) {
        const char *name = i < e->c->chart->category_count ? e->c->chart->categories[i] : NULL;
        if (s->points[i].unlisted)
            continue;
        if (!name)
            name = pool_printf(e->c->l->pool, "%zu", i + 1);
        add(e, group, name, s->points[i].look ? s->points[i].look : &s->look, NULL);
    }
}

static void add_group(struct entries *e, const struct chart_group *group) {
    if (group->by_point && group->n) {
        add_points(e, group);
        return;
    }
    for (size_t k = 0; k < group->n; k++) {
        const struct chart_series *s = &group->series[k];
        const char *name = s->name ? s->name : pool_printf(e->c->l->pool, "Series%zu", k + 1);
        if (!s->unlisted)
            add(e, group, name, &s->look, is_line(group) ? &s->marker : NULL);
    }
}

/* Trend lines come after all series. */
static void add_trends(struct entries *e, const struct chart_group *group) {
    for (size_t k = 0; k < group->n; k++) {
        const struct chart_series *s = &group->series[k];
        const char *name = s->name ? s->name : pool_printf(e->c->l->pool, "Series%zu", k + 1);
        for (size_t i = 0; i < s->trend_count && e->at.n < ENTRIES_MOST; i++) {
            if (s->trends[i].unlisted)
                continue;
            add(e, group, trend_name(e->c, &s->trends[i], name), &s->trends[i].look, NULL);
            e->at.at[e->at.n - 1].line = true;
            e->key = larger(e->key, KEY_LINE);
        }
    }
}

static void turn_round(struct entries *e, size_t from) {
    for (size_t i = from, k = e->at.n; i + 1 < k; i++) {
        struct entry kept = e->at.at[i];
        e->at.at[i] = e->at.at[--k];
        e->at.at[k] = kept;
    }
}

/* Beside the plot, entries stand in the order in which the series lie upon one another: those of
 * stacks that lie are side by side. */
static bool is_turned(const struct canvas *c, const struct chart_group *g) {
    bool beside = c->chart->legend.side == SIDE_LEFT || c->chart->legend.side == SIDE_RIGHT;
    return beside && !g->by_point && g->across == (g->grouping == GROUP_CLUSTERED);
}

static struct entries entries_of(const struct canvas *c, int64_t room) {
    struct entries e = {.c = c, .room = room};
    for (size_t g = 0; g < c->chart->group_count; g++) {
        size_t from = e.at.n;
        add_group(&e, &c->chart->groups[g]);
        if (is_turned(c, &c->chart->groups[g]))
            turn_round(&e, from);
    }
    for (size_t g = 0; g < c->chart->group_count; g++)
        add_trends(&e, &c->chart->groups[g]);
    e.pitch = e.pitch * 5 / 4;
    return e;
}

static void draw_entry(const struct canvas *c, const struct entries *e, const struct entry *entry,
                       int64_t x, int64_t y) {
    int64_t middle = y + entry->words.pitch / 2, side = c->chart->legend.props->size * 55 / 100;
    if (entry->line) {
        draw_rule(c, x, middle, x + e->key, middle, entry->look);
        if (entry->marker)
            draw_marker(c, x + e->key / 2, middle, entry->marker);
    } else {
        struct box box = {x + (e->key - side) / 2, middle - side / 2, side, side};
        draw_box(c, &box, entry->look);
    }
    words_put(c, &entry->words, x + e->key + GAP, y, 0);
}

static int64_t height_of(const struct entries *e, const struct entry *entry) {
    return larger(e->pitch, entry->words.height);
}

/* ---- in a column ---- */

static int64_t column_height(const struct entries *e) {
    const struct entry *entry;
    int64_t height = 0;
    VEC_EACH (entry, &e->at)
        height += height_of(e, entry);
    return height;
}

static void draw_column(const struct canvas *c, const struct entries *e, const struct box *box) {
    const struct entry *entry;
    int64_t y = box->y;
    VEC_EACH (entry, &e->at) {
        if (y + height_of(e, entry) > c->box.y + c->box.height)
            return;
        draw_entry(c, e, entry, box->x, y + (e->pitch - entry->words.pitch) / 2);
        y += height_of(e, entry);
    }
}

/* ---- in rows ---- */

static int64_t entry_width(const struct entries *e, const struct entry *entry) {
    return e->key + GAP + entry->words.width + 2 * GAP;
}

/* How many from `from` on fit a row, and how wide it is. */
static size_t row_end(const struct entries *e, size_t from, int64_t room, int64_t *width) {
    size_t to = from;
    for (*width = 0; to < e->at.n; to++) {
        int64_t next = *width + entry_width(e, &e->at.at[to]);
        if (to > from && next > room)
            break;
        *width = next;
    }
    return to;
}

static int64_t rows_height(const struct entries *e, int64_t room) {
    int64_t height = 0, width;
    for (size_t from = 0; from < e->at.n; from = row_end(e, from, room, &width))
        height += e->pitch;
    return height;
}

static void draw_rows(const struct canvas *c, const struct entries *e, const struct box *box) {
    int64_t y = box->y, width;
    for (size_t from = 0, to; from < e->at.n; from = to) {
        to = row_end(e, from, box->width, &width);
        int64_t x = box->x + (box->width - width) / 2 + GAP;
        for (size_t i = from; i < to; i++) {
            draw_entry(c, e, &e->at.at[i], x, y);
            x += entry_width(e, &e->at.at[i]);
        }
        y += e->pitch;
    }
}

/* ---- where it stands ---- */

static bool place_of(const struct canvas *c, struct box *box) {
    const struct chart_place *p = &c->chart->legend.place;
    if (!p->set)
        return false;
    box->x = c->box.x + c->box.width * p->x / 100000;
    box->y = c->box.y + c->box.height * p->y / 100000;
    if (p->sized) {
        box->width = c->box.width * p->width / 100000;
        box->height = c->box.height * p->height / 100000;
    }
    return true;
}

static void beside(const struct canvas *c, struct box *room) {
    const struct chart_legend *legend = &c->chart->legend;
    struct entries e = entries_of(c, c->box.width / 3);
    struct box box = {.width = e.key + GAP + e.width, .height = column_height(&e)};
    box.x = legend->side == SIDE_LEFT ? room->x : room->x + room->width - box.width;
    box.y = legend->corner ? room->y : room->y + larger(room->height - box.height, 0) / 2;
    if (!legend->overlay) {
        room->width -= box.width + PAD;
        room->x += legend->side == SIDE_LEFT ? box.width + PAD : 0;
    }
    place_of(c, &box);
    draw_box(c, &box, &legend->look);
    draw_column(c, &e, &box);
}

static void above_or_below(const struct canvas *c, struct box *room) {
    const struct chart_legend *legend = &c->chart->legend;
    struct entries e = entries_of(c, c->box.width / 2);
    struct box box = {.x = room->x, .width = room->width, .height = rows_height(&e, room->width)};
    box.y = legend->side == SIDE_TOP ? room->y : room->y + room->height - box.height;
    if (!legend->overlay) {
        room->height -= box.height + PAD;
        room->y += legend->side == SIDE_TOP ? box.height + PAD : 0;
    }
    place_of(c, &box);
    draw_box(c, &box, &legend->look);
    draw_rows(c, &e, &box);
}

void legend_draw(const struct canvas *c, struct box *room) {
    const struct chart_legend *legend = &c->chart->legend;
    if (!legend->present)
        return;
    bool column = legend->side == SIDE_LEFT || legend->side == SIDE_RIGHT;
    if (legend->place.sized) /* in rows where it was made lower than wide */
        column = c->box.height * legend->place.height > c->box.width * legend->place.width ||
                 (column && legend->place.width < 40000);
    if (column)
        beside(c, room);
    else
        above_or_below(c, room);
}

/* ---- keys elsewhere ---- */

int64_t legend_key_width(const struct canvas *c) {
    for (size_t g = 0; g < c->chart->group_count; g++)
        if (is_line(&c->chart->groups[g]))
            return KEY_LINE;
    return c->chart->table.props->size * 55 / 100;
}

void legend_key(const struct canvas *c, const struct chart_group *group,
                const struct chart_series *s, int64_t x, int64_t y) {
    int64_t width = legend_key_width(c), side = c->chart->table.props->size * 55 / 100;
    if (is_line(group)) {
        draw_rule(c, x, y, x + width, y, &s->look);
        draw_marker(c, x + width / 2, y, &s->marker);
        return;
    }
    struct box box = {x + (width - side) / 2, y - side / 2, side, side};
    draw_box(c, &box, &s->look);
}
