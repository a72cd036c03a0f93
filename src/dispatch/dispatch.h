/* dispatch: what a template can be filled with, made from an INI, its folder's chung.ini and the
 * body. The result is a flat record of fields by folded name; later stages know no INI. */
#ifndef CONGVAN_DISPATCH_DISPATCH_H
#define CONGVAN_DISPATCH_DISPATCH_H

#include "dispatch/body.h"
#include "dispatch/ini.h"
#include "dispatch/values.h"

enum field_kind {
    FIELD_TEXT,     /* one value; '\n' in it is a forced line break */
    FIELD_LIST,     /* several values, punctuated as printed ("...;" and a final ".") */
    FIELD_FLAG,     /* true or false, for {{#...}} and {{^...}} */
    FIELD_BODY,     /* the body, or an appendix's */
    FIELD_SECTIONS, /* sections of the INI by folded name: {{#x}} goes through them, and inside it
                       {{y}} is the field "section.y" */
};

struct text {
    const char *s; /* NFC, never NULL; marks of emphasis are taken out of it */
    struct emphasis *emphasis;
    size_t emphasis_count;
    struct where where;
    const struct ini_key *source; /* the INI key it comes from; NULL: computed */
};

struct field {
    const char *key;  /* folded name: "so", "kinh gui", "nguoi ky.ho ten" */
    const char *name; /* as a clerk writes it: "số", "kính gửi" */
    enum field_kind kind;
    struct text text;       /* FIELD_TEXT */
    VEC(struct text) items; /* FIELD_LIST, FIELD_SECTIONS */
    struct body *body;      /* FIELD_BODY */
    bool flag;              /* FIELD_FLAG */
    bool given; /* comes from the INI (so that an unused one can be noted), not computed */
    bool blank; /* a slot a draft leaves open: text is no-break spaces of usual width */
    struct where where;
    /* The key a FIELD_TEXT comes from, NULL for a computed one; the items of a FIELD_LIST have
     * theirs. One key may give several fields (ngày: ngay, thang, nam, cong van.ngay): it is used
     * when any of them is. */
    const struct ini_key *source;
};

struct dispatch {
    const char *path; /* the INI */
    const char *type; /* folded `loại`, "cong van" by default; "-" instead of " " in file names */
    struct where type_where;
    VEC(struct field) fields; /* in file order, computed ones last */
    struct body *body;        /* NULL only when it could not be read (already reported) */
    const char *missing_body; /* the default body file, if it is not there: some types need none */
    const struct ini *ini;    /* with the defaults, for messages about what is not there */
    struct names *by_key;     /* key -> index into fields */
    /* Where the dispatch comes to several documents (appendix_split): the appendices of this one,
     * in place of the field "phu luc". NULL: it is one document. */
    const struct field *appendices;
};

/* Reads the INI at `path`, `chung.ini` beside it and the body. NULL when the INI is unreadable.
 * Problems are in `diag`. Lives in `pool`.
 *
 * Field names (folded): each key of [công văn] both bare and as "cong van.KEY"; of [cơ quan]
 * "co quan" (= tên), "chu quan", "dia chi"; of [người ký] "quyen han", "chuc vu", "ho ten",
 * "chu ky", "con dau"; "luu" with its final "."; lists "kinh gui", "noi nhan" (without Lưu);
 * "mot kinh gui" (list of the one recipient, bare, or empty), "nhieu kinh gui" (flag);
 * "ngay", "thang", "nam" split and zero-padded by the decree (days < 10, months 1 and 2);
 * "can cu" a list like these; "ten thuong" the office as named in a sentence (by default as in the
 * head); "so" zero-padded below 10; "trich yeu" without a leading "V/v"; "noi dung" the body.
 * "phu luc" the appendices (FIELD_SECTIONS), of each "phu luc N.nhan" its label, "phu luc
 * N.tieu de", "phu luc N.noi dung" the body in its file, and flags "phu luc N.ngang", "phu luc
 * N.ghi du", "phu luc N.rieng" (a file of its own, see appendix_split).
 * "nhieu nguoi ky" whether there is a [người ký 2] (a flag), "nguoi ky trai" and "nguoi ky phai"
 * those who sign on the left and on the right (FIELD_SECTIONS).
 * Every key of any section also as "section.key"; a free section's values as a list "section". An
 * absent or empty optional value has no field, except that `so`, `ngay`, `thang` (and `nam` of an
 * empty date) of a draft are blank slots. "chu ky" and "con dau" are paths as seen from the current
 * folder. Keys the program itself uses (loại, tệp, an appendix) are not `given`. */
struct dispatch *dispatch_read(struct pool *pool, const char *path, struct diag *diag);

/* The same from an INI that was read already; `path` tells where chung.ini and the body are. */
struct dispatch *dispatch_make(struct pool *pool, const char *path, struct ini *ini,
                               struct diag *diag);

/* Reads the INI with the keys of `over` (NULL: none) over its own. */
struct dispatch *dispatch_read_over(struct pool *pool, const char *path, const struct ini *over,
                                    struct diag *diag);

/* The text file of the body; NULL: none, or one written in Word. */
const char *dispatch_body_file(const struct dispatch *dispatch);

/* Adds the computed value `s` under `name` unless it is "" or the dispatch has one of that name. */
void dispatch_set(struct pool *pool, struct dispatch *dispatch, const char *name, const char *s);

/* One without fields, of no INI: for documents that are made of something else (the register).
 * `type` is lent. */
struct dispatch *dispatch_new(struct pool *pool, const char *path, const char *type);

/* Adds a FIELD_SECTIONS `name` over those sections (folded, lent); their values are set with
 * dispatch_set as "SECTION.KEY". */
void dispatch_set_sections(struct pool *pool, struct dispatch *dispatch, const char *name,
                           const char *const *sections, size_t n);

/* Lookup by folded name; NULL if absent. Lent. */
const struct field *dispatch_field(const struct dispatch *dispatch, const char *key);

/* Human-readable dump (--dump=dispatch): every field with its place, then the body's blocks. */
void dispatch_dump(const struct dispatch *dispatch, struct buf *out);

#endif
