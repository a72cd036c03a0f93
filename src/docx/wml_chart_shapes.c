/* What somebody has drawn into a chart (c:userShapes, 21.3): boxes with words. Of other shapes the
 * words are printed, and they are named; so are pictures and groups. */
#include "docx/wml_chart.h"

#include <stdlib.h>
#include <string.h>

/* In 1/100000 of the chart. */
static int32_t part_of(const struct xml_node *marker, const char *name) {
    enum { UNIT = -5 };
    const struct xml_node *node = xml_child_local(marker, name);
    struct decimal d;
    if (!node || !node->first || node->first->name != XML_TEXT ||
        !decimal_parse(node->first->text, &d))
        return 0;
    int64_t parts = decimal_in(d, UNIT);
    return (int32_t)(parts < 0 ? 0 : parts > 100000 ? 100000 : parts);
}

static bool is_box(const struct xml_node *sppr) {
    const char *preset = xml_get_local(xml_child_local(sppr, "prstGeom"), "prst");
    return !xml_child_local(sppr, "custGeom") && (!preset || strcmp(preset, "rect") == 0);
}

/* By its style, over which its own properties go. */
static void read_box(struct chart_reader *r, const struct xml_node *sp, struct chart_look *look) {
    const struct xml_node *style = xml_child_local(sp, "style");
    const struct xml_node *fill = xml_child_local(style, "fillRef");
    const struct xml_node *line = xml_child_local(style, "lnRef");
    const char *fill_idx = xml_get_local(fill, "idx"), *line_idx = xml_get_local(line, "idx");
    if (fill_idx && atoi(fill_idx) > 0)
        look->fill = read_fill_style(r->story, fill, atoi(fill_idx)).color;
    if (line_idx && atoi(line_idx) > 0) {
        *look = (struct chart_look){.fill = look->fill, .stroke = 750};
        look->stroke_color = (uint32_t)read_paint(r->story->reader->theme, line).color & 0xFFFFFF;
    }
    chart_read_look(r, xml_child_local(sp, "spPr"), look);
}

static const struct run_props *font_of(struct chart_reader *r, const struct xml_node *sp) {
    const struct xml_node *font = xml_child_local(xml_child_local(sp, "style"), "fontRef");
    struct paint paint = {.color = -1};
    if (font)
        paint = read_paint(r->story->reader->theme, font);
    struct run_props *props = POOL_NEW(r->story->reader->pool, struct run_props);
    *props = *chart_sized(r, r->base, 11000, false);
    if (paint.color >= 0)
        props->color = (uint32_t)paint.color;
    return props;
}

static void read_shape(struct chart_reader *r, const struct xml_node *anchor,
                       const struct xml_node *sp) {
    struct chart_shape *shape = &r->chart->shapes[r->chart->shape_count++];
    const struct xml_node *from = xml_child_local(anchor, "from"),
                          *to = xml_child_local(anchor, "to");
    bool box = is_box(xml_child_local(sp, "spPr"));
    *shape = (struct chart_shape){.left = part_of(from, "x"),
                                  .top = part_of(from, "y"),
                                  .right = part_of(to, "x"),
                                  .bottom = part_of(to, "y"),
                                  .look = {.fill = -1}};
    shape->text.props = box ? font_of(r, sp) : chart_sized(r, r->base, 11000, false);
    if (box)
        read_box(r, sp, &shape->look);
    else
        unsupported(r->story, "c:userShapes");
    chart_read_rich(r, xml_child_local(sp, "txBody"), &shape->text);
}

void chart_read_shapes(struct chart_reader *r, const struct xml_node *shapes) {
    enum { MOST = 200 };
    const struct xml_node *anchor;
    size_t n = 0;
    XML_EACH_CHILD (anchor, shapes)
        n += n < MOST;
    r->chart->shapes = POOL_ARRAY(r->story->reader->pool, struct chart_shape, n ? n : 1);
    XML_EACH_CHILD (anchor, shapes) {
        const struct xml_node *sp = xml_child_local(anchor, "sp");
        if (sp && chart_is(anchor, "relSizeAnchor") && r->chart->shape_count < n)
            read_shape(r, anchor, sp);
        else
            unsupported(r->story, "c:userShapes");
    }
}
