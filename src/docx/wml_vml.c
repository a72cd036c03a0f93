/* VML: w:pict and w:object with v:line, v:shape, v:rect, text boxes, pictures and groups, as Word
 * before 2010 wrote them and still writes them beside DrawingML (ECMA-376 part 4). */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a style attribute says. Lengths without a unit are of the coordinates around. */
struct css {
    const char *left, *top, *margin_left, *margin_top, *width, *height;
    const char *flip, *z_index, *position, *visibility, *rotation;
    const char *x_base, *y_base, *x_align, *y_align;
    const char *distance[4]; /* EDGE_* */
};

struct group { /* coordinates that a group gives its members */
    mpt x, y, width, height;
    int64_t from_x, from_y, span_x, span_y;
};

struct vml {
    struct builder *builder;
    const struct run_props *props;
    const struct group *group; /* NULL: directly in the text */
    struct shape place;        /* of the outermost group, for its members */
};

/* ---- the style attribute ---- */

static const char **css_slot(struct css *css, const char *name, size_t n) {
    const struct {
        const char *name;
        const char **slot;
    } slots[] = {{"left", &css->left},
                 {"top", &css->top},
                 {"margin-left", &css->margin_left},
                 {"margin-top", &css->margin_top},
                 {"width", &css->width},
                 {"height", &css->height},
                 {"flip", &css->flip},
                 {"z-index", &css->z_index},
                 {"position", &css->position},
                 {"visibility", &css->visibility},
                 {"rotation", &css->rotation},
                 {"mso-position-horizontal-relative", &css->x_base},
                 {"mso-position-vertical-relative", &css->y_base},
                 {"mso-position-horizontal", &css->x_align},
                 {"mso-position-vertical", &css->y_align},
                 {"mso-wrap-distance-top", &css->distance[EDGE_TOP]},
                 {"mso-wrap-distance-left", &css->distance[EDGE_LEFT]},
                 {"mso-wrap-distance-bottom", &css->distance[EDGE_BOTTOM]},
                 {"mso-wrap-distance-right", &css->distance[EDGE_RIGHT]}};
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strlen(slots[i].name) == n && strncasecmp(slots[i].name, name, n) == 0)
            return slots[i].slot;
    return NULL;
}

static void css_declaration(struct pool *pool, struct css *css, const char *p, const char *end) {
    const char *colon = memchr(p, ':', (size_t)(end - p));
    if (!colon)
        return;
    while (p < colon && (unsigned char)*p <= ' ')
        p++;
    const char *name_end = colon, *value = colon + 1;
    while (name_end > p && (unsigned char)name_end[-1] <= ' ')
        name_end--;
    while (value < end && (unsigned char)*value <= ' ')
        value++;
    const char **slot = css_slot(css, p, (size_t)(name_end - p));
    if (slot)
        *slot = pool_strndup(pool, value, (size_t)(end - value));
}

static struct css css_read(struct pool *pool, const struct xml_node *node) {
    struct css css = {0};
    const char *p = xml_get(node, v_style);
    while (p && *p) {
        size_t n = strcspn(p, ";");
        css_declaration(pool, &css, p, p + n);
        p += n + (p[n] == ';');
    }
    return css;
}

static bool begins(const char *value, const char *name) {
    return value && strncasecmp(value, name, strlen(name)) == 0;
}

/* ---- place ---- */

static int64_t units_of(const char *value) {
    long long n = value ? strtoll(value, NULL, 10) : 0;
    const long long cap = 1LL << 31;
    return n > cap ? cap : n < -cap ? -cap : n;
}

static mpt scaled(int64_t value, int64_t from, mpt to) {
    return from > 0 ? mpt_clamp(value * to / from) : 0;
}

static enum anchor_base x_base_of(const char *value) {
    return begins(value, "margin") ? BASE_MARGIN
           : begins(value, "page") ? BASE_PAGE
           : begins(value, "char") ? BASE_CHARACTER
                                   : BASE_COLUMN;
}

static enum anchor_base y_base_of(const char *value) {
    return begins(value, "margin") ? BASE_MARGIN
           : begins(value, "page") ? BASE_PAGE
           : begins(value, "line") ? BASE_LINE
                                   : BASE_PARAGRAPH;
}

static enum anchor_align align_of(const char *value) {
    return begins(value, "center") ? ANCHOR_CENTER
           : begins(value, "right") || begins(value, "bottom") || begins(value, "outside")
               ? ANCHOR_END
           : begins(value, "left") || begins(value, "top") || begins(value, "inside")
               ? ANCHOR_START
               : ANCHOR_OFFSET;
}

static mpt first_length(const char *a, const char *b) {
    bool ok;
    mpt length = length_parse(a, UNIT_PX, &ok);
    return ok ? length : length_parse(b, UNIT_PX, NULL);
}

static void place_in_text(const struct css *css, struct shape *shape) {
    shape->x_base = x_base_of(css->x_base);
    shape->y_base = y_base_of(css->y_base);
    shape->x_align = align_of(css->x_align);
    shape->y_align = align_of(css->y_align);
    shape->x = first_length(css->margin_left, css->left);
    shape->y = first_length(css->margin_top, css->top);
    shape->width = length_parse(css->width, UNIT_PX, NULL);
    shape->height = length_parse(css->height, UNIT_PX, NULL);
    shape->behind = css->z_index && css->z_index[0] == '-';
    if (!begins(css->position, "absolute")) {
        shape->x_base = BASE_CHARACTER;
        shape->y_base = BASE_LINE;
    }
}

static void place_in_group(const struct vml *vml, const struct css *css, struct shape *shape) {
    const struct group *g = vml->group;
    struct shape place = vml->place;
    memcpy(place.inset, shape->inset, sizeof place.inset);
    *shape = place;
    shape->x =
        mpt_clamp((int64_t)g->x + scaled(units_of(css->left) - g->from_x, g->span_x, g->width));
    shape->y =
        mpt_clamp((int64_t)g->y + scaled(units_of(css->top) - g->from_y, g->span_y, g->height));
    shape->width = scaled(units_of(css->width), g->span_x, g->width);
    shape->height = scaled(units_of(css->height), g->span_y, g->height);
}

static void make_positive(struct shape *shape) {
    if (shape->width < 0)
        shape->width = 0;
    if (shape->height < 0)
        shape->height = 0;
}

/* w10:wrap inside the shape; without one text runs over it. Word keeps 9 pt free at the sides. */
static void read_wrap(const struct xml_node *node, const struct css *css, struct shape *shape) {
    static const mpt usual[4] = {[EDGE_LEFT] = 9000, [EDGE_RIGHT] = 9000};
    const struct xml_node *wrap = xml_child_local(node, "wrap");
    const char *type = wrap ? xml_get_local(wrap, "type") : NULL;
    if (!type || !begins(css->position, "absolute") || !shape->width || !shape->height)
        return;
    shape->wrap = begins(type, "square") || begins(type, "tight") || begins(type, "through")
                      ? WRAP_SQUARE
                  : begins(type, "topAndBottom") ? WRAP_TOP_AND_BOTTOM
                                                 : WRAP_NONE;
    for (int i = 0; i < 4 && shape->wrap; i++) {
        bool ok;
        mpt distance = length_parse(css->distance[i], UNIT_PX, &ok);
        shape->distance[i] = ok && distance >= 0 ? distance : usual[i];
    }
}

static struct shape *new_shape(const struct vml *vml, const struct xml_node *node,
                               const struct css *css) {
    struct shape *shape = shape_new(vml->builder);
    if (vml->group)
        place_in_group(vml, css, shape);
    else
        place_in_text(css, shape);
    make_positive(shape);
    if (!vml->group)
        read_wrap(node, css, shape);
    bool flip_x = css->flip && strchr(css->flip, 'x'), flip_y = css->flip && strchr(css->flip, 'y');
    shape->flip = flip_x != flip_y;
    return shape;
}

/* ---- strokes and fills ---- */

static bool is_off(const char *value) {
    return value && (value[0] == 'f' || value[0] == '0' || begins(value, "no"));
}

static void read_stroke(const struct xml_node *node, struct shape *shape) {
    const struct xml_node *stroke = xml_child(node, v_stroke);
    const char *stroked = xml_get(node, v_stroked);
    int32_t color = color_named(xml_get(node, v_strokecolor));
    if (is_off(stroked) || (stroke && is_off(xml_get_local(stroke, "on"))))
        return;
    shape->stroke = length_get(node, v_strokeweight, UNIT_PX, 750);
    if (stroke && xml_get_local(stroke, "weight"))
        shape->stroke = length_parse(xml_get_local(stroke, "weight"), UNIT_PX, NULL);
    shape->stroke_color = color < 0 ? 0 : (uint32_t)color;
}

static int32_t read_fill(const struct xml_node *node) {
    const struct xml_node *fill = xml_child(node, v_fill);
    const char *color = xml_get(node, v_fillcolor);
    if (is_off(xml_get(node, v_filled)) || (fill && is_off(xml_get_local(fill, "on"))))
        return -1;
    return color ? color_named(color) : 0xFFFFFF;
}

/* ---- shapes ---- */

/* "189pt,4.95pt" */
static void read_point(const char *point, mpt *x, mpt *y) {
    const char *comma = point ? strchr(point, ',') : NULL;
    *x = length_parse(point, UNIT_PX, NULL);
    *y = comma ? length_parse(comma + 1, UNIT_PX, NULL) : 0;
}

/* The same of a group's member, in the group's coordinates. */
static void read_group_point(const struct group *g, const char *point, mpt *x, mpt *y) {
    const char *comma = point ? strchr(point, ',') : NULL;
    *x = mpt_clamp((int64_t)g->x + scaled(units_of(point) - g->from_x, g->span_x, g->width));
    *y = mpt_clamp((int64_t)g->y +
                   scaled(units_of(comma ? comma + 1 : NULL) - g->from_y, g->span_y, g->height));
}

static void read_ends(const struct vml *vml, const struct xml_node *node, struct shape *shape) {
    const char *from = xml_get(node, v_from), *to = xml_get(node, v_to);
    mpt x0, y0, x1, y1;
    if (!from && !to)
        return;
    if (vml->group) {
        read_group_point(vml->group, from, &x0, &y0);
        read_group_point(vml->group, to, &x1, &y1);
    } else {
        read_point(from, &x0, &y0);
        read_point(to, &x1, &y1);
    }
    shape->flip ^= (x1 < x0) != (y1 < y0);
    shape->x = x0 < x1 ? x0 : x1;
    shape->y = y0 < y1 ? y0 : y1;
    shape->width = x0 < x1 ? x1 - x0 : x0 - x1;
    shape->height = y0 < y1 ? y1 - y0 : y0 - y1;
}

static void read_line(const struct vml *vml, const struct xml_node *node, const struct css *css) {
    struct shape *shape = new_shape(vml, node, css);
    shape->kind = SHAPE_LINE;
    read_ends(vml, node, shape);
    shape->flip &= shape->width > 0 && shape->height > 0;
    read_stroke(node, shape);
    add_shape(vml->builder, vml->props, shape);
}

static void read_insets(const struct xml_node *box, struct shape *shape) {
    const char *p = xml_get_local(box, "inset");
    for (int i = 0; p && i < 4; i++) {
        bool ok;
        mpt inset = length_parse(p, UNIT_PX, &ok);
        if (ok && inset >= 0)
            shape->inset[i] = inset;
        p = strchr(p, ',');
        p = p ? p + 1 : NULL;
    }
}

static void read_picture_shape(const struct vml *vml, const struct xml_node *node,
                               const struct css *css, struct shape *shape) {
    const struct xml_node *data = xml_child(node, v_imagedata);
    struct picture *picture = read_picture(vml->builder->story, xml_get(data, r_id), shape->width,
                                           shape->height, xml_get(node, v_alt));
    if (!picture)
        return;
    if (!vml->group && !begins(css->position, "absolute")) {
        add_item(vml->builder, INLINE_PICTURE, vml->props)->picture = picture;
        return;
    }
    shape->kind = SHAPE_PICTURE;
    shape->picture = picture;
    add_shape(vml->builder, vml->props, shape);
}

static void read_box(const struct vml *vml, const struct xml_node *node, struct shape *shape) {
    const struct xml_node *box = xml_child(node, v_textbox);
    const struct xml_node *content = xml_child(box, w_txbxContent);
    shape->kind = content ? SHAPE_TEXT_BOX : SHAPE_RECT;
    read_stroke(node, shape);
    shape->fill = read_fill(node);
    if (content) {
        read_insets(box, shape);
        shape->blocks =
            read_text_box(vml->builder, content, shape->width - shape->inset[0] - shape->inset[2]);
    }
    add_shape(vml->builder, vml->props, shape);
}

/* The shape's number in "#_x0000_t32"; -1: a path of its own. */
static int type_number(const struct xml_node *node) {
    const char *type = xml_get(node, v_type), *t = type ? strstr(type, "_t") : NULL;
    return t ? atoi(t + 2) : -1;
}

enum { TYPE_RECT = 1, TYPE_LINE = 20, TYPE_CONNECTOR = 32, TYPE_PICTURE = 75, TYPE_TEXT_BOX = 202 };

static void read_any(const struct vml *vml, const struct xml_node *node, const struct css *css) {
    int type = node->name == v_rect || node->name == v_roundrect ? TYPE_RECT : type_number(node);
    if (xml_child(node, v_imagedata)) {
        read_picture_shape(vml, node, css, new_shape(vml, node, css));
    } else if (type == TYPE_LINE || type == TYPE_CONNECTOR) {
        read_line(vml, node, css);
    } else if (xml_child(xml_child(node, v_textbox), w_txbxContent) || type == TYPE_RECT ||
               type == TYPE_TEXT_BOX) {
        read_box(vml, node, new_shape(vml, node, css));
    } else if (xml_child_local(node, "textpath")) {
        unsupported(vml->builder->story, "v:textpath");
    } else {
        unsupported(vml->builder->story, node->qname);
    }
}

/* ---- groups ---- */

/* "0,0": two numbers of an attribute. */
static void read_pair(const struct xml_node *node, const char *name, int64_t *a, int64_t *b) {
    const char *value = xml_get_local(node, name), *comma = value ? strchr(value, ',') : NULL;
    if (!value)
        return;
    *a = units_of(value);
    *b = comma ? units_of(comma + 1) : 0;
}

static void read_members(struct vml *vml, const struct xml_node *parent);

static void read_group(const struct vml *outer, const struct xml_node *node,
                       const struct css *css) {
    struct shape *box = new_shape(outer, node, css);
    struct group group = {.x = box->x,
                          .y = box->y,
                          .width = box->width,
                          .height = box->height,
                          .span_x = 1000,
                          .span_y = 1000};
    read_pair(node, "coordorigin", &group.from_x, &group.from_y);
    read_pair(node, "coordsize", &group.span_x, &group.span_y);
    struct vml inner = *outer;
    inner.group = &group;
    inner.place = *box;
    if (!story_enter(outer->builder->story))
        return;
    read_members(&inner, node);
    story_leave(outer->builder->story);
}

static void read_member(struct vml *vml, const struct xml_node *node) {
    struct css css = css_read(vml->builder->story->reader->pool, node);
    if (begins(css.visibility, "hidden"))
        return;
    switch (node->name) {
    case v_line:
        read_line(vml, node, &css);
        break;
    case v_shape:
    case v_rect:
    case v_roundrect:
        read_any(vml, node, &css);
        break;
    case v_group:
        read_group(vml, node, &css);
        break;
    default:
        if (xml_child(xml_child(node, v_textbox), w_txbxContent))
            read_box(vml, node, new_shape(vml, node, &css));
        else
            unsupported(vml->builder->story, node->qname);
    }
}

/* Definitions, and data of what drew the picture: nothing to draw. */
static bool is_silent(const struct xml_node *node) {
    static const char *const names[] = {"shapetype",  "OLEObject",  "lock",
                                        "wrap",       "control",    "movie",
                                        "anchorlock", "background", "shapedefaults"};
    if (node->name == XML_TEXT)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (xml_is_local(node, names[i]))
            return true;
    return false;
}

static void read_members(struct vml *vml, const struct xml_node *parent) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent)
        if (!is_silent(node))
            read_member(vml, node);
}

void read_vml(struct builder *builder, const struct xml_node *node, const struct run_props *props) {
    struct vml vml = {.builder = builder, .props = props};
    read_members(&vml, node);
}
