/* How text keeps clear of drawings: wp:wrapSquare and its like (ECMA-376 part 1, 20.4.2.14-20), and
 * w10:wrap of VML (part 4, 19.3).
 *
 * The outline of a tight wrap is in wp:wrapPolygon, or in `wrapcoords` of VML. Word writes both in
 * 1/21600 of the shape's own box, VML in its coordsize if it has one, before the shape is mirrored
 * and turned. */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_POINTS = 256, /* of an outline with more, every second, third ... is taken */
    FARTHEST = 100 * CONTOUR_UNIT
};

struct tracing {
    struct contour_point *at;
    size_t n;
};

static int32_t bounded(long long n) {
    return (int32_t)(n < -FARTHEST ? -FARTHEST : n > FARTHEST ? FARTHEST : n);
}

static void add_point(struct tracing *t, long long x, long long y) {
    struct contour_point p = {bounded(x), bounded(y)};
    if (t->n && t->at[t->n - 1].x == p.x && t->at[t->n - 1].y == p.y)
        return;
    t->at[t->n++] = p;
}

static bool is_corner(const struct contour_point *p) {
    return (p->x == 0 || p->x == CONTOUR_UNIT) && (p->y == 0 || p->y == CONTOUR_UNIT);
}

/* Four corners, one after the other. */
static bool is_box(const struct tracing *t) {
    bool all = t->n == 4;
    for (size_t i = 0; all && i < 4; i++) {
        const struct contour_point *a = &t->at[i], *b = &t->at[(i + 1) % 4];
        all = is_corner(a) && (a->x == b->x) != (a->y == b->y);
    }
    return all;
}

static void thin_out(struct tracing *t) {
    size_t step = (t->n + MOST_POINTS - 1) / MOST_POINTS, n = 0;
    for (size_t i = 0; step > 1 && i < t->n; i += step)
        t->at[n++] = t->at[i];
    t->n = step > 1 ? n : t->n;
}

static const struct contour *finished(struct story *story, struct tracing *t, bool through) {
    if (t->n > 1 && t->at[0].x == t->at[t->n - 1].x && t->at[0].y == t->at[t->n - 1].y)
        t->n--;
    if (t->n < 3 || is_box(t))
        return NULL;
    thin_out(t);
    struct contour *contour = POOL_NEW(story->reader->pool, struct contour);
    *contour = (struct contour){.through = through, .at = t->at, .n = t->n};
    return contour;
}

static struct tracing new_tracing(struct story *story, size_t room) {
    return (struct tracing){.at = POOL_ARRAY(story->reader->pool, struct contour_point, room + 1)};
}

/* ---- DrawingML ---- */

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static long long coordinate(const struct xml_node *point, const char *name) {
    const char *value = xml_get_local(point, name);
    return value ? strtoll(value, NULL, 10) : 0;
}

static const struct contour *read_polygon(struct story *story, const struct xml_node *wrap) {
    const struct xml_node *polygon = xml_child_local(wrap, "wrapPolygon"), *point;
    size_t room = 0;
    XML_EACH_CHILD (point, polygon)
        room++;
    if (!room)
        return NULL;
    struct tracing t = new_tracing(story, room);
    XML_EACH_CHILD (point, polygon)
        if (xml_is_local(point, "start") || xml_is_local(point, "lineTo"))
            add_point(&t, coordinate(point, "x"), coordinate(point, "y"));
    return finished(story, &t, wrap->name == wp_wrapThrough);
}

static enum wrap_side side_of(const char *side) {
    return is(side, "left")      ? WRAP_LEFT_ONLY
           : is(side, "right")   ? WRAP_RIGHT_ONLY
           : is(side, "largest") ? WRAP_LARGEST_SIDE
                                 : WRAP_BOTH_SIDES;
}

void wrap_read(struct story *story, const struct xml_node *anchor, struct shape *place) {
    static const enum xml_name around[] = {wp_wrapSquare, wp_wrapTight, wp_wrapThrough};
    static const enum xml_name distances[] = {[EDGE_TOP] = wp_distT,
                                              [EDGE_LEFT] = wp_distL,
                                              [EDGE_BOTTOM] = wp_distB,
                                              [EDGE_RIGHT] = wp_distR};
    if (place->height == 0 || place->width == 0)
        return; /* text has nothing to flow around */
    if (xml_child(anchor, wp_wrapTopAndBottom))
        place->wrap = WRAP_TOP_AND_BOTTOM;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        const struct xml_node *wrap = xml_child(anchor, around[i]);
        if (!wrap)
            continue;
        place->wrap = WRAP_SQUARE;
        place->wrap_side = side_of(xml_get_local(wrap, "wrapText"));
        place->contour = i ? read_polygon(story, wrap) : NULL;
    }
    for (int i = 0; i < 4 && place->wrap; i++) {
        mpt distance = emu_get(anchor, distances[i], 0);
        place->distance[i] = distance < 0 ? 0 : distance;
    }
}

/* ---- VML ---- */

static long long scaled(long long value, long long size) {
    const long long cap = 1LL << 40;
    value = value < -cap ? -cap : value > cap ? cap : value;
    return size > 0 ? value * CONTOUR_UNIT / size : value;
}

/* The next number of a list; *p goes behind it. False: there is none. */
static bool next_number(const char **p, long long *n) {
    char *end;
    *n = strtoll(*p, &end, 10);
    if (end == *p)
        return false;
    *p = end + strspn(end, " ,\t\r\n");
    return true;
}

static const struct contour *read_coords(struct story *story, const struct xml_node *shape,
                                         bool through) {
    const char *coords = xml_get_local(shape, "wrapcoords");
    const char *size = xml_get_local(shape, "coordsize");
    long long width = CONTOUR_UNIT, height = CONTOUR_UNIT, x, y;
    if (!coords)
        return NULL;
    if (size && next_number(&size, &width) && !next_number(&size, &height))
        height = width;
    struct tracing t = new_tracing(story, strlen(coords) / 2);
    while (next_number(&coords, &x) && next_number(&coords, &y))
        add_point(&t, scaled(x, width), scaled(y, height));
    return finished(story, &t, through);
}

/* w10:wrap inside the shape; without one text runs over it. Word keeps 9 pt free at the sides. */
void wrap_read_vml(struct story *story, const struct xml_node *shape, const char *const distance[4],
                   struct shape *place) {
    static const mpt usual[4] = {[EDGE_LEFT] = 9000, [EDGE_RIGHT] = 9000};
    const struct xml_node *wrap = xml_child_local(shape, "wrap");
    const char *type = wrap ? xml_get_local(wrap, "type") : NULL;
    if (!type || !place->width || !place->height)
        return;
    bool through = is(type, "through");
    if (through || is(type, "tight"))
        place->contour = read_coords(story, shape, through);
    place->wrap_side = side_of(xml_get_local(wrap, "side"));
    const char *overlap = xml_get_local(shape, "allowoverlap");
    place->apart = overlap && (overlap[0] == 'f' || overlap[0] == '0');
    place->wrap = through || is(type, "tight") || is(type, "square") ? WRAP_SQUARE
                  : is(type, "topAndBottom")                         ? WRAP_TOP_AND_BOTTOM
                                                                     : WRAP_NONE;
    for (int i = 0; i < 4 && place->wrap; i++) {
        bool ok;
        mpt own = length_parse(distance[i], UNIT_PX, &ok);
        place->distance[i] = ok && own >= 0 ? own : usual[i];
    }
}

/* ---- groups ---- */

void wrap_group(struct builder *builder, const struct run_props *props, struct shape *place) {
    if (!place->wrap)
        return;
    struct shape *box = shape_new(builder); /* not to be seen */
    *box = *place;
    box->kind = SHAPE_RECT;
    box->fill = -1;
    box->stroke = 0;
    add_shape(builder, props, box);
    place->wrap = WRAP_NONE;
    place->contour = NULL;
    place->moves_with = box;
}
