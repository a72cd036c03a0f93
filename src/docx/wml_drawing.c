/* DrawingML: w:drawing with lines, rectangles, text boxes, pictures, and groups of them. */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

/* Where a drawing stands and how a group inside it is scaled. */
struct frame {
    struct builder *builder;
    const struct run_props *props;
    struct shape place;      /* bases, alignment, offset, size, behind */
    bool in_line;            /* wp:inline */
    const char *description; /* wp:docPr descr */
    const struct xml_node *graphic;
};

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

static const char *text_of(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : NULL;
}

static mpt emu_text(const struct xml_node *node) {
    const char *text = text_of(node);
    return text ? emu_parse(text, 0) : 0;
}

/* ---- place (20.4) ---- */

static enum anchor_base base_of(const char *from, enum anchor_base otherwise) {
    static const struct {
        const char *name;
        enum anchor_base base;
    } bases[] = {
        {"column", BASE_COLUMN},       {"margin", BASE_MARGIN},       {"page", BASE_PAGE},
        {"paragraph", BASE_PARAGRAPH}, {"character", BASE_CHARACTER}, {"line", BASE_LINE},
        {"leftMargin", BASE_PAGE},     {"insideMargin", BASE_PAGE},   {"topMargin", BASE_PAGE}};
    for (size_t i = 0; from && i < sizeof bases / sizeof bases[0]; i++)
        if (strcmp(from, bases[i].name) == 0)
            return bases[i].base;
    return otherwise;
}

static enum anchor_align align_of(const char *align) {
    if (!align)
        return ANCHOR_OFFSET;
    return is(align, "center")                                                 ? ANCHOR_CENTER
           : is(align, "right") || is(align, "bottom") || is(align, "outside") ? ANCHOR_END
                                                                               : ANCHOR_START;
}

static void read_place(const struct xml_node *anchor, struct frame *frame) {
    const struct xml_node *h = xml_child(anchor, wp_positionH);
    const struct xml_node *v = xml_child(anchor, wp_positionV);
    struct shape *place = &frame->place;
    if (is(xml_get(anchor, wp_simplePos), "1")) {
        const struct xml_node *simple = xml_child(anchor, wp_simplePos);
        place->x_base = place->y_base = BASE_PAGE;
        place->x = emu_get(simple, wp_x, 0);
        place->y = emu_get(simple, wp_y, 0);
    } else {
        place->x_base = base_of(xml_get(h, wp_relativeFrom), BASE_MARGIN);
        place->y_base = base_of(xml_get(v, wp_relativeFrom), BASE_MARGIN);
        place->x_align = align_of(text_of(xml_child(h, wp_align)));
        place->y_align = align_of(text_of(xml_child(v, wp_align)));
        place->x = emu_text(xml_child(h, wp_posOffset));
        place->y = emu_text(xml_child(v, wp_posOffset));
    }
    const char *behind = xml_get(anchor, wp_behindDoc);
    place->behind = is(behind, "1") || is(behind, "true");
}

/* ---- colours and lines ---- */

static int32_t solid_color(struct theme *theme, const struct xml_node *parent) {
    const struct xml_node *rgb = xml_child(parent, a_srgbClr);
    const struct xml_node *scheme = xml_child(parent, a_schemeClr);
    const struct xml_node *system = xml_child(parent, a_sysClr);
    if (rgb)
        return color_hex(xml_get(rgb, a_val));
    if (system)
        return color_hex(xml_get(system, a_lastClr));
    const char *name = scheme ? xml_get(scheme, a_val) : NULL;
    return name ? theme_color(theme, name) : -1;
}

static int index_of(const struct xml_node *reference) {
    const char *idx = reference ? xml_get(reference, a_idx) : NULL;
    return idx ? atoi(idx) : 0;
}

/* a:ln over what the shape's style refers to (20.1.4.2). */
static void read_stroke(struct theme *theme, const struct xml_node *line,
                        const struct xml_node *style, struct shape *shape) {
    const struct xml_node *reference = xml_child(style, a_lnRef);
    int idx = index_of(reference);
    if ((!line && !idx) || xml_child(line, a_noFill))
        return;
    mpt width = idx ? theme_line(theme, idx) : 750;
    int32_t color = reference ? solid_color(theme, reference) : -1;
    const struct xml_node *solid = xml_child(line, a_solidFill);
    if (!idx && !solid)
        return; /* a line without a fill is not drawn */
    if (solid)
        color = solid_color(theme, solid);
    shape->stroke = line ? emu_get(line, a_w, width) : width;
    shape->stroke_color = color < 0 ? 0 : (uint32_t)color;
}

static int32_t read_fill(struct theme *theme, const struct xml_node *sppr,
                         const struct xml_node *style) {
    const struct xml_node *solid = xml_child(sppr, a_solidFill);
    const struct xml_node *reference = xml_child(style, a_fillRef);
    if (xml_child(sppr, a_noFill))
        return -1;
    if (solid)
        return solid_color(theme, solid);
    return index_of(reference) ? solid_color(theme, reference) : -1;
}

/* ---- shapes ---- */

static bool flag(const struct xml_node *node, enum xml_name name) {
    const char *value = node ? xml_get(node, name) : NULL;
    return is(value, "1") || is(value, "true");
}

/* Turned by a quarter, a box swaps its sides about its centre. Other turns are not drawn. */
static void turn(struct frame *frame, const struct xml_node *xfrm, struct shape *shape) {
    const char *rot = xfrm ? xml_get(xfrm, a_rot) : NULL;
    long quarter = 5400000, angle = rot ? strtol(rot, NULL, 10) % (4 * quarter) : 0;
    if (angle < 0)
        angle += 4 * quarter;
    if (angle % quarter)
        unsupported(frame->builder->story, "a:xfrm rot");
    if (angle != quarter && angle != 3 * quarter)
        return;
    mpt width = shape->width, height = shape->height;
    shape->x += (width - height) / 2;
    shape->y += (height - width) / 2;
    shape->width = height;
    shape->height = width;
    shape->flip = !shape->flip;
}

static bool is_line(const char *preset) {
    return is(preset, "line") || (preset && strstr(preset, "Connector"));
}

/* Geometry drawn as the plain box it is, or near enough. */
static bool is_box(const char *preset) {
    return !preset || is(preset, "rect") || is(preset, "roundRect") ||
           strncmp(preset, "flowChartProcess", 16) == 0;
}

static void read_insets(const struct xml_node *body, struct shape *shape) {
    static const enum xml_name names[4] = {wps_lIns, wps_tIns, wps_rIns, wps_bIns};
    for (int i = 0; i < 4; i++)
        shape->inset[i] = emu_get(body, names[i], shape->inset[i]);
}

static void read_text_shape(struct frame *frame, const struct xml_node *wsp,
                            const struct xml_node *content, struct shape *shape) {
    shape->kind = SHAPE_TEXT_BOX;
    read_insets(xml_child(wsp, wps_bodyPr), shape);
    shape->blocks =
        read_text_box(frame->builder, content, shape->width - shape->inset[0] - shape->inset[2]);
}

static void read_shape(struct frame *frame, const struct xml_node *wsp) {
    struct theme *theme = frame->builder->story->reader->theme;
    const struct xml_node *sppr = xml_child(wsp, wps_spPr), *style = xml_child(wsp, wps_style);
    const struct xml_node *xfrm = xml_child(sppr, a_xfrm), *geom = xml_child(sppr, a_prstGeom);
    const struct xml_node *content = xml_child(xml_child(wsp, wps_txbx), w_txbxContent);
    const char *preset = geom ? xml_get(geom, a_prst) : NULL;
    struct shape *shape = shape_new(frame->builder), defaults = *shape;
    if (frame->in_line)
        unsupported(frame->builder->story, "wp:inline (wps:wsp)");
    *shape = frame->place;
    memcpy(shape->inset, defaults.inset, sizeof shape->inset);
    shape->fill = -1;
    shape->flip = flag(xfrm, a_flipH) != flag(xfrm, a_flipV);
    turn(frame, xfrm, shape);
    read_stroke(theme, xml_child(sppr, a_ln), style, shape);
    if (content) {
        read_text_shape(frame, wsp, content, shape);
    } else if (is_line(preset)) {
        shape->kind = SHAPE_LINE;
        shape->flip &= shape->width > 0 && shape->height > 0;
    } else if (geom && is_box(preset)) {
        shape->kind = SHAPE_RECT;
    } else {
        unsupported(frame->builder->story, preset ? preset : "a:custGeom");
        return;
    }
    if (shape->kind != SHAPE_LINE)
        shape->fill = read_fill(theme, sppr, style);
    add_shape(frame->builder, frame->props, shape);
}

static void warn_of_crop(struct frame *frame, const struct xml_node *fill) {
    const struct xml_node *crop = xml_child(fill, a_srcRect);
    const struct xml_attr *attr;
    for (attr = crop ? crop->attrs : NULL; attr; attr = attr->next)
        if (strcmp(attr->value, "0") != 0)
            unsupported(frame->builder->story, "a:srcRect");
}

static void read_pic(struct frame *frame, const struct xml_node *pic) {
    const struct xml_node *fill = xml_child(pic, pic_blipFill), *blip = xml_child(fill, a_blip);
    warn_of_crop(frame, fill);
    struct picture *picture =
        read_picture(frame->builder->story, blip ? xml_get(blip, r_embed) : NULL,
                     frame->place.width, frame->place.height, frame->description);
    if (!picture)
        return;
    if (frame->in_line) {
        add_item(frame->builder, INLINE_PICTURE, frame->props)->picture = picture;
        return;
    }
    struct shape *shape = shape_new(frame->builder);
    *shape = frame->place;
    shape->kind = SHAPE_PICTURE;
    shape->fill = -1;
    shape->picture = picture;
    add_shape(frame->builder, frame->props, shape);
}

/* ---- groups ---- */

struct scale { /* a group's own coordinates, and the box they are drawn in */
    int64_t x, y, width, height;
};

static int64_t number(const struct xml_node *node, enum xml_name name) {
    const char *value = node ? xml_get(node, name) : NULL;
    long long n = value ? strtoll(value, NULL, 10) : 0;
    const long long cap = 1LL << 31;
    return n > cap ? cap : n < -cap ? -cap : n;
}

static mpt scaled(int64_t value, int64_t from, mpt to) {
    return from > 0 ? mpt_clamp(value * to / from) : mpt_clamp(value * 10 / 127);
}

static const struct xml_node *xfrm_of(const struct xml_node *node) {
    const struct xml_node *sppr = xml_child(node, wps_spPr);
    if (!sppr)
        sppr = xml_child(node, pic_spPr);
    if (!sppr)
        sppr = xml_child_local(node, "grpSpPr");
    return xml_child(sppr, a_xfrm);
}

static void read_member(struct frame *frame, const struct xml_node *node);

static void read_group(struct frame *frame, const struct xml_node *group) {
    const struct xml_node *xfrm = xfrm_of(group), *node;
    const struct xml_node *off = xml_child_local(xfrm, "chOff"),
                          *ext = xml_child_local(xfrm, "chExt");
    struct scale scale = {number(off, a_x), number(off, a_y), number(ext, a_cx), number(ext, a_cy)};
    if (!story_enter(frame->builder->story))
        return;
    XML_EACH_CHILD (node, group) {
        const struct xml_node *own = xfrm_of(node);
        const struct xml_node *at = xml_child(own, a_off), *size = xml_child(own, a_ext);
        struct frame inner = *frame;
        struct shape *place = &inner.place;
        if (!own)
            continue;
        place->x = mpt_clamp((int64_t)place->x +
                             scaled(number(at, a_x) - scale.x, scale.width, frame->place.width));
        place->y = mpt_clamp((int64_t)place->y +
                             scaled(number(at, a_y) - scale.y, scale.height, frame->place.height));
        place->width = scaled(number(size, a_cx), scale.width, frame->place.width);
        place->height = scaled(number(size, a_cy), scale.height, frame->place.height);
        inner.in_line = false;
        read_member(&inner, node);
    }
    story_leave(frame->builder->story);
}

static void read_member(struct frame *frame, const struct xml_node *node) {
    if (node->name == wps_wsp)
        read_shape(frame, node);
    else if (node->name == pic_pic)
        read_pic(frame, node);
    else if (node->name == wpg_wgp || node->name == wpc_wpc || xml_is_local(node, "grpSp"))
        read_group(frame, node);
    else if (node->name != XML_TEXT)
        unsupported_part(frame->builder->story, node->qname);
}

/* ---- the drawing ---- */

static void read_wrap(struct frame *frame, const struct xml_node *anchor) {
    static const enum xml_name around[] = {wp_wrapSquare, wp_wrapTight, wp_wrapThrough};
    static const enum xml_name distances[] = {[EDGE_TOP] = wp_distT,
                                              [EDGE_LEFT] = wp_distL,
                                              [EDGE_BOTTOM] = wp_distB,
                                              [EDGE_RIGHT] = wp_distR};
    struct shape *place = &frame->place;
    if (place->height == 0 || place->width == 0)
        return; /* text has nothing to flow around */
    if (xml_child(anchor, wp_wrapTopAndBottom))
        place->wrap = WRAP_TOP_AND_BOTTOM;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        const struct xml_node *wrap = xml_child(anchor, around[i]);
        const char *side = wrap ? xml_get_local(wrap, "wrapText") : NULL;
        if (wrap)
            place->wrap = WRAP_SQUARE;
        if (is(side, "left") || is(side, "right"))
            unsupported(frame->builder->story, "wrapText");
    }
    for (int i = 0; i < 4 && place->wrap; i++) {
        mpt distance = emu_get(anchor, distances[i], 0);
        place->distance[i] = distance < 0 ? 0 : distance;
    }
}

/* An inline shape stands where the text is, but takes no room there. */
static void place_in_line(struct frame *frame) {
    frame->in_line = true;
    frame->place.x_base = BASE_CHARACTER;
    frame->place.y_base = BASE_LINE;
}

static void read_framed(struct builder *builder, const struct xml_node *anchor,
                        const struct run_props *props) {
    const struct xml_node *extent = xml_child(anchor, wp_extent), *node;
    const struct xml_node *about = xml_child(anchor, wp_docPr);
    struct frame frame = {.builder = builder, .props = props};
    frame.place.width = emu_get(extent, wp_cx, 0);
    frame.place.height = emu_get(extent, wp_cy, 0);
    if (frame.place.width < 0 || frame.place.height < 0)
        frame.place.width = frame.place.height = 0;
    frame.description = about ? xml_get(about, wp_descr) : NULL;
    frame.graphic = xml_child(xml_child(anchor, a_graphic), a_graphicData);
    if (anchor->name == wp_inline) {
        place_in_line(&frame);
    } else {
        read_place(anchor, &frame);
        read_wrap(&frame, anchor);
    }
    const struct xml_node *click = xml_child_local(about, "hlinkClick");
    const char *outer = builder->link;
    if (click)
        builder->link = link_of_relation(builder->story, xml_get(click, r_id));
    XML_EACH_CHILD (node, frame.graphic)
        read_member(&frame, node);
    builder->link = outer;
}

void read_drawing(struct builder *builder, const struct xml_node *node,
                  const struct run_props *props) {
    const struct xml_node *child;
    XML_EACH_CHILD (child, node) {
        if (child->name == wp_anchor || child->name == wp_inline)
            read_framed(builder, child, props);
        else if (child->name != XML_TEXT)
            unsupported(builder->story, child->qname);
    }
}
