#include "docx/measure.h"
#include "base/utf8.h"

#include <string.h>

enum {
    SMALL_CAPS_PERCENT = 80,
    DEFAULT_CELL_MARGIN = 108, /* twips */
    A4_TEXT_WIDTH = 9072       /* twips; a document without w:sectPr */
};

static int32_t width_of(struct measure *m, const struct run_props *props, const char *text) {
    bool substituted;
    struct font_wish wish = {props->family, props->bold, props->italic, .vietnamese = true};
    const struct face *face = fonts_find(m->fonts, &wish, &substituted, m->diag);
    if (!face)
        return 0;
    if (props->caps || props->small_caps)
        text = utf8_upper(m->pool, text);
    int64_t size = props->size;
    if (props->small_caps && !props->caps)
        size = size * SMALL_CAPS_PERCENT / 100;
    int64_t width = face_text_width(face, text, (int32_t)size);
    return (int32_t)(width * props->scale / 100 + (int64_t)utf8_length(text) * props->spacing);
}

int32_t measure_text(struct measure *m, const struct xml_node *paragraph_props,
                     const struct xml_node *run_props, const char *text) {
    struct para_style para;
    styles_para(m->styles, NULL, paragraph_props, &para);
    return width_of(m, styles_run(m->styles, &para, run_props), text);
}

/* ---- the last line of a paragraph ---- */

/* Greedy line breaking at spaces; enough for a heading in its cell. */
struct line {
    int32_t available;
    int32_t width;  /* of the words on the line, inner spaces included */
    int32_t spaces; /* after the last word: hang if the line ends here */
    int32_t word;   /* of the word being read, over run borders */
    int32_t last;   /* of the last finished line that held a word */
};

static void end_word(struct line *line) {
    if (!line->word)
        return;
    if (line->width && line->width + line->spaces + line->word > line->available) {
        line->last = line->width;
        line->width = line->spaces = 0;
    }
    line->width += line->spaces + line->word;
    line->spaces = line->word = 0;
}

static void end_line(struct line *line) {
    end_word(line);
    if (line->width)
        line->last = line->width;
    line->width = line->spaces = 0;
}

static void add_text(struct measure *m, struct line *line, const struct run_props *props,
                     const char *text) {
    while (*text) {
        size_t word = strcspn(text, " "), gap = strspn(text + word, " ");
        line->word += width_of(m, props, pool_strndup(m->pool, text, word));
        if (gap) {
            end_word(line);
            line->spaces += width_of(m, props, pool_strndup(m->pool, text + word, gap));
        }
        text += word + gap;
    }
}

static void add_run(struct measure *m, struct line *line, const struct para_style *para,
                    const struct xml_node *run) {
    const struct run_props *props = styles_run(m->styles, para, xml_child(run, w_rPr));
    struct xml_node *child;
    XML_EACH_CHILD (child, run) {
        if (child->name == w_t && child->first)
            add_text(m, line, props, child->first->text);
        else if (child->name == w_br || child->name == w_cr)
            end_line(line);
    }
}

int32_t measure_last_line(struct measure *m, const struct xml_node *paragraph, int32_t available) {
    struct para_style para;
    styles_para(m->styles, NULL, xml_child(paragraph, w_pPr), &para);
    struct line line = {.available = available};
    struct xml_node *child;
    XML_EACH_CHILD (child, paragraph)
        if (child->name == w_r)
            add_run(m, &line, &para, child);
    end_line(&line);
    return line.last;
}

/* ---- columns ---- */

static int margin(const struct xml_node *props, enum xml_name margins, enum xml_name side,
                  enum xml_name strict_side, int otherwise) {
    const struct xml_node *list = xml_child(props, margins), *node = xml_child(list, side);
    return xml_int(node ? node : xml_child(list, strict_side), w_w, otherwise);
}

static int cell_width(const struct xml_node *cell) {
    const struct xml_node *table = cell;
    while (table && table->name != w_tbl)
        table = table->parent;
    const struct xml_node *tblpr = xml_child(table, w_tblPr), *tcpr = xml_child(cell, w_tcPr);
    int left = margin(tblpr, w_tblCellMar, w_left, w_start, DEFAULT_CELL_MARGIN);
    int right = margin(tblpr, w_tblCellMar, w_right, w_end, DEFAULT_CELL_MARGIN);
    left = margin(tcpr, w_tcMar, w_left, w_start, left);
    right = margin(tcpr, w_tcMar, w_right, w_end, right);
    return xml_int(xml_child(tcpr, w_tcW), w_w, 0) - left - right;
}

/* The w:sectPr that ends the pages on which `block`, a child of w:body, stands. */
static const struct xml_node *section_of(const struct xml_node *block) {
    for (; block; block = block->next) {
        const struct xml_node *section =
            block->name == w_sectPr ? block : xml_child(xml_child(block, w_pPr), w_sectPr);
        if (section)
            return section;
    }
    return NULL;
}

static int page_width(const struct xml_node *section) {
    const struct xml_node *margins = xml_child(section, w_pgMar);
    if (!section)
        return A4_TEXT_WIDTH;
    return xml_int(xml_child(section, w_pgSz), w_w, 11906) - xml_int(margins, w_left, 0) -
           xml_int(margins, w_right, 0);
}

int32_t measure_column(const struct xml_node *node) {
    int twips = 0;
    for (; node; node = node->parent) {
        if (node->name == w_tc) {
            twips = cell_width(node);
            break;
        }
        if (!node->parent || node->parent->name == w_body) {
            twips = page_width(section_of(node));
            break;
        }
    }
    return MPT_FROM_TWIPS(twips > 0 ? twips : 0);
}

int32_t measure_column_across(const struct xml_node *node) {
    while (node->parent)
        node = node->parent;
    const struct xml_node *section = xml_child(xml_child(node, w_body), w_sectPr);
    const struct xml_node *margins = xml_child(section, w_pgMar);
    int twips = xml_int(xml_child(section, w_pgSz), w_h, 16838) - xml_int(margins, w_left, 1701) -
                xml_int(margins, w_right, 851);
    return MPT_FROM_TWIPS(twips > 0 ? twips : 0);
}
