/* VML: w:pict and w:object with v:line, v:shape, v:rect, text boxes, pictures and groups, as Word
 * before 2010 wrote them and still writes them beside DrawingML (ECMA-376 part 4). */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/geometry.h"
#include "docx/intern.h"
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
    const char *width_percent, *width_base, *height_percent, *height_base;
    const char *text_anchor, *text_flow, *flow_alt, *fit_shape, *wrap_style; /* of text boxes */
};

struct group { /* coordinates that a group gives its members */
    mpt x, y, width, height;
    int64_t from_x, from_y, span_x, span_y;
};

struct vml {
    struct builder *builder;
    const struct run_props *props;
    const struct xml_node *root; /* where its v:shapetype may stand */
    const struct group *group;   /* NULL: directly in the text */
    struct shape place;          /* of the group, for its members */
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
                 {"mso-wrap-distance-right", &css->distance[EDGE_RIGHT]},
                 {"mso-width-percent", &css->width_percent},
                 {"mso-width-relative", &css->width_base},
                 {"mso-height-percent", &css->height_percent},
                 {"mso-height-relative", &css->height_base},
                 {"v-text-anchor", &css->text_anchor},
                 {"layout-flow", &css->text_flow},
                 {"mso-layout-flow-alt", &css->flow_alt},
                 {"mso-fit-shape-to-text", &css->fit_shape},
                 {"mso-wrap-style", &css->wrap_style}};
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
    return begins(value, "margin")         ? BASE_MARGIN
           : begins(value, "page")         ? BASE_PAGE
           : begins(value, "char")         ? BASE_CHARACTER
           : begins(value, "left-margin")  ? BASE_LEFT_MARGIN
           : begins(value, "right-margin") ? BASE_RIGHT_MARGIN
           : begins(value, "inner-margin") ? BASE_INSIDE_MARGIN
           : begins(value, "outer-margin") ? BASE_OUTSIDE_MARGIN
                                           : BASE_COLUMN;
}

static enum anchor_base y_base_of(const char *value) {
    return begins(value, "margin")          ? BASE_MARGIN
           : begins(value, "page")          ? BASE_PAGE
           : begins(value, "line")          ? BASE_LINE
           : begins(value, "top-margin")    ? BASE_TOP_MARGIN
           : begins(value, "bottom-margin") ? BASE_BOTTOM_MARGIN
                                            : BASE_PARAGRAPH;
}

static enum anchor_align align_of(const char *value) {
    return begins(value, "center")                             ? ANCHOR_CENTER
           : begins(value, "right") || begins(value, "bottom") ? ANCHOR_END
           : begins(value, "left") || begins(value, "top")     ? ANCHOR_START
           : begins(value, "inside")                           ? ANCHOR_INSIDE
           : begins(value, "outside")                          ? ANCHOR_OUTSIDE
                                                               : ANCHOR_OFFSET;
}

/* "315", "-20" degrees or "-5898240fd", parts of 1/65536. */
static int32_t angle_in(const char *value) {
    bool ok;
    if (!value)
        return 0;
    if (strstr(value, "fd"))
        return (int32_t)angle_normal(strtoll(value, NULL, 10) % (360 * 65536LL) * ANGLE_DEGREE /
                                     65536);
    return (int32_t)angle_normal((int64_t)length_parse(value, UNIT_POINT, &ok) * ANGLE_DEGREE /
                                 UNIT_POINT);
}

/* mso-width-percent and kin are in thousandths and stand over the size itself. */
static void read_percents(struct story *story, const struct css *css, struct shape *shape) {
    int64_t width = units_of(css->width_percent), height = units_of(css->height_percent);
    const struct sections *sections = story->reader->sections;
    if (width > 0)
        shape->width = mpt_clamp(section_extent(sections, css->width_base, true) * width / 1000);
    if (height > 0)
        shape->height =
            mpt_clamp(section_extent(sections, css->height_base, false) * height / 1000);
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
    shape->z = units_of(css->z_index);
    if (!begins(css->position, "absolute")) {
        shape->x_base = BASE_CHARACTER;
        shape->y_base = BASE_BASELINE;
        shape->x = 0;
        shape->y = -shape->height;
        shape->x_align = shape->y_align = ANCHOR_OFFSET;
    }
}

static void turn(const struct css *css, struct shape *shape) {
    int32_t angle = angle_in(css->rotation);
    bool mirrored = shape->flip_x != shape->flip_y;
    shape->angle = (int32_t)angle_normal((int64_t)shape->angle + (mirrored ? -angle : angle));
    shape->flip_x ^= css->flip && strchr(css->flip, 'x') != NULL;
    shape->flip_y ^= css->flip && strchr(css->flip, 'y') != NULL;
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

static struct shape *new_shape(const struct vml *vml, const struct xml_node *node,
                               const struct css *css) {
    struct shape *shape = shape_new(vml->builder);
    if (vml->group) {
        place_in_group(vml, css, shape);
    } else {
        place_in_text(css, shape);
        shape->in_cell = shape_in_cell(vml->builder->story, xml_get_local(node, "allowincell"));
        read_percents(vml->builder->story, css, shape);
    }
    make_positive(shape);
    if (!vml->group && begins(css->position, "absolute"))
        wrap_read_vml(vml->builder->story, node, css->distance, shape);
    else if (shape->angle || shape->flip_x || shape->flip_y)
        shape_carry(&vml->place, shape);
    turn(css, shape);
    return shape;
}

enum { TYPE_RECT = 1, TYPE_LINE = 20, TYPE_CONNECTOR = 32, TYPE_TEXT_BOX = 202 };

/* ---- strokes and fills ---- */

static bool is_off(const char *value) {
    return value && (value[0] == 'f' || value[0] == '0' || begins(value, "no"));
}

static const char *stroke_says(const struct xml_node *node, const char *name) {
    const struct xml_node *stroke = xml_child(node, v_stroke);
    return stroke ? xml_get_local(stroke, name) : NULL;
}

static void read_line_style(struct story *story, const struct xml_node *node, struct shape *shape) {
    static const char *const dashes[][2] = {{"1 1", "sysDot"},
                                            {"shortdot", "sysDot"},
                                            {"shortdash", "sysDash"},
                                            {"shortdashdotdot", "sysDashDotDot"},
                                            {"shortdashdot", "sysDashDot"},
                                            {"dot", "dot"},
                                            {"dashdot", "dashDot"},
                                            {"dash", "dash"},
                                            {"longdashdotdot", "lgDashDotDot"},
                                            {"longdashdot", "lgDashDot"},
                                            {"longdash", "lgDash"},
                                            {"3 1", "sysDash"}};
    const char *dash = stroke_says(node, "dashstyle"), *cap = stroke_says(node, "endcap");
    const char *style = stroke_says(node, "linestyle"), *join = stroke_says(node, "joinstyle");
    size_t i = 0, n = sizeof dashes / sizeof dashes[0];
    while (dash && i < n && strcasecmp(dash, dashes[i][0]) != 0)
        i++;
    if (dash && !begins(dash, "solid"))
        dash_preset(&shape->line, i < n ? dashes[i][1] : "dash");
    shape->line.cap = begins(cap, "round") ? CAP_ROUND : begins(cap, "sq") ? CAP_SQUARE : CAP_FLAT;
    shape->line.miter = begins(join, "miter");
    if (style && !begins(style, "single"))
        unsupported(story, "v:stroke linestyle");
}

static void read_stroke(struct story *story, const struct xml_node *node, struct shape *shape) {
    const char *named = stroke_says(node, "color"), *weight = stroke_says(node, "weight");
    int32_t color = color_named(named ? named : xml_get(node, v_strokecolor));
    if (is_off(xml_get(node, v_stroked)) || is_off(stroke_says(node, "on")))
        return;
    shape->stroke = length_get(node, v_strokeweight, UNIT_PX, 750);
    if (weight)
        shape->stroke = length_parse(weight, UNIT_PX, NULL);
    if (shape->stroke <= 0)
        shape->stroke = 100; /* the thinnest line */
    shape->stroke_color = color < 0 ? 0 : (uint32_t)color;
    shape->stroke_clear = vml_transparency(stroke_says(node, "opacity"));
    read_line_style(story, node, shape);
}

/* VML's names for the ends of lines as those of DrawingML. */
static const char *end_named(const char *name) {
    static const char *const names[][2] = {
        {"block", "triangle"}, {"classic", "stealth"}, {"open", "arrow"},
        {"oval", "oval"},      {"diamond", "diamond"}, {"narrow", "sm"},
        {"short", "sm"},       {"wide", "lg"},         {"long", "lg"}};
    for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(name, names[i][0]) == 0)
            return names[i][1];
    return NULL;
}

static void read_ends_of(struct story *story, const struct xml_node *node, struct shape *shape) {
    const struct line_ends ends = {.type = {end_named(stroke_says(node, "startarrow")),
                                            end_named(stroke_says(node, "endarrow"))},
                                   .width = {end_named(stroke_says(node, "startarrowwidth")),
                                             end_named(stroke_says(node, "endarrowwidth"))},
                                   .length = {end_named(stroke_says(node, "startarrowlength")),
                                              end_named(stroke_says(node, "endarrowlength"))}};
    outline_add_ends(story, &ends, shape);
}

static void read_fill(struct story *story, const struct xml_node *node, struct shape *shape) {
    const struct xml_node *fill = xml_child(node, v_fill);
    const char *color = xml_get(node, v_fillcolor),
               *said = fill ? xml_get_local(fill, "color") : NULL;
    const char *type = fill ? xml_get_local(fill, "type") : NULL;
    int32_t second = fill ? color_named(xml_get_local(fill, "color2")) : -1;
    if (is_off(xml_get(node, v_filled)) || (fill && is_off(xml_get_local(fill, "on"))))
        return;
    color = said ? said : color;
    shape->fill = color ? color_named(color) : 0xFFFFFF;
    shape->clear = vml_transparency(fill ? xml_get_local(fill, "opacity") : NULL);
    if (!type || begins(type, "solid"))
        return;
    if (begins(type, "gradient")) {
        struct paint paint = read_vml_gradient(story, fill, shape->fill, second);
        shape->fill = paint.color;
        shape->texture = paint.texture;
        return;
    }
    if (xml_get(fill, r_id) && !begins(type, "pattern"))
        shape->texture = read_vml_picture(story, xml_get(fill, r_id), begins(type, "tile"));
    if (!shape->texture)
        unsupported(story, pool_printf(story->reader->pool, "v:fill type=\"%s\"", type));
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
    shape->flip_x ^= x1 < x0;
    shape->flip_y ^= y1 < y0;
    shape->x = x0 < x1 ? x0 : x1;
    shape->y = y0 < y1 ? y0 : y1;
    shape->width = x0 < x1 ? x1 - x0 : x0 - x1;
    shape->height = y0 < y1 ? y1 - y0 : y0 - y1;
}

/* Puts the shape into the text: where it hangs, or on a box in the line. */
/* The room in the line for what was just added. */
static void add_room(const struct vml *vml, const struct shape *shape) {
    if (vml->group || shape->y_base != BASE_BASELINE)
        return;
    struct shape *box = shape_new(vml->builder);
    box->width = shape->width;
    box->height = shape->height;
    add_item(vml->builder, INLINE_BOX, vml->props)->shape = box;
}

static void place_shape(const struct vml *vml, struct shape *shape) {
    add_shape(vml->builder, vml->props, shape);
    add_room(vml, shape);
}

static void read_line(const struct vml *vml, const struct xml_node *node, const struct css *css) {
    struct shape *shape = new_shape(vml, node, css);
    shape->kind = SHAPE_LINE;
    read_ends(vml, node, shape);
    read_stroke(vml->builder->story, node, shape);
    read_ends_of(vml->builder->story, node, shape);
    effects_read_vml(vml->builder->story, node, shape);
    place_shape(vml, shape);
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

static bool has_border(const struct xml_node *node) {
    const char *stroked = xml_get(node, v_stroked);
    return stroked && !is_off(stroked);
}

static void read_picture_shape(const struct vml *vml, const struct xml_node *node,
                               const struct css *css, struct shape *shape) {
    struct story *story = vml->builder->story;
    const struct xml_node *data = xml_child(node, v_imagedata);
    struct picture *picture =
        read_picture(story, xml_get(data, r_id), shape->width, shape->height, xml_get(node, v_alt));
    read_image_data(story, data, picture);
    if (has_border(node))
        read_stroke(story, node, shape);
    if (draw_metafile(vml->builder, vml->props, shape, picture)) {
        add_room(vml, shape);
        return;
    }
    effects_read_vml(story, node, shape);
    if (!vml->group && !begins(css->position, "absolute") && !shape->stroke && !shape->angle &&
        !shape->flip_x && !shape->flip_y && !shape->shadow) {
        add_item(vml->builder, INLINE_PICTURE, vml->props)->picture = picture;
        return;
    }
    shape->kind = SHAPE_PICTURE;
    shape->picture = picture;
    place_shape(vml, shape);
}

/* How the text stands in its box: v:textbox and the shape have a say. */
static void read_text_style(struct story *story, const struct xml_node *box, const struct css *css,
                            struct shape *shape) {
    struct css own = css_read(story->reader->pool, box);
    shape->text_align = begins(css->text_anchor, "middle")   ? V_CENTER
                        : begins(css->text_anchor, "bottom") ? V_BOTTOM
                                                             : V_TOP;
    if (begins(own.text_flow, "vertical"))
        shape->text_turn = begins(own.flow_alt, "bottom-to-top") ? TURN_LEFT : TURN_RIGHT;
    shape->grows = begins(own.fit_shape, "t");
    shape->no_wrap = begins(own.wrap_style, "none");
    read_insets(box, shape);
}

static void read_text(const struct vml *vml, const struct xml_node *box, const struct css *css,
                      struct shape *shape) {
    const struct xml_node *content = xml_child(box, w_txbxContent);
    if (!content)
        return;
    read_text_style(vml->builder->story, box, css, shape);
    mpt width = shape->text_turn ? shape->height - shape->inset[1] - shape->inset[3]
                                 : shape->width - shape->inset[0] - shape->inset[2];
    shape->kind = SHAPE_TEXT_BOX;
    shape->blocks = read_text_box(vml->builder, content, width);
}

/* ---- outlines ---- */

/* The number of the shape's kind: of its type, "#_x0000_t32", or its own; -1: none. */
static int type_number(const struct xml_node *node, const struct xml_node *type) {
    const char *name = xml_get(node, v_type), *t = name ? strstr(name, "_t") : NULL;
    const char *own = xml_get_local(node, "spt"), *of_type = xml_get_local(type, "spt");
    return t ? atoi(t + 2) : own ? atoi(own) : of_type ? atoi(of_type) : -1;
}

/* The v:shapetype that "#id" means, in the same w:pict or anywhere before. */
static const struct xml_node *type_of(const struct vml *vml, const struct xml_node *node) {
    const char *name = xml_get(node, v_type);
    struct reader *reader = vml->builder->story->reader;
    return name && *name == '#' ? intern_find(reader->shape_types, name + 1, strlen(name + 1))
                                : NULL;
}

static void remember_type(const struct vml *vml, const struct xml_node *node) {
    struct reader *reader = vml->builder->story->reader;
    const char *id = xml_get_local(node, "id");
    if (id)
        *intern_slot(reader->shape_types, id, strlen(id)) = (void *)node;
}

static void read_outline(const struct vml *vml, const struct xml_node *node, int number,
                         struct shape *shape) {
    struct story *story = vml->builder->story;
    const char *preset = node->name == v_roundrect ? "roundRect"
                         : node->name == v_oval    ? "ellipse"
                                                   : vml_preset(number);
    if (node->name == v_rect || number == TYPE_RECT || number == TYPE_TEXT_BOX)
        return;
    if (node->name == v_shape && vml_outline(story, node, type_of(vml, node), shape))
        return;
    if (!preset || !vml_preset_outline(story, node, preset, shape))
        unsupported(story, node->qname); /* drawn as the box it fills */
}

/* ---- any shape ---- */

/* A rule across the column (o:hr) has no width of its own. */
static void stretch_rule(const struct vml *vml, const struct xml_node *node, struct shape *shape) {
    if (is_off(xml_get_local(node, "hr")) || !xml_get_local(node, "hr") || shape->width > 0)
        return;
    shape->width = vml->builder->story->width;
}

static void read_any(const struct vml *vml, const struct xml_node *node, const struct css *css) {
    struct story *story = vml->builder->story;
    const struct xml_node *art = xml_child_local(node, "textpath");
    int number = type_number(node, type_of(vml, node));
    if (node->name == v_shape && (number == TYPE_LINE || number == TYPE_CONNECTOR)) {
        read_line(vml, node, css);
        return;
    }
    struct shape *shape = new_shape(vml, node, css);
    stretch_rule(vml, node, shape);
    if (xml_child(node, v_imagedata)) {
        read_picture_shape(vml, node, css, shape);
        return;
    }
    if (art && xml_get_local(art, "string")) {
        read_stroke(story, node, shape);
        read_fill(story, node, shape);
        word_art_read(story, node, type_of(vml, node), shape);
        shape->props = word_art_props(story, art, vml->props, shape);
    } else {
        shape->kind = SHAPE_RECT;
        read_outline(vml, node, number, shape);
        read_stroke(story, node, shape);
        read_fill(story, node, shape);
        read_text(vml, xml_child(node, v_textbox), css, shape);
        read_ends_of(story, node, shape);
    }
    effects_read_vml(story, node, shape);
    if (xml_child_local(node, "extrusion") &&
        !is_off(xml_get_local(xml_child_local(node, "extrusion"), "on")))
        unsupported(story, "o:extrusion");
    place_shape(vml, shape);
}

/* ---- polylines, curves and arcs ---- */

static void trace_points(struct tracer *t, const char *p) {
    bool first = true;
    while (p && *p) {
        int64_t x = length_parse(p, UNIT_PX, NULL);
        p += strcspn(p, ", ");
        p += strspn(p, ", ");
        int64_t y = length_parse(p, UNIT_PX, NULL);
        p += strcspn(p, ", ");
        p += strspn(p, ", ");
        if (first)
            trace_move(t, x, y);
        else
            trace_line(t, x, y);
        first = false;
    }
}

/* v:polyline points, or v:curve from, control1, control2, to. */
static void read_drawn_line(const struct vml *vml, const struct xml_node *node,
                            const struct css *css) {
    struct story *story = vml->builder->story;
    struct tracer t = {.pool = story->reader->pool, .x_axis = {0, 1, 1}, .y_axis = {0, 1, 1}};
    struct shape *shape = new_shape(vml, node, css);
    if (xml_is_local(node, "curve")) {
        mpt x[4], y[4];
        read_point(xml_get(node, v_from), &x[0], &y[0]);
        read_point(xml_get_local(node, "control1"), &x[1], &y[1]);
        read_point(xml_get_local(node, "control2"), &x[2], &y[2]);
        read_point(xml_get(node, v_to), &x[3], &y[3]);
        trace_move(&t, x[0], y[0]);
        trace_curve(&t, (int64_t[]){x[1], x[2], x[3]}, (int64_t[]){y[1], y[2], y[3]});
    } else {
        trace_points(&t, xml_get_local(node, "points"));
    }
    trace_end(&t, true, true, 0);
    if (vml->group || !t.paths.n) {
        unsupported(story, node->qname);
        return;
    }
    shape->kind = SHAPE_RECT;
    shape->paths = t.paths.at;
    shape->path_count = t.paths.n;
    read_stroke(story, node, shape);
    if (xml_get(node, v_fillcolor) || xml_child(node, v_fill))
        read_fill(story, node, shape);
    read_ends_of(story, node, shape);
    shape->x = shape->y = 0; /* the points are where they are said to be */
    shape->width = shape->height = 0;
    shape->flip_x = shape->flip_y = false;
    add_shape(vml->builder, vml->props, shape);
}

/* v:arc startangle endangle, clockwise from the top. */
static void read_arc(const struct vml *vml, const struct xml_node *node, const struct css *css) {
    struct story *story = vml->builder->story;
    struct tracer t = {.pool = story->reader->pool, .x_axis = {0, 1, 1}, .y_axis = {0, 1, 1}};
    struct shape *shape = new_shape(vml, node, css);
    const char *start = xml_get_local(node, "startangle"), *end = xml_get_local(node, "endangle");
    int64_t from = angle_in(start), to = end ? angle_in(end) : ANGLE_QUARTER;
    int64_t radius[2] = {shape->width / 2, shape->height / 2};
    trace_ellipse(&t, radius, radius, from - ANGLE_QUARTER, angle_normal(to - from), false);
    trace_end(&t, true, true, 0);
    shape->kind = SHAPE_RECT;
    shape->paths = t.paths.at;
    shape->path_count = t.paths.n;
    read_stroke(story, node, shape);
    read_ends_of(story, node, shape);
    place_shape(vml, shape);
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
    wrap_group(outer->builder, outer->props, &inner.place);
    if (!outer->group) { /* where it is aligned, what it says of its place is not heard */
        inner.place.x = group.x = box->x_align == ANCHOR_OFFSET ? box->x : 0;
        inner.place.y = group.y = box->y_align == ANCHOR_OFFSET ? box->y : 0;
        inner.place.group_width = box->width;
        inner.place.group_height = box->height;
    }
    if (!story_enter(outer->builder->story))
        return;
    read_members(&inner, node);
    story_leave(outer->builder->story);
    if (outer->group || box->y_base != BASE_BASELINE)
        return;
    struct shape *room = shape_new(outer->builder);
    room->width = box->width;
    room->height = box->height;
    add_item(outer->builder, INLINE_BOX, outer->props)->shape = room;
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
    case v_oval:
        read_any(vml, node, &css);
        break;
    case v_group:
        read_group(vml, node, &css);
        break;
    default:
        if (xml_is_local(node, "polyline") || xml_is_local(node, "curve"))
            read_drawn_line(vml, node, &css);
        else if (xml_is_local(node, "arc"))
            read_arc(vml, node, &css);
        else if (xml_is_local(node, "image") || xml_child(node, v_textbox))
            read_any(vml, node, &css);
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

/* What a control or an object looks like is a picture that Word keeps beside it. */
static bool has_picture(const struct xml_node *parent) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent)
        if (xml_child(node, v_imagedata))
            return true;
    return false;
}

static void read_members(struct vml *vml, const struct xml_node *parent) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        if (node->name == v_shapetype)
            remember_type(vml, node);
        if (xml_is_local(node, "control") && !has_picture(parent))
            unsupported(vml->builder->story, node->qname);
        if (!is_silent(node))
            read_member(vml, node);
    }
}

void read_vml(struct builder *builder, const struct xml_node *node, const struct run_props *props) {
    struct vml vml = {.builder = builder, .props = props};
    read_members(&vml, node);
}
