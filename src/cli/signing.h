/* signing: a draft made ready for the software that stamps and signs it. */
#ifndef CONGVAN_CLI_SIGNING_H
#define CONGVAN_CLI_SIGNING_H

#include "cli/session.h"
#include "layout/slots.h"

struct signing {
    struct slot slots[SLOTS];
    struct pdf_field fields[SLOTS]; /* of the slots that are there, in their order */
    size_t count;
};

/* Finds the slots of the laid-out job. Those the dispatch has a picture for already (chữ ký,
 * con dấu) are none. A document without a place for the signature is warned about, unless it is a
 * separate appendix. */
void signing_find(const struct job *job, struct signing *signing);

/* The slots as JSON, for software that takes positions rather than fields: page from 1; in points
 * from the page's bottom left corner the rectangle of the field and of what is to be seen in it.
 * `pdf`: the file's name. */
void signing_json(const struct signing *signing, const struct pages *pages, const char *pdf,
                  struct buf *out);

#endif
