/* legacy: Vietnamese text of the years before Unicode (TCVN3 and VNI fonts) as Unicode. */
#ifndef CONGVAN_DOCX_LEGACY_H
#define CONGVAN_DOCX_LEGACY_H

#include "docx/xml.h"

bool is_legacy_font(const char *family); /* of TCVN3 or VNI codes; NULL is none */
/* Whether most of the text in the part is in such a code. */
bool legacy_part(const struct xml_node *root);
/* The same of plain text. */
bool legacy_letters(const char *text);
/* Text in a legacy font as Unicode in NFC, in the pool; NULL: it is Unicode already. `document`:
 * the document it is from is a legacy one (legacy_part). */
const char *legacy_unicode(struct pool *pool, const char *family, bool document, const char *text,
                           size_t n);

#endif
