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
    STRING_MOST = 16000          /* bytes; PDF/A ends a string at 32,767 */
};

struct text_state { /* what Tf and Tz are set to */
    struct font *font;
    mpt size;
    int scale;
};

struct dashes { /* all 0: a solid line */
    int64_t dash, gap, dot;
    int dots;
};

struct writer {
    const struct page *page;
    struct font_set *fonts;
    const struct picture_set *pictures;
    struct structure *structure; /* NULL: not tagged */
    size_t page_index;
    bool marked; /* in a marked-content sequence, of `tag` */
    uint32_t tag;
    struct buf *out;
    int64_t fill, stroke_color; /* as last set */
    int64_t line_width;
    struct dashes dashes;
    struct text_state text;
    bool in_text;           /* between BT and ET */
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
    struct dashes d = {0};
    if (line->dash <= 0)
        return d;
    d.dash = line->dash;
    d.gap = line->gap > 0 ? line->gap : line->dash;
    d.dots = line->dots;
    d.dot = line->dots ? line->width : 0;
    return d;
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
    if (w->line_width != width) {
        w->line_width = width;
        put_number(w, width);
        buf_puts(w->out, "w\n");
    }
    if (same_dashes(&w->dashes, &dashes))
        return;
    w->dashes = dashes;
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
    w->line_x = w->line_y = 0;
}

static void set_text_state(struct writer *w, const struct text_state *want) {
    if (w->text.font != want->font || w->text.size != want->size) {
        buf_puts(w->out, "/F");
        buf_put_int(w->out, (int64_t)want->font->number);
        buf_putc(w->out, ' ');
        put_number(w, want->size);
        buf_puts(w->out, "Tf\n");
    }
    if (w->text.scale != want->scale) {
        buf_put_int(w->out, want->scale);
        buf_puts(w->out, " Tz\n");
    }
    w->text = *want;
}

/* One byte of a literal string; only four cannot stand for themselves (7.3.4.2). */
static char *put_string_byte(char *to, unsigned byte) {
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *to++ = '\\';
    *to++ = (char)(byte == '\r' ? 'r' : byte);
    return to;
}

static void put_code(struct buf *out, unsigned cid) {
    char *start = buf_reserve(out, 4);
    char *end = put_string_byte(put_string_byte(start, cid >> 8), cid & 0xFF);
    out->len += (size_t)(end - start);
}

static int64_t pen_unit(const struct writer *w) { /* 1/1000 em, in PEN parts of an mpt */
    return (int64_t)w->text.size * w->text.scale;
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
    for (size_t i = 0; i < text->n; i++) {
        const struct glyph *glyph = &text->glyphs[i];
        int64_t by = adjustment_to(w, x + glyph->x);
        if (by > TOLERANCE || by < -TOLERANCE || w->show.len - w->string_start > STRING_MOST)
            adjust(w, by);
        const struct code *code = font_code(w->fonts->pool, w->text.font, glyph->id, glyph->cp);
        if (!code)
            continue;
        put_code(&w->show, code->cid);
        w->pen += code->width * pen_unit(w);
    }
}

static int between(int least, int value, int most) {
    return value < least ? least : value > most ? most : value;
}

static bool same_state(const struct text_state *a, const struct text_state *b) {
    return a->font == b->font && a->size == b->size && a->scale == b->scale;
}

/* Whether the text can go into the open TJ: on the same line, and a step forward or a slight one
 * back. */
static bool continues(const struct writer *w, const struct text_state *want, int64_t x, int64_t y,
                      uint32_t color) {
    if (!w->in_show || w->line_y != y || !same_state(&w->text, want) ||
        w->fill != (int64_t)(color & 0xFFFFFF))
        return false;
    int64_t by = adjustment_to(w, x - w->line_x);
    return by >= -FARTHEST_ADJUSTMENT && by <= FARTHEST_BACK;
}

static void move_to(struct writer *w, int64_t x, int64_t y) {
    put_number(w, x - w->line_x);
    put_number(w, y - w->line_y);
    buf_puts(w->out, "Td\n");
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
    int64_t upem = face_metrics(text->face)->upem, size = w->text.size;
    upem = upem ? upem : 1;
    int64_t width = face_advance(text->face, 0) * size / upem * w->text.scale / 100;
    int64_t height = face_metrics(text->face)->cap_height * size / upem;
    for (size_t i = 0; i < text->n; i++) {
        if (!font_lacks(w->text.font, text->glyphs[i].id))
            continue;
        end_text(w);
        set_color(w, &w->stroke_color, text->color, false);
        set_line(w, size / STROKE, solid);
        put_number(w, (int64_t)text->x + text->glyphs[i].x + width / MARGIN);
        put_number(w, from_bottom(w, text->y));
        put_number(w, width - 2 * (width / MARGIN));
        put_number(w, height);
        buf_puts(w->out, "re S\n");
    }
}

static void put_text(struct writer *w, const struct draw_text *text) {
    if (!text->n)
        return;
    struct text_state want = {.font = font_set_find(w->fonts, text->face),
                              .size = between(1, text->size, SIZE_MOST),
                              .scale = text->scale > 0 ? between(1, text->scale, SCALE_MOST) : 100};
    int64_t x = (int64_t)text->x + text->glyphs[0].x, y = from_bottom(w, text->y);
    if (!continues(w, &want, x, y, text->color)) {
        end_show(w);
        begin_text(w);
        set_color(w, &w->fill, text->color, true);
        set_text_state(w, &want);
        move_to(w, x, y);
        begin_show(w);
    }
    put_glyphs(w, text, (int64_t)text->x - w->line_x);
    if (w->text.font->lacking)
        put_missing(w, text);
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
    set_color(w, &w->stroke_color, line->color, false);
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
        set_color(w, &w->stroke_color, rect->color, false);
        set_line(w, rect->stroke, solid);
    } else {
        set_color(w, &w->fill, rect->color, true);
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

static void put_picture(struct writer *w, const struct draw_picture *draw) {
    size_t number = picture_set_number(w->pictures, draw->picture);
    if (!number) {
        put_frame(w, draw);
        return;
    }
    end_text(w);
    buf_puts(w->out, "q ");
    put_number(w, draw->width);
    buf_puts(w->out, "0 0 ");
    put_number(w, draw->height);
    put_number(w, draw->x);
    put_number(w, from_bottom(w, (int64_t)draw->y + draw->height));
    buf_puts(w->out, "cm/I");
    buf_put_int(w->out, (int64_t)number);
    buf_puts(w->out, " Do Q\n");
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
    set_tag(w, draw->tag);
    switch (draw->kind) {
    case DRAW_TEXT:
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
    }
}

void content_put(const struct page *page, size_t index, struct font_set *fonts,
                 const struct picture_set *pictures, struct structure *structure, struct buf *out) {
    /* A page begins with black (8.4.1), lines 1 pt wide and solid, no font, 100 %. */
    struct writer w = {.page = page,
                       .fonts = fonts,
                       .pictures = pictures,
                       .structure = structure,
                       .page_index = index,
                       .out = out,
                       .line_width = 1000,
                       .text = {.scale = 100}};
    const struct draw *draw;
    VEC_EACH (draw, &page->draws)
        put_draw(&w, draw);
    end_mark(&w);
    buf_free(&w.show);
}
