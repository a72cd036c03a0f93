/* The boxes of urgency and secrecy are as wide as their word wants: 20, 30 or 40 mm (Decree 30,
 * Appendix I, box 10b: 30 x 8, 40 x 8, 20 x 8 mm). */
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <string.h>

enum { SHORT_WORD = 4, MIDDLE_WORD = 7 }; /* letters of KHẨN, of HỎA TỐC */

static mpt width_for(const char *word) {
    size_t letters = utf8_length(word);
    int mm = letters <= SHORT_WORD ? 20 : letters <= MIDDLE_WORD ? 30 : 40;
    return (mpt)(mm * 72000LL * 10 / 254);
}

static struct xml_node *paragraph_of(struct xml_node *node) {
    while (node && node->name != w_p)
        node = node->parent;
    return node;
}

void merge_box(struct merger *m, struct xml_node *node, const struct text *word) {
    struct xml_node *paragraph = paragraph_of(node);
    struct para_style style;
    if (!paragraph)
        return;
    styles_para(m->measure->styles, NULL, xml_child(paragraph, w_pPr), &style);
    const struct border *left = &style.props->borders[EDGE_LEFT];
    const struct border *right = &style.props->borders[EDGE_RIGHT];
    if (!left->width || !right->width)
        return; /* no box */
    mpt edges = left->width + left->space + right->width + right->space;
    mpt indent = measure_column(paragraph) - style.props->left - (width_for(word->s) - edges);
    struct xml_node *ind = build_property(m->pool, build_props(m->pool, paragraph, w_pPr), w_ind);
    xml_set(m->pool, ind, w_right, pool_printf(m->pool, "%d", (int)(indent / 50)));
}
