/* chart: a c:chart part (ECMA-376 part 1, 21.2) as plain data, ready to be laid out.
 *
 * What the file leaves to the program is settled here: colours of series and points by the chart's
 * style and the theme, fonts, default places of labels. Numbers are decimals as the file's cache
 * has them, their formats text; only scales and places are left to layout. */
#ifndef CONGVAN_DOCX_CHART_H
#define CONGVAN_DOCX_CHART_H

#include "docx/chart_number.h"
#include "docx/wml.h"

/* How something is painted (c:spPr). */
struct chart_look {
    int32_t fill;                  /* 0xRRGGBB; -1 none */
    const struct texture *texture; /* instead; NULL: plain */
    int clear;                     /* 1/1000 */
    mpt stroke;                    /* 0 none */
    uint32_t stroke_color;
    int stroke_clear;
    struct line_style line;
};

/* Where something was put by hand, in 1/100000 of the chart's box (21.2.2.88). */
struct chart_place {
    bool set;   /* x and y hold */
    bool moved; /* x and y are how far from its usual place */
    bool sized; /* width and height do too */
    bool inner; /* of a plot area: the box between the axes */
    int32_t x, y, width, height;
};

struct chart_text {
    const char *text; /* lines end with '\n'; NULL: none */
    const struct run_props *props;
    int32_t angle; /* in 1/60000 degree, clockwise */
    struct chart_place place;
    struct chart_look look; /* of its box */
    bool overlay;           /* nothing makes room for it */
};

enum chart_kind {
    CHART_BAR,
    CHART_LINE,
    CHART_AREA,
    CHART_PIE,
    CHART_SCATTER, /* bubbles too */
    CHART_RADAR
};
enum chart_grouping { GROUP_CLUSTERED, GROUP_STACKED, GROUP_PERCENT };

enum chart_symbol {
    SYMBOL_NONE,
    SYMBOL_DIAMOND,
    SYMBOL_SQUARE,
    SYMBOL_TRIANGLE,
    SYMBOL_X,
    SYMBOL_STAR,
    SYMBOL_CIRCLE,
    SYMBOL_PLUS,
    SYMBOL_DASH,
    SYMBOL_DOT
};

struct chart_marker {
    enum chart_symbol symbol;
    mpt size;
    struct chart_look look;
};

enum chart_label_place {
    LABEL_AUTO,
    LABEL_CENTER,
    LABEL_INSIDE_END,
    LABEL_INSIDE_BASE,
    LABEL_OUTSIDE_END,
    LABEL_LEFT,
    LABEL_RIGHT,
    LABEL_TOP,
    LABEL_BOTTOM
};

/* What is written at a point (21.2.2.49). */
struct chart_label {
    bool value, category, series, percent, size; /* size: of a bubble */
    enum chart_label_place place;
    const char *format;    /* of numbers; NULL: that of the value */
    const char *separator; /* between parts */
    const char *text;      /* instead of all, with LABEL_FIELDs in it; NULL: none */
    const struct run_props *props;
    int32_t angle;               /* in 1/60000 degree, clockwise */
    struct chart_place place_by; /* moved: so far from there */
    struct chart_look look;      /* of its box */
};

/* Characters of a label's text that stand for what is there (a:fld). */
enum chart_label_field {
    LABEL_FIELD_VALUE = 1,
    LABEL_FIELD_CATEGORY,
    LABEL_FIELD_SERIES,
    LABEL_FIELD_PERCENT,
    LABEL_FIELDS
};

struct chart_point {
    bool present, placed;          /* placed: its x is said */
    bool passed;                   /* a day of the axis that has no value: no gap in a line */
    struct decimal value, x, size; /* x: SCATTER; size: of a bubble */
    const char *format;
    const struct chart_look *look;     /* NULL: the series' */
    const struct chart_marker *marker; /* NULL: the series' */
    const struct chart_label *label;   /* NULL: the series' */
    int explosion;                     /* PIE: percent of the radius */
    bool unlisted;                     /* not in the legend, where points are */
};

/* How far a value may be off (21.2.2.55), along the axis of values. */
enum chart_error { ERROR_NONE, ERROR_FIXED, ERROR_PERCENT, ERROR_DEVIATION, ERROR_STANDARD };
struct chart_errors {
    enum chart_error kind;
    bool plus, minus, capped;
    struct decimal amount; /* FIXED, PERCENT; DEVIATION: so many of them */
    struct chart_look look;
};

/* A line that shows where the values go (21.2.2.211). */
enum chart_trend_kind {
    TREND_LINEAR,
    TREND_POLYNOMIAL,
    TREND_EXPONENTIAL,
    TREND_LOGARITHMIC,
    TREND_POWER,
    TREND_MEAN
};
struct chart_trend {
    enum chart_trend_kind kind;
    int period;                       /* MEAN: of so many points, 2 or more */
    int order;                        /* POLYNOMIAL: 2 to 6 */
    struct decimal forward, backward; /* how far it goes on; categories count one */
    bool fixed;                       /* it meets the axis of values at `intercept` */
    struct decimal intercept;
    bool equation, fit;      /* its equation and R squared are written beside it */
    struct chart_text label; /* how and where; its text: instead of both */
    const char *format;      /* of their numbers; NULL: as short as it goes */
    const char *name;        /* in the legend */
    bool unlisted;
    struct chart_look look;
};

struct chart_series {
    const char *name;
    struct chart_point *points;
    size_t n;
    struct chart_look look;
    struct chart_marker marker;
    struct chart_label label;
    bool smooth;
    struct chart_errors errors;
    struct chart_trend *trends;
    size_t trend_count;
    bool unlisted; /* not in the legend */
};

/* Series drawn the same way on the same axes (c:barChart and kin). */
struct chart_group {
    enum chart_kind kind;
    enum chart_grouping grouping;
    bool across;    /* BAR: bars lie */
    int gap;        /* BAR: between categories, percent of a bar */
    int overlap;    /* BAR: of bars of a category, percent; negative: a gap */
    int hole;       /* PIE: percent of the radius; 0: none */
    int first;      /* PIE: where it begins, in degrees from the top */
    bool by_point;  /* every point has its own colour and its own entry in the legend */
    bool x_numbers; /* SCATTER: else points stand at 1, 2, 3 ... */
    bool bubbles;
    int bubble_scale;  /* percent of their usual size */
    bool bubble_width; /* sizes are widths, not areas */
    bool filled;       /* RADAR */
    bool high_low;     /* LINE: an upright line from the highest to the lowest of each category */
    struct chart_look high_low_look;
    bool drops; /* LINE, AREA: an upright line from the highest of each category to the axis */
    struct chart_look drop_look;
    bool up_down;    /* LINE: a bar from the first series to the last */
    int up_down_gap; /* between them, percent of a bar */
    struct chart_look up_look, down_look;
    int axes; /* 0: the first pair of axes, 1: the second */
    struct chart_series *series;
    size_t n;
};

enum chart_side { SIDE_LEFT, SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM };
enum chart_tick { TICK_NONE, TICK_OUT, TICK_IN, TICK_CROSS };
enum chart_labels_at { LABELS_AT_AXIS, LABELS_LOW, LABELS_HIGH, LABELS_NONE };
enum chart_crossing { CROSS_ZERO, CROSS_MIN, CROSS_MAX, CROSS_AT };

struct chart_axis {
    bool present;
    bool numeric; /* a value axis */
    bool dates;   /* its categories are days, months or years, one after the other */
    bool deleted;
    bool reversed;
    bool has_min, has_max, has_major, has_minor;
    struct decimal min, max, major, minor;
    struct decimal log_base; /* 0: the scale is even */
    struct decimal unit;     /* numbers are shown in so many; 0: in ones */
    struct chart_text unit_name;
    enum chart_side side;
    enum chart_tick tick, minor_tick;
    enum chart_labels_at labels_at;
    enum chart_crossing crossing; /* where this axis crosses the other one */
    struct decimal cross_at;
    bool on_points;     /* value axis: it crosses at a category's middle, not between two */
    const char *format; /* NULL: that of the values */
    const struct run_props *props;
    int32_t angle; /* of the labels; ANGLE_AUTO */
    size_t skip;   /* only every so many labels; 0: as many as have room */
    struct chart_look line, major_grid, minor_grid;
    struct chart_text title;
};
enum { ANGLE_AUTO = INT32_MAX };

struct chart_legend {
    bool present, overlay;
    enum chart_side side;
    bool corner; /* top right */
    const struct run_props *props;
    struct chart_look look;
    struct chart_place place;
};

/* The numbers themselves, under the plot (21.2.2.54). */
struct chart_table {
    bool present, across, upright, outline, keys; /* which rules; keys of the legend */
    struct chart_look line;
    const struct run_props *props;
};

/* A box with words somebody has drawn into the chart, in 1/100000 of it (21.3). */
struct chart_shape {
    int32_t left, top, right, bottom;
    struct chart_look look;
    struct chart_text text;
};

enum { CHART_LEVELS = 3 };

struct chart {
    struct chart_text title;
    struct chart_legend legend;
    struct chart_look area, plot;
    struct chart_place plot_place;
    struct chart_table table;
    struct chart_axis x[2], y[2]; /* x: categories (or x values), y: values; of both pairs */
    struct chart_group *groups;
    size_t group_count;
    const char **categories; /* NULL entries: none */
    size_t category_count;
    /* Categories of categories (21.2.2.102), the innermost first: names where one begins, else
     * NULL. */
    const char **levels[CHART_LEVELS];
    size_t level_count;
    struct chart_shape *shapes;
    size_t shape_count;
    bool gaps_are_zero, gaps_are_spanned;
    bool comma; /* decimals after a comma, thousands parted by full stops */
};

#endif
