/* content_text: letters of a page.
 *
 * Few bytes, because they are what packing time and file size are made of: a state operator only
 * when the state changes, text objects left open from one draw to the next, one TJ for all that
 * stands on a line in one font, one relative move to the next line.
 *
 * Positions never drift. Moves (Td) are between exact origins. Within a TJ a viewer advances by the
 * widths of the font, which are whole 1/1000 em; the pen it will have is tracked here, exactly, and
 * as soon as a glyph would stand more than TOLERANCE from where layout put it the string is cut and
 * the difference taken out. */
#include "pdf/content_parts.h"

enum {
    TOLERANCE = 2,               /* 1/1000 em; 0.03 pt at 14 pt */
    FARTHEST_ADJUSTMENT = 30000, /* 1/1000 em; a new move is used beyond, */
    FARTHEST_BACK = 1000,        /* and so far backwards */
    SIZE_MOST = 10000 * 1000,    /* mpt; with SCALE_MOST more than a page can hold */
    SCALE_MOST = 1000,           /* percent */
    OUTLINE = 40,                /* parts of the size: strokes of letters drawn by their outlines */
    STRING_MOST = 16000          /* bytes; PDF/A ends a string at 32,767 */
};

/* ---- what is shown ---- */

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

void content_end_text(struct writer *w) {
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
        content_number(w, want->size);
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
        content_line(w, want->stroke, solid);
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
        content_number(w, x);
        content_number(w, y);
        buf_puts(w->out, "Tm\n");
        w->sheared = w->state.text.slanted;
    } else {
        content_number(w, x - w->line_x);
        content_number(w, y - w->line_y);
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
        content_end_text(w);
        content_color(w, &w->state.stroke_color, text->color, false);
        content_line(w, size / STROKE, solid);
        content_number(w, (int64_t)text->x + text->glyphs[i].x + width / MARGIN);
        content_number(w, content_from_bottom(w, text->y));
        content_number(w, width - 2 * (width / MARGIN));
        content_number(w, height);
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
    int64_t x = (int64_t)text->x + text->glyphs[0].x, y = content_from_bottom(w, text->y);
    bool other = strokes(&want) && w->state.stroke_color != (int64_t)line_color(text);
    if (other || !continues(w, &want, x, y, text->color)) {
        end_show(w);
        begin_text(w);
        content_color(w, &w->state.fill, text->color, true);
        if (strokes(&want))
            content_color(w, &w->state.stroke_color, line_color(text), false);
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
    content_end_text(w);
    struct filled_box box = {.x = text->x,
                             .y = content_from_bottom(w, text->y + m->descent * size / upem),
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
    content_end_text(w);
    buf_puts(w->out, "q\n");
    if (fill->clear > 0)
        buf_printf(w->out, "/T%d gs\n", fill->clear);
    painted.color = fill->color;
    (fill->texture ? put_gradient_text : put_plain_text)(w, &painted);
    content_end_text(w);
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

void content_text(struct writer *w, const struct draw_text *text) {
    if (text->backward && !has_missing(w, text))
        put_backward(w, text);
    else
        put_text(w, text);
}
