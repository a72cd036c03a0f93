#include "layout/wrap.h"

#include "base/angle.h"
#include "layout/apart.h"
#include "layout/contour.h"
#include "layout/shape.h"
#include "layout/table.h"
#include "layout/tag.h"

#include <stdlib.h>

enum {
    MIN_WIDTH = 72000,    /* Word sets no text in less than an inch */
    MIN_LINE = 8000,      /* nor above a table that begins so little below its paragraph */
    MAX_OBSTACLES = 64,   /* at one place; more are not kept clear of */
    LOOK_AHEAD = 2000000, /* obstacles that much below are already known of */
    STEP = 1000           /* so far down a line is tried again beside an outline */
};

static bool stands_by_page(const struct shape *s) {
    return shape_stands_by_page(s) && !s->in_cell;
}

static void push_obstacle(struct layout *l, struct flow *flow, struct obstacle o) {
    if (flow->obstacles.n >= MAX_OBSTACLES) {
        for (size_t i = 1; i < flow->obstacles.n; i++)
            flow->obstacles.at[i - 1] = flow->obstacles.at[i];
        flow->obstacles.n--;
    }
    *VEC_PUSH(l->pool, &flow->obstacles) = o;
    if (o.by_para)
        flow->reach = larger(flow->reach, o.bottom);
}

static int64_t distance(const struct shape *s, int edge) {
    return clamp(s->distance[edge], 0, MAX_LENGTH);
}

/* An outline of its own has distances at its sides alone (20.4.2.18, 20.4.2.19). */
static struct obstacle contoured(struct layout *l, const struct shape *s, const struct box *box) {
    const struct contour_path *path = contour_at(l, s, box);
    struct box around = contour_box(path);
    return (struct obstacle){.shape = s,
                             .contour = path,
                             .top = around.y,
                             .bottom = around.y + around.height,
                             .left = around.x - distance(s, EDGE_LEFT),
                             .right = around.x + around.width + distance(s, EDGE_RIGHT),
                             .square = true};
}

/* The drawing at (x, y), as far as it reaches when it is turned, with what is kept free around. */
static struct obstacle obstacle_at(struct layout *l, const struct shape *s, int64_t x, int64_t y) {
    int64_t width = length(s->width), height = larger(length(s->height), 0);
    if (s->contour && s->wrap == WRAP_SQUARE)
        return contoured(l, s, &(struct box){x, y, width, height});
    if (s->angle) {
        int64_t sine = angle_sin(s->angle), cosine = angle_cos(s->angle);
        sine = sine < 0 ? -sine : sine;
        cosine = cosine < 0 ? -cosine : cosine;
        int64_t wide = (width * cosine + height * sine) / SINE_ONE;
        int64_t high = (width * sine + height * cosine) / SINE_ONE;
        x += (width - wide) / 2;
        y += (height - high) / 2;
        width = wide;
        height = high;
    }
    return (struct obstacle){.shape = s,
                             .top = y - distance(s, EDGE_TOP),
                             .bottom = y + height + distance(s, EDGE_BOTTOM),
                             .left = x - distance(s, EDGE_LEFT),
                             .right = x + width + distance(s, EDGE_RIGHT),
                             .square = s->wrap == WRAP_SQUARE};
}

/* ---- opening ---- */

static int64_t x_in_flow(const struct flow *flow, const struct wml_section *section,
                         const struct shape *s) {
    struct shape_base base = {0, flow->width};
    if (section && s->x_base != BASE_MARGIN && !s->in_cell &&
        shape_base_across(section, s->x_base, false, &base))
        base.from -= length(section->left);
    return shape_across(s, s->x_align, &base, length(s->width));
}

static void open_shape(struct layout *l, struct flow *flow, const struct shape *s, int64_t top) {
    if (s->wrap == WRAP_NONE)
        return;
    if (stands_by_page(s))
        return; /* known from the last pass */
    const struct shape_base base = {top, 0};
    int64_t y = shape_down(s, &base, length(s->height));
    struct moved by = apart_known(l, s);
    struct obstacle o = obstacle_at(l, s, x_in_flow(flow, flow->section, s) + by.x, y + by.y);
    o.by_para = true;
    push_obstacle(l, flow, o);
}

/* Obstacles of the last pass that come into reach; they are in the order of their anchors. */
static void open_known(struct layout *l, struct flow *flow, int64_t top) {
    while (flow->is_body && l->next_known < l->known_obstacles.n &&
           l->known_obstacles.at[l->next_known].top <= top + LOOK_AHEAD)
        push_obstacle(l, flow, l->known_obstacles.at[l->next_known++]);
}

void wrap_open(struct layout *l, struct flow *flow, const struct para *para, int64_t top) {
    open_known(l, flow, top);
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE && para->items[i].shape)
            open_shape(l, flow, para->items[i].shape, top);
    struct anchored *a;
    VEC_EACH (a, &flow->pending)
        open_shape(l, flow, a->shape, top);
}

void wrap_forget(struct flow *flow, int64_t y, bool all) {
    size_t n = 0;
    for (size_t i = 0; i < flow->obstacles.n; i++) {
        const struct obstacle *o = &flow->obstacles.at[i];
        if (o->bottom > y && !(all && o->top < y))
            flow->obstacles.at[n++] = *o;
    }
    flow->obstacles.n = n;
}

/* ---- floating tables ---- */

static struct shape *table_shape(struct layout *l, const struct table_place *place) {
    struct shape *s = POOL_NEW(l->pool, struct shape);
    *s = (struct shape){.kind = SHAPE_TEXT_BOX,
                        .x_base = place->x_base,
                        .y_base = place->y_base,
                        .x_align = place->x_align,
                        .y_align = place->y_align,
                        .x = place->x,
                        .y = place->y,
                        .fill = -1,
                        .wrap = WRAP_SQUARE,
                        .apart = place->apart,
                        .is_table = true,
                        .made_from = place};
    for (int e = 0; e < 4; e++)
        s->distance[e] = place->distance[e];
    return s;
}

/* What may float: three quarters of the page. */
static int64_t highest(const struct layout *l, const struct flow *flow) {
    const struct wml_section *s = flow->section ? flow->section : l->document->sections;
    return (int64_t)length(s->page_height) * 3 / 4;
}

static bool by_page(const struct table_place *place) {
    return place->y_base == BASE_PAGE || place->y_base == BASE_MARGIN;
}

/* Text in a cell does not know where the page begins. Tables floating in floating ones lie in the
 * flow: laying each out on trial would double the work with every level. */
static bool may_float(const struct layout *l, const struct flow *flow,
                      const struct table_place *place) {
    bool in_margin = l->story == IN_MARGIN && !flow->is_cell && !flow->is_box;
    if (l->story == IN_NOTE || l->story == IN_BOX) /* Word lets none float there (MS-OI29500) */
        return false;
    return l->depth < 2 && (flow->is_body || in_margin || !by_page(place));
}

/* A table of a header or footer may stand by the page where the body does not reach: the body's
 * text would not keep clear of it. */
static bool clears_body(const struct layout *l, const struct shape *s) {
    const struct wml_section *section = l->frame.section;
    if (!section || s->y_align != ANCHOR_OFFSET)
        return false;
    int64_t body = labs(length(section->top));
    int64_t end = (int64_t)length(section->page_height) - labs(length(section->bottom));
    int64_t top = s->y + (s->y_base == BASE_MARGIN ? body : 0);
    return top + length(s->height) <= body || top >= end;
}

/* A table in the text that no line can stand beside. */
static bool fills_the_line(const struct flow *flow, const struct shape *s) {
    int64_t x = x_in_flow(flow, flow->section, s), right = flow->width - x - length(s->width);
    return s->y_base == BASE_PARAGRAPH && s->y >= 0 && s->y < MIN_LINE &&
           x - distance(s, EDGE_LEFT) < MIN_WIDTH && right - distance(s, EDGE_RIGHT) < MIN_WIDTH;
}

static void stretch(struct flow *flow, int64_t by) {
    flow->tail = length(flow->tail + by);
    flow->height += by;
}

/* It stands where its paragraph would begin, whose spacing above is above the table. */
static void lie_in_text(struct layout *l, struct flow *flow, const struct table *table,
                        const struct wml_section *section, const struct shape *s, mpt before) {
    size_t first = flow->strips.n;
    stretch(flow, larger(before - flow->tail, 0) + length(s->y));
    table_append(l, flow, table, section);
    if (l->failed)
        return;
    flow->strips.at[first].row->table->x = coordinate(x_in_flow(flow, flow->section, s));
    stretch(flow, distance(s, EDGE_BOTTOM) - before);
}

bool wrap_table(struct layout *l, struct flow *flow, const struct table *table,
                const struct wml_section *section, mpt before) {
    if (!may_float(l, flow, table->place))
        return false;
    enum story outer = l->story;
    size_t tags = l->pages->tags.n;
    struct flow *story = flow_new(l, flow->width);
    if (outer == IN_BODY)
        l->story = IN_CELL;
    l->depth++;
    table_append(l, story, table, NULL);
    l->depth--;
    l->story = outer;
    if (l->failed || !story->strips.n)
        return true;
    struct shape *s = table_shape(l, table->place);
    s->width = table_float(story->strips.at[0].row);
    /* its text stands where the table is said to, whatever the compatibility */
    if (s->x_align == ANCHOR_OFFSET)
        s->x = length((int64_t)s->x - clamp(table->cell_left, 0, MAX_LENGTH));
    s->height = coordinate(story->height);
    s->is_parted = flow->is_body && s->y_base == BASE_PARAGRAPH;
    bool fills = fills_the_line(flow, s), apart = !flow->is_body && by_page(table->place);
    if (apart)
        s->wrap = WRAP_NONE;
    if (fills || story->height > highest(l, flow) || (apart && !clears_body(l, s))) {
        l->pages->tags.n = tags;
        if (fills)
            lie_in_text(l, flow, table, section, s, before);
        return fills;
    }
    *VEC_PUSH(l->pool, &flow->pending) =
        (struct anchored){.shape = s, .story = story, .last = story->strips.n};
    return true;
}

/* ---- lines ---- */

static void add_room(struct room *room, fine left, fine right) {
    if (right - left < fine_from_mpt(MIN_WIDTH) || room->n == MOST_ROOMS)
        return;
    room->at[room->n].left = left;
    room->at[room->n++].right = right;
}

static void cut(struct room *room, fine left, fine right) {
    struct room out = {.clear = room->clear, .narrow = true};
    for (size_t i = 0; i < room->n; i++) {
        fine a = room->at[i].left, b = room->at[i].right;
        if (left < right) {
            add_room(&out, a, smaller(b, left));
            add_room(&out, larger(a, right), b);
        } else {
            add_room(&out, a, b);
        }
    }
    *room = out;
}

/* On which sides of it text may stand (20.4.3.7), given the room there. */
static bool leaves_left(const struct obstacle *o, fine on_left, fine on_right) {
    enum wrap_side side = o->shape->wrap_side;
    return side == WRAP_BOTH_SIDES || side == WRAP_LEFT_ONLY ||
           (side == WRAP_LARGEST_SIDE && on_left >= on_right);
}

static bool leaves_right(const struct obstacle *o, fine on_left, fine on_right) {
    enum wrap_side side = o->shape->wrap_side;
    return side == WRAP_BOTH_SIDES || side == WRAP_RIGHT_ONLY ||
           (side == WRAP_LARGEST_SIDE && on_right > on_left);
}

/* What of the line the obstacle takes, with what is kept free beside it. */
static size_t taken_by(const struct obstacle *o, int64_t y, mpt height,
                       struct stretch taken[MOST_STRETCHES]) {
    taken[0] = (struct stretch){o->left, o->right};
    if (!o->contour)
        return 1;
    int64_t left = distance(o->shape, EDGE_LEFT), right = distance(o->shape, EDGE_RIGHT);
    size_t n = contour_taken(o->contour, y, y + height, MIN_WIDTH + left + right, taken);
    for (size_t i = 0; i < n; i++) {
        taken[i].left -= left;
        taken[i].right += right;
    }
    return n;
}

static void keep_clear(struct room *room, const struct obstacle *o, fine left, fine right,
                       const struct stretch *taken, size_t n) {
    fine a = fine_from_mpt(o->left) - left, b = right - fine_from_mpt(o->right);
    bool on_left = leaves_left(o, a, b), on_right = leaves_right(o, a, b);
    if (!on_left || !on_right) /* nor inside it */
        cut(room, on_left ? fine_from_mpt(taken[0].left) : left - 1,
            on_right ? fine_from_mpt(taken[n - 1].right) : right + 1);
    else
        for (size_t i = 0; i < n; i++)
            cut(room, fine_from_mpt(taken[i].left), fine_from_mpt(taken[i].right));
}

/* What is free at `y`; *below is where the first obstacle that stands in the way ends. */
static struct room room_at(const struct flow *flow, fine left, fine right, int64_t y, mpt height,
                           int64_t *below) {
    struct room room = {.n = 1};
    room.at[0].left = left;
    room.at[0].right = right;
    *below = INT64_MAX;
    const struct obstacle *o;
    VEC_EACH (o, &flow->obstacles) {
        if (o->bottom <= y || o->top >= y + height)
            continue;
        fine a = fine_from_mpt(o->left), b = fine_from_mpt(o->right);
        if (o->square && (a >= right || b <= left))
            continue;
        *below = smaller(*below, o->contour ? smaller(o->bottom, y + STEP) : o->bottom);
        struct stretch taken[MOST_STRETCHES];
        size_t n = o->square ? taken_by(o, y, height, taken) : 0;
        if (!o->square)
            room.n = 0;
        else if (n)
            keep_clear(&room, o, left, right, taken, n);
    }
    return room;
}

struct room wrap_room(const struct flow *flow, fine left, fine right, int64_t y, mpt height) {
    int64_t at = y, below;
    struct room room = room_at(flow, left, right, at, height, &below);
    while (!room.n && below != INT64_MAX) {
        at = below;
        room = room_at(flow, left, right, at, height, &below);
    }
    room.clear = (mpt)clamp(at - y, 0, MAX_LENGTH);
    room.below = below;
    return room;
}

void wrap_turn(struct room *room, fine turn) {
    struct room out = *room;
    for (size_t i = 0; i < room->n; i++) {
        out.at[i].left = turn - room->at[room->n - 1 - i].right;
        out.at[i].right = turn - room->at[room->n - 1 - i].left;
    }
    *room = out;
}

int64_t wrap_clear(const struct flow *flow, fine left, fine right, int64_t y, uint32_t sides) {
    int64_t clear = y;
    const struct obstacle *o;
    VEC_EACH (o, &flow->obstacles) {
        bool on_left = fine_from_mpt(o->left + o->right) <= left + right;
        if (o->top < clear && o->bottom > clear && sides & (on_left ? CLEAR_LEFT : CLEAR_RIGHT))
            clear = o->bottom;
    }
    return clear;
}

/* What of a floating table need not stand on the page of its anchor: all but its first row. */
static int64_t carried_over(const struct anchored *a) {
    const struct flow *story = a->story;
    if (!a->shape->is_parted || !story || !story->strips.n)
        return 0;
    return story->height - story->strips.at[0].height + distance(a->shape, EDGE_BOTTOM);
}

int64_t wrap_reach(const struct flow *flow, const struct strip *strip) {
    int64_t reach = 0;
    const struct anchored *a;
    const struct obstacle *o;
    VEC_EACH (a, &strip->extras->anchors)
        VEC_EACH (o, &flow->obstacles)
            if (o->by_para && o->shape == a->shape)
                reach = larger(reach, o->bottom - carried_over(a) - strip->y);
    return reach;
}

void wrap_found(struct layout *l, const struct anchored *a, int64_t x, int64_t y) {
    if (a->shape->wrap == WRAP_NONE || !stands_by_page(a->shape) || l->repeating)
        return;
    *VEC_PUSH(l->pool, &l->found_obstacles) = obstacle_at(l, a->shape, x, y);
}

void wrap_carried(struct layout *l, const struct shape *table, int64_t x, int64_t y,
                  int64_t height) {
    struct obstacle o = obstacle_at(l, table, x, y);
    o.top = y;
    o.bottom = y + height + distance(table, EDGE_BOTTOM);
    *VEC_PUSH(l->pool, &l->found_obstacles) = o;
}
