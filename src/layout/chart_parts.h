/* chart_parts: what the files that lay out charts share; nothing of it is seen outside.
 *
 * Everything is in mpt on the page, y downwards. Values are whole numbers in a unit of their axis,
 * a power of ten small enough that rounding to it cannot be seen. */
#ifndef CONGVAN_LAYOUT_CHART_PARTS_H
#define CONGVAN_LAYOUT_CHART_PARTS_H

#include "layout/chart.h"
#include "layout/text.h"

struct canvas {
    struct layout *l;
    const struct chart *chart;
    struct box box;
    uint32_t tag;
};

/* ---- chart_draw.c: paths and words ---- */

struct outline {
    VEC(struct path_step) steps;
};

void outline_move(const struct canvas *c, struct outline *o, int64_t x, int64_t y);
void outline_line(const struct canvas *c, struct outline *o, int64_t x, int64_t y);
void outline_curve(const struct canvas *c, struct outline *o, const int64_t points[3][2]);
void outline_close(const struct canvas *c, struct outline *o);
/* Along a circle from its present end at `from` to `to`, in 1/60000 degree clockwise from the top.
 */
void outline_arc(const struct canvas *c, struct outline *o, int64_t x, int64_t y, int64_t radius,
                 int64_t from, int64_t to);
void outline_circle(const struct canvas *c, struct outline *o, int64_t x, int64_t y,
                    int64_t radius);
/* Filled and stroked as the look says; only stroked where it is `open`. */
void outline_paint(const struct canvas *c, const struct outline *o, const struct chart_look *look,
                   bool open);
void draw_box(const struct canvas *c, const struct box *box, const struct chart_look *look);
void draw_rule(const struct canvas *c, int64_t x0, int64_t y0, int64_t x1, int64_t y1,
               const struct chart_look *look);
void draw_marker(const struct canvas *c, int64_t x, int64_t y, const struct chart_marker *marker);

struct words_line {
    const char *text;
    size_t n; /* bytes */
    int64_t width;
};

/* Text in one font, in lines. */
struct words {
    struct font font;
    VEC(struct words_line) lines;
    int64_t width, height;
    int64_t pitch, ascent; /* of a line */
    int64_t longest;       /* its widest word */
};

/* Lines no wider than `room` where words allow it; 0: only forced breaks. */
struct words words_set(const struct canvas *c, const char *text, const struct run_props *props,
                       int64_t room);
/* `share`: 0 lines begin at x, 1 they stand about it, 2 they end there. y: the top. */
void words_put(const struct canvas *c, const struct words *w, int64_t x, int64_t y, int share);
/* About a centre, turned clockwise. */
void words_turn(const struct canvas *c, const struct words *w, int64_t x, int64_t y, int64_t angle);
/* What turned words take up. */
int64_t words_across(const struct words *w, int64_t angle);
int64_t words_down(const struct words *w, int64_t angle);

/* ---- chart_scale.c ---- */

struct scale {
    int exponent; /* of the unit */
    int64_t min, max, major;
};

/* Values of a group as they are drawn: a bar or a point lies between `from` and `to`. */
struct interval {
    bool present;
    int64_t from, to;
};
struct spans {
    struct interval *at; /* series by series, `n` each */
    size_t n;
    int exponent;
};

/* The unit for these numbers, the greatest magnitude of which is given. */
int scale_unit(int magnitude);
struct spans scale_spans(const struct canvas *c, const struct chart_group *group, int exponent,
                         size_t n);
/* The scale of an axis for values from low to high, with no more than `most` steps. `from_zero`:
 * bars and areas need the zero. `whole`: shares, the highest of which is all. */
struct scale scale_of(const struct chart_axis *axis, int exponent, int64_t low, int64_t high,
                      int64_t most, bool from_zero, bool whole);

/* ---- chart_axis.c ---- */

/* An axis on the page: its low end is at `from`, its high end `length` further, up or left when
 * negative. */
struct rail {
    const struct chart_axis *axis;
    bool upright, numeric, on_points, shown;
    int64_t from, length;
    struct scale scale;
    size_t count; /* of categories */
    const char *format;
    int64_t stand; /* where it crosses the other axis, on that one's rail */
    int64_t angle; /* of its labels, */
    size_t skip;   /* every so many of which is drawn */
    bool far;      /* they stand on the high side */
    int64_t room;  /* and take up so much */
};

int64_t rail_at(const struct rail *r, int64_t value);
int64_t rail_category(const struct rail *r, size_t i); /* its middle */
int64_t rail_step(const struct rail *r);               /* of a category, positive */
const char *axis_label(const struct canvas *c, const struct rail *r, int64_t value);
/* Settles how the labels stand, for a rail of about the given length: angle, skip, room. */
void axis_fit(const struct canvas *c, struct rail *r, int64_t length);
void axis_draw_grid(const struct canvas *c, const struct rail *r, const struct box *plot);
void axis_draw(const struct canvas *c, const struct rail *r, const struct box *plot);
/* Whether a length of rail may have so many steps: how many labels have room on it. */
int64_t axis_most(const struct canvas *c, const struct rail *r, int64_t length);

/* ---- the kinds ---- */

struct field { /* what a group is drawn on */
    struct box plot;
    const struct rail *x, *y;
};
struct spot {
    int64_t x, y;
    size_t i;
};
/* chart_plot.c: where a point stands; false: nowhere. */
bool spot_of(const struct field *f, const struct chart_group *group, const struct spans *spans,
             size_t k, size_t i, struct spot *out);
/* The same; of bars, the middle of their end. */
bool mark_at(const struct field *f, const struct chart_group *group, const struct spans *spans,
             size_t k, size_t i, struct spot *out);

/* chart_marks.c: what stands with series; each draws nothing where nothing was asked for. */
void marks_draw_drops(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans);
void marks_draw_up_down(const struct canvas *c, const struct field *f,
                        const struct chart_group *group, const struct spans *spans);
/* The error bars of a series: its mean and deviation are found once. */
struct error_bars {
    const struct chart_errors *asked;
    int exponent;
    int64_t n, mean, spread;
};
struct error_bars errors_of(const struct chart_series *series, const struct spans *spans, size_t k);
/* Their middle at a value, and how far they go. */
void errors_at(const struct error_bars *bars, int64_t value, int64_t *middle, int64_t *off);
void marks_draw_errors(const struct canvas *c, const struct field *f,
                       const struct chart_group *group, const struct spans *spans, size_t k);
void marks_draw_trend(const struct canvas *c, const struct field *f,
                      const struct chart_group *group, const struct spans *spans, size_t k);

void plot_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
               const struct spans *spans);
void plot_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                 const struct spans *spans);
void pie_draw(const struct canvas *c, const struct box *room);
void radar_draw(const struct canvas *c, const struct box *room);
/* chart_field.c: groups with axes. */
void field_draw(const struct canvas *c, const struct box *room);

/* What a label says; NULL: nothing. `total`: of a pie, in units of `exponent`; 0: none. */
const char *label_text(const struct canvas *c, const struct chart_series *s, size_t i,
                       int64_t value, int64_t total);
const struct chart_label *label_of(const struct chart_series *s, size_t i);

/* chart_legend.c: draws it at a side of `room`, which becomes what is left. */
void legend_draw(const struct canvas *c, struct box *room);

#endif
