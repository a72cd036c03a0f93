#include "base/face.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/utf8.h"

#include <hb.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { STYLES = 4, CACHED_CHARS = 0x2200, NOT_LOOKED_UP = 0xFFFF };

struct face {
    hb_face_t *hb;
    hb_font_t *font;
    struct face_metrics metrics;
    char *family, *postscript_name, *path;
    unsigned index;
    uint16_t *glyphs;  /* by character below CACHED_CHARS; NOT_LOOKED_UP until asked */
    int32_t *advances; /* by glyph; -1 until asked */
    unsigned glyph_count;
};

/* A family of font files: its name, where the system keeps it, and its four files in the order
 * regular, bold, italic, bold italic. */
struct family {
    const char *name;
    const char *folder;
    const char *files[STYLES];
};

static const struct family families[] = {
    {"Times New Roman",
     "/usr/share/fonts/truetype/msttcorefonts",
     {"Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf",
      "Times_New_Roman_Bold_Italic.ttf"}},
    {"Times New Roman", NULL, {"times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"}},
    {"Liberation Serif",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
      "LiberationSerif-BoldItalic.ttf"}},
    {"Arial",
     "/usr/share/fonts/truetype/msttcorefonts",
     {"Arial.ttf", "Arial_Bold.ttf", "Arial_Italic.ttf", "Arial_Bold_Italic.ttf"}},
    {"Arial", NULL, {"arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"}},
    {"Liberation Sans",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf",
      "LiberationSans-BoldItalic.ttf"}},
    {"Liberation Mono",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "LiberationMono-Italic.ttf",
      "LiberationMono-BoldItalic.ttf"}},
};
enum { FAMILIES = sizeof families / sizeof families[0] };

/* Folded part of a family name -> the families to try, best first. The first row whose text
 * occurs in the name is used; the last row takes every other name. */
static const struct {
    const char *in_name;
    const char *try[2];
} choices[] = {
    {"courier", {"Liberation Mono", NULL}},      {"consolas", {"Liberation Mono", NULL}},
    {"mono", {"Liberation Mono", NULL}},         {"arial", {"Arial", "Liberation Sans"}},
    {"helvetica", {"Arial", "Liberation Sans"}}, {"calibri", {"Arial", "Liberation Sans"}},
    {"sans", {"Arial", "Liberation Sans"}},      {"tahoma", {"Arial", "Liberation Sans"}},
    {"verdana", {"Arial", "Liberation Sans"}},   {"segoe", {"Arial", "Liberation Sans"}},
    {"aptos", {"Arial", "Liberation Sans"}},     {"", {"Times New Roman", "Liberation Serif"}},
};

/* What a document asked for, and what it got. */
struct request {
    struct request *next;
    char *family;
    int style;
    const struct face *face; /* NULL: nothing found */
    bool substituted;
};

struct fonts {
    struct pool *pool;
    char **folders;
    size_t folder_count;
    struct face *loaded[FAMILIES][STYLES];
    bool tried[FAMILIES][STYLES];
    unsigned face_count;
    struct request *requests;
};

struct fonts *fonts_new(const char *const *folders, size_t n) {
    struct pool *pool = pool_new();
    struct fonts *fonts = POOL_NEW(pool, struct fonts);
    fonts->pool = pool;
    fonts->folders = POOL_ARRAY(pool, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        fonts->folders[fonts->folder_count++] = pool_strdup(pool, folders[i]);
    return fonts;
}

void fonts_free(struct fonts *fonts) {
    if (!fonts)
        return;
    for (int f = 0; f < FAMILIES; f++)
        for (int s = 0; s < STYLES; s++)
            if (fonts->loaded[f][s]) {
                hb_font_destroy(fonts->loaded[f][s]->font);
                hb_face_destroy(fonts->loaded[f][s]->hb);
            }
    pool_free(fonts->pool);
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int otherwise) {
    hb_position_t value;
    return hb_ot_metrics_get_position(font, tag, &value) ? value : otherwise;
}

static int read_i16(const unsigned char *p) {
    return (int16_t)((uint16_t)p[0] << 8 | p[1]);
}

/* hhea and head are read as they stand: hb_font_get_h_extents may prefer OS/2 (USE_TYPO_METRICS),
 * Word and LibreOffice on Linux do not. */
static void read_hhea(hb_face_t *hb, struct face_metrics *m) {
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('h', 'h', 'e', 'a'));
    unsigned n;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    if (n >= 10) {
        m->ascent = read_i16(p + 4);
        m->descent = -read_i16(p + 6);
        m->line_gap = read_i16(p + 8);
    }
    hb_blob_destroy(blob);
}

static void read_head(hb_face_t *hb, struct face_metrics *m) {
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    for (int i = 0; i < 4 && n >= 54; i++)
        m->box[i] = read_i16(p + 36 + 2 * i);
    hb_blob_destroy(blob);
}

static void read_post_and_os2(hb_face_t *hb, struct face_metrics *m) {
    unsigned n;
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('p', 'o', 's', 't'));
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    if (n >= 16) {
        m->italic_angle = read_i16(p + 4) * 1000;
        m->fixed_pitch = p[15] != 0;
    }
    hb_blob_destroy(blob);
    blob = hb_face_reference_table(hb, HB_TAG('O', 'S', '/', '2'));
    p = (const unsigned char *)hb_blob_get_data(blob, &n);
    m->weight = n >= 6 ? read_i16(p + 4) : 400;
    hb_blob_destroy(blob);
}

static void read_metrics(struct face *face) {
    struct face_metrics *m = &face->metrics;
    m->upem = (int)hb_face_get_upem(face->hb);
    read_hhea(face->hb, m);
    read_head(face->hb, m);
    read_post_and_os2(face->hb, m);
    hb_font_t *f = face->font;
    m->cap_height = metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT, m->upem * 2 / 3);
    m->x_height = metric(f, HB_OT_METRICS_TAG_X_HEIGHT, m->upem / 2);
    m->underline_position = -metric(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -m->upem / 10);
    m->underline_thickness = metric(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE, m->upem / 20);
    m->strikeout_position = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, m->upem / 4);
    m->strikeout_thickness = metric(f, HB_OT_METRICS_TAG_STRIKEOUT_SIZE, m->upem / 20);
}

static char *face_name(struct pool *pool, hb_face_t *hb, hb_ot_name_id_t id) {
    char text[128];
    unsigned size = sizeof text;
    hb_ot_name_get_utf8(hb, id, HB_LANGUAGE_INVALID, &size, text);
    return pool_strdup(pool, size ? text : "unnamed");
}

static struct face *face_open(struct fonts *fonts, const char *path) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return NULL;
    struct face *face = POOL_NEW(fonts->pool, struct face);
    face->hb = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    hb_face_make_immutable(face->hb);
    face->font = hb_font_create(face->hb);
    face->path = pool_strdup(fonts->pool, path);
    face->glyph_count = hb_face_get_glyph_count(face->hb);
    face->glyphs = POOL_ARRAY(fonts->pool, uint16_t, CACHED_CHARS);
    memset(face->glyphs, 0xFF, CACHED_CHARS * sizeof *face->glyphs);
    face->advances = POOL_ARRAY(fonts->pool, int32_t, face->glyph_count + 1);
    memset(face->advances, 0xFF, (face->glyph_count + 1) * sizeof *face->advances);
    read_metrics(face);
    face->family = face_name(fonts->pool, face->hb, HB_OT_NAME_ID_FONT_FAMILY);
    face->postscript_name = face_name(fonts->pool, face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    return face;
}

static bool has_vietnamese(const struct face *face) {
    return face->glyph_count && face_glyph(face, 0x1EC7) && face_glyph(face, 0x01B0);
}

static struct face *try_file(struct fonts *fonts, const char *folder, const char *file,
                             struct diag *diag) {
    char *path = path_join(fonts->pool, folder, file);
    struct face *face = face_open(fonts, path);
    if (face && !has_vietnamese(face)) {
        diag_add(diag, FONT_NOT_VIETNAMESE, (struct where){0}, path, NULL);
        hb_font_destroy(face->font);
        hb_face_destroy(face->hb);
        return NULL;
    }
    return face;
}

static const struct face *load(struct fonts *fonts, int f, int style, struct diag *diag) {
    if (fonts->tried[f][style])
        return fonts->loaded[f][style];
    fonts->tried[f][style] = true;
    struct face *face = NULL;
    for (size_t i = 0; i < fonts->folder_count && !face; i++)
        face = try_file(fonts, fonts->folders[i], families[f].files[style], diag);
    if (!face && families[f].folder)
        face = try_file(fonts, families[f].folder, families[f].files[style], diag);
    if (face)
        face->index = fonts->face_count++;
    return fonts->loaded[f][style] = face;
}

static const char *const *choose(struct pool *pool, const char *family) {
    const char *folded = utf8_fold(pool, family);
    size_t i = 0;
    while (!strstr(folded, choices[i].in_name))
        i++;
    return choices[i].try;
}

/* Another family stands in, unless the file bears the very name asked for. */
static bool is_substitute(struct pool *pool, const char *asked, const char *got) {
    return strcmp(utf8_fold(pool, asked), utf8_fold(pool, got)) != 0;
}

static const struct face *find_new(struct fonts *fonts, struct request *request,
                                   struct diag *diag) {
    const char *const *names = choose(fonts->pool, request->family);
    for (int i = 0; i < 2 && names[i]; i++)
        for (int f = 0; f < FAMILIES; f++) {
            if (strcmp(families[f].name, names[i]) != 0)
                continue;
            const struct face *face = load(fonts, f, request->style, diag);
            if (!face)
                continue;
            request->substituted = is_substitute(fonts->pool, request->family, families[f].name);
            return face;
        }
    return NULL;
}

const struct face *fonts_find(struct fonts *fonts, const char *family, bool bold, bool italic,
                              bool *substituted, struct diag *diag) {
    int style = (bold ? 1 : 0) + (italic ? 2 : 0);
    struct request *r = fonts->requests;
    while (r && !(r->style == style && strcmp(r->family, family) == 0))
        r = r->next;
    if (!r) {
        r = POOL_NEW(fonts->pool, struct request);
        r->family = pool_strdup(fonts->pool, family);
        r->style = style;
        r->face = find_new(fonts, r, diag);
        r->next = fonts->requests;
        fonts->requests = r;
    }
    if (!r->face)
        diag_add(diag, FONT_NOT_FOUND, (struct where){0}, family, NULL);
    *substituted = r->substituted;
    return r->face;
}

const struct face_metrics *face_metrics(const struct face *face) {
    return &face->metrics;
}

const char *face_family(const struct face *face) {
    return face->family;
}

const char *face_postscript_name(const struct face *face) {
    return face->postscript_name;
}

const char *face_path(const struct face *face) {
    return face->path;
}

struct hb_face_t *face_hb(const struct face *face) {
    return face->hb;
}

unsigned face_index(const struct face *face) {
    return face->index;
}

static uint16_t look_up(const struct face *face, uint32_t cp) {
    hb_codepoint_t glyph;
    if (hb_font_get_nominal_glyph(face->font, cp, &glyph))
        return (uint16_t)glyph;
    if (cp == 0x2010 || cp == 0x2011 || cp == 0xAD)
        return face_glyph(face, '-');
    return cp == 0xA0 || cp == 0x202F || cp == 0x2009 ? face_glyph(face, ' ') : 0;
}

uint16_t face_glyph(const struct face *face, uint32_t cp) {
    if (cp >= CACHED_CHARS)
        return look_up(face, cp);
    if (face->glyphs[cp] == NOT_LOOKED_UP)
        face->glyphs[cp] = look_up(face, cp);
    return face->glyphs[cp];
}

int face_advance(const struct face *face, uint16_t glyph) {
    if (glyph >= face->glyph_count)
        return 0;
    if (face->advances[glyph] < 0)
        face->advances[glyph] = hb_font_get_glyph_h_advance(face->font, glyph);
    return face->advances[glyph];
}

int32_t face_text_width(const struct face *face, const char *text, int32_t size_mpt) {
    int64_t units = 0;
    for (const char *p = text, *end = text + strlen(text); p < end;)
        units += face_advance(face, face_glyph(face, utf8_next(&p, end)));
    return (int32_t)(units * size_mpt / face->metrics.upem);
}
