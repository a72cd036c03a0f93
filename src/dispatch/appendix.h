/* appendix: what [phụ lục N] of an INI names, as a body; labels and the line that says what an
 * appendix comes with (Decree 30, Phụ lục I, II.5). */
#ifndef CONGVAN_DISPATCH_APPENDIX_H
#define CONGVAN_DISPATCH_APPENDIX_H

#include "dispatch/dispatch.h"

/* The body in the file at `path`, which `from` names: a CSV is a table with its first row as
 * header, columns of numbers to the right; anything else as body_open has it. NULL (reported): it
 * cannot be read. In the pool. */
struct body *appendix_body(struct pool *pool, const char *path, struct where from,
                           struct diag *diag);

/* "Phụ lục" for the only one, "Phụ lục II" for the second (`at` from 0) of several. */
const char *appendix_label(struct pool *pool, size_t at, size_t count);

/* Gives every appendix its line "(Kèm theo ... số ... ngày ... của ...)"; `type` names the document
 * in it ("Công văn"). Its places stay open, as electronic issue wants them, unless the appendix
 * says `kèm theo = ghi đủ`. */
void appendix_name_document(struct pool *pool, struct dispatch *dispatch, const char *type);

/* Whether the appendix `name` ("phu luc 1") has the flag set: "ngang", "ghi du", "rieng". */
bool appendix_flag(const struct dispatch *dispatch, struct pool *pool, const char *name,
                   const char *flag);

/* An appendix that is a document of its own. */
struct appendix_apart {
    const char *suffix;        /* of its files, behind the dispatch's name: "-phu-luc-2" */
    const char *title;         /* "Phụ lục II. DANH SÁCH ..." */
    struct dispatch *dispatch; /* with this appendix alone, and no body */
};

struct appendices_apart {
    VEC(struct appendix_apart) at; /* in the order of their numbers */
};

/* Takes the appendices that say `tách riêng = có` out of the dispatch: what is returned has the
 * others only (it is `dispatch` itself if none says so), `apart` gets one document for each of
 * them. All share the fields of `dispatch`, which are not to be changed any more. In the pool. */
struct dispatch *appendix_split(struct pool *pool, struct dispatch *dispatch,
                                struct appendices_apart *apart);

/* Whether a field's text, if it is one of paragraphs, belongs to this document of the dispatch. */
bool appendix_holds(const struct dispatch *dispatch, const struct field *field);

/* What behind a dispatch's name makes it that of a separate appendix, "-phu-luc-12"; NULL: `name`
 * does not end that way. */
const char *appendix_suffix(const char *name, size_t n);

#endif
