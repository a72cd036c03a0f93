/* Text frames (w:framePr, 17.3.1.11): paragraphs lifted out of the flow, most often a page number
 * in a header, or the large first letter of a paragraph. They become a text box without border that
 * hangs on the next paragraph; where they tell no width or height, it is as large as its text. */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <string.h>

struct frame {
    struct frame *next;
    const struct xml_node *props;
    struct block_list blocks;
    int turn;  /* of its lines (17.3.1.41), enum text_turn; -1: not said */
    mpt lines; /* height of lines of exact height, of a drop cap; 0: not known */
};

static const enum xml_name said[] = {w_w,      w_h,       w_x,      w_y,      w_hAnchor,
                                     w_wrap,   w_vAnchor, w_xAlign, w_yAlign, w_hRule,
                                     w_hSpace, w_vSpace,  w_dropCap};

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
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

bool frame_stands(const struct story *story, const struct xml_node *props) {
    const char *drop = xml_get(props, w_dropCap);
    return !story->cell || (drop && !is(drop, "none"));
}

void frame_add(struct story *story, const struct xml_node *props, int turn, struct para *para) {
    struct frame **last = &story->frames;
    while (*last && (*last)->next)
        last = &(*last)->next;
    if (*last && ((*last)->turn != turn || !same_frame((*last)->props, props)))
        last = &(*last)->next;
    if (!*last) {
        *last = POOL_NEW(story->reader->pool, struct frame);
        (*last)->props = props;
        (*last)->turn = turn;
    }
    if (para->props->line_rule == LINE_EXACT)
        (*last)->lines += para->props->line;
    add_block(story, &(*last)->blocks, para, NULL);
}

static enum anchor_align align_of(const char *align) {
    if (!align || is(align, "inline"))
        return ANCHOR_OFFSET;
    return is(align, "center")                         ? ANCHOR_CENTER
           : is(align, "right") || is(align, "bottom") ? ANCHOR_END
           : is(align, "inside")                       ? ANCHOR_INSIDE
           : is(align, "outside")                      ? ANCHOR_OUTSIDE
                                                       : ANCHOR_START;
}

static void place_sideways(const struct xml_node *props, struct shape *shape) {
    const char *anchor = xml_get(props, w_hAnchor);
    shape->width = length_get(props, w_w, UNIT_TWIP, 0);
    shape->x = length_get(props, w_x, UNIT_TWIP, 0);
    shape->x_base = is(anchor, "page")     ? BASE_PAGE
                    : is(anchor, "margin") ? BASE_MARGIN
                                           : BASE_COLUMN;
    shape->x_align = align_of(xml_get(props, w_xAlign));
    shape->fits_width = shape->width <= 0;
}

/* Its height (17.18.37): without a rule that of its text, but no less than is said. */
static void set_height(const struct xml_node *props, struct shape *shape) {
    shape->height = length_get(props, w_h, UNIT_TWIP, 0);
    shape->fits_height = shape->height <= 0 || !is(xml_get(props, w_hRule), "exact");
}

/* Text beside it, or above and below alone; with "none" and "through" as if it were not there. */
static void wrap_around(const struct xml_node *props, struct shape *shape) {
    const char *wrap = xml_get(props, w_wrap);
    mpt beside = length_get(props, w_hSpace, UNIT_TWIP, 0);
    mpt above = length_get(props, w_vSpace, UNIT_TWIP, 0);
    if (is(wrap, "through") || is(wrap, "none"))
        return;
    shape->wrap = is(wrap, "notBeside") ? WRAP_TOP_AND_BOTTOM : WRAP_SQUARE;
    shape->distance[EDGE_LEFT] = shape->distance[EDGE_RIGHT] = beside < 0 ? 0 : beside;
    shape->distance[EDGE_TOP] = shape->distance[EDGE_BOTTOM] = above < 0 ? 0 : above;
}

enum { SLACK = 1000 }; /* Word's heights of drop caps are rounded: the line below stays free */

/* A large first letter stands in the text at the left edge, or beside it in the margin. */
static void drop_cap(const struct frame *frame, struct shape *shape) {
    const char *drop = xml_get(frame->props, w_dropCap);
    if (!drop || is(drop, "none"))
        return;
    shape->y_base = BASE_PARAGRAPH;
    shape->y_align = ANCHOR_OFFSET;
    shape->x = shape->y = 0;
    if (frame->lines > SLACK) {
        shape->height = frame->lines - SLACK;
        shape->fits_height = false;
    }
    bool margin = is(drop, "margin");
    shape->x_base = margin ? BASE_LEFT_MARGIN : BASE_COLUMN;
    shape->x_align = margin ? ANCHOR_END : ANCHOR_OFFSET;
    shape->wrap = margin ? WRAP_NONE : WRAP_SQUARE;
}

/* Not said, its place down is in the margins, as that of Word's own envelopes is, or, if there is
 * none either, in the text. */
static enum anchor_base base_down(const struct xml_node *props) {
    const char *anchor = xml_get(props, w_vAnchor);
    bool placed = xml_get(props, w_y) || xml_get(props, w_yAlign);
    return is(anchor, "page")                            ? BASE_PAGE
           : is(anchor, "margin") || (!anchor && placed) ? BASE_MARGIN
                                                         : BASE_PARAGRAPH;
}

/* Lines that run up or down have the frame's height to themselves: it must be said. */
static void turn_lines(struct story *story, int turn, struct shape *shape) {
    if (turn <= TURN_NONE)
        return;
    if (shape->fits_width || shape->height <= 0) {
        unsupported(story, "w:textDirection");
        return;
    }
    shape->text_turn = (enum text_turn)turn;
    shape->fits_height = false;
}

static struct shape *shape_of(struct builder *builder, const struct frame *frame) {
    const struct xml_node *props = frame->props;
    struct shape *shape = shape_new(builder);
    shape->kind = SHAPE_TEXT_BOX;
    memset(shape->inset, 0, sizeof shape->inset);
    place_sideways(props, shape);
    shape->y_base = base_down(props);
    shape->y_align = align_of(xml_get(props, w_yAlign));
    shape->y = length_get(props, w_y, UNIT_TWIP, 0);
    shape->blocks = frame->blocks.first;
    set_height(props, shape);
    wrap_around(props, shape);
    turn_lines(builder->story, frame->turn, shape);
    drop_cap(frame, shape);
    return shape;
}

void frames_hang(struct builder *builder) {
    struct story *story = builder->story;
    for (const struct frame *frame = story->frames; frame; frame = frame->next)
        add_shape(builder, styles_plain(builder->style), shape_of(builder, frame));
    story->frames = NULL;
}

void frames_flush(struct story *story, struct block_list *list) {
    if (!story->frames)
        return;
    add_text_para(story, "", list);
    struct para *para = list->last->para;
    struct para_props *props = POOL_NEW(story->reader->pool, struct para_props);
    *props = *para->props;
    props->before = props->after = 0;
    props->line_rule = LINE_EXACT;
    props->line = UNIT_TWIP;
    para->props = props;
}
