/* check: are the required sections of a document type there - in the dispatch, and again in the
 * text of the document that will be issued. */
#ifndef CONGVAN_CHECK_CHECK_H
#define CONGVAN_CHECK_CHECK_H

#include "check/profile.h"
#include "dispatch/dispatch.h"

/* Judges the dispatch: what is required is there and has a form the decree allows. With `final`,
 * the blank slots of a draft are errors. True if no error was added. */
bool check_dispatch(const struct dispatch *dispatch, const struct profile *profile, bool final,
                    struct diag *diag);

/* Judges a document's own text: `lines` are its paragraphs in reading order (a forced line break
 * splits a paragraph). Sections are recognised by their form. `dispatch` may be NULL (a document
 * not made here); if given, each required value must also stand in the text. Messages are placed
 * at `where`. True if no error was added. */
bool check_text(const char *const *lines, size_t n, const struct dispatch *dispatch,
                const struct profile *profile, bool final, struct where where, struct diag *diag);

#endif
