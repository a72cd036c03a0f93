#include "base/font_parts.h"
#include "base/utf8.h"

#include <hb.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CACHED_CHARS = 0x2200, KERN_SLOTS = 2048, GLYPH_BASE = 0x40000 };

/* What is known of one pair; a pair takes the place of another with the same slot. */
struct kern {
    uint32_t pair;
    int16_t units;
    bool known;
};

struct face {
    hb_face_t *hb;
    hb_font_t *font;
    struct face_metrics metrics;
    char *family, *postscript_name, *path;
    bool bold, italic;
    unsigned index;
    struct face_char *chars; /* by character below CACHED_CHARS */
    int32_t *advances;       /* by glyph; -1 until asked */
    unsigned glyph_count;
    struct pool *pool;
    hb_font_t *pairs;    /* for face_kern, made when first asked; NULL: not yet */
    hb_buffer_t *buffer; /* the same */
    struct kern *kerns;
};

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
    m->serif = n >= 34 && p[33] >= 2 && p[33] <= 10; /* Panose: the serif styles */
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

/* OS/2 fsSelection and weight, or head.macStyle. */
static void read_style(struct face *face) {
    unsigned n;
    hb_blob_t *blob = hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    unsigned style = n >= 46 ? p[45] : 0;
    hb_blob_destroy(blob);
    blob = hb_face_reference_table(face->hb, HB_TAG('O', 'S', '/', '2'));
    p = (const unsigned char *)hb_blob_get_data(blob, &n);
    if (n >= 64)
        style |= (p[63] >> 5 & 1u) | (p[63] << 1 & 2u);
    hb_blob_destroy(blob);
    face->bold = (style & 1) || face->metrics.weight >= BOLD_FROM;
    face->italic = (style & 2) != 0;
}

static char *face_name(struct pool *pool, hb_face_t *hb, hb_ot_name_id_t id) {
    char text[128];
    unsigned size = sizeof text;
    hb_ot_name_get_utf8(hb, id, HB_LANGUAGE_INVALID, &size, text);
    return pool_strdup(pool, size ? text : "unnamed");
}

static bool has_table(hb_face_t *hb, hb_tag_t tag) {
    hb_blob_t *blob = hb_face_reference_table(hb, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

/* OS/2 fsType: the restricted licence alone, or bitmaps only (OpenType 1.9, OS/2). */
static bool forbids_embedding(hb_face_t *hb) {
    unsigned n;
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('O', 'S', '/', '2'));
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    bool forbids = n >= 10 && ((p[9] & 0x0E) == 0x02 || (p[8] & 0x02));
    hb_blob_destroy(blob);
    return forbids;
}

static enum face_fault find_fault(hb_face_t *hb) {
    if (!hb_face_get_glyph_count(hb))
        return FACE_DAMAGED;
    if (!has_table(hb, HB_TAG('g', 'l', 'y', 'f')) || !has_table(hb, HB_TAG('l', 'o', 'c', 'a')))
        return FACE_NOT_TRUETYPE;
    return forbids_embedding(hb) ? FACE_FORBIDDEN : FACE_GOOD;
}

static void prepare(struct pool *pool, struct face *face) {
    face->glyph_count = hb_face_get_glyph_count(face->hb);
    face->chars = POOL_ARRAY(pool, struct face_char, CACHED_CHARS);
    face->advances = POOL_ARRAY(pool, int32_t, face->glyph_count + 1);
    memset(face->advances, 0xFF, (face->glyph_count + 1) * sizeof *face->advances);
    read_metrics(face);
    read_style(face);
    face->family = face_name(pool, face->hb, HB_OT_NAME_ID_FONT_FAMILY);
    face->postscript_name = face_name(pool, face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME);
}

static bool is_file(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

struct face *face_open(struct pool *pool, const char *path, unsigned index,
                       enum face_fault *fault) {
    *fault = FACE_DAMAGED;
    hb_blob_t *blob = is_file(path) ? hb_blob_create_from_file_or_fail(path) : NULL;
    if (!blob)
        return NULL;
    hb_face_t *hb = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    *fault = find_fault(hb);
    if (*fault != FACE_GOOD) {
        hb_face_destroy(hb);
        return NULL;
    }
    hb_face_make_immutable(hb);
    struct face *face = POOL_NEW(pool, struct face);
    face->pool = pool;
    face->hb = hb;
    face->font = hb_font_create(hb);
    face->path = pool_strdup(pool, path);
    prepare(pool, face);
    return face;
}

void face_close(struct face *face) {
    if (face->pairs)
        hb_font_destroy(face->pairs);
    if (face->buffer)
        hb_buffer_destroy(face->buffer);
    hb_font_destroy(face->font);
    hb_face_destroy(face->hb);
}

void face_set_index(struct face *face, unsigned index) {
    face->index = index;
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

bool face_is_bold(const struct face *face) {
    return face->bold;
}

bool face_is_italic(const struct face *face) {
    return face->italic;
}

unsigned face_glyph_count(const struct face *face) {
    return face->glyph_count;
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
    return cp < CACHED_CHARS ? face_char(face, cp).glyph : look_up(face, cp);
}

int face_advance(const struct face *face, uint16_t glyph) {
    if (glyph >= face->glyph_count)
        return 0;
    if (face->advances[glyph] < 0)
        face->advances[glyph] = hb_font_get_glyph_h_advance(face->font, glyph);
    return face->advances[glyph];
}

/* Apart, so that a character that is known costs no more than a look. */
static __attribute__((noinline)) struct face_char look_up_char(const struct face *face,
                                                               uint32_t cp) {
    uint16_t glyph = look_up(face, cp);
    struct face_char c = {face_advance(face, glyph), glyph, true};
    if (cp < CACHED_CHARS)
        face->chars[cp] = c;
    return c;
}

struct face_char face_char(const struct face *face, uint32_t cp) {
    return cp < CACHED_CHARS && face->chars[cp].known ? face->chars[cp] : look_up_char(face, cp);
}

struct face_box face_ink(const struct face *face, uint16_t glyph) {
    hb_glyph_extents_t e;
    if (!hb_font_get_glyph_extents(face->font, glyph, &e))
        return (struct face_box){0};
    return (struct face_box){e.x_bearing, e.y_bearing + e.height, e.x_bearing + e.width,
                             e.y_bearing};
}

/* ---- outlines ---- */

struct outline_pen {
    face_draw *draw;
    void *to;
};

/* Points are whole or half font units; what composite glyphs scale is rounded. */
static int32_t fixed(float value) {
    return (int32_t)(value * FACE_OUTLINE_UNIT + (value < 0 ? -.5f : .5f));
}

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                    void *user) {
    const struct outline_pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->draw(pen->to, FACE_MOVE, (int32_t[]){fixed(x), fixed(y)});
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y,
                    void *user) {
    const struct outline_pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->draw(pen->to, FACE_LINE, (int32_t[]){fixed(x), fixed(y)});
}

/* Faces without TrueType outlines are not taken: all curves are quadratic. */
static void curve_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy,
                     float x, float y, void *user) {
    const struct outline_pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->draw(pen->to, FACE_CURVE, (int32_t[]){fixed(cx), fixed(cy), fixed(x), fixed(y)});
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user) {
    const struct outline_pen *pen = data;
    (void)funcs, (void)state, (void)user;
    pen->draw(pen->to, FACE_CLOSE, NULL);
}

void face_outline(const struct face *face, uint16_t glyph, face_draw *draw, void *to) {
    struct outline_pen pen = {draw, to};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, curve_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    hb_font_get_glyph_shape(face->font, glyph, funcs, &pen);
    hb_draw_funcs_destroy(funcs);
}

int32_t face_text_width(const struct face *face, const char *text, int32_t size_mpt) {
    int64_t units = 0;
    for (const char *p = text, *end = text + strlen(text); p < end;)
        units += face_advance(face, face_glyph(face, utf8_next(&p, end)));
    return (int32_t)(units * size_mpt / face->metrics.upem);
}

/* ---- kerning ---- */

/* A pair is shaped as two characters of a plane without characters, which this maps straight to
 * the glyphs: what Unicode knows of real ones (joining, marks) must play no part. */
static hb_bool_t glyph_of_itself(hb_font_t *font, void *data, hb_codepoint_t cp,
                                 hb_codepoint_t *glyph, void *user) {
    (void)font, (void)data, (void)user;
    *glyph = cp - GLYPH_BASE;
    return cp >= GLYPH_BASE;
}

static void open_pairs(struct face *face) {
    hb_font_funcs_t *funcs = hb_font_funcs_create();
    hb_font_funcs_set_nominal_glyph_func(funcs, glyph_of_itself, NULL, NULL);
    face->pairs = hb_font_create_sub_font(face->font);
    hb_font_set_funcs(face->pairs, funcs, NULL, NULL);
    hb_font_funcs_destroy(funcs);
    face->buffer = hb_buffer_create();
    face->kerns = POOL_ARRAY(face->pool, struct kern, KERN_SLOTS);
}

/* Only kerning and the placing of marks stay on: no ligature or alternate may change the glyphs.
 * Two positions; NULL: they came out as something else. */
static const hb_glyph_position_t *shape_pair(const struct face *face, uint16_t left,
                                             uint16_t right) {
    static const hb_feature_t features[] = {
        {HB_TAG('k', 'e', 'r', 'n'), 1, 0, (unsigned)-1},
        {HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1},
        {HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1},
        {HB_TAG('c', 'a', 'l', 't'), 0, 0, (unsigned)-1},
        {HB_TAG('c', 'c', 'm', 'p'), 0, 0, (unsigned)-1},
        {HB_TAG('l', 'o', 'c', 'l'), 0, 0, (unsigned)-1},
        {HB_TAG('r', 'l', 'i', 'g'), 0, 0, (unsigned)-1},
        {HB_TAG('r', 'c', 'l', 't'), 0, 0, (unsigned)-1},
    };
    if (left >= face->glyph_count || right >= face->glyph_count)
        return NULL;
    if (!face->pairs)
        open_pairs((struct face *)face); /* a cache: the face itself stays what it is */
    hb_buffer_t *buffer = face->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_unicode_funcs(buffer, hb_unicode_funcs_get_empty());
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_add(buffer, (hb_codepoint_t)left + GLYPH_BASE, 0);
    hb_buffer_add(buffer, (hb_codepoint_t)right + GLYPH_BASE, 1);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_shape(face->pairs, buffer, features, sizeof features / sizeof features[0]);
    unsigned n;
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &n);
    return n == 2 ? at : NULL;
}

static int kern_pair(const struct face *face, uint16_t left, uint16_t right) {
    const hb_glyph_position_t *at = shape_pair(face, left, right);
    return at ? at[0].x_advance + at[1].x_advance - face_advance(face, left) -
                    face_advance(face, right)
              : 0;
}

int face_kern(const struct face *face, uint16_t left, uint16_t right) {
    uint32_t pair = (uint32_t)left << 16 | right;
    if (!face->kerns)
        open_pairs((struct face *)face);
    struct kern *kern = &face->kerns[(pair * UINT32_C(2654435761)) >> 21];
    if (!kern->known || kern->pair != pair)
        *kern = (struct kern){pair, (int16_t)kern_pair(face, left, right), true};
    return kern->units;
}

bool face_attach(const struct face *face, uint16_t base, uint16_t mark, int *dx, int *dy) {
    const hb_glyph_position_t *at = shape_pair(face, base, mark);
    *dx = at ? at[1].x_offset : 0;
    *dy = at ? at[1].y_offset : 0;
    return at && at[1].x_advance == 0 && (*dx || *dy);
}

/* ---- shaping ---- */

static hb_buffer_t *shaped_buffer(const struct face *face, const struct shaping *s) {
    const hb_feature_t kerning = {HB_TAG('k', 'e', 'r', 'n'), s->kerned, 0, (unsigned)-1};
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_utf32(buffer, s->chars, (int)s->count, (unsigned)s->from,
                        (int)(s->end - s->from));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, s->backward ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("und", -1)); /* not the machine's */
    hb_shape(face->font, buffer, &kerning, 1);
    return buffer;
}

const struct shaped *face_shape(const struct face *face, struct pool *pool,
                                const struct shaping *shaping, size_t *n) {
    unsigned count;
    hb_buffer_t *buffer = shaped_buffer(face, shaping);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, NULL);
    struct shaped *out = POOL_ARRAY(pool, struct shaped, count + 1);
    for (unsigned i = 0; i < count; i++) {
        unsigned k = shaping->backward ? count - 1 - i : i;
        out[i] = (struct shaped){(uint16_t)info[k].codepoint, info[k].cluster, at[k].x_advance,
                                 at[k].x_offset, at[k].y_offset};
    }
    hb_buffer_destroy(buffer);
    *n = count;
    return out;
}
