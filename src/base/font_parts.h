/* font_parts: what the files behind face.h share. Nothing of it is seen outside src/base.
 *
 *   face.c         one face: metrics, glyphs, advances, kerning
 *   font_names.c   the names inside a font file
 *   font_list.c    font files of a folder, and the search by name
 *   font_config.c  the same for the fonts of the system, through fontconfig
 *   font_find.c    which face a document gets
 */
#ifndef CONGVAN_BASE_FONT_PARTS_H
#define CONGVAN_BASE_FONT_PARTS_H

#include "base/face.h"
#include "base/pool.h"

/* ---- face.c ---- */

enum face_fault {
    FACE_GOOD,
    FACE_DAMAGED,      /* not a font, or nothing in it */
    FACE_NOT_TRUETYPE, /* outlines that pdf/font cannot embed: CFF, bitmaps */
    FACE_FORBIDDEN     /* its licence forbids embedding (OS/2 fsType) */
};

/* Opens face `index` of a file; NULL unless the fault is FACE_GOOD. To be closed, but its memory
 * is the pool's. */
struct face *face_open(struct pool *pool, const char *path, unsigned index, enum face_fault *fault);
void face_close(struct face *face);
void face_set_index(struct face *face, unsigned index);

/* ---- one font file, whether opened or not ---- */

/* What text is to be set in it. */
enum font_use { FOR_LATIN, FOR_VIETNAMESE, FONT_USES };

struct font_file {
    const char *path;
    unsigned index;          /* of the face in a collection */
    bool opened, reported;   /* reported: said already why it is passed over */
    bool fit[FONT_USES];     /* it has the letters; known once it is opened */
    bool refused[FONT_USES]; /* asked for, and not fit */
    enum face_fault fault;
    struct face *face; /* NULL: not opened, or a fault */
};

/* A face as its names and its style tell of it. Names are keys, see font_key. */
struct font_entry {
    struct font_file *file;
    VEC(const char *) families;
    VEC(const char *) names; /* full names and PostScript names */
    int weight;              /* as OS/2 usWeightClass */
    bool italic, narrow;     /* narrow: any width but the normal one */
    const void *coverage;    /* font_config.c: the characters it has */
};

struct font_list {
    VEC(struct font_entry) at;
};

enum { BOLD_FROM = 600 }; /* usWeightClass */

/* A family name for comparing: folded, without spaces, '-' and '_'. */
const char *font_key(struct pool *pool, const char *name);

/* ---- font_names.c ---- */

/* Adds the faces of one file by the names in them. False: not a font file. */
bool font_names_read(struct pool *pool, const char *path, struct font_list *list);

/* ---- font_list.c ---- */

struct font_paths {
    VEC(char *) at;
};

/* Adds a folder, if it is there, and the folders right in it, in the order of their names. */
void font_list_folders(struct pool *pool, const char *folder, struct font_paths *folders);

/* Adds all .ttf, .otf and .ttc of a folder and (a few levels of) its subfolders, in the order of
 * their names. A folder that is missing or closed adds nothing; a damaged file is an entry without
 * a family. */
void font_list_scan(struct pool *pool, const char *folder, struct font_list *list);

struct face_style {
    bool bold, italic;
};

/* The face of the family `key` nearest to `style`; with `exact` only one of that very style.
 * Faces whose file was refused for that use are not considered. NULL: none. */
struct font_entry *font_list_family(const struct font_list *list, const char *key,
                                    struct face_style style, bool exact, enum font_use use);
/* The face whose full name or PostScript name this is, likewise. */
struct font_entry *font_list_name(const struct font_list *list, const char *key, enum font_use use);

/* Adds names and sizes of the font files of a folder to `hash`. */
void font_list_digest(const char *folder, struct hash *hash);

/* ---- font_config.c ---- */

struct system_fonts;

/* Adds the fonts of the system to `list`, best for fallback first. Close after the last use of
 * the entries. */
struct system_fonts *system_fonts_open(struct pool *pool, struct font_list *list);
void system_fonts_close(struct system_fonts *system);
bool system_fonts_cover(const struct system_fonts *system, const struct font_entry *entry,
                        uint32_t cp);

#endif
