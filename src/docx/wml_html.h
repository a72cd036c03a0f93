/* wml_html: HTML as blocks of WordprocessingML. */
#ifndef CONGVAN_DOCX_WML_HTML_H
#define CONGVAN_DOCX_WML_HTML_H

#include "docx/xml.h"

/* A w:body with the paragraphs, headings, lists and tables of an HTML text (UTF-8, ends with NUL),
 * and of the formatting of runs what elements and the simplest of style attributes say. HTML of any
 * kind is read; nothing fails. In `pool`. */
struct xml_node *html_blocks(struct pool *pool, const char *html);

#endif
