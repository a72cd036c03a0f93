/* build: makes WordprocessingML nodes, children always in the order of the schema (ECMA-376 part 1,
 * annex A): Word refuses a file whose properties stand in another order. */
#ifndef CONGVAN_DOCX_BUILD_H
#define CONGVAN_DOCX_BUILD_H

#include "docx/xml.h"

/* New element `name` below `parent`, with one attribute if `value` is not NULL. */
struct xml_node *build_add(struct pool *pool, struct xml_node *parent, enum xml_name name,
                           enum xml_name attr, const char *value);
struct xml_node *build_add_int(struct pool *pool, struct xml_node *parent, enum xml_name name,
                               enum xml_name attr, int value);

/* The child `name` of a w:pPr, w:rPr, w:tblPr or w:tcPr, made in its place if it is not there. */
struct xml_node *build_property(struct pool *pool, struct xml_node *props, enum xml_name name);
/* An on/off child of a w:rPr, on whatever it was. */
void build_on(struct pool *pool, struct xml_node *props, enum xml_name name);
/* The w:pPr / w:rPr of a paragraph / run, made as its first child if it is not there. */
struct xml_node *build_props(struct pool *pool, struct xml_node *node, enum xml_name props);

/* Do the children of a w:pPr, w:rPr, w:tblPr or w:tcPr stand in the order of the schema? Children
 * the program does not know are passed over. */
bool build_in_order(const struct xml_node *props);

/* A run with a copy of the properties `props` (w:rPr, or NULL). */
struct xml_node *build_run(struct pool *pool, const struct xml_node *props);
/* Puts text into a run: '\n' becomes w:br, '\t' w:tab. A character that XML cannot hold becomes
 * U+FFFD; text of a dispatch has none left (dispatch/source.h). */
void build_text(struct pool *pool, struct xml_node *run, const char *text);

/* The text without characters that XML cannot hold. */
char *build_clean(struct pool *pool, const char *text);

/* A paragraph without text, one point high: what must stand between two tables, or carry the end
 * of a section, without being seen. */
struct xml_node *build_thin_paragraph(struct pool *pool);

#endif
