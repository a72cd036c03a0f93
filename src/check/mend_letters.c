/* Mending how letters are stored: Unicode, composed (NFC), in one font. */
#include "check/mend.h"
#include "base/utf8.h"
#include "docx/legacy.h"
#include "docx/style.h"
#include "docx/theme.h"

#include <string.h>

size_t mend_composed(struct mender *m, struct mended_part *part) {
    size_t changed = 0;
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n)) {
        if (n->name != XML_TEXT || !n->parent || n->parent->name != w_t)
            continue;
        size_t len = strlen(n->text), composed;
        const char *text = utf8_nfc(m->pool, n->text, len, &composed);
        if (composed == len && memcmp(text, n->text, len) == 0)
            continue;
        n->text = text;
        changed++;
    }
    part->changed |= changed > 0;
    return changed;
}

/* ---- TCVN3 and VNI ---- */

static const struct xml_node *above(const struct xml_node *node, enum xml_name name) {
    while (node && node->name != name)
        node = node->parent;
    return node;
}

static struct styles *read_styles(struct mender *m, const char *main_part) {
    return styles_read(m->pool, m->package, main_part,
                       numbering_read(m->pool, m->package, main_part, m->changes),
                       theme_new(m->pool, m->package, main_part, m->changes), m->changes);
}

static const char *family_of(struct styles *styles, const struct xml_node *run) {
    const struct xml_node *paragraph = above(run->parent, w_p);
    struct para_style para;
    styles_para(styles, NULL, xml_child(paragraph, w_pPr), &para);
    return styles_run(styles, &para, xml_child(run, w_rPr))->family;
}

static size_t convert_part(struct mender *m, struct mended_part *part, struct styles *styles,
                           bool document) {
    size_t changed = 0;
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n)) {
        if (n->name != XML_TEXT || !n->parent || n->parent->name != w_t)
            continue;
        const struct xml_node *run = above(n, w_r);
        const char *family = run ? family_of(styles, run) : NULL;
        const char *text = is_legacy_font(family)
                               ? legacy_unicode(m->pool, family, document, n->text, strlen(n->text))
                               : NULL;
        if (text)
            n->text = text;
        changed += text != NULL;
    }
    return changed;
}

/* The fonts' names, in text and styles; each element at once. */
static size_t rename_fonts(struct mender *m, struct mended_part *part) {
    size_t changed = 0;
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n)) {
        if (n->name != w_rFonts)
            continue;
        for (struct xml_attr *a = n->attrs; a; a = a->next)
            if (is_legacy_font(a->value)) {
                a->value = "Times New Roman";
                changed++;
            }
    }
    part->changed |= changed > 0;
    (void)m;
    return changed;
}

size_t mend_legacy(struct mender *m) {
    static const char *const others[] = {"word/styles.xml", "word/numbering.xml"};
    const char *main_part = mender_text_part(m, 0);
    struct mended_part *part = mender_part(m, main_part);
    if (!part)
        return 0;
    bool document = legacy_part(part->root);
    struct styles *styles = read_styles(m, main_part);
    size_t changed = 0, renamed = 0;
    const char *name;
    for (size_t i = 0; (name = mender_text_part(m, i)) != NULL; i++)
        if ((part = mender_part(m, name)) != NULL) {
            size_t n = convert_part(m, part, styles, document);
            part->changed |= n > 0;
            changed += n;
        }
    for (size_t i = 0; (name = mender_text_part(m, i)) != NULL; i++)
        if ((part = mender_part(m, name)) != NULL)
            renamed += rename_fonts(m, part);
    for (size_t i = 0; i < 2; i++)
        if ((part = mender_part(m, others[i])) != NULL)
            renamed += rename_fonts(m, part);
    return changed + renamed;
}
