/* How words stand above words, as Word does it: what is above has its baseline raised by w:hpsRaise
 * over that of what is below (what its old form EQ \o(\s\up 9(...)) said), the box is as wide as
 * the wider of the two, and the narrower stands in it as w:rubyAlign says (17.18.73), letters set
 * apart where it asks for that. The line grows by what is above: LibreOffice 7.4 gives that a line
 * of its own over the line, whatever w:hpsRaise says, so its lines are higher. */
#include "layout/ruby.h"

#include "base/utf8.h"

#include <string.h>

struct ruby_letter {
    const struct font *font;
    const struct face *face;
    uint16_t glyph;
    uint32_t cp;
    fine width;
};

struct ruby_words {
    VEC(struct ruby_letter) letters;
    fine width;
    mpt ascent, descent;
};

static void add_letters(struct layout *l, const struct inline_item *item, const struct font *font,
                        struct ruby_words *words) {
    bool capitals = item->props->caps || item->props->small_caps;
    for (const char *p = item->text, *end = p + strlen(p); p < end;) {
        uint32_t cp = utf8_next(&p, end);
        struct ruby_letter *letter = VEC_PUSH(l->pool, &words->letters);
        *letter = (struct ruby_letter){.font = font, .cp = capitals ? utf8_upper_char(cp) : cp};
        letter->face = text_face_for(l, font->face, letter->cp, &letter->glyph);
        struct font drawn = *font;
        drawn.face = letter->face;
        drawn.upem = face_metrics(letter->face)->upem;
        letter->width = text_advance(&drawn, letter->glyph);
        words->width += letter->width;
    }
    words->ascent = (mpt)larger(words->ascent, font->ascent);
    words->descent = (mpt)larger(words->descent, font->descent);
}

static bool set_words(struct layout *l, const struct inline_item *items, size_t n,
                      struct ruby_words *words) {
    for (size_t i = 0; i < n; i++) {
        struct font *font = POOL_NEW(l->pool, struct font);
        if (!text_font(l, items[i].props, font))
            return false;
        add_letters(l, &items[i], font, words);
    }
    return true;
}

/* Where the words begin in a box of this width, and by how much their letters are set apart. */
static fine place_words(enum ruby_align align, fine width, const struct ruby_words *words,
                        fine *apart) {
    fine free = width - words->width, n = (fine)words->letters.n;
    *apart = 0;
    switch (align) {
    case RUBY_LEFT:
        return 0;
    case RUBY_RIGHT:
        return free;
    case RUBY_SPREAD_LETTERS:
        *apart = n > 1 ? free / (n - 1) : 0;
        return n > 1 ? 0 : free / 2;
    case RUBY_SPREAD_SPACE:
        *apart = n ? free / n : 0;
        return *apart / 2;
    case RUBY_CENTER:
        break;
    }
    return free / 2;
}

static struct draw_text *open_draw(struct layout *l, struct formula *box,
                                   const struct ruby_letter *at, mpt x, mpt y,
                                   struct glyph *glyphs) {
    const struct font *f = at->font;
    struct draw *d = VEC_PUSH(l->pool, &box->draws);
    *d = (struct draw){.kind = DRAW_TEXT};
    d->as.text = (struct draw_text){.x = x,
                                    .y = y - f->rise,
                                    .face = at->face,
                                    .size = f->size,
                                    .scale = f->scale,
                                    .color = f->color,
                                    .thicken = f->thicken,
                                    .slanted = f->slanted,
                                    .outline = f->props->outline,
                                    .glyphs = glyphs};
    return &d->as.text;
}

/* Draws words on a baseline at `y`, downwards, of a box of this width. */
static void put_words(struct layout *l, struct formula *box, const struct ruby_words *words,
                      enum ruby_align align, fine width, mpt y) {
    struct glyph *glyphs = POOL_ARRAY(l->pool, struct glyph, words->letters.n);
    const struct ruby_letter *before = NULL, *at;
    struct draw_text *text = NULL;
    fine apart, x = place_words(align, width, words, &apart);
    VEC_EACH (at, &words->letters) {
        if (!before || before->font != at->font || before->face != at->face)
            text = open_draw(l, box, at, mpt_from_fine(x), y, glyphs);
        *glyphs++ = (struct glyph){at->glyph, at->cp, mpt_from_fine(x) - text->x};
        text->n++;
        x += at->width + apart;
        before = at;
    }
}

struct formula *ruby_set(struct layout *l, const struct ruby *ruby) {
    struct ruby_words base = {0}, over = {0};
    if (!set_words(l, ruby->base, ruby->base_count, &base) ||
        !set_words(l, ruby->over, ruby->over_count, &over))
        return NULL;
    struct formula *box = POOL_NEW(l->pool, struct formula);
    fine width = larger(base.width, over.width);
    mpt raise = length(ruby->raise);
    put_words(l, box, &base, ruby->align, width, 0);
    put_words(l, box, &over, ruby->align, width, -raise);
    box->width = length(mpt_from_fine(width));
    box->ascent = (mpt)larger(base.ascent, (int64_t)raise + over.ascent);
    box->descent = (mpt)larger(base.descent, (int64_t)over.descent - raise);
    return box;
}
