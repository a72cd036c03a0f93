/* The page: paper, margins, fonts, page numbers (PL I, Mục I). */
#include "check/judge.h"
#include "docx/legacy.h"

#include <string.h>
#include <strings.h>

#define MM(n) ((mpt)((int64_t)(n)*360000 / 127))
enum { NEAR = 850 }; /* 0.3 mm: centimetres rounded to twips */

static bool between(mpt value, mpt low, mpt high) {
    return value >= low - NEAR && value <= high + NEAR;
}

static struct where main_part(const struct judge *judge) {
    return (struct where){.file = judge->view->path, .part = "word/document.xml"};
}

/* ---- paper ---- */

void judge_page_size(struct judge *judge) {
    for (const struct wml_section *s = judge->view->document->sections; s; s = s->next) {
        mpt width = s->page_width, height = s->page_height;
        mpt narrow = width < height ? width : height, wide = width < height ? height : width;
        judge->seen = true;
        if (between(narrow, MM(210), MM(210)) && between(wide, MM(297), MM(297)))
            continue;
        found_at(judge, main_part(judge), in_mm(judge, width), in_mm(judge, height), NULL);
        mend_look(judge, NULL, MEND_PAPER, 0);
        return;
    }
}

void judge_page_orientation(struct judge *judge) {
    const struct wml_section *s = judge->view->document->sections;
    judge->seen = true;
    if (s && s->page_width > s->page_height && !view_first(judge->view, ELEMENT_CELL))
        found_at(judge, main_part(judge), NULL);
}

struct margin_row {
    enum rule_code code;
    enum mend_kind mend;
    int low, high, mended; /* mm */
};

static mpt margin_of(const struct wml_section *s, enum mend_kind side) {
    switch (side) {
    case MEND_TOP:
        return s->top < 0 ? -s->top : s->top;
    case MEND_BOTTOM:
        return s->bottom < 0 ? -s->bottom : s->bottom;
    case MEND_LEFT:
        return s->left;
    default:
        return s->right;
    }
}

void judge_margin(struct judge *judge) {
    static const struct margin_row rows[] = {{MARGIN_TOP, MEND_TOP, 20, 25, 20},
                                             {MARGIN_BOTTOM, MEND_BOTTOM, 20, 25, 20},
                                             {MARGIN_LEFT, MEND_LEFT, 30, 35, 30},
                                             {MARGIN_RIGHT, MEND_RIGHT, 15, 20, 15}};
    const struct margin_row *row = rows;
    while (row->code != judge->code)
        row++;
    for (const struct wml_section *s = judge->view->document->sections; s; s = s->next) {
        mpt margin = margin_of(s, row->mend);
        judge->seen = true;
        if (between(margin, MM(row->low), MM(row->high)))
            continue;
        found_at(judge, main_part(judge), in_mm(judge, margin), NULL);
        mend_look(judge, NULL, row->mend, MM(row->mended));
        return;
    }
}

/* ---- fonts ---- */

/* Each family is reported where it is first met, and mended everywhere. */
void judge_font_family(struct judge *judge) {
    VEC(const char *) known = {0};
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        const char *family = line->look.family, **other;
        if (!family)
            continue;
        judge->seen = true;
        if (strcasecmp(family, "Times New Roman") == 0 || is_legacy_font(family))
            continue;
        bool new = true;
        VEC_EACH (other, &known)
            new &= strcmp(*other, family) != 0;
        if (new) {
            *VEC_PUSH(judge->view->pool, &known) = family;
            found(judge, line, *family ? family : "?", NULL);
        }
        mend_look(judge, line, MEND_FAMILY, 0);
    }
}

/* The name of such a font in the bytes of a part; NULL: there is none. */
static const char *legacy_name(struct pool *pool, const char *bytes) {
    static const char *const marks[] = {"=\".Vn", "=\"VNI-"};
    for (size_t i = 0; i < 2; i++) {
        const char *at = strstr(bytes, marks[i]);
        if (at)
            return pool_strndup(pool, at + 2, strcspn(at + 2, "\""));
    }
    return NULL;
}

/* In a file of text there are no fonts: what looks like such a code is one. */
void judge_font_legacy(struct judge *judge) {
    const struct view *view = judge->view;
    const char *font = view->document ? view->document->legacy_font : NULL;
    judge->seen = true;
    for (const struct check_raw *raw = view->raw; raw; raw = raw->next) {
        const char *name = view->document               ? legacy_name(view->pool, raw->bytes)
                           : legacy_letters(raw->bytes) ? "TCVN3"
                                                        : NULL;
        if (!name)
            continue;
        found_at(judge, raw->where, name, NULL);
        if (view->document)
            mend_look(judge, NULL, MEND_LEGACY, 0);
        return;
    }
    if (font) {
        found_at(judge, main_part(judge), font, NULL);
        mend_look(judge, NULL, MEND_LEGACY, 0);
    }
}

static bool is_dark(uint32_t color) {
    return (color >> 16) <= 0x20 && (color >> 8 & 0xFF) <= 0x20 && (color & 0xFF) <= 0x20;
}

/* The stamps of urgency and circulation are red. */
void judge_font_color(struct judge *judge) {
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        if (line->element == ELEMENT_URGENCY || line->element == ELEMENT_SECRECY ||
            line->element == ELEMENT_CIRCULATION)
            continue;
        judge->seen = true;
        if (is_dark(line->look.color))
            continue;
        found(judge, line, pool_printf(judge->view->pool, "%06X", (unsigned)line->look.color),
              NULL);
        mend_look(judge, line, MEND_COLOR, 0);
    }
}

/* Combining marks, U+0300 to U+036F: two bytes, CC 80 to CD AF. */
static size_t marks_apart(const char *bytes) {
    size_t marks = 0;
    for (const unsigned char *p = (const unsigned char *)bytes; *p; p++)
        marks += (p[0] == 0xCC && p[1] >= 0x80) || (p[0] == 0xCD && p[1] >= 0x80 && p[1] <= 0xAF);
    return marks;
}

void judge_nfd(struct judge *judge) {
    judge->seen = true;
    for (const struct check_raw *raw = judge->view->raw; raw; raw = raw->next) {
        size_t marks = marks_apart(raw->bytes);
        if (!marks)
            continue;
        found_at(judge, raw->where, pool_printf(judge->view->pool, "%zu", marks), NULL);
        mend_whole(judge, MEND_COMPOSED, raw->where);
    }
}

/* ---- page numbers ---- */

static const struct line *next_number(struct judge *judge, const struct line *line) {
    const struct view *view = judge->view;
    for (line = line ? line : view->lines.at; line < view->lines.at + view->lines.n; line++)
        if (line->has_number &&
            (line->element == ELEMENT_HEADER || line->element == ELEMENT_FOOTER)) {
            judge->seen = true;
            return line;
        }
    return NULL;
}

#define EACH_NUMBER(line, judge)                                                                   \
    for (line = next_number(judge, NULL); line; line = next_number(judge, line + 1))

void judge_number_missing(struct judge *judge) {
    size_t pages = judge->view->pages->at.n;
    const struct line *line;
    if (pages < 2)
        return;
    judge->seen = true;
    EACH_NUMBER(line, judge)
    if (!line->first_page)
        return;
    found_at(judge, main_part(judge), pool_printf(judge->view->pool, "%zu", pages), NULL);
}

void judge_number_first(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (line->first_page) {
        found_at(judge, line->where, NULL);
        mend_look(judge, NULL, MEND_NUMBER_FIRST, 0);
        return;
    }
}

/* Nothing else stands there. */
static bool only_line(const struct view *view, const struct line *line) {
    const struct line *other;
    VEC_EACH (other, &view->lines)
        if (other != line && other->element == line->element && !other->first_page)
            return false;
    return true;
}

void judge_number_footer(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (line->element == ELEMENT_FOOTER && !line->first_page) {
        found(judge, line, NULL);
        if (only_line(judge->view, line))
            mend_look(judge, NULL, MEND_NUMBER_TOP, 0);
        return;
    }
}

/* By its paragraph, or by the centred tab stop headers have. */
static bool is_centred(const struct line *line) {
    const struct para_props *props = line->para->props;
    if (props->jc == JC_CENTER)
        return true;
    return line->raw[0] == '\t' && line->raw[1] != '\t' && props->tab_count &&
           props->tabs[0].kind == TAB_CENTER;
}

void judge_number_centre(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (!line->first_page && !is_centred(line)) {
        found(judge, line, NULL);
        mend_look(judge, line, MEND_CENTRE, 0);
        return;
    }
}

void judge_number_size(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (!line->first_page && (line->look.smallest < 13000 || line->look.largest > 14000)) {
        found(judge, line, in_points(judge, line->look.largest), NULL);
        mend_look(judge, line, MEND_SIZE, line->look.smallest < 13000 ? 13000 : 14000);
        return;
    }
}

void judge_number_style(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (!line->first_page && (line->look.italic || line->look.bold)) {
        found(judge, line, style_words(judge, line), NULL);
        mend_look(judge, line, MEND_NOT_ITALIC, 0);
        mend_look(judge, line, MEND_NOT_BOLD, 0);
        return;
    }
}

void judge_number_arabic(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge) {
        const char *format = judge->view->document->sections->number_format;
        for (size_t i = 0; i < line->para->item_count; i++)
            if (line->para->items[i].kind == INLINE_PAGE_NUMBER && line->para->items[i].text)
                format = line->para->items[i].text;
        if (!format || !*format || strcmp(format, "decimal") == 0)
            continue;
        found_at(judge, line->where, format, NULL);
        mend_look(judge, NULL, MEND_NUMBER_ARABIC, 0);
        return;
    }
}

void judge_number_start(struct judge *judge) {
    const struct wml_section *s = judge->view->document->sections;
    judge->seen = next_number(judge, NULL) != NULL;
    if (!judge->seen || s->page_start < 0 || s->page_start == 1)
        return;
    found_at(judge, main_part(judge), pool_printf(judge->view->pool, "%d", s->page_start), NULL);
    mend_look(judge, NULL, MEND_NUMBER_ONE, 0);
}

void judge_number_words(struct judge *judge) {
    const struct line *line;
    EACH_NUMBER(line, judge)
    if (!line->first_page && strcmp(line->text, "1") != 0) {
        found(judge, line, NULL);
        return;
    }
}
