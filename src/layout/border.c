/* What the line styles of borders look like (17.18.2). Widths are Word's: in double and triple
 * lines and gaps are equal, thin lines beside thick ones are 0.75 pt. */
#include "layout/border.h"

#include "layout/flow.h"

enum { THIN = 750 };

bool border_same(const struct border *a, const struct border *b) {
    return a->width == b->width && a->space == b->space && a->color == b->color &&
           a->style == b->style;
}

struct band { /* a line, or the gap before it */
    mpt gap, width;
};

/* The lines of a style from the top or the left; the first has no gap. */
static size_t bands_of(const struct border *b, struct band *out) {
    mpt line = (mpt)clamp(b->line, 0, MAX_LENGTH), half = line / 2;
    switch (b->style) {
    case BORDER_DOUBLE:
    case BORDER_DOUBLE_WAVE:
        out[0] = out[1] = (struct band){line, line};
        return 2;
    case BORDER_TRIPLE:
        out[0] = out[1] = out[2] = (struct band){line, line};
        return 3;
    case BORDER_THIN_THICK_SMALL:
        out[0].width = THIN;
        out[1] = (struct band){THIN, line};
        return 2;
    case BORDER_THICK_THIN_SMALL:
        out[0].width = line;
        out[1] = (struct band){THIN, THIN};
        return 2;
    case BORDER_THIN_THICK_THIN_SMALL:
        out[0].width = THIN;
        out[1] = (struct band){THIN, line};
        out[2] = (struct band){THIN, THIN};
        return 3;
    case BORDER_THIN_THICK_MEDIUM:
        out[0].width = half;
        out[1] = (struct band){half, line};
        return 2;
    case BORDER_THICK_THIN_MEDIUM:
        out[0].width = line;
        out[1] = (struct band){half, half};
        return 2;
    case BORDER_THIN_THICK_THIN_MEDIUM:
        out[0].width = half;
        out[1] = (struct band){half, line};
        out[2] = (struct band){half, half};
        return 3;
    case BORDER_THIN_THICK_LARGE:
        out[0].width = THIN;
        out[1] = (struct band){line, 2 * THIN};
        return 2;
    case BORDER_THICK_THIN_LARGE:
        out[0].width = 2 * THIN;
        out[1] = (struct band){line, THIN};
        return 2;
    case BORDER_THIN_THICK_THIN_LARGE:
        out[0].width = THIN;
        out[1] = (struct band){line, 2 * THIN};
        out[2] = (struct band){line, THIN};
        return 3;
    default:
        out[0].width = b->style == BORDER_WAVE ? line : (mpt)clamp(b->width, 0, MAX_LENGTH);
        return 1;
    }
}

static void set_pattern(const struct border *b, struct draw_line *line) {
    mpt w = (mpt)larger(line->width, 1);
    switch (b->style) {
    case BORDER_DOTTED:
        line->dash = w;
        break;
    case BORDER_DASHED:
        line->dash = (mpt)larger(6 * w, 3000);
        line->gap = line->dash / 2;
        break;
    case BORDER_DASH_SMALL_GAP:
        line->dash = (mpt)larger(4 * w, 2000);
        line->gap = line->dash / 2;
        break;
    case BORDER_DOT_DASH:
    case BORDER_DASH_DOT_STROKED:
    case BORDER_DOT_DOT_DASH:
        line->dash = 6 * w;
        line->gap = 2 * w;
        line->dots = b->style == BORDER_DOT_DOT_DASH ? 2 : 1;
        break;
    case BORDER_WAVE:
    case BORDER_DOUBLE_WAVE:
        line->wave = w;
        break;
    default:
        break;
    }
}

size_t border_strokes(const struct border *b, int64_t x0, int64_t y0, int64_t x1, int64_t y1,
                      struct draw_line *out) {
    struct band bands[BORDER_STROKES] = {{0}};
    if (b->width <= 0)
        return 0;
    size_t n = bands_of(b, bands);
    bool upright = x0 == x1;
    int64_t at = 0;
    for (size_t i = 1; i < n; i++)
        at -= (int64_t)bands[i].gap + bands[i].width;
    at = (at - bands[0].width) / 2; /* the near edge, from the middle */
    for (size_t i = 0; i < n; i++) {
        at += i ? bands[i].gap : 0;
        int64_t by = n > 1 ? at + bands[i].width / 2 : 0;
        int64_t dx = upright ? by : 0, dy = upright ? 0 : by;
        out[i] = (struct draw_line){.x0 = coordinate(x0 + dx),
                                    .y0 = coordinate(y0 + dy),
                                    .x1 = coordinate(x1 + dx),
                                    .y1 = coordinate(y1 + dy),
                                    .width = bands[i].width,
                                    .color = b->color};
        set_pattern(b, &out[i]);
        at += bands[i].width;
    }
    return n;
}

void border_push(struct layout *l, const struct border *b, int64_t x0, int64_t y0, int64_t x1,
                 int64_t y1) {
    struct draw_line strokes[BORDER_STROKES];
    size_t n = border_strokes(b, x0, y0, x1, y1, strokes);
    for (size_t i = 0; i < n; i++)
        page_push(l, DRAW_LINE)->as.line = strokes[i];
}

mpt border_width(const struct border *b) {
    return (mpt)clamp(b->width, 0, MAX_LENGTH);
}
