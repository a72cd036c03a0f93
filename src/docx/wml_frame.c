/* Text frames (w:framePr, 17.3.1.11): paragraphs lifted out of the flow, most often a page number
 * in a header. They become a text box without border that hangs on the next paragraph. A frame as
 * wide as its text is given the column's width, and its paragraphs are aligned inside instead. */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <string.h>

struct frame {
    struct frame *next;
    const struct xml_node *props;
    struct block_list blocks;
    mpt height; /* guessed from the text sizes */
};

static const enum xml_name said[] = {w_w,       w_h,      w_x,      w_y,     w_hAnchor, w_wrap,
                                     w_vAnchor, w_xAlign, w_yAlign, w_hRule, w_hSpace,  w_vSpace};

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

bool frame_wanted(const struct xml_node *ppr) {
    const struct xml_node *props = xml_child(ppr, w_framePr);
    const char *drop = props ? xml_get(props, w_dropCap) : NULL;
    return props && (!drop || is(drop, "none")) && !xml_child(ppr, w_sectPr);
}

/* Paragraphs of equal properties in a row are one frame. */
static bool same_frame(const struct xml_node *a, const struct xml_node *b) {
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const char *x = xml_get(a, said[i]), *y = xml_get(b, said[i]);
        if (x != y && !(x && y && strcmp(x, y) == 0))
            return false;
    }
    return true;
}

static enum jc jc_in_frame(const struct xml_node *props) {
    const char *align = xml_get(props, w_xAlign);
    return is(align, "center")                          ? JC_CENTER
           : is(align, "right") || is(align, "outside") ? JC_RIGHT
                                                        : JC_LEFT;
}

static void align_inside(struct story *story, const struct xml_node *props, struct para *para) {
    if (length_get(props, w_w, UNIT_TWIP, 0) > 0)
        return;
    struct para_props *copy = POOL_NEW(story->reader->pool, struct para_props);
    *copy = *para->props;
    copy->jc = jc_in_frame(props);
    para->props = copy;
}

void frame_add(struct story *story, const struct xml_node *ppr, struct para *para) {
    const struct xml_node *props = xml_child(ppr, w_framePr);
    struct frame **last = &story->frames;
    while (*last && (*last)->next)
        last = &(*last)->next;
    if (*last && !same_frame((*last)->props, props))
        last = &(*last)->next;
    if (!*last) {
        *last = POOL_NEW(story->reader->pool, struct frame);
        (*last)->props = props;
    }
    align_inside(story, props, para);
    (*last)->height += para->mark->size * 115 / 100;
    add_block(story, &(*last)->blocks, para, NULL);
}

static enum anchor_align align_of(const char *align) {
    if (!align || is(align, "inline"))
        return ANCHOR_OFFSET;
    return is(align, "center")                                                 ? ANCHOR_CENTER
           : is(align, "right") || is(align, "outside") || is(align, "bottom") ? ANCHOR_END
                                                                               : ANCHOR_START;
}

static void place_sideways(const struct story *story, const struct xml_node *props,
                           struct shape *shape) {
    const char *anchor = xml_get(props, w_hAnchor);
    shape->width = length_get(props, w_w, UNIT_TWIP, 0);
    shape->x = length_get(props, w_x, UNIT_TWIP, 0);
    shape->x_base = is(anchor, "page")     ? BASE_PAGE
                    : is(anchor, "margin") ? BASE_MARGIN
                                           : BASE_COLUMN;
    shape->x_align = align_of(xml_get(props, w_xAlign));
    if (shape->width > 0)
        return;
    if (shape->x_align != ANCHOR_OFFSET) {
        shape->x = 0;
        shape->x_base = BASE_COLUMN;
        shape->x_align = ANCHOR_OFFSET;
    }
    shape->width = story->width;
}

/* Text keeps out of the way of a frame of a width of its own; how wide one without is, only its
 * lines could tell. */
static void wrap_around(const struct xml_node *props, struct shape *shape) {
    const char *wrap = xml_get(props, w_wrap);
    mpt beside = length_get(props, w_hSpace, UNIT_TWIP, 0);
    mpt above = length_get(props, w_vSpace, UNIT_TWIP, 0);
    if (length_get(props, w_w, UNIT_TWIP, 0) <= 0 || is(wrap, "none"))
        return;
    shape->wrap = is(wrap, "notBeside") ? WRAP_TOP_AND_BOTTOM : WRAP_SQUARE;
    shape->distance[EDGE_LEFT] = shape->distance[EDGE_RIGHT] = beside < 0 ? 0 : beside;
    shape->distance[EDGE_TOP] = shape->distance[EDGE_BOTTOM] = above < 0 ? 0 : above;
}

static struct shape *shape_of(struct builder *builder, const struct frame *frame) {
    const struct xml_node *props = frame->props;
    const char *anchor = xml_get(props, w_vAnchor);
    struct shape *shape = shape_new(builder);
    shape->kind = SHAPE_TEXT_BOX;
    memset(shape->inset, 0, sizeof shape->inset);
    place_sideways(builder->story, props, shape);
    shape->y_base = is(anchor, "page")     ? BASE_PAGE
                    : is(anchor, "margin") ? BASE_MARGIN
                                           : BASE_PARAGRAPH;
    shape->y_align = align_of(xml_get(props, w_yAlign));
    shape->y = length_get(props, w_y, UNIT_TWIP, 0);
    shape->height = length_get(props, w_h, UNIT_TWIP, frame->height);
    shape->blocks = frame->blocks.first;
    wrap_around(props, shape);
    return shape;
}

void frames_hang(struct builder *builder) {
    struct story *story = builder->story;
    for (const struct frame *frame = story->frames; frame; frame = frame->next)
        add_shape(builder, styles_plain(builder->style), shape_of(builder, frame));
    story->frames = NULL;
}

void frames_flush(struct story *story, struct block_list *list) {
    for (const struct frame *frame = story->frames; frame; frame = frame->next)
        for (const struct block *block = frame->blocks.first; block; block = block->next)
            add_block(story, list, block->para, NULL);
    story->frames = NULL;
}
