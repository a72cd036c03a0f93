/* content: see content.h.
 *
 * Few bytes, because they are what packing time and file size are made of: a state operator only
 * when the state changes, text objects left open from one draw to the next, one TJ for all that
 * stands on a line in one font, one relative move to the next line.
 *
 * Positions never drift. Moves (Td) are between exact origins. Within a TJ a viewer advances by the
 * widths of the font, which are whole 1/1000 em; the pen it will have is tracked here, exactly, and
 * as soon as a glyph would stand more than TOLERANCE from where layout put it the string is cut and
 * the difference taken out. */

#include "pdf/content.h"

#include <stdlib.h>

enum {
    TOLERANCE = 2,               /* 1/1000 em; 0.03 pt at 14 pt */
    FARTHEST_ADJUSTMENT = 30000, /* 1/1000 em; a new move is used beyond, */
    FARTHEST_BACK = 1000,        /* and so far backwards */
    PEN = 100000,                /* parts of an mpt the pen is tracked in: em/1000 x percent */
    SIZE_MOST = 10000 * 1000,    /* mpt; with SCALE_MOST more than a page can hold */
    SCALE_MOST = 1000,           /* percent */
    OUTLINE = 40,                /* parts of the size: strokes of letters drawn by their outlines */
    STRING_MOST = 16000,         /* bytes; PDF/A ends a string at 32,767 */
    TURNS_MOST = 24              /* graphics states in one another; PDF/A has 28 */
};

struct text_state { /* what Tf and Tz are set to */
    struct embedded_font *font;
    mpt size;
    int scale;
    enum { MODE_FILL, MODE_STROKE, MODE_BOTH, MODE_UNSEEN, MODE_CLIP = 7 } mode; /* Tr, 9.3.6 */
    mpt stroke; /* width, where the mode strokes */
    bool slanted;
};

struct dashes { /* all 0: a solid line */
    int64_t dash, gap, dot;
    int dots;
};

struct pen_state { /* what the operators below have set */
    int64_t fill, stroke_color;
    int64_t line_width;
    struct dashes dashes;
    struct text_state text;
};

struct writer {
    const struct page *page;
    struct resources *resources;
    struct structure *structure; /* NULL: not tagged */
    size_t page_index;
    bool marked; /* in a marked-content sequence, of `tag` */
    uint32_t tag;
    struct buf *out;
    struct pen_state state;
    struct pen_state outer[TURNS_MOST];   /* saved by q */
    const struct draw *begun[TURNS_MOST]; /* what saved it */
    int turns;
    bool in_text;           /* between BT and ET, */
    bool sheared;           /* and letters stand aslant there */
    bool clips;             /* letters are what is next seen through */
    int64_t line_x, line_y; /* where the last Td went, from the page's bottom left, mpt */
    bool in_show;           /* `show` holds the strings of an open TJ */
    bool adjusted;          /* and a number between them */
    struct buf show;
    size_t string_start; /* of the open string, in `show` */
    int64_t pen;         /* of the viewer, from line_x, in PEN parts of an mpt */
};

/* ---- numbers and states ---- */

static void put_number(struct writer *w, int64_t milli) {
    buf_put_milli(w->out, milli);
    buf_putc(w->out, ' ');
}

static int64_t from_bottom(const struct writer *w, int64_t y) {
    return (int64_t)w->page->height - y;
}

static void put_component(struct writer *w, uint32_t color, int shift) {
    put_number(w, ((int64_t)(color >> shift & 0xFF) * 1000 + 127) / 255);
}

static void set_color(struct writer *w, int64_t *current, uint32_t color, bool fill) {
    color &= 0xFFFFFF;
    if (*current == (int64_t)color)
        return;
    *current = color;
    put_component(w, color, 16);
    if (color >> 16 == (color & 0xFF) && color >> 16 == (color >> 8 & 0xFF)) {
        buf_puts(w->out, fill ? "g\n" : "G\n");
        return;
    }
    put_component(w, color, 8);
    put_component(w, color, 0);
    buf_puts(w->out, fill ? "rg\n" : "RG\n");
}

static const struct dashes solid = {0};

static struct dashes dashes_of(const struct draw_line *line) {
    if (line->dash <= 0)
        return solid;
    return (struct dashes){line->dash, line->gap > 0 ? line->gap : line->dash,
                           line->dots ? line->width : 0, line->dots};
}

static void put_dashes(struct writer *w, const struct dashes *d) {
    buf_putc(w->out, '[');
    if (d->dash)
        buf_put_milli(w->out, d->dash);
    if (d->dots || d->gap != d->dash) {
        buf_putc(w->out, ' ');
        buf_put_milli(w->out, d->gap);
    }
    for (int i = 0; i < d->dots; i++) {
        buf_putc(w->out, ' ');
        put_number(w, d->dot);
        buf_put_milli(w->out, d->gap);
    }
    buf_puts(w->out, "]0 d\n");
}

static bool same_dashes(const struct dashes *a, const struct dashes *b) {
    return a->dash == b->dash && a->gap == b->gap && a->dots == b->dots && a->dot == b->dot;
}

static void set_line(struct writer *w, int64_t width, struct dashes dashes) {
    if (w->state.line_width != width) {
        w->state.line_width = width;
        put_number(w, width);
        buf_puts(w->out, "w\n");
    }
    if (same_dashes(&w->state.dashes, &dashes))
        return;
    w->state.dashes = dashes;
    put_dashes(w, &dashes);
}

/* ---- text ---- */

/* Ends the open TJ, if any; a single string is shown by Tj. */
static void end_show(struct writer *w) {
    if (!w->in_show)
        return;
    w->in_show = false;
    if (w->adjusted)
        buf_putc(w->out, '[');
    buf_append(w->out, buf_text(&w->show), w->show.len);
    buf_puts(w->out, w->adjusted ? ")]TJ\n" : ")Tj\n");
}

static void end_text(struct writer *w) {
    end_show(w);
    if (w->in_text)
        buf_puts(w->out, "ET\n");
    w->in_text = false;
}

static void begin_text(struct writer *w) {
    if (w->in_text)
        return;
    buf_puts(w->out, "BT\n");
    w->in_text = true;
    w->sheared = false;
    w->line_x = w->line_y = 0;
}

static bool strokes(const struct text_state *state) {
    return state->mode == MODE_STROKE || state->mode == MODE_BOTH;
}

static void set_text_state(struct writer *w, const struct text_state *want) {
    if (w->state.text.font != want->font || w->state.text.size != want->size) {
        buf_puts(w->out, "/F");
        buf_put_int(w->out, (int64_t)want->font->number);
        buf_putc(w->out, ' ');
        put_number(w, want->size);
        buf_puts(w->out, "Tf\n");
    }
    if (w->state.text.scale != want->scale) {
        buf_put_int(w->out, want->scale);
        buf_puts(w->out, " Tz\n");
    }
    if (w->state.text.mode != want->mode) {
        buf_put_int(w->out, want->mode);
        buf_puts(w->out, " Tr\n");
    }
    if (strokes(want))
        set_line(w, want->stroke, solid);
    w->state.text = *want;
}

/* One byte of a literal string; only four cannot stand for themselves (7.3.4.2). */
static inline char *put_string_byte(char *to, unsigned byte) {
    static const char escapes[256] = {['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r'};
    if (escapes[byte])
        *to++ = '\\';
    *to++ = escapes[byte] ? escapes[byte] : (char)byte;
    return to;
}

static inline void put_code(struct buf *out, unsigned cid) {
    char *start = buf_reserve(out, 4);
    char *end = put_string_byte(put_string_byte(start, cid >> 8), cid & 0xFF);
    out->len += (size_t)(end - start);
}

static int64_t pen_unit(const struct writer *w) { /* 1/1000 em, in PEN parts of an mpt */
    return (int64_t)w->state.text.size * w->state.text.scale;
}

/* Numbers of a TJ move the pen back, in 1/1000 em. */
static int64_t adjustment_to(const struct writer *w, int64_t x) {
    int64_t off = w->pen - x * PEN, unit = pen_unit(w);
    return (off < 0 ? off - unit / 2 : off + unit / 2) / unit;
}

static void adjust(struct writer *w, int64_t by) {
    buf_putc(&w->show, ')');
    buf_put_int(&w->show, by);
    buf_putc(&w->show, '(');
    w->string_start = w->show.len;
    w->adjusted = true;
    w->pen -= by * pen_unit(w);
}

static void put_glyphs(struct writer *w, const struct draw_text *text, int64_t x) {
    struct pool *pool = w->resources->fonts.pool;
    struct embedded_font *font = w->state.text.font;
    /* Adjustments up to TOLERANCE are not made: what rounds to one is compared, not divided. */
    const int64_t unit = pen_unit(w), enough = (TOLERANCE + 1) * unit - unit / 2;
    for (size_t i = 0; i < text->n; i++) {
        const struct glyph *glyph = &text->glyphs[i];
        int64_t off = w->pen - (x + glyph->x) * PEN;
        if (off >= enough || off <= -enough || w->show.len - w->string_start > STRING_MOST)
            adjust(w, adjustment_to(w, x + glyph->x));
        const struct code *code = font_code(pool, font, glyph->id, glyph->cp);
        if (!code)
            continue;
        put_code(&w->show, code->cid);
        w->pen += code->width * unit;
    }
}

static int between(int least, int value, int most) {
    return value < least ? least : value > most ? most : value;
}

static bool same_state(const struct text_state *a, const struct text_state *b) {
    return a->font == b->font && a->size == b->size && a->scale == b->scale && a->mode == b->mode &&
           a->stroke == b->stroke && a->slanted == b->slanted;
}

/* Whether the text can go into the open TJ: on the same line, and a step forward or a slight one
 * back. */
static bool continues(const struct writer *w, const struct text_state *want, int64_t x, int64_t y,
                      uint32_t color) {
    if (!w->in_show || w->line_y != y || !same_state(&w->state.text, want) ||
        w->state.fill != (int64_t)(color & 0xFFFFFF))
        return false;
    int64_t by = adjustment_to(w, x - w->line_x);
    return by >= -FARTHEST_ADJUSTMENT && by <= FARTHEST_BACK;
}

/* Slanted letters lean by a third of their height, about as far as Word's. A move inside a sheared
 * matrix would go aslant, too: there every line has a matrix of its own. */
static void move_to(struct writer *w, int64_t x, int64_t y) {
    if (w->state.text.slanted || w->sheared) {
        buf_puts(w->out, w->state.text.slanted ? "1 0 .333 1 " : "1 0 0 1 ");
        put_number(w, x);
        put_number(w, y);
        buf_puts(w->out, "Tm\n");
        w->sheared = w->state.text.slanted;
    } else {
        put_number(w, x - w->line_x);
        put_number(w, y - w->line_y);
        buf_puts(w->out, "Td\n");
    }
    w->line_x = x;
    w->line_y = y;
}

static void begin_show(struct writer *w) {
    w->in_show = true;
    w->adjusted = false;
    w->pen = 0;
    buf_clear(&w->show);
    buf_putc(&w->show, '(');
    w->string_start = w->show.len;
}

/* A box for each character the face lacks. They are shown as blanks, so that they are read back:
 * no text may show .notdef itself (ISO 19005-2, 6.2.11.8). */
static void put_missing(struct writer *w, const struct draw_text *text) {
    enum { MARGIN = 10, STROKE = 25 /* parts of the width, of the size */ };
    int64_t upem = face_metrics(text->face)->upem, size = w->state.text.size;
    upem = upem ? upem : 1;
    int64_t width = face_advance(text->face, 0) * size / upem * w->state.text.scale / 100;
    int64_t height = face_metrics(text->face)->cap_height * size / upem;
    for (size_t i = 0; i < text->n; i++) {
        if (!font_lacks(w->state.text.font, text->glyphs[i].id))
            continue;
        end_text(w);
        set_color(w, &w->state.stroke_color, text->color, false);
        set_line(w, size / STROKE, solid);
        put_number(w, (int64_t)text->x + text->glyphs[i].x + width / MARGIN);
        put_number(w, from_bottom(w, text->y));
        put_number(w, width - 2 * (width / MARGIN));
        put_number(w, height);
        buf_puts(w->out, "re S\n");
    }
}

/* How the state's mode paints it. */
static void set_mode(const struct draw_text *text, struct text_state *want) {
    const struct text_look *look = text->look;
    bool unfilled = look && look->fill && look->fill->clear >= OPAQUE;
    if (text->unseen) {
        want->mode = MODE_UNSEEN;
    } else if (look && look->line) {
        want->mode = unfilled ? MODE_STROKE : MODE_BOTH;
        want->stroke = look->line->width;
    } else if (unfilled) {
        want->mode = MODE_UNSEEN;
    } else if (text->outline || text->thicken > 0) {
        want->mode = text->outline ? MODE_STROKE : MODE_BOTH;
        want->stroke = text->thicken > 0 ? text->thicken : want->size / OUTLINE;
    }
}

static uint32_t line_color(const struct draw_text *text) {
    return text->look && text->look->line ? text->look->line->color : text->color;
}

static void put_plain_text(struct writer *w, const struct draw_text *text) {
    struct text_state want = {.font = font_set_find(&w->resources->fonts, text->face),
                              .size = between(1, text->size, SIZE_MOST),
                              .scale = text->scale > 0 ? between(1, text->scale, SCALE_MOST) : 100,
                              .slanted = text->slanted};
    set_mode(text, &want);
    want.mode = w->clips ? MODE_CLIP : want.mode;
    int64_t x = (int64_t)text->x + text->glyphs[0].x, y = from_bottom(w, text->y);
    bool other = strokes(&want) && w->state.stroke_color != (int64_t)line_color(text);
    if (other || !continues(w, &want, x, y, text->color)) {
        end_show(w);
        begin_text(w);
        set_color(w, &w->state.fill, text->color, true);
        if (strokes(&want))
            set_color(w, &w->state.stroke_color, line_color(text), false);
        set_text_state(w, &want);
        move_to(w, x, y);
        begin_show(w);
    }
    put_glyphs(w, text, (int64_t)text->x - w->line_x);
    if (w->state.text.font->lacking && !text->unseen)
        put_missing(w, text);
}

static mpt advance_of(const struct draw_text *text, const struct glyph *glyph) {
    int upem = face_metrics(text->face)->upem;
    int64_t advance = (int64_t)face_advance(text->face, glyph->id) * text->size / (upem ? upem : 1);
    return (mpt)(advance * text->scale / 100);
}

/* The letters are a clip, through which the gradient is seen, laid over all of the text. Their line
 * comes after it. */
static void put_gradient_text(struct writer *w, const struct draw_text *text) {
    const struct face_metrics *m = face_metrics(text->face);
    const struct glyph *last = &text->glyphs[text->n - 1];
    int64_t upem = m->upem ? m->upem : 1, size = text->size;
    int64_t width = last->x + advance_of(text, last);
    struct draw_text line = *text;
    const struct letter_fill none = {.clear = OPAQUE};
    const struct text_look look = {.fill = &none, .line = text->look->line};
    struct pen_state outer = w->state;
    buf_puts(w->out, "q\n");
    w->clips = true;
    put_plain_text(w, text);
    w->clips = false;
    end_text(w);
    struct filled_box box = {.x = text->x,
                             .y = from_bottom(w, text->y + m->descent * size / upem),
                             .width = width,
                             .height = (m->ascent + m->descent) * size / upem};
    texture_put(&w->resources->textures, text->look->fill->texture, 0, box, w->out);
    buf_puts(w->out, "Q\n");
    w->state = outer;
    line.look = &look;
    if (look.line)
        put_plain_text(w, &line);
}

/* What shines through or has a gradient has a graphics state of its own. */
static void put_text(struct writer *w, const struct draw_text *text) {
    const struct letter_fill *fill = text->look && !text->unseen ? text->look->fill : NULL;
    if (!text->n)
        return;
    if (!fill || fill->clear >= OPAQUE) {
        put_plain_text(w, text);
        return;
    }
    struct pen_state outer = w->state;
    struct draw_text painted = *text;
    end_text(w);
    buf_puts(w->out, "q\n");
    if (fill->clear > 0)
        buf_printf(w->out, "/T%d gs\n", fill->clear);
    painted.color = fill->color;
    (fill->texture ? put_gradient_text : put_plain_text)(w, &painted);
    end_text(w);
    buf_puts(w->out, "Q\n");
    w->state = outer;
}

/* ---- text from right to left (14.8.2.3.3) ---- */

/* Whether glyph `i` stands right before the one that is read before it, so that one string shows
 * both. */
static bool leads_on(const struct draw_text *text, size_t i) {
    const struct glyph *glyph = &text->glyphs[i];
    int64_t off = (int64_t)glyph->x + advance_of(text, glyph) - glyph[-1].x;
    return off * 1000 <= (int64_t)TOLERANCE * text->size &&
           off * 1000 >= -(int64_t)TOLERANCE * text->size;
}

/* Boxes for what is missing end the text object, which no string turned round may do. */
static bool has_missing(const struct writer *w, const struct draw_text *text) {
    const struct embedded_font *font = font_set_find(&w->resources->fonts, text->face);
    for (size_t i = 0; i < text->n; i++)
        if (font_lacks(font, text->glyphs[i].id))
            return true;
    return false;
}

/* The strings in reading order, the letters of each from left to right as they are seen: so readers
 * that go by places find words, and those that go by the file are told. */
static void put_backward(struct writer *w, const struct draw_text *text) {
    struct glyph *turned = POOL_ARRAY(w->resources->fonts.pool, struct glyph, text->n);
    struct draw_text part = *text;
    part.glyphs = turned;
    if (text->look && text->look->fill) /* of a gradient its mean: no clip may stand in there */
        part.color = text->look->fill->color;
    end_show(w);
    begin_text(w);
    buf_puts(w->out, "/ReversedChars BMC\n");
    for (size_t i = 0, end; i < text->n; i = end) {
        for (end = i + 1; end < text->n && leads_on(text, end);)
            end++;
        part.n = end - i;
        for (size_t k = 0; k < part.n; k++)
            turned[k] = text->glyphs[end - 1 - k];
        put_plain_text(w, &part);
        end_show(w);
    }
    begin_text(w);
    buf_puts(w->out, "EMC\n");
}

/* ---- the rest ---- */

enum { MAX_TURNS = 4000 };

/* The turns of a wave along an upright or level line. */
static void put_zigzag(struct writer *w, const struct draw_line *line) {
    int64_t dx = (int64_t)line->x1 - line->x0, dy = (int64_t)line->y1 - line->y0;
    int64_t length = dx > 0 ? dx : dx < 0 ? -dx : dy < 0 ? -dy : dy;
    int64_t turns = length / (2 * (int64_t)line->wave);
    turns = turns > MAX_TURNS ? MAX_TURNS : turns;
    for (int64_t i = 0; i < turns; i++) {
        int64_t by = i % 2 ? line->wave : -line->wave;
        int64_t x = line->x0 + dx * (2 * i + 1) / (2 * turns) + (dx ? 0 : by);
        int64_t y = line->y0 + dy * (2 * i + 1) / (2 * turns) + (dx ? by : 0);
        put_number(w, x);
        put_number(w, from_bottom(w, y));
        buf_puts(w->out, "l ");
    }
}

static void put_line(struct writer *w, const struct draw_line *line) {
    end_text(w);
    set_color(w, &w->state.stroke_color, line->color, false);
    set_line(w, line->width > 0 ? line->width : 0, dashes_of(line));
    put_number(w, line->x0);
    put_number(w, from_bottom(w, line->y0));
    buf_puts(w->out, "m ");
    if (line->wave > 0)
        put_zigzag(w, line);
    put_number(w, line->x1);
    put_number(w, from_bottom(w, line->y1));
    buf_puts(w->out, "l S\n");
}

static void put_rect(struct writer *w, const struct draw_rect *rect) {
    end_text(w);
    if (rect->stroke > 0) {
        set_color(w, &w->state.stroke_color, rect->color, false);
        set_line(w, rect->stroke, solid);
    } else {
        set_color(w, &w->state.fill, rect->color, true);
    }
    put_number(w, rect->x);
    put_number(w, from_bottom(w, (int64_t)rect->y + rect->height));
    put_number(w, rect->width);
    put_number(w, rect->height);
    buf_puts(w->out, rect->stroke > 0 ? "re S\n" : "re f\n");
}

static void put_frame(struct writer *w, const struct draw_picture *draw) {
    enum { THIN = 500, GREY = 0x999999 };
    put_rect(w, &(struct draw_rect){.x = draw->x,
                                    .y = draw->y,
                                    .width = draw->width,
                                    .height = draw->height,
                                    .stroke = THIN,
                                    .color = GREY});
}

/* The image lies over (x, y, width, height), y from the bottom. */
static void put_image(struct writer *w, size_t number, int64_t x, int64_t y, int64_t width,
                      int64_t height) {
    put_number(w, width);
    buf_puts(w->out, "0 0 ");
    put_number(w, height);
    put_number(w, x);
    put_number(w, y);
    buf_puts(w->out, "cm/I");
    buf_put_int(w->out, (int64_t)number);
    buf_puts(w->out, " Do Q\n");
}

/* Of a cropped picture the box shows a part: the whole is drawn, clipped to the box. */
static void put_cropped(struct writer *w, size_t number, const struct draw_picture *draw) {
    enum { WHOLE = 100000 };
    const int32_t *crop = draw->picture->crop;
    int64_t left = WHOLE - (int64_t)crop[EDGE_LEFT] - crop[EDGE_RIGHT];
    int64_t high = WHOLE - (int64_t)crop[EDGE_TOP] - crop[EDGE_BOTTOM];
    if (left <= 0 || high <= 0)
        return;
    int64_t width = (int64_t)draw->width * WHOLE / left,
            height = (int64_t)draw->height * WHOLE / high;
    int64_t bottom = from_bottom(w, (int64_t)draw->y + draw->height);
    buf_puts(w->out, "q ");
    put_number(w, draw->x);
    put_number(w, bottom);
    put_number(w, draw->width);
    put_number(w, draw->height);
    buf_puts(w->out, "re W n ");
    put_image(w, number, draw->x - width * crop[EDGE_LEFT] / WHOLE,
              bottom - height * crop[EDGE_BOTTOM] / WHOLE, width, height);
}

static void put_picture(struct writer *w, const struct draw_picture *draw) {
    const int32_t *crop = draw->picture->crop;
    size_t number =
        draw->picture->bytes ? picture_set_number(&w->resources->pictures, draw->picture) : 0;
    if (!number) {
        put_frame(w, draw);
        return;
    }
    end_text(w);
    if (crop[0] || crop[1] || crop[2] || crop[3]) {
        put_cropped(w, number, draw);
        return;
    }
    buf_puts(w->out, "q ");
    put_image(w, number, draw->x, from_bottom(w, (int64_t)draw->y + draw->height), draw->width,
              draw->height);
}

/* ---- paths ---- */

static void put_steps(struct writer *w, const struct path *path, int64_t x, int64_t y) {
    static const char operators[] = {
        [PATH_MOVE] = 'm', [PATH_LINE] = 'l', [PATH_CURVE] = 'c', [PATH_CLOSE] = 'h'};
    for (size_t i = 0; i < path->n; i++) {
        const struct path_step *step = &path->steps[i];
        int points = step->verb == PATH_CURVE ? 3 : step->verb == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            put_number(w, x + step->x[k]);
            put_number(w, from_bottom(w, y + step->y[k]));
        }
        buf_putc(w->out, operators[step->verb]);
        buf_putc(w->out, '\n');
    }
}

static void put_own_dashes(struct writer *w, const struct draw_path *draw) {
    if (!draw->line.dashes[0])
        return;
    buf_putc(w->out, '[');
    for (int i = 0; i < DASHES && draw->line.dashes[i]; i++)
        put_number(w, (int64_t)draw->line.dashes[i] * draw->stroke);
    buf_puts(w->out, "]0 d\n");
}

/* The area is a clip, through which the texture is seen. */
static void put_textured(struct writer *w, const struct draw_path *draw) {
    const struct texture *t = draw->texture;
    size_t picture = t->picture ? picture_set_number(&w->resources->pictures, t->picture) : 0;
    int64_t top = (int64_t)draw->y + draw->box[1];
    buf_puts(w->out, "q\n");
    put_steps(w, draw->path, draw->x, draw->y);
    buf_puts(w->out, draw->path->winding ? "W n\n" : "W* n\n");
    struct filled_box box = {.x = (int64_t)draw->x + draw->box[0],
                             .y = from_bottom(w, top + draw->box[3]),
                             .width = draw->box[2],
                             .height = draw->box[3]};
    texture_put(&w->resources->textures, t, picture, box, w->out);
    buf_puts(w->out, "Q\n");
}

static void put_blurred(struct writer *w, const struct draw_path *draw) {
    size_t number = blur_set_number(&w->resources->blurs, draw);
    const struct blurred *b = number ? &w->resources->blurs.at.at[number - 1] : NULL;
    if (!b || !b->object)
        return;
    buf_puts(w->out, "q ");
    put_number(w, b->side[0]);
    buf_puts(w->out, "0 0 ");
    put_number(w, b->side[1]);
    put_number(w, draw->x + b->x);
    put_number(w, from_bottom(w, draw->y + b->y + b->side[1]));
    buf_printf(w->out, "cm/B%zu Do Q\n", number);
}

/* Its line's style is no other's, so it has a graphics state of its own. */
static void put_path(struct writer *w, const struct draw_path *draw) {
    bool fill = draw->fill >= 0 && !draw->texture, stroke = draw->stroke > 0;
    end_text(w);
    if (draw->blur > 0) {
        put_blurred(w, draw);
        return;
    }
    if (draw->texture)
        put_textured(w, draw);
    if (!fill && !stroke)
        return;
    struct pen_state outer = w->state;
    buf_puts(w->out, "q\n");
    if (fill)
        set_color(w, &w->state.fill, (uint32_t)draw->fill, true);
    if (stroke) {
        set_color(w, &w->state.stroke_color, draw->color, false);
        set_line(w, draw->stroke, solid);
        put_own_dashes(w, draw);
        buf_put_int(w->out, draw->line.cap);
        buf_puts(w->out, draw->line.miter ? " J\n" : " J 1 j\n");
    }
    put_steps(w, draw->path, draw->x, draw->y);
    static const char *const painting[2][2] = {{"f* Q\n", "B* Q\n"}, {"f Q\n", "B Q\n"}};
    buf_puts(w->out, fill ? painting[draw->path->winding][stroke] : "S Q\n");
    w->state = outer;
}

/* ---- turned things ---- */

static void put_millionths(struct writer *w, int64_t value) {
    buf_printf(w->out, "%s%lld.%06d ", value < 0 ? "-" : "", (long long)llabs(value) / 1000000,
               (int)(llabs(value) % 1000000));
}

/* Saves the state; false: too many are saved. */
static bool begin_state(struct writer *w, const struct draw *draw) {
    end_text(w);
    if (w->turns++ >= TURNS_MOST)
        return false;
    w->outer[w->turns - 1] = w->state;
    w->begun[w->turns - 1] = draw;
    return true;
}

/* The matrix of 8.3.4 whose y axis points up. */
static void put_turn(struct writer *w, const struct draw *draw) {
    const struct draw_turn *turn = &draw->as.turn;
    const int64_t one = 1000000, x = turn->x, y = from_bottom(w, turn->y);
    const int64_t a = turn->m[0], b = -(int64_t)turn->m[1], c = -(int64_t)turn->m[2],
                  d = turn->m[3];
    if (!begin_state(w, draw))
        return;
    buf_puts(w->out, "q ");
    put_millionths(w, a);
    put_millionths(w, b);
    put_millionths(w, c);
    put_millionths(w, d);
    put_number(w, x - (a * x + c * y) / one);
    put_number(w, y - (b * x + d * y) / one);
    buf_puts(w->out, "cm\n");
    if (turn->clear > 0)
        buf_printf(w->out, "/T%d gs\n", turn->clear);
}

/* Each outline takes away of what the others leave (8.5.4). */
static void put_clip(struct writer *w, const struct draw *draw) {
    const struct draw_clip *clip = &draw->as.clip;
    if (!begin_state(w, draw))
        return;
    buf_puts(w->out, "q\n");
    for (const struct clip *c = clip->clip; c; c = c->outer) {
        put_steps(w, c->path, clip->x, clip->y);
        buf_puts(w->out, c->path->winding ? "W n\n" : "W* n\n");
    }
}

static void put_back(struct writer *w) {
    end_text(w);
    if (w->turns-- > TURNS_MOST)
        return;
    buf_puts(w->out, "Q\n");
    w->state = w->outer[w->turns];
}

/* Whether `back` ends a clip that what comes next begins anew: it goes on then. */
static bool clip_goes_on(const struct writer *w, const struct draw *back) {
    const struct draw *next = back + 1;
    if (next >= w->page->draws.at + w->page->draws.n || next->kind != DRAW_CLIP || w->turns < 1 ||
        w->turns > TURNS_MOST)
        return false;
    const struct draw *begun = w->begun[w->turns - 1];
    return begun->kind == DRAW_CLIP && begun->as.clip.clip == next->as.clip.clip &&
           begun->as.clip.x == next->as.clip.x && begun->as.clip.y == next->as.clip.y;
}

/* ---- what it is (14.6) ---- */

/* Sequences lie outside of text objects: those may not overlap. */
static void end_mark(struct writer *w) {
    end_text(w);
    if (w->marked)
        buf_puts(w->out, "EMC\n");
    w->marked = false;
}

static void set_tag(struct writer *w, uint32_t tag) {
    if (!w->structure || (w->marked && w->tag == tag))
        return;
    end_mark(w);
    structure_begin(w->structure, tag, w->page_index, w->out);
    w->marked = true;
    w->tag = tag;
}

static void put_draw(struct writer *w, const struct draw *draw) {
    if (draw->kind == DRAW_TURN || draw->kind == DRAW_CLIP || draw->kind == DRAW_BACK)
        end_mark(w); /* matrices and clips are no content */
    else
        set_tag(w, draw->tag);
    switch (draw->kind) {
    case DRAW_TEXT:
        if (draw->as.text.backward && !has_missing(w, &draw->as.text))
            put_backward(w, &draw->as.text);
        else
            put_text(w, &draw->as.text);
        break;
    case DRAW_LINE:
        put_line(w, &draw->as.line);
        break;
    case DRAW_RECT:
        put_rect(w, &draw->as.rect);
        break;
    case DRAW_PICTURE:
        put_picture(w, &draw->as.picture);
        break;
    case DRAW_PATH:
        put_path(w, &draw->as.path);
        break;
    case DRAW_TURN:
        put_turn(w, draw);
        break;
    case DRAW_CLIP:
        put_clip(w, draw);
        break;
    case DRAW_BACK:
        put_back(w);
        break;
    }
}

void content_put(const struct page *page, size_t index, struct resources *resources,
                 struct structure *structure, struct buf *out) {
    /* A page begins with black (8.4.1), lines 1 pt wide and solid, no font, 100 %. */
    struct writer w = {.page = page,
                       .resources = resources,
                       .structure = structure,
                       .page_index = index,
                       .out = out,
                       .state = {.line_width = 1000, .text = {.scale = 100}}};
    const struct draw *draw;
    VEC_EACH (draw, &page->draws) {
        if (draw->kind == DRAW_BACK && clip_goes_on(&w, draw))
            draw++;
        else
            put_draw(&w, draw);
    }
    end_mark(&w);
    buf_free(&w.show);
}
