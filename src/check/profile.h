/* profile: what a type of document is and must have (templates/NAME/profile.ini).
 *
 * [hồ sơ] has the type's name ("tên"), how it is printed ("tên in", by default the name in
 * capitals; box 5a), the lines that show a document to be of the type ("nhận dạng", parted by
 * " | ", one that ends in "…" being how such a line opens; by default the printed name), its
 * abbreviation ("viết tắt", Decree 30 Appendix III) and the frame it builds on ("khung": what a
 * profile lacks is taken from that one). [bắt buộc] says which sections are
 * required. [phần X] describes section [X] of the dispatch's INI, a line for each key, "*" for a
 * list: KEY = có|không|bỏ | what to write there | an example có: required; không: may be left out;
 * bỏ: not used in this type. [bài mẫu] holds the paragraphs of a body to start from. `congvan new`
 * writes files from the last two. */
#ifndef CONGVAN_CHECK_PROFILE_H
#define CONGVAN_CHECK_PROFILE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

/* The sections of section [bắt buộc]. */
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
    SECTION_TEN_LOAI, /* box 5a */
    SECTION_CAN_CU,
    SECTION_DIEU,
    SECTIONS
};

/* As profiles and messages name it: "số ký hiệu". */
const char *section_name(enum section section);

enum key_need { KEY_REQUIRED, KEY_OPTIONAL, KEY_NONE };

struct profile_key {
    const char *name, *folded; /* "*": the items of a list */
    enum key_need need;
    const char *remark, *example; /* "" if none */
};

struct profile_part { /* a section of the dispatch's INI */
    const char *name, *folded;
    VEC(struct profile_key) keys;
};

struct profile_sign {
    const char *letters; /* folded, single spaces, no other signs */
    bool opens;          /* the line may go on */
};

struct profile {
    const char *name;         /* e.g. "công văn"; "": a frame, no type */
    const char *printed;      /* e.g. "CÔNG VĂN" */
    const char *abbreviation; /* e.g. "QĐ"; "": none */
    bool required[SECTIONS];
    VEC(struct profile_sign) signs; /* lines a document of the type is known by */
    VEC(struct profile_part) parts;
    VEC(const char *) sample; /* paragraphs of a body to start from */
    VEC(const char *) frames; /* the files of the frames it builds on */
    struct where where;
};

bool profile_shown_by(const struct profile *profile, const char *letters); /* words.h: letters_of */

/* Reads a profile and its frames, which lie beside it. NULL (reported) when one is unreadable,
 * names an unknown section or has an answer that is none. */
struct profile *profile_read(struct pool *pool, const char *path, struct diag *diag);

#endif
