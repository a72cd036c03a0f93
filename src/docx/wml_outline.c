/* Outlines of DrawingML shapes: preset and custom geometry, and the ends of lines. */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/geometry.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static int64_t emu_of(mpt length) {
    return (int64_t)length * 127 / 10;
}

static const struct xml_node *next_element(const struct xml_node *node) {
    while (node && node->name == XML_TEXT)
        node = node->next;
    return node;
}

/* ---- custom geometry (20.1.9.8) ---- */

static void read_guides(struct geometry *g, const struct xml_node *list, bool adjust) {
    const struct xml_node *gd;
    XML_EACH_CHILD (gd, list) {
        if (gd->name == XML_TEXT)
            continue;
        if (adjust)
            geometry_adjust(g, xml_get_local(gd, "name"), xml_get_local(gd, "fmla"));
        else
            geometry_guide(g, xml_get_local(gd, "name"), xml_get_local(gd, "fmla"));
    }
}

static int read_points(const struct geometry *g, const struct xml_node *command, int64_t *x,
                       int64_t *y) {
    const struct xml_node *pt;
    int n = 0;
    XML_EACH_CHILD (pt, command) {
        if (pt->name == XML_TEXT || n == 3)
            continue;
        x[n] = geometry_value(g, xml_get_local(pt, "x"));
        y[n++] = geometry_value(g, xml_get_local(pt, "y"));
    }
    return n;
}

static void trace_element(const struct geometry *g, struct tracer *tracer,
                          const struct xml_node *command) {
    int64_t x[3], y[3];
    int n = read_points(g, command, x, y);
    if (xml_is_local(command, "moveTo") && n)
        trace_move(tracer, x[0], y[0]);
    else if (xml_is_local(command, "lnTo") && n)
        trace_line(tracer, x[0], y[0]);
    else if (xml_is_local(command, "cubicBezTo") && n == 3)
        trace_curve(tracer, x, y);
    else if (xml_is_local(command, "quadBezTo") && n >= 2)
        trace_quad(tracer, x, y);
    else if (xml_is_local(command, "arcTo"))
        trace_arc(tracer, geometry_value(g, xml_get_local(command, "wR")),
                  geometry_value(g, xml_get_local(command, "hR")),
                  geometry_value(g, xml_get_local(command, "stAng")),
                  geometry_value(g, xml_get_local(command, "swAng")));
    else if (xml_is_local(command, "close"))
        trace_close(tracer);
}

/* A path's own coordinates, as large as the shape; without a size they are EMU. */
static struct axis axis_of(const struct xml_node *path, const char *size, mpt length) {
    const char *value = xml_get_local(path, size);
    int64_t span = value ? strtoll(value, NULL, 10) : 0;
    return span > 0 && span <= MAX_COORDINATE ? (struct axis){0, length, span}
                                              : (struct axis){0, 10, 127};
}

static int shade_of(const char *fill) {
    return is(fill, "darken")        ? -40
           : is(fill, "darkenLess")  ? -20
           : is(fill, "lighten")     ? 40
           : is(fill, "lightenLess") ? 20
                                     : 0;
}

static void trace_custom(const struct geometry *g, const struct xml_node *list,
                         const struct shape *shape, struct tracer *tracer) {
    const struct xml_node *path, *command;
    XML_EACH_CHILD (path, list) {
        if (path->name == XML_TEXT)
            continue;
        const char *fill = xml_get_local(path, "fill"), *stroke = xml_get_local(path, "stroke");
        tracer->x_axis = axis_of(path, "w", shape->width);
        tracer->y_axis = axis_of(path, "h", shape->height);
        XML_EACH_CHILD (command, path)
            if (command->name != XML_TEXT)
                trace_element(g, tracer, command);
        trace_end(tracer, !is(fill, "none"), !is(stroke, "0") && !is(stroke, "false"),
                  shade_of(fill));
    }
}

static mpt mpt_of(const struct geometry *g, const struct xml_node *rect, const char *side) {
    return mpt_clamp(geometry_value(g, xml_get_local(rect, side)) * 10 / 127);
}

static void read_custom(struct pool *pool, struct geometry *g, const struct xml_node *node,
                        const struct shape *shape, struct outline *out) {
    struct tracer tracer = {.pool = pool};
    const struct xml_node *rect = xml_child_local(node, "rect");
    read_guides(g, xml_child_local(node, "avLst"), true);
    read_guides(g, xml_child_local(node, "gdLst"), false);
    trace_custom(g, xml_child_local(node, "pathLst"), shape, &tracer);
    *out = (struct outline){tracer.paths.at, tracer.paths.n, {0, 0, shape->width, shape->height}};
    if (rect)
        out->text = (struct text_rect){mpt_of(g, rect, "l"), mpt_of(g, rect, "t"),
                                       mpt_of(g, rect, "r"), mpt_of(g, rect, "b")};
}

/* ---- any geometry ---- */

/* Text keeps to the shape's own rectangle: what that leaves out is added to the insets. */
static void add_insets(struct shape *shape, const struct text_rect *text) {
    const mpt free[4] = {text->left, text->top, shape->width - text->right,
                         shape->height - text->bottom};
    for (int i = 0; i < 4; i++)
        shape->inset[i] = mpt_clamp((int64_t)shape->inset[i] + (free[i] > 0 ? free[i] : 0));
}

static void set_outline(struct shape *shape, const struct outline *outline) {
    shape->paths = outline->paths;
    shape->path_count = outline->n;
    add_insets(shape, &outline->text);
}

bool outline_preset(struct story *story, const char *name, const struct xml_node *adjusts,
                    struct shape *shape) {
    struct outline outline;
    struct geometry *g =
        geometry_new(story->reader->pool, emu_of(shape->width), emu_of(shape->height));
    read_guides(g, adjusts, true);
    if (!geometry_preset(g, name, &outline))
        return false;
    set_outline(shape, &outline);
    return true;
}

bool outline_rounded(struct story *story, const char *corner, struct shape *shape) {
    struct outline outline;
    struct geometry *g =
        geometry_new(story->reader->pool, emu_of(shape->width), emu_of(shape->height));
    geometry_adjust(g, "adj", corner);
    if (!geometry_preset(g, "roundRect", &outline))
        return false;
    set_outline(shape, &outline);
    return true;
}

void outline_read(struct story *story, const struct xml_node *sppr, struct shape *shape) {
    const struct xml_node *preset = xml_child(sppr, a_prstGeom);
    const struct xml_node *custom = xml_child_local(sppr, "custGeom");
    const char *name = preset ? xml_get(preset, a_prst) : NULL;
    if (custom) {
        struct outline outline;
        struct geometry *g =
            geometry_new(story->reader->pool, emu_of(shape->width), emu_of(shape->height));
        read_custom(story->reader->pool, g, custom, shape, &outline);
        set_outline(shape, &outline);
    } else if (name && !is(name, "rect") && !is(name, "line") && !is(name, "straightConnector1") &&
               !outline_preset(story, name, xml_child_local(preset, "avLst"), shape)) {
        unsupported(story, name); /* drawn as the box it fills */
    }
}

/* ---- ends of lines (20.1.8.37) ---- */

struct tip { /* where a line ends, and which way it goes there */
    int64_t x, y, dx, dy;
};

enum { TIP_LEAST = 2000 }; /* tips of thin lines are as large as those of 2 pt */

static int64_t tip_size(const struct shape *shape, int factor) {
    return (int64_t)(shape->stroke > TIP_LEAST ? shape->stroke : TIP_LEAST) * factor;
}

static int factor_of(const char *size) {
    return is(size, "sm") ? 2 : is(size, "lg") ? 5 : 3;
}

/* A point `along` back from the tip and `aside` of it. */
static void tip_point(const struct tip *tip, int64_t along, int64_t aside, int64_t *x, int64_t *y) {
    int64_t n = square_root((uint64_t)(tip->dx * tip->dx) + (uint64_t)(tip->dy * tip->dy));
    n = n ? n : 1;
    *x = tip->x - (tip->dx * along + tip->dy * aside) / n;
    *y = tip->y - (tip->dy * along - tip->dx * aside) / n;
}

static void trace_tip(struct tracer *t, const struct tip *tip, const int64_t (*points)[2],
                      size_t n) {
    for (size_t i = 0; i < n; i++) {
        int64_t x, y;
        tip_point(tip, points[i][0], points[i][1], &x, &y);
        if (i == 0)
            trace_move(t, x, y);
        else
            trace_line(t, x, y);
    }
}

/* Traces the tip; returns how much of the line it stands for. */
static int64_t draw_tip(struct tracer *t, const struct tip *tip, const char *type, int64_t length,
                        int64_t width) {
    int64_t half = width / 2, middle = length / 2, x, y;
    bool open = is(type, "arrow");
    if (is(type, "oval")) {
        tip_point(tip, -middle, 0, &x, &y);
        trace_move(t, tip->x + middle, tip->y);
        trace_arc(t, middle, half, 0, ANGLE_TURN);
    } else if (is(type, "diamond")) {
        const int64_t at[][2] = {{-middle, 0}, {0, half}, {middle, 0}, {0, -half}};
        trace_tip(t, tip, at, 4);
    } else if (open) {
        const int64_t at[][2] = {{length, half}, {0, 0}, {length, -half}};
        trace_tip(t, tip, at, 3);
    } else {
        bool stealth = is(type, "stealth");
        const int64_t at[][2] = {
            {0, 0}, {length, half}, {stealth ? length * 2 / 3 : length, 0}, {length, -half}};
        trace_tip(t, tip, at, 4);
    }
    if (!open)
        trace_close(t);
    trace_end(t, false, open, 0);
    if (t->paths.n)
        t->paths.at[t->paths.n - 1].tip = !open;
    return open || is(type, "oval") || is(type, "diamond") ? 0 : length * 2 / 3;
}

static void last_point(const struct path_step *step, mpt *x, mpt *y) {
    int i = step->verb == PATH_CURVE ? 2 : 0;
    *x = step->x[i];
    *y = step->y[i];
}

/* The tip at the start (of the first step) or at the end of a path. */
static struct tip tip_of(const struct path *path, bool start) {
    const struct path_step *s = path->steps;
    size_t n = path->n;
    mpt x0, y0, x1, y1;
    if (start) {
        last_point(&s[0], &x1, &y1);
        x0 = s[1].x[0];
        y0 = s[1].y[0];
    } else {
        last_point(&s[n - 1], &x1, &y1);
        last_point(&s[n - 2], &x0, &y0);
        if (s[n - 1].verb == PATH_CURVE) {
            x0 = s[n - 1].x[1];
            y0 = s[n - 1].y[1];
        }
    }
    return (struct tip){x1, y1, (int64_t)x1 - x0, (int64_t)y1 - y0};
}

/* The line ends inside its tip, so that its square end does not stand out. */
static void shorten(struct path_step *step, const struct tip *tip, int64_t by) {
    int64_t x, y;
    tip_point(tip, by, 0, &x, &y);
    int i = step->verb == PATH_CURVE ? 2 : 0;
    step->x[i] = mpt_clamp(x);
    step->y[i] = mpt_clamp(y);
}

static bool is_open(const struct path *path) {
    return path->n >= 2 && path->stroked && path->steps[path->n - 1].verb != PATH_CLOSE;
}

void outline_add_ends(struct story *story, const struct line_ends *ends, struct shape *shape) {
    struct pool *pool = story->reader->pool;
    bool any = false;
    for (int e = 0; e < 2; e++)
        any |= ends->type[e] && !is(ends->type[e], "none");
    if (!any || shape->stroke <= 0)
        return;
    if (!shape->path_count)
        outline_preset(story, "line", NULL, shape);
    struct tracer t = {.pool = pool, .x_axis = {0, 1, 1}, .y_axis = {0, 1, 1}};
    for (size_t i = 0; i < shape->path_count; i++)
        *VEC_PUSH(pool, &t.paths) = shape->paths[i];
    for (size_t i = 0; i < shape->path_count; i++) {
        if (!is_open(&shape->paths[i]))
            continue;
        size_t n = shape->paths[i].n;
        struct path_step *steps = POOL_ARRAY(pool, struct path_step, n);
        memcpy(steps, shape->paths[i].steps, n * sizeof *steps);
        t.paths.at[i].steps = steps;
        for (int e = 0; e < 2; e++) {
            if (!ends->type[e] || is(ends->type[e], "none"))
                continue;
            struct tip tip = tip_of(&shape->paths[i], e == 0);
            int64_t by =
                draw_tip(&t, &tip, ends->type[e], tip_size(shape, factor_of(ends->length[e])),
                         tip_size(shape, factor_of(ends->width[e])));
            shorten(&steps[e == 0 ? 0 : n - 1], &tip, by);
        }
    }
    shape->paths = t.paths.at;
    shape->path_count = t.paths.n;
}

void outline_read_ends(struct story *story, const struct xml_node *line, struct shape *shape) {
    static const char *const names[2] = {"headEnd", "tailEnd"};
    struct line_ends ends = {.type = {NULL}};
    for (int e = 0; e < 2; e++) {
        const struct xml_node *end = next_element(xml_child_local(line, names[e]));
        ends.type[e] = end ? xml_get_local(end, "type") : NULL;
        ends.width[e] = end ? xml_get_local(end, "w") : NULL;
        ends.length[e] = end ? xml_get_local(end, "len") : NULL;
    }
    outline_add_ends(story, &ends, shape);
}
