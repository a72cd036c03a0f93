/* check: are the required sections of a document type there - in the dispatch, and again in the
 * text of the document that will be issued. */
#ifndef CONGVAN_DISPATCH_CHECK_H
#define CONGVAN_DISPATCH_CHECK_H

#include "dispatch/dispatch.h"

/* What a type of document must have (templates/NAME/profile.ini, section [bắt buộc]). */
enum section {
    SECTION_QUOC_HIEU,
    SECTION_TIEU_NGU,
    SECTION_CO_QUAN,
    SECTION_SO_KY_HIEU,
    SECTION_DIA_DANH_NGAY,
    SECTION_TRICH_YEU,
    SECTION_KINH_GUI,
    SECTION_NOI_DUNG,
    SECTION_NGUOI_KY,
    SECTION_NOI_NHAN,
    SECTION_LUU,
    SECTIONS
};

struct profile {
    const char *name; /* e.g. "công văn" */
    bool required[SECTIONS];
    struct where where;
};

/* Reads a profile; NULL (reported) when unreadable or when it names an unknown section. */
struct profile *profile_read(struct pool *pool, const char *path, struct diag *diag);

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
