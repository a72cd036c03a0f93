/* wml_embed: a DOCX that another holds as a w:altChunk, see the .c file. */
#ifndef CONGVAN_DOCX_WML_EMBED_H
#define CONGVAN_DOCX_WML_EMBED_H

#include "docx/wml_read.h"

/* Appends the body of the DOCX in `part`, whose `bytes` live as long as the pool. False (not
 * reported): it is none that can be opened here. */
bool read_embedded(struct story *story, const struct xml_node *chunk, const char *part,
                   const char *bytes, size_t n, struct block_list *list);
/* The same of a package, which must live as long as the pool; not in a document that is embedded
 * itself. */
bool read_embedded_package(struct story *story, const struct xml_node *chunk,
                           struct package *package, struct block_list *list);

#endif
