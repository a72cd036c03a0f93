/* chart_parts: what the files that lay out charts share; nothing of it is seen outside.
 *
 * Everything is in mpt on the page, y downwards. Values are whole numbers in a unit of their axis,
 * a power of ten small enough that rounding to it cannot be seen; on an axis with a logarithmic
 * scale they are the logarithm to its base, in millionths. */
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
struct circle {
    int64_t x, y, radius;
};
/* Along a circle from its present end at `from` to `to`, in 1/60000 degree clockwise from the top.
 */
void outline_arc(const struct canvas *c, struct outline *o, struct circle circle, int64_t from,
                 int64_t to);
void outline_circle(const struct canvas *c, struct outline *o, struct circle circle);
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

/* Logarithmic scales (21.2.2.98) are even ones of logarithms. */
enum { LOG_EXPONENT = -6, LOG_ONE = 1000000 };
bool scale_is_log(const struct chart_axis *axis);
/* A number as a value of the axis, in 10^exponent where that is even; false: it has none. */
bool scale_value(const struct chart_axis *axis, struct decimal d, int exponent, int64_t *out);
/* The number of a value. */
struct decimal scale_number(const struct chart_axis *axis, int64_t value, int exponent);

/* The unit for these numbers, the greatest magnitude of which is given. */
int scale_unit(int magnitude);
struct spans scale_spans(const struct canvas *c, const struct chart_group *group, int exponent,
                         size_t n);
/* What an axis has to show. */
struct value_range {
    int exponent; /* of both values */
    int64_t low, high;
    bool from_zero; /* bars and areas need the zero */
    bool whole;     /* shares, the highest of which is all */
};
/* The scale of an axis for these values, with no more than `most` steps. */
struct scale scale_of(const struct chart_axis *axis, const struct value_range *values,
                      int64_t most);

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
/* Where a number is, even beyond the ends; categories are 1, 2, 3 ... False: nowhere. */
bool rail_real(const struct rail *r, double x, int64_t *at);
int64_t rail_category(const struct rail *r, size_t i); /* its middle */
int64_t rail_step(const struct rail *r);               /* of a category, positive */
const char *axis_category(const struct canvas *c, size_t i);
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

/* chart_trend.c: a line fitted to the points of a series. */
struct trend {
    const struct chart_trend *asked;
    bool log_x, log_y;         /* it is fitted to their logarithms */
    double shift, scale, c[7]; /* y = sum of c[i] ((x - shift) / scale)^i */
    double from, to;           /* where it is drawn */
    double fit;                /* R squared */
};
/* False: there is none through these points, or it is a mean of neighbours. */
bool trend_of(const struct chart_trend *asked, const struct chart_group *group, size_t k,
              struct trend *out);
double trend_at(const struct trend *t, double x);
/* How many categories the trend lines of a group go on beyond the last. */
size_t trend_beyond(const struct chart_group *group);
const char *trend_name(const struct canvas *c, const struct chart_trend *trend, const char *series);
void trend_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
                const struct spans *spans, size_t k);
/* Their equations: after all that they could lie under. */
void trend_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                  size_t k);

void plot_draw(const struct canvas *c, const struct field *f, const struct chart_group *group,
               const struct spans *spans);
void plot_labels(const struct canvas *c, const struct field *f, const struct chart_group *group,
                 const struct spans *spans);
void pie_draw(const struct canvas *c, const struct box *room);
void radar_draw(const struct canvas *c, const struct box *room);
/* chart_field.c: groups with axes. */
void field_draw(const struct canvas *c, const struct box *room);

/* chart_table.c: the numbers under the plot (21.2.2.54). */
struct chart_rows {
    size_t columns;
    int64_t left, below; /* what it takes up beside and below the plot */
    int64_t head;        /* of that, the names of the categories */
};
struct chart_rows rows_measure(const struct canvas *c, int64_t width, size_t columns);
/* From the top left corner of its numbers, as wide as the plot. */
void rows_draw(const struct canvas *c, const struct chart_rows *rows, const struct box *top);

/* What a label says; NULL: nothing. `total`: of a pie, in units of `exponent`; 0: none. `unit`:
 * that of the axis (21.2.2.45). */
const char *label_text(const struct canvas *c, const struct chart_series *s, size_t i,
                       int64_t value, int64_t total, struct decimal unit);
/* A number counted in `unit`s; 0: in ones. */
struct decimal in_units(struct decimal d, struct decimal unit);
const struct chart_label *label_of(const struct chart_series *s, size_t i);
/* A label with its box, turned and moved as it says: words_across wide, words_down high, its top
 * left corner there. */
void label_put(const struct canvas *c, const struct chart_label *label, const struct words *w,
               int64_t x, int64_t y);

/* chart_legend.c: draws it at a side of `room`, which becomes what is left. */
void legend_draw(const struct canvas *c, struct box *room);
/* The key of a series in the table of numbers, its left end at x, its middle at y. */
void legend_key(const struct canvas *c, const struct chart_group *group,
                const struct chart_series *s, int64_t x, int64_t y);
int64_t legend_key_width(const struct canvas *c);

#endif
