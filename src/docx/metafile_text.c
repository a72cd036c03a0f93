/* Text of metafiles: in what code its letters are, where each stands, what is behind them. */
#include "docx/metafile.h"

#include "base/angle.h"
#include "base/utf8.h"
#include "docx/intern.h"
#include "docx/units.h"

#include <iconv.h>
#include <string.h>

/* ---- codes ---- */

enum { CHARSET_SYMBOL = 2 };

/* The code page of a character set ([MS-WMF] 2.1.1.5); NULL: bytes are what they are. */
static const char *code_page(unsigned charset) {
    static const struct {
        unsigned charset;
        const char *name;
    } pages[] = {{0, "CP1252"},   {1, "CP1252"},   {77, "MACINTOSH"}, {128, "CP932"},
                 {129, "CP949"},  {130, "JOHAB"},  {134, "GBK"},      {136, "BIG5"},
                 {161, "CP1253"}, {162, "CP1254"}, {163, "CP1258"},   {177, "CP1255"},
                 {178, "CP1256"}, {186, "CP1257"}, {204, "CP1251"},   {222, "CP874"},
                 {238, "CP1250"}};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        if (pages[i].charset == charset)
            return pages[i].name;
    return NULL;
}

static iconv_t open_code(const struct gdi_font *font, const unsigned char *bytes, size_t n) {
    bool plain = true;
    for (size_t i = 0; i < n; i++)
        plain &= bytes[i] < 0x80;
    const char *page = code_page(font->charset);
    bool own = font->family && (is_symbol_font(font->family) || is_legacy_font(font->family));
    return plain || own || !page ? (iconv_t)-1 : iconv_open("UTF-8", page);
}

/* One character, of one byte or two; returns how many it took. */
static size_t decode_one(iconv_t code, const unsigned char *bytes, size_t n, uint32_t *cp) {
    char utf8[8];
    for (size_t take = 1; code != (iconv_t)-1 && take <= 2 && take <= n; take++) {
        char *in = (char *)(uintptr_t)bytes, *out = utf8;
        size_t in_left = take, out_left = sizeof utf8;
        iconv(code, NULL, NULL, NULL, NULL);
        size_t done = iconv(code, &in, &in_left, &out, &out_left);
        if (done != (size_t)-1)
            done = iconv(code, NULL, NULL, &out, &out_left); /* CP1258 may keep a letter back */
        if (done == (size_t)-1 || in_left || out == utf8)
            continue;
        const char *p = utf8;
        *cp = utf8_next(&p, out);
        return take;
    }
    *cp = bytes[0];
    return 1;
}

size_t text_decode(struct canvas *c, const unsigned char *bytes, size_t n,
                   const int64_t (*steps)[2], struct gdi_letter *out) {
    iconv_t code = open_code(&c->state.font, bytes, n);
    size_t count = 0;
    for (size_t i = 0; i < n && bytes[i];) {
        struct gdi_letter *letter = &out[count++];
        size_t took = decode_one(code, bytes + i, n - i, &letter->cp);
        letter->step[0] = letter->step[1] = 0;
        for (size_t k = 0; steps && k < took; k++)
            for (int axis = 0; axis < 2; axis++)
                letter->step[axis] += steps[i + k][axis];
        i += took;
    }
    if (code != (iconv_t)-1)
        iconv_close(code);
    return count;
}

/* ---- its look ---- */

/* How the line runs, and how long a logical unit is along it and across, in 1/UNITS mpt. */
struct run_of_line {
    int64_t angle, along, across;
};

static struct run_of_line line_of(const struct canvas *c) {
    const struct gdi_state *s = &c->state;
    struct run_of_line line;
    int64_t unit[2];
    canvas_units(c, unit);
    int64_t turned = -(int64_t)s->font.escapement * (ANGLE_DEGREE / 10);
    int64_t cosine = angle_cos(turned), sine = angle_sin(turned);
    uint64_t square = (uint64_t)(unit[0] * cosine / SINE_ONE * (unit[0] * cosine / SINE_ONE)) +
                      (uint64_t)(unit[1] * sine / SINE_ONE * (unit[1] * sine / SINE_ONE));
    uint64_t other = (uint64_t)(unit[1] * cosine / SINE_ONE * (unit[1] * cosine / SINE_ONE)) +
                     (uint64_t)(unit[0] * sine / SINE_ONE * (unit[0] * sine / SINE_ONE));
    line.along = sine ? square_root(square) : unit[0];
    line.across = sine ? square_root(other) : unit[1];
    bool world = s->world[1] || s->world[2] || (s->world[0] < 0 && s->world[3] < 0);
    line.angle = angle_normal(turned + (world ? angle_of(s->world[0], s->world[1]) : 0));
    return line;
}

/* A picture whose sides are drawn out unevenly has letters that are, too: in percent. */
static int stretch(const struct canvas *c, const struct run_of_line *line) {
    enum { UNSEEN = 2 };
    const struct shape *p = c->place;
    int64_t across = (int64_t)p->width * 1000 / (c->frame[2] > 0 ? c->frame[2] : 1);
    int64_t down = (int64_t)p->height * 1000 / (c->frame[3] > 0 ? c->frame[3] : 1);
    bool upright = angle_sin(line->angle) > SINE_ONE / 2 || angle_sin(line->angle) < -SINE_ONE / 2;
    if (!c->stretched || across < 1 || down < 1)
        return 100;
    int64_t percent = upright ? down * 100 / across : across * 100 / down;
    percent = percent < 1 ? 1 : percent > 600 ? 600 : percent;
    return percent < 100 - UNSEEN || percent > 100 + UNSEEN ? (int)percent : 100;
}

static struct run_props *text_props(const struct canvas *c, const struct run_of_line *line) {
    enum { USUAL = 12000, LEAST = 500, MOST = 1638000 };
    const struct gdi_font *font = &c->state.font;
    struct run_props *props = POOL_NEW(c->builder->story->reader->pool, struct run_props);
    *props = *styles_plain(c->builder->style);
    int64_t height = font->height < 0 ? -font->height : font->height;
    int64_t size = height < 1 << 24 ? height * line->across / UNITS : MOST;
    size = font->height ? size : USUAL;
    props->size = (mpt)(size < LEAST ? LEAST : size > MOST ? MOST : size);
    props->bold = font->bold;
    props->italic = font->italic;
    props->underline = font->underline ? UNDERLINE_SINGLE : UNDERLINE_NONE;
    props->strike = font->strike;
    props->color = canvas_seen(c, c->state.text_color);
    props->auto_color = false;
    props->scale = font->width ? 100 : stretch(c, line);
    props->spacing = 0;
    if (font->family && *font->family)
        props->family = font->family;
    return props;
}

/* ---- letters ---- */

static const char *utf8_of(struct pool *pool, const struct gdi_text *t) {
    char *text = pool_alloc(pool, 4 * t->n + 1), *to = text;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t cp = t->letters[i].cp;
        bool unfit = cp < 0x20 || (cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF;
        to += utf8_put(to, unfit ? ' ' : cp);
    }
    *to = '\0';
    return text;
}

static size_t letters_in(const char *text) {
    size_t n = 0;
    for (const char *p = text, *end = text + strlen(text); p < end; n++)
        utf8_next(&p, end);
    return n;
}

/* Symbol fonts and those of the years before Unicode. */
static const char *in_unicode(struct canvas *c, const struct run_props **props, const char *text) {
    struct story *story = c->builder->story;
    const char *family = (*props)->family;
    if (is_legacy_font(family)) {
        const char *found = legacy_text(story, props, text, strlen(text));
        return found ? found : text;
    }
    bool symbol = c->state.font.charset == CHARSET_SYMBOL || is_symbol_font(family);
    return symbol ? symbol_text(story, props, styles_plain(c->builder->style), text) : text;
}

/* From letter to letter; what is rounded is made up for by the next. */
static const mpt (*steps_of(struct pool *pool, const struct gdi_text *t,
                            const struct run_of_line *line))[2] {
    mpt(*steps)[2] = pool_alloc(pool, (t->n + 1) * sizeof *steps);
    int64_t at[2] = {0, 0}, was[2] = {0, 0};
    const int64_t unit[2] = {line->along, line->across};
    for (size_t i = 0; i < t->n; i++)
        for (int axis = 0; axis < 2; axis++) {
            at[axis] += t->letters[i].step[axis];
            int64_t now = at[axis] < -(1 << 24) || at[axis] > 1 << 24
                              ? was[axis]
                              : at[axis] * unit[axis] / UNITS;
            steps[i][axis] = mpt_clamp(now - was[axis]);
            was[axis] = now;
        }
    return (const mpt(*)[2])steps;
}

/* Combining marks and letters that take two codes leave fewer letters than steps: then all have
 * their own widths. */
static void set_text(struct canvas *c, const struct gdi_text *t, const struct run_of_line *line,
                     struct lettering *out) {
    struct pool *pool = c->builder->story->reader->pool;
    struct run_props *own = text_props(c, line);
    const struct run_props *props = own;
    size_t n;
    if (!t->stepped)
        own->spacing = mpt_clamp(c->state.text_extra * line->along / UNITS);
    const char *text = in_unicode(c, &props, utf8_of(pool, t));
    out->text = utf8_nfc(pool, text, strlen(text), &n);
    out->props = props;
    if (!t->stepped || letters_in(out->text) != t->n)
        return;
    out->steps = steps_of(pool, t, line);
    out->step_count = t->n;
}

static bool is_blank(const struct gdi_text *t) {
    for (size_t i = 0; i < t->n; i++)
        if (t->letters[i].cp > ' ' && t->letters[i].cp != 0xA0)
            return false;
    return true;
}

/* ---- where ---- */

enum { ALIGN_CURRENT = 1, ALIGN_RIGHT = 2, ALIGN_CENTER = 6, ALIGN_BOTTOM = 8, ALIGN_BASE = 24 };

static void set_place(struct canvas *c, const struct gdi_text *t, struct lettering *out) {
    const struct gdi_state *s = &c->state;
    bool current = s->text_align & ALIGN_CURRENT;
    unsigned across = s->text_align & ALIGN_CENTER;
    canvas_map(c, current ? s->x : t->x, current ? s->y : t->y, &out->x, &out->y);
    out->across = across == ALIGN_CENTER  ? LETTERING_AROUND
                  : across == ALIGN_RIGHT ? LETTERING_UP_TO
                                          : LETTERING_FROM;
    out->down = (s->text_align & ALIGN_BASE) == ALIGN_BASE ? LETTERING_ON
                : s->text_align & ALIGN_BOTTOM             ? LETTERING_ABOVE
                                                           : LETTERING_BELOW;
    if (current && c->line_goes_on && out->across == LETTERING_FROM)
        out->after = c->line;
}

/* The current position goes with the text: to where its steps lead, or to where its letters will
 * turn out to end. */
static void go_along(struct canvas *c, const struct gdi_text *t, const struct lettering *line) {
    struct gdi_state *s = &c->state;
    if (!(s->text_align & ALIGN_CURRENT))
        return;
    c->line = line;
    c->line_goes_on = line && !t->stepped && line->across == LETTERING_FROM;
    int64_t sum[2] = {0, 0}, turned = -(int64_t)s->font.escapement * (ANGLE_DEGREE / 10);
    for (size_t i = 0; t->stepped && i < t->n; i++)
        for (int axis = 0; axis < 2; axis++)
            sum[axis] += t->letters[i].step[axis];
    int64_t cosine = angle_cos(turned), sine = angle_sin(turned);
    int64_t way = (s->text_align & ALIGN_CENTER) == ALIGN_RIGHT ? -1 : 1;
    if ((s->text_align & ALIGN_CENTER) == ALIGN_CENTER)
        return;
    s->x += way * (sum[0] * cosine - sum[1] * sine) / SINE_ONE;
    s->y += way * (sum[0] * sine + sum[1] * cosine) / SINE_ONE;
}

static void put_line(struct canvas *c, struct gdi_text *t) {
    const struct gdi_state *s = &c->state;
    struct run_of_line line = line_of(c);
    struct lettering *out = POOL_NEW(c->builder->story->reader->pool, struct lettering);
    struct shape *shape = NULL;
    out->ground = s->opaque ? (int32_t)canvas_seen(c, s->ground) : -1;
    out->angle = (int32_t)line.angle;
    out->cell = s->font.height > 0;
    if (s->font.width)
        out->letter_width =
            mpt_clamp((s->font.width < 0 ? -s->font.width : s->font.width) * line.along / UNITS);
    set_place(c, t, out);
    set_text(c, t, &line, out);
    bool unseen = is_blank(t) && !s->opaque && !(s->text_align & ALIGN_CURRENT);
    if (!unseen)
        shape = canvas_shape(c, SHAPE_LETTERING);
    if (shape)
        shape->lettering = out;
    go_along(c, t, shape ? out : NULL);
}

/* The box that ETO_OPAQUE fills. */
static void put_ground(struct canvas *c, const int64_t box[4]) {
    struct gdi_brush brush = c->state.brush;
    c->state.brush = (struct gdi_brush){.color = c->state.ground};
    canvas_area(c, 0xF00021, (const int64_t[4]){box[0], box[1], box[2] - box[0], box[3] - box[1]});
    c->state.brush = brush;
}

void canvas_text(struct canvas *c, struct gdi_text *t) {
    const struct region *outer = c->state.clip;
    bool boxed = t->box[0] < t->box[2] && t->box[1] < t->box[3];
    if ((t->options & TEXT_OPAQUE) && boxed)
        put_ground(c, t->box);
    if (t->options & TEXT_GLYPHS)
        canvas_name(c, "ETO_GLYPH_INDEX");
    if (!t->n || (t->options & TEXT_GLYPHS))
        return;
    if ((t->options & TEXT_CLIPPED) && boxed)
        clip_by_box(c, t->box, CLIP_AND);
    put_line(c, t);
    c->state.clip = outer;
}
