/* How a chart is laid out.
 *
 * From the outside inwards: the chart's own box; the title takes a strip at the top, the legend one
 * at its side; what is left is the plot's with its axes (chart_field.c), or a pie's or radar's
 * (chart_pie.c). What was put by hand in the file stands there instead. The words come in the order
 * in which the chart is read: title, legend, axes, labels. */
#include "layout/chart_parts.h"

enum { PAD = 7000, PARTS = 100000 };

static void draw_title(const struct canvas *c, struct box *room) {
    const struct chart_text *title = &c->chart->title;
    struct words w = words_set(c, title->text, title->props, c->box.width * 9 / 10);
    if (!w.lines.n)
        return;
    if (title->place.set)
        words_put(c, &w, c->box.x + c->box.width * title->place.x / PARTS,
                  c->box.y + c->box.height * title->place.y / PARTS, 0);
    else
        words_put(c, &w, c->box.x + c->box.width / 2, room->y, 1);
    if (title->overlay)
        return;
    room->y += w.height + PAD;
    room->height -= w.height + PAD;
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

void chart_emit(struct layout *l, const struct chart *chart, const struct box *box, uint32_t tag) {
    struct canvas c = {.l = l, .chart = chart, .box = *box, .tag = tag};
    struct box room = {box->x + PAD, box->y + PAD, box->width - 2 * PAD, box->height - 2 * PAD};
    if (box->width <= 0 || box->height <= 0)
        return;
    draw_box(&c, box, &chart->area);
    draw_title(&c, &room);
    legend_draw(&c, &room);
    draw_plot(&c, &room);
}
