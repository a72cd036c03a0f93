#include "layout/shape.h"
#include "base/angle.h"
#include "layout/apart.h"
#include "layout/art.h"
#include "layout/autofit.h"
#include "layout/carry.h"
#include "layout/chart.h"
#include "layout/lettering.h"
#include "layout/shade.h"
#include "layout/turn.h"
#include "layout/wrap.h"

#include <string.h>

/* ---- opening ---- */

/* The insets of the lines' own box, which may be turned: left top right bottom. */
static int64_t inset(const struct shape *s, int side) {
    static const int sides[3][4] = {
        [TURN_NONE] = {0, 1, 2, 3}, [TURN_RIGHT] = {1, 2, 3, 0}, [TURN_LEFT] = {3, 0, 1, 2}};
    return clamp(s->inset[sides[s->text_turn][side]], 0, MAX_LENGTH);
}

static int64_t across(const struct shape *s) { /* the width of that box */
    return length(s->text_turn ? s->height : s->width);
}

/* How high the strips are that stand in the box. */
static int64_t story_height(const struct anchored *a) {
    const struct flow *story = a->story;
    if (a->first == 0 && a->last == story->strips.n)
        return story->height;
    if (a->first >= a->last)
        return 0;
    const struct strip *first = &story->strips.at[a->first], *last = &story->strips.at[a->last - 1];
    return last->y + last->height - first->y;
}

static int64_t room_in(const struct shape *s) { /* for lines, one below the other */
    return length(s->text_turn ? s->width : s->height) - inset(s, 1) - inset(s, 3);
}

static int64_t column_width(const struct shape *s) {
    int64_t whole = larger(across(s) - inset(s, 0) - inset(s, 2), 0), n = s->columns;
    return n > 1 ? larger((whole - (n - 1) * clamp(s->column_gap, 0, whole)) / n, 0) : whole;
}

/* The strip after the last one from `first` on that has room; one at least. */
static size_t end_within(const struct anchored *a, size_t first, int64_t room) {
    struct anchored part = *a;
    part.first = first;
    for (part.last = first + 1; part.last < a->last; part.last++) {
        struct anchored more = part;
        more.last++;
        if (story_height(&more) > room)
            break;
    }
    return part.last < a->last ? part.last : a->last;
}

/* Takes the strips from a->first on that have room; one at least, all if no box comes after. Lines
 * are as long as the first box is wide. */
static void fill_box(struct layout *l, struct anchored *a) {
    const struct shape *s = a->shape;
    a->last = a->story->strips.n;
    if (!s->continued)
        return;
    size_t at = a->first, n = a->last;
    for (int column = 0; column == 0 || column < s->columns; column++)
        at = at < n ? end_within(a, at, room_in(s)) : n;
    a->last = at;
    *VEC_PUSH(l->pool, &l->open_boxes) = *a;
}

/* As it was last opened; only for boxes that others continue. */
static struct anchored *opened(struct layout *l, const struct shape *s) {
    for (size_t i = l->open_boxes.n; i-- > 0;)
        if (l->open_boxes.at[i].shape == s)
            return &l->open_boxes.at[i];
    return NULL;
}

/* Opens the boxes before this one whose anchors are still to come. One that stands in its own story
 * opens none. */
static void open_early(struct layout *l, const struct shape *s) {
    const struct shape *from = s->goes_on;
    if (l->opening_early)
        return;
    l->opening_early = true;
    while (from->goes_on && !opened(l, from->goes_on))
        from = from->goes_on;
    for (; from && from != s; from = from->continued) {
        struct anchored early = {.shape = from, .early = true};
        shape_open(l, &early);
    }
    l->opening_early = false;
}

static void go_on(struct layout *l, struct anchored *a) {
    const struct shape *s = a->shape;
    if (!opened(l, s->goes_on))
        open_early(l, s);
    const struct anchored *before = opened(l, s->goes_on);
    if (!before)
        return;
    a->story = before->story;
    a->first = before->last;
    fill_box(l, a);
}

/* Whether a box that comes before it has opened it: once. */
static bool is_open(struct layout *l, struct anchored *a) {
    struct anchored *early = a->shape->continued ? opened(l, a->shape) : NULL;
    if (!early || !early->early)
        return false;
    early->early = false;
    a->story = early->story;
    a->first = early->first;
    a->last = early->last;
    return true;
}

void shape_open(struct layout *l, struct anchored *anchored) {
    const struct shape *s = anchored->shape;
    apart_open(l, s);
    if (art_is(s)) {
        anchored->story = art_story(l, s);
        return;
    }
    if (s->kind == SHAPE_LETTERING) {
        anchored->story = lettering_open(l, s->lettering);
        return;
    }
    if (is_open(l, anchored))
        return;
    if (s->kind == SHAPE_TEXT_BOX && s->goes_on)
        go_on(l, anchored);
    if (s->kind != SHAPE_TEXT_BOX || !s->blocks)
        return;
    int64_t width = column_width(s);
    int32_t ground = l->ground;
    l->ground = s->fill;
    if (s->no_wrap && s->columns <= 1)
        width = length(larger(width, autofit_widest(l, s->blocks)));
    anchored->story = flow_build(l, s->blocks, (mpt)width, IN_BOX);
    l->ground = ground;
    fill_box(l, anchored);
}

/* ---- where it stands ---- */

/* One axis: where something of `size` begins, given the base it refers to. */
static int64_t on_axis(enum anchor_align align, int64_t from, int64_t extent, int64_t offset,
                       int64_t size) {
    switch (align) {
    case ANCHOR_START:
    case ANCHOR_INSIDE:
        return from;
    case ANCHOR_CENTER:
        return from + (extent - size) / 2;
    case ANCHOR_END:
    case ANCHOR_OUTSIDE:
        return from + extent - size;
    case ANCHOR_OFFSET:
        break;
    }
    return from + offset;
}

static int64_t aligned(enum anchor_align align, const struct shape_base *base, mpt offset,
                       int64_t size, mpt group) {
    if (group > 0 && align != ANCHOR_OFFSET)
        return on_axis(align, base->from, base->extent, 0, length(group)) + length(offset);
    return on_axis(align, base->from, base->extent, length(offset), size);
}

int64_t shape_across(const struct shape *s, enum anchor_align align, const struct shape_base *base,
                     int64_t width) {
    return aligned(align, base, s->x, width, s->group_width);
}

int64_t shape_down(const struct shape *s, const struct shape_base *base, int64_t height) {
    return aligned(s->y_align, base, s->y, height, s->group_height);
}

/* Inside and outside change sides with every page. */
static enum anchor_align align_on(const struct layout *l, enum anchor_align align) {
    bool even = l->frame.ordinal % 2 == 0;
    if (align == ANCHOR_INSIDE)
        return even ? ANCHOR_END : ANCHOR_START;
    if (align == ANCHOR_OUTSIDE)
        return even ? ANCHOR_START : ANCHOR_END;
    return align;
}

bool shape_base_across(const struct wml_section *s, enum anchor_base base, bool even,
                       struct shape_base *out) {
    bool swapped = s->mirror && even;
    int64_t left = length(swapped ? s->right : s->left), width = length(s->page_width);
    int64_t right = length(swapped ? s->left : s->right);
    if (base == BASE_INSIDE_MARGIN || base == BASE_OUTSIDE_MARGIN)
        base = (base == BASE_INSIDE_MARGIN) == even ? BASE_RIGHT_MARGIN : BASE_LEFT_MARGIN;
    switch (base) {
    case BASE_PAGE:
        *out = (struct shape_base){0, width};
        return true;
    case BASE_MARGIN:
        *out = (struct shape_base){left, width - left - right};
        return true;
    case BASE_LEFT_MARGIN:
        *out = (struct shape_base){0, left};
        return true;
    case BASE_RIGHT_MARGIN:
        *out = (struct shape_base){width - right, right};
        return true;
    default:
        return false;
    }
}

static struct shape_base base_x(const struct layout *l, const struct anchored *a, mpt x,
                                mpt width) {
    struct shape_base base = {x, width};
    if (a->shape->x_base == BASE_CHARACTER)
        return (struct shape_base){(int64_t)x + a->x, 0};
    if (!a->shape->in_cell)
        shape_base_across(l->frame.section, a->shape->x_base, l->frame.ordinal % 2 == 0, &base);
    return base;
}

/* The anchor on the page. */
static struct shape_base base_y(const struct layout *l, const struct anchored *a,
                                const struct anchor_line *line) {
    const struct wml_section *s = l->frame.section;
    int64_t top = larger(length(s->top), -(int64_t)length(s->top));
    int64_t bottom = larger(length(s->bottom), -(int64_t)length(s->bottom));
    int64_t height = length(s->page_height);
    bool by_page = shape_stands_by_page(a->shape);
    if (by_page && a->shape->in_cell)
        return (struct shape_base){line->flow, 0};
    switch (a->shape->y_base) {
    case BASE_PAGE:
        return (struct shape_base){0, height};
    case BASE_MARGIN:
        return (struct shape_base){top, height - top - bottom};
    case BASE_TOP_MARGIN:
        return (struct shape_base){0, top};
    case BASE_BOTTOM_MARGIN:
        return (struct shape_base){height - bottom, bottom};
    case BASE_LINE:
    case BASE_CHARACTER:
        return (struct shape_base){line->y, 0};
    case BASE_BASELINE:
        return (struct shape_base){line->y + a->baseline, 0};
    default:
        return (struct shape_base){line->para, 0};
    }
}

bool shape_stands_by_page(const struct shape *s) {
    return s->y_base == BASE_PAGE || s->y_base == BASE_MARGIN || s->y_base == BASE_TOP_MARGIN ||
           s->y_base == BASE_BOTTOM_MARGIN;
}

/* ---- drawing ---- */

/* A point of the box, mirrored and turned with it. */
static void turned(const struct shape *s, const struct box *box, int64_t *x, int64_t *y) {
    int64_t center_x = box->x + box->width / 2, center_y = box->y + box->height / 2;
    int64_t dx = *x - center_x, dy = *y - center_y;
    int64_t sine = angle_sin(s->angle), cosine = angle_cos(s->angle);
    dx = s->flip_x ? -dx : dx;
    dy = s->flip_y ? -dy : dy;
    *x = center_x + (dx * cosine - dy * sine) / SINE_ONE;
    *y = center_y + (dx * sine + dy * cosine) / SINE_ONE;
}

static void emit_line(struct layout *l, const struct shape *s, const struct box *box) {
    int64_t x0 = box->x, y0 = box->y, x1 = x0 + box->width, y1 = y0 + box->height;
    const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    if (s->stroke <= 0)
        return;
    if (s->angle || s->flip_x || s->flip_y) {
        turned(s, box, &x0, &y0);
        turned(s, box, &x1, &y1);
    }
    struct turn begun = turn_begin(l, box, whole, 0, s->stroke_clear);
    mpt dash = s->line.dashes[0] ? length((int64_t)s->line.dashes[0] * s->stroke) : 0;
    bool swap = x1 < x0; /* from the left, whichever way it was drawn */
    page_push(l, DRAW_LINE)->as.line = (struct draw_line){.x0 = coordinate(swap ? x1 : x0),
                                                          .y0 = coordinate(swap ? y1 : y0),
                                                          .x1 = coordinate(swap ? x0 : x1),
                                                          .y1 = coordinate(swap ? y0 : y1),
                                                          .width = length(s->stroke),
                                                          .color = s->stroke_color,
                                                          .dash = dash};
    turn_end(l, begun);
}

static bool is_simple(const struct shape *s) {
    return !s->path_count && !s->line.dashes[0] && !s->texture;
}

/* Towards white or black by percent. */
static int32_t shaded(int32_t color, int shade) {
    int32_t out = 0, aim = shade > 0 ? 255 : 0, share = shade < 0 ? -shade : shade;
    for (int shift = 0; shift <= 16; shift += 8) {
        int32_t c = color >> shift & 255;
        out |= (c + (aim - c) * share / 100) << shift;
    }
    return out;
}

static void emit_paths(struct layout *l, const struct shape *s, const struct path *paths, size_t n,
                       const struct box *box, bool fill) {
    for (size_t i = 0; i < n; i++) {
        const struct path *path = &paths[i];
        bool stroke = !fill && path->stroked && s->stroke > 0;
        struct draw_path d = {.x = coordinate(box->x),
                              .y = coordinate(box->y),
                              .path = path,
                              .fill = fill && path->filled ? s->fill : -1,
                              .texture = fill && path->filled ? s->texture : NULL,
                              .box = {0, 0, length(box->width), length(box->height)},
                              .stroke = stroke ? length(s->stroke) : 0,
                              .color = s->stroke_color,
                              .line = s->line};
        if (d.fill >= 0 && path->shade)
            d.fill = shaded(d.fill, path->shade);
        if (path->shade)
            d.texture = NULL;
        if (!fill && path->tip)
            d.fill = (int32_t)s->stroke_color;
        if (d.fill >= 0 || d.stroke > 0)
            page_push(l, DRAW_PATH)->as.path = d;
    }
}

static void emit_rect(struct layout *l, const struct shape *s, const struct box *box, bool fill) {
    struct draw_rect rect = {.x = coordinate(box->x),
                             .y = coordinate(box->y),
                             .width = length(box->width),
                             .height = length(box->height)};
    if (fill ? s->fill < 0 : s->stroke <= 0)
        return;
    rect.color = fill ? (uint32_t)s->fill : s->stroke_color;
    rect.stroke = fill ? 0 : length(s->stroke);
    page_push(l, DRAW_RECT)->as.rect = rect;
}

/* The box as a path, for what a rectangle cannot say. */
static struct path *box_path(struct layout *l, const struct box *box) {
    struct path *path = POOL_NEW(l->pool, struct path);
    struct path_step *steps = POOL_ARRAY(l->pool, struct path_step, 5);
    mpt w = length(box->width), h = length(box->height);
    const mpt corners[4][2] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    for (int i = 0; i < 4; i++)
        steps[i] = (struct path_step){
            .verb = i ? PATH_LINE : PATH_MOVE, .x = {corners[i][0]}, .y = {corners[i][1]}};
    steps[4].verb = PATH_CLOSE;
    *path = (struct path){.steps = steps, .n = 5, .filled = true, .stroked = true};
    return path;
}

/* Begins to draw it through a matrix, and what is seen of it. */
static struct turn seen_begin(struct layout *l, const struct shape *s, const struct box *box,
                              int clear) {
    const int64_t scale[2] = {s->flip_x ? -SINE_ONE : SINE_ONE, s->flip_y ? -SINE_ONE : SINE_ONE};
    struct turn begun = turn_begin(l, box, scale, s->angle, clear);
    if (s->clip)
        page_push(l, DRAW_CLIP)->as.clip =
            (struct draw_clip){.x = coordinate(box->x), .y = coordinate(box->y), .clip = s->clip};
    return begun;
}

static void seen_end(struct layout *l, const struct shape *s, struct turn begun) {
    if (s->clip)
        page_push(l, DRAW_BACK);
    turn_end(l, begun);
}

/* Its fill, or its outline. */
static void emit_outline(struct layout *l, const struct shape *of, const struct box *box,
                         bool fill) {
    struct shape unclipped = *of;
    const struct shape *s = of->clip && of->kind == SHAPE_PICTURE ? &unclipped : of;
    unclipped.clip = NULL; /* that is what is seen of the picture; its frame is not cut */
    if (fill ? s->fill < 0 : s->stroke <= 0)
        return;
    struct turn begun = seen_begin(l, s, box, fill ? s->clear : s->stroke_clear);
    if (is_simple(s))
        emit_rect(l, s, box, fill);
    else if (s->path_count)
        emit_paths(l, s, s->paths, s->path_count, box, fill);
    else
        emit_paths(l, s, box_path(l, box), 1, box, fill);
    seen_end(l, s, begun);
}

static int64_t text_top(const struct anchored *a, const struct box *box) {
    const struct shape *s = a->shape;
    int64_t room = box->height - inset(s, 1) - inset(s, 3), free = room - story_height(a);
    int64_t down = s->text_align == V_CENTER ? free / 2 : s->text_align == V_BOTTOM ? free : 0;
    return box->y + inset(s, 1) + larger(down, s->text_align == V_TOP ? 0 : -inset(s, 1));
}

/* Text is turned with its shape but never mirrored: upside down instead. */
static void emit_story(struct layout *l, const struct anchored *a, const struct box *outer) {
    const struct shape *s = a->shape;
    const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    struct box box = *outer;
    int64_t angle = (int64_t)s->angle + (s->flip_y ? 2 * ANGLE_QUARTER : 0);
    if (!a->story)
        return;
    if (art_is(s)) {
        art_emit(l, a, outer);
        return;
    }
    if (s->text_turn) {
        box = turn_box(outer);
        angle += turn_angle(s->text_turn);
    }
    struct turn begun = turn_begin(l, &box, whole, angle, 0);
    int64_t x = box.x + inset(s, 0), step = column_width(s) + s->column_gap;
    size_t at = a->first;
    if (s->bidi_columns) {
        x += (larger(s->columns, 1) - 1) * step;
        step = -step;
    }
    for (int i = 1; i < s->columns && at < a->last; i++, x += step) {
        size_t end = end_within(a, at, room_in(s));
        const struct place from = {.strip = at}, to = {.strip = end};
        flow_emit(l, a->story, from, to, coordinate(x), box.y + inset(s, 1));
        at = end;
    }
    const struct place from = {.strip = at}, to = {.strip = a->last};
    flow_emit(l, a->story, from, to, coordinate(x),
              s->columns > 1 ? box.y + inset(s, 1) : text_top(a, &box));
    turn_end(l, begun);
}

static void emit_picture(struct layout *l, const struct anchored *a, const struct box *box) {
    const struct shape *s = a->shape;
    if (!s->picture)
        return;
    struct turn begun = seen_begin(l, s, box, s->clear);
    struct draw *d = page_push(l, DRAW_PICTURE);
    d->tag = l->repeating ? 0 : a->tag;
    d->as.picture = (struct draw_picture){.x = coordinate(box->x),
                                          .y = coordinate(box->y),
                                          .width = length(box->width),
                                          .height = length(box->height),
                                          .picture = s->picture};
    seen_end(l, s, begun);
}

static void emit_lettering(struct layout *l, const struct anchored *a, const struct box *box) {
    struct turn begun = seen_begin(l, a->shape, box, a->shape->clear);
    lettering_emit(l, a->shape->lettering, a->story, box);
    seen_end(l, a->shape, begun);
}

static void emit_chart(struct layout *l, const struct anchored *a, const struct box *box) {
    const struct shape *s = a->shape;
    static const int64_t whole[2] = {SINE_ONE, SINE_ONE};
    struct turn begun = turn_begin(l, box, whole, s->angle, s->clear);
    chart_emit(l, s->chart, box, a->tag);
    turn_end(l, begun);
}

/* ---- what lies beneath ---- */

/* All of its outline as one path; a line goes from corner to corner of its box. */
static struct path *whole_outline(struct layout *l, const struct shape *s, const struct box *box) {
    if (!s->path_count && s->kind != SHAPE_LINE)
        return box_path(l, box);
    struct path *whole = POOL_NEW(l->pool, struct path);
    VEC(struct path_step) steps = {0};
    for (size_t i = 0; i < s->path_count; i++) {
        whole->filled |= s->paths[i].filled || s->paths[i].tip;
        for (size_t k = 0; k < s->paths[i].n; k++)
            *VEC_PUSH(l->pool, &steps) = s->paths[i].steps[k];
    }
    if (!steps.n) {
        *VEC_PUSH(l->pool, &steps) = (struct path_step){.verb = PATH_MOVE};
        *VEC_PUSH(l->pool, &steps) = (struct path_step){
            .verb = PATH_LINE, .x = {length(box->width)}, .y = {length(box->height)}};
    }
    whole->steps = steps.at;
    whole->n = steps.n;
    return whole;
}

static void emit_shades(struct layout *l, const struct shape *s, const struct box *box) {
    if (!s->shadow && !s->glow)
        return;
    const int64_t scale[2] = {s->flip_x ? -SINE_ONE : SINE_ONE, s->flip_y ? -SINE_ONE : SINE_ONE};
    const struct thrower thrower = {box, s->angle, {s->flip_x, s->flip_y}};
    const struct path *outline = whole_outline(l, s, box);
    bool filled = outline->filled && (s->fill >= 0 || s->picture);
    const struct silhouette silhouette = {outline, filled, s->stroke, &s->line};
    struct turn begun = turn_begin(l, box, scale, s->angle, 0);
    shade_emit(l, s->glow, &thrower, &silhouette);
    shade_emit(l, s->shadow, &thrower, &silhouette);
    turn_end(l, begun);
}

/* ---- any shape ---- */

static void emit(struct layout *l, const struct anchored *a, const struct box *box) {
    const struct shape *s = a->shape;
    if (s->kind != SHAPE_WORD_ART && s->kind != SHAPE_CHART)
        emit_shades(l, s, box);
    switch (s->kind) {
    case SHAPE_LINE:
        if (is_simple(s) || !s->path_count)
            emit_line(l, s, box);
        else
            emit_outline(l, s, box, false);
        break;
    case SHAPE_RECT:
    case SHAPE_TEXT_BOX:
        emit_outline(l, s, box, true);
        emit_outline(l, s, box, false);
        emit_story(l, a, box);
        break;
    case SHAPE_PICTURE:
        emit_outline(l, s, box, true);
        emit_picture(l, a, box);
        emit_outline(l, s, box, false);
        break;
    case SHAPE_WORD_ART:
        art_emit(l, a, box);
        break;
    case SHAPE_LETTERING:
        emit_lettering(l, a, box);
        break;
    case SHAPE_CHART:
        emit_chart(l, a, box);
        break;
    }
}

/* Of where it may go: of its column, or of the text on its page. */
static int64_t right_end(const struct layout *l, const struct shape *s, mpt flow_x, mpt width) {
    struct shape_base text;
    bool even = l->frame.ordinal % 2 == 0, by_column = s->x_base == BASE_COLUMN || s->in_cell;
    if (by_column || !shape_base_across(l->frame.section, BASE_MARGIN, even, &text))
        return (int64_t)flow_x + width;
    return text.from + text.extent;
}

void shape_emit(struct layout *l, const struct anchored *a, const struct anchor_line *line) {
    const struct shape *s = a->shape;
    struct shape_base bx = base_x(l, a, line->x, line->width), by = base_y(l, a, line);
    struct box box = {.width = length(s->width), .height = length(s->height)};
    box.x = shape_across(s, align_on(l, s->x_align), &bx, box.width);
    box.y = shape_down(s, &by, box.height);
    apart_place(l, s, &box, right_end(l, s, line->x, line->width));
    wrap_found(l, a, box.x - line->x, box.y - line->flow);
    size_t from = l->frame.page->draws.n;
    l->in_shape++;
    if (!carry_begin(l, a, &box))
        emit(l, a, &box);
    if (--l->in_shape == 0)
        stack_note(l, s, from);
}
