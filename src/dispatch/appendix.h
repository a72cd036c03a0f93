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

/* Whether the appendix `name` ("phu luc 1") has the flag set: "ngang", "ghi du". */
bool appendix_flag(const struct dispatch *dispatch, struct pool *pool, const char *name,
                   const char *flag);

#endif
