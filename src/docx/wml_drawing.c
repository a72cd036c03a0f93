/* DrawingML: w:drawing with lines, rectangles, text boxes, pictures, and groups of them. */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/chart.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

/* Where a drawing stands and how a group inside it is scaled. */
struct frame {
    struct builder *builder;
    const struct run_props *props;
    struct shape place;      /* bases, alignment, offset, size, behind */
    bool in_line;            /* wp:inline */
    mpt effect[4];           /* room beside it for shadows and lines, EDGE_* */
    const char *description; /* wp:docPr descr */
    const struct xml_node *graphic;
    struct paint group_fill; /* of the group around (a:grpFill) */
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

static const struct {
    const char *name;
    enum anchor_base x, y;
} bases[] = {{"column", BASE_COLUMN, BASE_PARAGRAPH},
             {"margin", BASE_MARGIN, BASE_MARGIN},
             {"page", BASE_PAGE, BASE_PAGE},
             {"paragraph", BASE_COLUMN, BASE_PARAGRAPH},
             {"character", BASE_CHARACTER, BASE_LINE},
             {"line", BASE_CHARACTER, BASE_LINE},
             {"leftMargin", BASE_LEFT_MARGIN, BASE_MARGIN},
             {"rightMargin", BASE_RIGHT_MARGIN, BASE_MARGIN},
             {"topMargin", BASE_MARGIN, BASE_TOP_MARGIN},
             {"bottomMargin", BASE_MARGIN, BASE_BOTTOM_MARGIN},
             {"insideMargin", BASE_INSIDE_MARGIN, BASE_TOP_MARGIN},
             {"outsideMargin", BASE_OUTSIDE_MARGIN, BASE_BOTTOM_MARGIN}};

static enum anchor_base base_of(const char *from, bool across) {
    for (size_t i = 0; from && i < sizeof bases / sizeof bases[0]; i++)
        if (strcmp(from, bases[i].name) == 0)
            return across ? bases[i].x : bases[i].y;
    return BASE_MARGIN;
}

static enum anchor_align align_of(const char *align) {
    if (!align)
        return ANCHOR_OFFSET;
    return is(align, "center")                         ? ANCHOR_CENTER
           : is(align, "right") || is(align, "bottom") ? ANCHOR_END
           : is(align, "inside")                       ? ANCHOR_INSIDE
           : is(align, "outside")                      ? ANCHOR_OUTSIDE
                                                       : ANCHOR_START;
}

/* An element of the anchor, or of what newer versions of Word put in its place. */
static const struct xml_node *part_of(const struct xml_node *anchor, enum xml_name name) {
    const struct xml_node *node, *found = xml_child(anchor, name);
    XML_EACH_CHILD (node, anchor)
        if (!found && node->name == mc_AlternateContent)
            found = xml_child(chosen(node), name);
    return found;
}

static int64_t number_in(const struct xml_node *node) {
    const char *text = text_of(node);
    long long n = text ? strtoll(text, NULL, 10) : 0;
    return n > 10000000 ? 10000000 : n < -10000000 ? -10000000 : n;
}

static mpt extent_of(struct story *story, const char *from, bool across) {
    return section_extent(story->reader->sections, from, across);
}

/* wp14:pctPosHOffset, in thousandths of a percent. */
static mpt offset_of(struct story *story, const struct xml_node *position, bool across) {
    const struct xml_node *percent =
        xml_child_local(position, across ? "pctPosHOffset" : "pctPosVOffset");
    if (!percent)
        return emu_text(xml_child(position, wp_posOffset));
    return mpt_clamp(extent_of(story, xml_get(position, wp_relativeFrom), across) *
                     number_in(percent) / 100000);
}

/* wp14:sizeRelH and sizeRelV: a size in percent stands over the other; 0 says nothing. */
static void read_relative_size(struct story *story, const struct xml_node *anchor,
                               struct shape *place) {
    const struct xml_node *h = xml_child_local(anchor, "sizeRelH");
    const struct xml_node *v = xml_child_local(anchor, "sizeRelV");
    int64_t width = number_in(xml_child_local(h, "pctWidth"));
    int64_t height = number_in(xml_child_local(v, "pctHeight"));
    if (width > 0)
        place->width =
            mpt_clamp(extent_of(story, xml_get_local(h, "relativeFrom"), true) * width / 100000);
    if (height > 0)
        place->height =
            mpt_clamp(extent_of(story, xml_get_local(v, "relativeFrom"), false) * height / 100000);
}

static void read_place(const struct xml_node *anchor, struct frame *frame) {
    const struct xml_node *h = part_of(anchor, wp_positionH);
    const struct xml_node *v = part_of(anchor, wp_positionV);
    struct story *story = frame->builder->story;
    struct shape *place = &frame->place;
    const char *simple_place = xml_get(anchor, wp_simplePos);
    if (is(simple_place, "1") || is(simple_place, "true")) {
        const struct xml_node *simple = xml_child(anchor, wp_simplePos);
        place->x_base = place->y_base = BASE_PAGE;
        place->x = emu_get(simple, wp_x, 0);
        place->y = emu_get(simple, wp_y, 0);
    } else {
        place->x_base = base_of(h ? xml_get(h, wp_relativeFrom) : NULL, true);
        place->y_base = base_of(v ? xml_get(v, wp_relativeFrom) : NULL, false);
        place->x_align = align_of(text_of(xml_child(h, wp_align)));
        place->y_align = align_of(text_of(xml_child(v, wp_align)));
        place->x = offset_of(story, h, true);
        place->y = offset_of(story, v, false);
    }
    read_relative_size(story, anchor, place);
    const char *behind = xml_get(anchor, wp_behindDoc);
    place->behind = is(behind, "1") || is(behind, "true");
    const char *height = xml_get(anchor, wp_relativeHeight);
    place->z = height ? strtoll(height, NULL, 10) : 0;
    place->in_cell = shape_in_cell(story, xml_get(anchor, wp_layoutInCell));
    const char *overlap = xml_get(anchor, wp_allowOverlap);
    place->apart = is(overlap, "0") || is(overlap, "false");
}

/* ---- shapes ---- */

static bool flag(const struct xml_node *node, enum xml_name name) {
    const char *value = node ? xml_get(node, name) : NULL;
    return is(value, "1") || is(value, "true");
}

static int32_t angle_in(const struct xml_node *xfrm) {
    const char *rot = xfrm ? xml_get(xfrm, a_rot) : NULL;
    return rot ? (int32_t)angle_normal(strtoll(rot, NULL, 10) % ANGLE_TURN) : 0;
}

/* Turns and mirrors what is turned and mirrored with the group around it already. */
static void turn(const struct xml_node *xfrm, struct shape *shape) {
    int32_t angle = angle_in(xfrm);
    bool mirrored = shape->flip_x != shape->flip_y;
    shape->angle = (int32_t)angle_normal((int64_t)shape->angle + (mirrored ? -angle : angle));
    shape->flip_x ^= flag(xfrm, a_flipH);
    shape->flip_y ^= flag(xfrm, a_flipV);
}

static void read_insets(const struct xml_node *body, struct shape *shape) {
    static const char *const names[4] = {"lIns", "tIns", "rIns", "bIns"};
    for (int i = 0; i < 4; i++) {
        const char *value = xml_get_local(body, names[i]);
        shape->inset[i] = value ? emu_parse(value, shape->inset[i]) : shape->inset[i];
    }
}

/* wps:bodyPr (20.1.10.60 and others): how text stands in its box. */
static void read_body(struct story *story, const struct xml_node *body, struct shape *shape) {
    const char *anchor = xml_get_local(body, "anchor"), *vert = xml_get_local(body, "vert");
    const char *turned = xml_get_local(body, "rot"), *columns = xml_get_local(body, "numCol");
    shape->text_align = is(anchor, "ctr") ? V_CENTER : is(anchor, "b") ? V_BOTTOM : V_TOP;
    shape->text_turn = is(vert, "vert") || is(vert, "eaVert") ? TURN_RIGHT
                       : is(vert, "vert270")                  ? TURN_LEFT
                                                              : TURN_NONE;
    shape->grows = xml_child_local(body, "spAutoFit") != NULL;
    shape->no_wrap = is(xml_get_local(body, "wrap"), "none");
    if (vert && !shape->text_turn && !is(vert, "horz"))
        unsupported(story, pool_printf(story->reader->pool, "wps:bodyPr vert=\"%s\"", vert));
    if (turned && strtol(turned, NULL, 10) != 0)
        unsupported(story, "wps:bodyPr rot");
    if (is(anchor, "just") || is(anchor, "dist"))
        unsupported(story, pool_printf(story->reader->pool, "wps:bodyPr anchor=\"%s\"", anchor));
    if (shape->angle && xml_attr_on_local(body, "upright"))
        unsupported(story, "wps:bodyPr upright");
    long n = columns ? strtol(columns, NULL, 10) : 1;
    shape->columns = n < 1 ? 1 : n > 16 ? 16 : (int)n;
    shape->column_gap =
        xml_get_local(body, "spcCol") ? emu_parse(xml_get_local(body, "spcCol"), 0) : 0;
    shape->bidi_columns = shape->columns > 1 && xml_attr_on_local(body, "rtlCol");
}

/* The width of the lines in a box, whichever way they run. */
static mpt text_width(const struct shape *shape) {
    mpt whole = shape->text_turn ? shape->height - shape->inset[1] - shape->inset[3]
                                 : shape->width - shape->inset[0] - shape->inset[2];
    return shape->columns > 1 ? whole / shape->columns : whole;
}

/* Text without a colour of its own has that of the shape's style (20.1.4.1.17). */
static void read_text_shape(struct frame *frame, const struct xml_node *content,
                            const struct xml_node *style, struct shape *shape) {
    struct story *story = frame->builder->story;
    int32_t outer = story->text_color;
    const struct xml_node *font = xml_child_local(style, "fontRef");
    story->text_color = font ? read_paint(story->reader->theme, font).color : -1;
    shape->kind = SHAPE_TEXT_BOX;
    shape->blocks = read_text_box(frame->builder, content, text_width(shape));
    story->text_color = outer;
}

static void read_shape_fill(struct frame *frame, const struct xml_node *sppr,
                            const struct xml_node *style, struct shape *shape) {
    struct story *story = frame->builder->story;
    const struct xml_node *reference = xml_child(style, a_fillRef);
    struct paint paint = {.color = -1};
    int idx = style_index(reference);
    if (!read_texture_of(story, sppr, &paint)) {
        if (xml_child_local(sppr, "grpFill"))
            paint = frame->group_fill;
        else if (idx > 0)
            paint = read_fill_style(story, reference, idx);
    }
    shape->fill = paint.color;
    shape->texture = paint.texture;
    shape->clear = paint.clear;
}

static bool is_line(const char *preset) {
    return is(preset, "line") || is(preset, "straightConnector1");
}

static bool is_connector(const char *preset) {
    return preset && strstr(preset, "Connector") && !strstr(preset, "flowChart");
}

static struct shape *placed_shape(struct frame *frame, const struct xml_node *xfrm) {
    struct shape *shape = shape_new(frame->builder), defaults = *shape;
    *shape = frame->place;
    memcpy(shape->inset, defaults.inset, sizeof shape->inset);
    shape->fill = -1;
    turn(xfrm, shape);
    return shape;
}

/* The story of a shape: WordprocessingML in a text box, or DrawingML. */
static const struct xml_node *content_of(struct story *story, const struct xml_node *wsp) {
    const struct xml_node *body = xml_child_local(wsp, "txBody");
    if (!body)
        body = xml_child_local(xml_child_local(wsp, "txSp"), "txBody");
    return body ? diagram_content(story, body) : xml_child(xml_child(wsp, wps_txbx), w_txbxContent);
}

static const struct xml_node *body_of(const struct xml_node *wsp) {
    const struct xml_node *body = xml_child_local(wsp, "txBody");
    if (!body)
        body = xml_child_local(xml_child_local(wsp, "txSp"), "txBody");
    return xml_child_local(body ? body : wsp, "bodyPr");
}

/* The text of a diagram's shape has a box of its own (dsp:txXfrm), whatever its outline; `insets`
 * are inside that. */
static void read_text_frame(const struct frame *frame, const struct xml_node *wsp,
                            const mpt insets[4], struct shape *shape) {
    const struct xml_node *text = xml_child_local(wsp, "txXfrm");
    const struct xml_node *xfrm = xml_child(xml_child_local(wsp, "spPr"), a_xfrm);
    const struct xml_node *from = xml_child(xfrm, a_off), *size = xml_child(xfrm, a_ext);
    const struct xml_node *at = xml_child(text, a_off), *room = xml_child(text, a_ext);
    if (!at || !room || !from || !size || frame->place.angle || shape->angle)
        return;
    mpt left = emu_get(at, a_x, 0) - emu_get(from, a_x, 0);
    mpt top = emu_get(at, a_y, 0) - emu_get(from, a_y, 0);
    const mpt off[4] = {left, top, emu_get(size, a_cx, 0) - left - emu_get(room, a_cx, 0),
                        emu_get(size, a_cy, 0) - top - emu_get(room, a_cy, 0)};
    for (int i = 0; i < 4; i++)
        shape->inset[i] = mpt_clamp((int64_t)insets[i] + off[i] < 0 ? 0 : insets[i] + off[i]);
}

static void join_boxes(struct linked_box *before, struct linked_box *after) {
    if (after)
        after->before = before;
    if (!before || !after)
        return;
    before->shape->continued = after->shape;
    after->shape->goes_on = before->shape;
}

/* Boxes share a story in the order of their seq, whatever their order in the document; the same seq
 * once more is another story. */
static void chain_box(struct reader *reader, const char *id, struct linked_box *box) {
    void **last = intern_slot(reader->linked, id, strlen(id));
    struct linked_box *before = *last, *after = NULL;
    if (box->seq < 0)
        box->seq = before ? before->seq + 1 : 1;
    for (; before && before->seq > box->seq; before = before->before)
        after = before;
    if (before && before->seq == box->seq)
        before = after = NULL;
    join_boxes(before, box);
    join_boxes(box, after);
    if (!after)
        *last = box;
}

static void link_boxes(struct story *story, const struct xml_node *wsp, struct shape *shape) {
    const struct xml_node *more = xml_child_local(wsp, "linkedTxbx");
    const char *id = xml_get_local(more ? more : xml_child(wsp, wps_txbx), "id");
    const char *seq = more ? xml_get_local(more, "seq") : "0";
    if (!id) {
        if (more)
            unsupported(story, "wps:linkedTxbx");
        return;
    }
    struct linked_box *box = POOL_NEW(story->reader->pool, struct linked_box);
    *box = (struct linked_box){.shape = shape, .part = story->part, .number = story->number};
    box->seq = seq ? strtol(seq, NULL, 10) & 0xffff : -1; /* 20.4.2.22: an unsigned short */
    chain_box(story->reader, id, box);
    if (!more)
        return;
    shape->kind = SHAPE_TEXT_BOX;
    read_insets(body_of(wsp), shape);
    if (!shape->goes_on)
        *VEC_PUSH(story->reader->pool, &story->reader->waiting) = *box;
}

void name_waiting_boxes(struct reader *reader) {
    const struct linked_box *box;
    VEC_EACH (box, &reader->waiting) {
        struct story story;
        if (box->shape->goes_on)
            continue;
        story_begin(&story, reader, box->part, NULL, 0);
        story.number = box->number;
        unsupported(&story, "wps:linkedTxbx");
    }
}

static void read_shape(struct frame *frame, const struct xml_node *wsp) {
    struct story *story = frame->builder->story;
    const struct xml_node *sppr = xml_child_local(wsp, "spPr");
    const struct xml_node *style = xml_child_local(wsp, "style");
    const struct xml_node *geom = xml_child(sppr, a_prstGeom);
    const struct xml_node *content = content_of(story, wsp);
    const char *preset = geom ? xml_get(geom, a_prst) : NULL;
    struct shape *shape = placed_shape(frame, xml_child(sppr, a_xfrm));
    mpt insets[4];
    if (content) {
        read_insets(body_of(wsp), shape);
        read_body(story, body_of(wsp), shape);
    }
    memcpy(insets, shape->inset, sizeof insets);
    outline_read(story, sppr, shape);
    read_text_frame(frame, wsp, insets, shape);
    read_line_of(story, xml_child(sppr, a_ln), style, shape);
    shape->kind = is_line(preset) ? SHAPE_LINE : SHAPE_RECT;
    if (content)
        read_text_shape(frame, content, style, shape);
    if (shape->kind != SHAPE_LINE && !is_connector(preset))
        read_shape_fill(frame, sppr, style, shape);
    outline_read_ends(story, xml_child(sppr, a_ln), shape);
    effects_read(story, sppr, style, shape);
    link_boxes(story, wsp, shape);
    warp_read(story, body_of(wsp), shape);
    if (geom || content || shape->path_count)
        add_shape(frame->builder, frame->props, shape);
}

/* ---- pictures ---- */

static int32_t cut_of(const struct xml_node *rect, const char *side) {
    const char *value = xml_get_local(rect, side);
    long cut = value ? strtol(value, NULL, 10) : 0;
    bool sign = value && strchr(value, '%');
    cut = sign ? cut * 1000 : cut;
    return (int32_t)(cut > 99000 ? 99000 : cut < -1000000 ? -1000000 : cut);
}

/* a:srcRect (20.1.8.55). */
static void read_crop(const struct xml_node *fill, struct picture *picture) {
    static const char *const sides[4] = {
        [EDGE_TOP] = "t", [EDGE_LEFT] = "l", [EDGE_BOTTOM] = "b", [EDGE_RIGHT] = "r"};
    const struct xml_node *rect = xml_child(fill, a_srcRect);
    for (int e = 0; rect && e < 4; e++)
        picture->crop[e] = cut_of(rect, sides[e]);
}

/* A plain picture in the line is a glyph of it; one with a border, turned or clear stands as a
 * shape on a box that keeps its room. */
static bool is_plain(const struct shape *shape) {
    return !shape->stroke && !shape->angle && !shape->flip_x && !shape->flip_y && !shape->clear &&
           !shape->shadow && !shape->glow && !shape->clip;
}

static void read_pic(struct frame *frame, const struct xml_node *pic) {
    struct story *story = frame->builder->story;
    const struct xml_node *fill = xml_child_local(pic, "blipFill"), *blip = xml_child(fill, a_blip);
    const struct xml_node *sppr = xml_child_local(pic, "spPr");
    const char *embedded = blip ? xml_get(blip, r_embed) : NULL;
    if (!embedded && xml_get_local(blip, "link"))
        unsupported_part(story, "a:blip r:link");
    struct picture *picture =
        read_picture(story, embedded, frame->place.width, frame->place.height, frame->description);
    struct shape *shape = placed_shape(frame, xml_child(sppr, a_xfrm));
    shape->kind = SHAPE_PICTURE;
    shape->picture = picture;
    read_crop(fill, picture);
    shape->clear = recolor_read_blip(story, blip, picture);
    outline_read(story, sppr, shape);
    shape->clip = shape_outline_clip(story, shape);
    read_line_of(story, xml_child(sppr, a_ln), NULL, shape);
    effects_read(story, sppr, NULL, shape);
    if (draw_metafile(frame->builder, frame->props, shape, picture))
        return;
    if (frame->in_line && is_plain(shape))
        add_item(frame->builder, INLINE_PICTURE, frame->props)->picture = picture;
    else
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
    const struct xml_node *sppr = xml_child_local(node, "spPr");
    if (!sppr)
        sppr = xml_child_local(node, "grpSpPr");
    return xml_child(sppr, a_xfrm);
}

static void read_member(struct frame *frame, const struct xml_node *node);

static void read_group(struct frame *outer, const struct xml_node *group) {
    const struct xml_node *xfrm = xfrm_of(group), *node;
    struct frame turned = *outer, *frame = &turned;
    turn(xfrm, &turned.place);
    wrap_group(frame->builder, frame->props, &turned.place);
    if (!turned.place.group_width) {
        turned.place.group_width = turned.place.width;
        turned.place.group_height = turned.place.height;
    }
    const struct xml_node *grpsppr = xml_child_local(group, "grpSpPr");
    read_texture_of(outer->builder->story, grpsppr, &turned.group_fill);
    effects_name(outer->builder->story, grpsppr);
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
        if (place->width < 0 || place->height < 0)
            place->width = place->height = 0;
        if (place->angle || place->flip_x || place->flip_y)
            shape_carry(&frame->place, place);
        inner.in_line = false;
        read_member(&inner, node);
    }
    story_leave(frame->builder->story);
}

/* What a canvas says of itself. */
static bool is_silent(const struct xml_node *node) {
    static const char *const names[] = {"bg",      "whole",   "extLst", "cNvGrpSpPr", "cNvPr",
                                        "grpSpPr", "cNvCnPr", "locks",  "cNvFrPr"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (xml_is_local(node, names[i]))
            return true;
    return false;
}

/* A box where something stands that is not drawn, with what is known of it. */
static void add_stand_in(struct frame *frame, struct block *blocks) {
    enum { THIN = 500, GREY = 0x999999 };
    struct shape *shape = placed_shape(frame, NULL);
    shape->kind = blocks ? SHAPE_TEXT_BOX : SHAPE_RECT;
    shape->stroke = THIN;
    shape->stroke_color = GREY;
    shape->blocks = blocks;
    add_shape(frame->builder, frame->props, shape);
}

static struct block *one_line(struct frame *frame, const char *text) {
    struct block_list list = {0};
    if (text && *text)
        add_text_para(frame->builder->story, text, &list);
    return list.first;
}

static bool read_chart(struct frame *frame, const struct xml_node *node) {
    struct story *story = frame->builder->story;
    const struct chart *chart =
        xml_is_local(node, "chart") ? chart_read(story, node, frame->props) : NULL;
    if (!chart)
        return false;
    struct shape *shape = placed_shape(frame, NULL);
    shape->kind = SHAPE_CHART;
    shape->chart = chart;
    shape->description = frame->description ? frame->description : chart->title.text;
    add_shape(frame->builder, frame->props, shape);
    return true;
}

/* The shapes of a diagram are in another part, and so are the pictures they name. */
static bool read_diagram(struct frame *frame, const struct xml_node *node) {
    struct story *story = frame->builder->story;
    const char *outer = story->part, *part = NULL;
    const struct xml_node *tree =
        xml_is_local(node, "relIds") ? diagram_drawing(story, node, &part) : NULL;
    if (!tree)
        return false;
    story->part = part;
    read_group(frame, tree);
    story->part = outer;
    return true;
}

static void read_unknown(struct frame *frame, const struct xml_node *node) {
    struct story *story = frame->builder->story;
    if (read_chart(frame, node) || read_diagram(frame, node))
        return;
    struct block *words = xml_is_local(node, "chart")    ? chart_words(story, node)
                          : xml_is_local(node, "relIds") ? diagram_text(story, node)
                                                         : NULL;
    if (words)
        unsupported(story, node->qname);
    else
        unsupported_part(story, node->qname);
    add_stand_in(frame, words ? words : one_line(frame, frame->description));
}

static void read_member(struct frame *frame, const struct xml_node *node) {
    if (node->name == wps_wsp || xml_is_local(node, "sp") || xml_is_local(node, "cxnSp"))
        read_shape(frame, node);
    else if (node->name == pic_pic || xml_is_local(node, "pic"))
        read_pic(frame, node);
    else if (node->name == wpg_wgp || node->name == wpc_wpc || xml_is_local(node, "grpSp") ||
             xml_is_local(node, "lockedCanvas"))
        read_group(frame, node);
    else if (node->name != XML_TEXT && !is_silent(node))
        read_unknown(frame, node);
}

/* ---- the drawing ---- */

static void read_effect_room(const struct xml_node *anchor, struct frame *frame) {
    static const char *const sides[4] = {
        [EDGE_TOP] = "t", [EDGE_LEFT] = "l", [EDGE_BOTTOM] = "b", [EDGE_RIGHT] = "r"};
    const struct xml_node *room = xml_child_local(anchor, "effectExtent");
    for (int e = 0; room && e < 4; e++) {
        const char *value = xml_get_local(room, sides[e]);
        mpt length = value ? emu_parse(value, 0) : 0;
        frame->effect[e] = length < 0 ? 0 : length;
    }
}

/* An inline shape stands on the line, on a box as large as itself. */
static void place_in_line(const struct xml_node *anchor, struct frame *frame) {
    frame->in_line = true;
    read_effect_room(anchor, frame);
    frame->place.x_base = BASE_CHARACTER;
    frame->place.y_base = BASE_BASELINE;
    frame->place.x = frame->effect[EDGE_LEFT];
    frame->place.y = -frame->place.height - frame->effect[EDGE_BOTTOM];
}

/* The room in the line for shapes just added. */
static void add_box(struct frame *frame) {
    struct shape *box = shape_new(frame->builder);
    box->width = mpt_clamp((int64_t)frame->place.width + frame->effect[EDGE_LEFT] +
                           frame->effect[EDGE_RIGHT]);
    box->height = mpt_clamp((int64_t)frame->place.height + frame->effect[EDGE_TOP] +
                            frame->effect[EDGE_BOTTOM]);
    add_item(frame->builder, INLINE_BOX, frame->props)->shape = box;
}

/* Whether the last thing read is a shape that hangs on the line. */
static bool ends_in_shape(const struct builder *builder) {
    return builder->items.n && !builder->text.len &&
           builder->items.at[builder->items.n - 1].kind == INLINE_SHAPE;
}

static void read_framed(struct builder *builder, const struct xml_node *anchor,
                        const struct run_props *props) {
    const struct xml_node *extent = xml_child(anchor, wp_extent), *node;
    const struct xml_node *about = xml_child(anchor, wp_docPr);
    const char *hidden = about ? xml_get_local(about, "hidden") : NULL;
    struct frame frame = {.builder = builder, .props = props, .group_fill = {.color = -1}};
    if (is(hidden, "1") || is(hidden, "true") || xml_attr_on_local(anchor, "hidden"))
        return;
    frame.place.width = emu_get(extent, wp_cx, 0);
    frame.place.height = emu_get(extent, wp_cy, 0);
    if (frame.place.width < 0 || frame.place.height < 0)
        frame.place.width = frame.place.height = 0;
    frame.description = about ? xml_get(about, wp_descr) : NULL;
    if (about && (!frame.description || !*frame.description))
        frame.description = xml_get_local(about, "title");
    frame.graphic = xml_child(xml_child(anchor, a_graphic), a_graphicData);
    if (anchor->name == wp_inline) {
        place_in_line(anchor, &frame);
    } else {
        read_place(anchor, &frame);
        wrap_read(builder->story, anchor, &frame.place);
    }
    const struct xml_node *click = xml_child_local(about, "hlinkClick");
    const char *outer = builder->link;
    if (click)
        builder->link = link_of_relation(builder->story, xml_get(click, r_id));
    XML_EACH_CHILD (node, frame.graphic)
        read_member(&frame, node);
    if (frame.in_line && ends_in_shape(builder))
        add_box(&frame);
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
