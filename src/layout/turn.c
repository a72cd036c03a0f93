#include "layout/turn.h"

#include "base/angle.h"
#include "layout/autofit.h"

/* ---- what is drawn turned ---- */

struct turn turn_begin(struct layout *l, const struct box *box, const int64_t scale[2],
                       int64_t angle, int clear) {
    const struct page *page = l->frame.page;
    int64_t sine = angle_sin(angle), cosine = angle_cos(angle);
    if (scale[0] == SINE_ONE && scale[1] == SINE_ONE && !sine && cosine > 0 && clear <= 0)
        return (struct turn){0};
    struct turn turn = {true, page->draws.n, page->links.n, page->slots.n};
    page_push(l, DRAW_TURN)->as.turn = (struct draw_turn){
        .m = {(int32_t)(cosine * scale[0] / SINE_ONE), (int32_t)(sine * scale[0] / SINE_ONE),
              (int32_t)(-sine * scale[1] / SINE_ONE), (int32_t)(cosine * scale[1] / SINE_ONE)},
        .x = coordinate(box->x + box->width / 2),
        .y = coordinate(box->y + box->height / 2),
        .clear = (int)clamp(clear, 0, OPAQUE)};
    return turn;
}

/* The upright rectangle around where the matrix takes one. */
static void carry(const struct draw_turn *t, mpt *x, mpt *y, mpt *width, mpt *height) {
    int64_t low[2] = {INT64_MAX, INT64_MAX}, high[2] = {INT64_MIN, INT64_MIN};
    for (int corner = 0; corner < 4; corner++) {
        int64_t dx = (int64_t)*x + (corner & 1 ? *width : 0) - t->x;
        int64_t dy = (int64_t)*y + (corner & 2 ? *height : 0) - t->y;
        const int64_t to[2] = {t->x + (t->m[0] * dx + t->m[2] * dy) / SINE_ONE,
                               t->y + (t->m[1] * dx + t->m[3] * dy) / SINE_ONE};
        for (int i = 0; i < 2; i++) {
            low[i] = smaller(low[i], to[i]);
            high[i] = larger(high[i], to[i]);
        }
    }
    *x = coordinate(low[0]);
    *y = coordinate(low[1]);
    *width = coordinate(high[0] - low[0]);
    *height = coordinate(high[1] - low[1]);
}

void turn_end(struct layout *l, struct turn turn) {
    struct page *page = l->frame.page;
    if (!turn.begun)
        return;
    const struct draw_turn *t = &page->draws.at[turn.draw].as.turn;
    for (size_t i = turn.link; i < page->links.n; i++) {
        struct page_link *link = &page->links.at[i];
        carry(t, &link->x, &link->y, &link->width, &link->height);
    }
    for (size_t i = turn.slot; i < page->slots.n; i++) {
        struct page_slot *slot = &page->slots.at[i];
        carry(t, &slot->x, &slot->y, &slot->width, &slot->height);
    }
    page_push(l, DRAW_BACK);
}

struct box turn_box(const struct box *outer) {
    return (struct box){outer->x + (outer->width - outer->height) / 2,
                        outer->y + (outer->height - outer->width) / 2, outer->height, outer->width};
}

int64_t turn_angle(enum text_turn turn) {
    return turn == TURN_RIGHT ? ANGLE_QUARTER : turn == TURN_LEFT ? -ANGLE_QUARTER : 0;
}

/* ---- cells ---- */

static int64_t margin(const struct cell *cell, int edge) {
    return clamp(cell->margin[edge], 0, MAX_LENGTH);
}

int64_t turn_across(const struct cell_box *c) {
    return larger(c->width - margin(c->cell, EDGE_LEFT) - margin(c->cell, EDGE_RIGHT), 0);
}

/* How much side by side the strips [from, to) need. */
static int64_t extent(const struct flow *flow, size_t from, size_t to) {
    if (from >= to)
        return 0;
    int64_t top = from ? flow->strips.at[from].y : 0;
    const struct strip *last = &flow->strips.at[to - 1];
    return (to == flow->strips.n ? flow->height : last->y + last->height) - top;
}

/* The same of all lines, or of those that are not yet on a page, if they are `width` long. */
static int64_t stack_height(struct layout *l, const struct cell_box *c, int64_t width) {
    if (!c->parts)
        return autofit_height(l, c->cell->blocks, width, IN_CELL);
    struct line_length *rest = &c->parts->at.at[c->parts->at.n - 1];
    bool untagged = l->untagged;
    l->untagged = true;
    rest->length = length(width);
    const struct flow *flow = flow_build_uneven(l, c->cell->blocks, c->parts, IN_CELL);
    l->untagged = untagged;
    return extent(flow, rest->strip, flow->strips.n);
}

enum { LONGEST = 700000, CLOSE = 500 }; /* a line never runs over the sheet; half a point will do */

int64_t turn_needed(struct layout *l, const struct cell_box *c, int64_t least) {
    int64_t room = turn_across(c), low = larger(least, 0), high = LONGEST;
    if (low >= high || stack_height(l, c, low) <= room)
        return low;
    room = larger(room, stack_height(l, c, high)); /* one line may already be too much */
    while (high - low > CLOSE) {
        int64_t middle = (low + high) / 2;
        if (stack_height(l, c, middle) <= room)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void lay_out(struct layout *l, struct cell_box *c) {
    uint32_t container = l->container;
    int32_t ground = l->ground;
    l->container = c->container;
    l->ground = c->cell->shade >= 0 ? c->cell->shade : ground;
    c->flow = c->parts ? flow_build_uneven(l, c->cell->blocks, c->parts, IN_CELL)
                       : flow_build(l, c->cell->blocks, length(c->along), IN_CELL);
    l->container = container;
    l->ground = ground;
}

void turn_lay_out(struct layout *l, struct cell_box *c, int64_t along) {
    c->along = larger(along, 0);
    lay_out(l, c);
}

enum { MOST_PARTS = 16, MOST_LINES = 20000 }; /* each part lays all lines out again */

/* What the strips from `to` on need along their lines; where even the longest do not do, which is
 * plain of many times their room, they go on once more. */
static int64_t rest_needed(struct layout *l, const struct cell_box *c, size_t to, mpt lines) {
    int64_t across = turn_across(c), now = extent(c->flow, to, c->flow->strips.n);
    if (now / 4 > across * LONGEST / larger(lines, 1) || stack_height(l, c, LONGEST) > across)
        return LONGEST;
    return turn_needed(l, c, 0);
}

static void part_from(struct layout *l, struct cell_box *c, size_t strip) {
    *VEC_PUSH(l->pool, &c->parts->at) = (struct line_length){.strip = strip};
}

void turn_part(struct layout *l, struct cell_box *c, int64_t along, bool last) {
    if (!c->parts) {
        c->parts = POOL_NEW(l->pool, struct line_lengths);
        part_from(l, c, 0);
    }
    c->to = c->from;
    size_t n = c->parts->at.n;
    struct line_length *part = &c->parts->at.at[n - 1];
    part->length = length(larger(along, 0));
    last |= n == MOST_PARTS;
    if (!last && along < autofit_narrowest(l, c->cell->blocks)) {
        part_from(l, c, part->strip);
        return;
    }
    lay_out(l, c);
    size_t end = c->flow->strips.n;
    last |= n * end > MOST_LINES;
    size_t to = last ? end : part->strip + (part->strip < end);
    while (to < end && extent(c->flow, part->strip, to + 1) <= turn_across(c))
        to++;
    c->to = (struct place){.strip = to};
    if (to == end)
        return;
    mpt lines = part->length;
    part_from(l, c, to);
    c->along = rest_needed(l, c, to, lines);
}

/* Where the first line stands, from the side it begins at. */
static int64_t align_across(const struct cell_box *c, int64_t room, int64_t taken) {
    int64_t free = room - taken;
    if (free <= 0 || c->cell->v_align == V_TOP)
        return 0;
    return c->cell->v_align == V_BOTTOM ? free : free / 2;
}

void turn_emit(struct layout *l, struct cell_box *c, const struct box *room, struct place from,
               struct place to) {
    static const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    struct box box = turn_box(room);
    struct turn begun = turn_begin(l, &box, whole, turn_angle(c->cell->turn), 0);
    int64_t taken = c->parts ? extent(c->flow, from.strip, to.strip) : c->flow->height;
    flow_emit(l, c->flow, from, to, coordinate(box.x), box.y + align_across(c, box.height, taken));
    turn_end(l, begun);
}
