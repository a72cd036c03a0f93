/* How a chart is laid out.
 *
 * From the outside inwards: the chart's own box; the title takes a strip at the top, the legend one
 * at its side; what is left is the plot's with its axes (chart_field.c), or a pie's or radar's
 * (chart_pie.c). What was put by hand in the file stands there instead. The words come in the order
 * in which the chart is read: title, legend, axes, labels. */
#include "layout/chart_parts.h"

enum { PAD = 7000, PARTS = 100000, EDGE = 4000 };

static struct words title_words(const struct canvas *c) {
    const struct chart_text *title = &c->chart->title;
    return words_set(c, title->text, title->props, c->box.width * 9 / 10);
}

static void draw_title(const struct canvas *c) {
    const struct chart_text *title = &c->chart->title;
    struct words w = title_words(c);
    int64_t x = c->box.x + c->box.width / 2 - w.width / 2, y = c->box.y + PAD;
    if (!w.lines.n)
        return;
    if (title->place.set) {
        x = c->box.x + c->box.width * title->place.x / PARTS;
        y = c->box.y + c->box.height * title->place.y / PARTS;
    }
    const struct box around = {x - EDGE, y - EDGE / 2, w.width + 2 * EDGE, w.height + EDGE};
    draw_box(c, &around, &title->look);
    words_put(c, &w, x + w.width / 2, y, 1);
}

/* A title that lies over the plot keeps the legend away, not the plot. */
static int64_t take_title(const struct canvas *c, struct box *room) {
    struct words w = title_words(c);
    int64_t height = w.lines.n ? w.height + PAD : 0;
    room->y += height;
    room->height -= height;
    return c->chart->title.overlay ? height : 0;
}

static bool has(const struct chart *chart, enum chart_kind kind) {
    for (size_t g = 0; g < chart->group_count; g++)
        if (chart->groups[g].kind == kind)
            return true;
    return false;
}

static void draw_plot(const struct canvas *c, struct box *room) {
    const struct chart_place *p = &c->chart->plot_place;
    if (p->sized)
        *room = (struct box){c->box.x + c->box.width * p->x / PARTS,
                             c->box.y + c->box.height * p->y / PARTS,
                             c->box.width * p->width / PARTS, c->box.height * p->height / PARTS};
    room->width = larger(room->width, 1000);
    room->height = larger(room->height, 1000);
    if (has(c->chart, CHART_PIE))
        pie_draw(c, room);
    else if (has(c->chart, CHART_RADAR))
        radar_draw(c, room);
    else
        field_draw(c, room);
}

static void draw_shapes(const struct canvas *c) {
    enum { INSIDE = 7200, ABOVE = 3600 };
    for (size_t i = 0; i < c->chart->shape_count; i++) {
        const struct chart_shape *s = &c->chart->shapes[i];
        int64_t x = c->box.x + c->box.width * s->left / PARTS;
        int64_t y = c->box.y + c->box.height * s->top / PARTS;
        const struct box box = {x, y, c->box.width * (s->right - s->left) / PARTS,
                                c->box.height * (s->bottom - s->top) / PARTS};
        draw_box(c, &box, &s->look);
        struct words w = words_set(c, s->text.text, s->text.props,
                                   larger(box.width - 2 * INSIDE, s->text.props->size));
        if (w.lines.n && s->text.angle)
            words_turn(c, &w, x + box.width / 2, y + box.height / 2, s->text.angle);
        else if (w.lines.n)
            words_put(c, &w, x + INSIDE, y + ABOVE, 0);
    }
}

void chart_emit(struct layout *l, const struct chart *chart, const struct box *box, uint32_t tag) {
    struct canvas c = {.l = l, .chart = chart, .box = *box, .tag = tag};
    struct box room = {box->x + PAD, box->y + PAD, box->width - 2 * PAD, box->height - 2 * PAD};
    if (box->width <= 0 || box->height <= 0)
        return;
    draw_box(&c, box, &chart->area);
    if (!chart->title.overlay)
        draw_title(&c);
    int64_t back = take_title(&c, &room), top = room.y;
    legend_draw(&c, &room);
    if (room.y == top) { /* no legend between */
        room.y -= back;
        room.height += back;
    }
    draw_plot(&c, &room);
    if (chart->title.overlay)
        draw_title(&c);
    draw_shapes(&c);
}
