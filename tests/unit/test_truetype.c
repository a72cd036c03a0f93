/* The judge is HarfBuzz: what it draws of a glyph of the face, it must draw of the program. */
#include "base/buf.h"
#include "base/pool.h"
#include "check.h"
#include "pdf/truetype.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>

#define FONTS "/usr/share/fonts/truetype/"
static const char *const files[] = {FONTS "liberation2/LiberationSerif-Regular.ttf",
                                    FONTS "liberation2/LiberationSans-BoldItalic.ttf",
                                    FONTS "dejavu/DejaVuSans.ttf"};
enum { FILES = sizeof files / sizeof *files };

struct face {
    hb_blob_t *blobs[TRUETYPE_TABLES];
    struct sfnt_bytes tables[TRUETYPE_TABLES];
    hb_face_t *hb;
};

static void open_face(struct face *face, const char *path) {
    static const char tags[TRUETYPE_TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    hb_blob_t *file = hb_blob_create_from_file(path);
    face->hb = hb_face_create(file, 0);
    hb_blob_destroy(file);
    for (int i = 0; i < TRUETYPE_TABLES; i++) {
        unsigned n;
        face->blobs[i] = hb_face_reference_table(face->hb, hb_tag_from_string(tags[i], -1));
        face->tables[i].at = (const unsigned char *)hb_blob_get_data(face->blobs[i], &n);
        face->tables[i].n = n;
    }
}

static void close_face(struct face *face) {
    for (int i = 0; i < TRUETYPE_TABLES; i++)
        hb_blob_destroy(face->blobs[i]);
    hb_face_destroy(face->hb);
}

/* ---- outlines as text ---- */

static void put_point(struct buf *out, char verb, float x, float y) {
    buf_printf(out, "%c %g %g ", verb, (double)x, (double)y);
}

static void move_to(hb_draw_funcs_t *f, void *out, hb_draw_state_t *s, float x, float y, void *u) {
    (void)f, (void)s, (void)u;
    put_point(out, 'm', x, y);
}

static void line_to(hb_draw_funcs_t *f, void *out, hb_draw_state_t *s, float x, float y, void *u) {
    (void)f, (void)s, (void)u;
    put_point(out, 'l', x, y);
}

static void curve_to(hb_draw_funcs_t *f, void *out, hb_draw_state_t *s, float cx, float cy, float x,
                     float y, void *u) {
    (void)f, (void)s, (void)u;
    put_point(out, 'q', cx, cy);
    put_point(out, ' ', x, y);
}

static void put_glyph(struct buf *out, hb_face_t *face, unsigned glyph) {
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, curve_to, NULL, NULL);
    hb_font_t *font = hb_font_create(face);
    buf_clear(out);
    hb_font_get_glyph_shape(font, glyph, funcs, out);
    buf_printf(out, "wide %d", hb_font_get_glyph_h_advance(font, glyph));
    hb_font_destroy(font);
    hb_draw_funcs_destroy(funcs);
}

static hb_face_t *open_program(const struct buf *program) {
    hb_blob_t *blob =
        hb_blob_create(program->data, (unsigned)program->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return face;
}

/* Cuts every `step`th glyph from `start` on and holds each against the face. */
static void cut_and_compare(const struct face *face, struct truetype *font, unsigned start,
                            unsigned step) {
    unsigned total = hb_face_get_glyph_count(face->hb);
    uint16_t *glyphs = malloc(2 * total * sizeof *glyphs), *renumbered = glyphs + total;
    size_t n = 0;
    for (unsigned glyph = start; glyph < total; glyph += step)
        glyphs[n++] = (uint16_t)glyph;
    struct buf program = {0}, drawn = {0}, wanted = {0};
    unsigned count = truetype_cut(font, glyphs, n, renumbered, &program);
    hb_face_t *cut = open_program(&program);
    CHECK_INT(hb_face_get_glyph_count(cut), count);
    for (size_t i = 0; i < n; i++) {
        put_glyph(&wanted, face->hb, glyphs[i]);
        put_glyph(&drawn, cut, renumbered[i]);
        if (strcmp(buf_text(&wanted), buf_text(&drawn)) != 0)
            CHECK_STR(buf_text(&drawn), buf_text(&wanted));
    }
    hb_face_destroy(cut);
    buf_free(&program);
    buf_free(&drawn);
    buf_free(&wanted);
    free(glyphs);
}

static void every_glyph_keeps_its_outline_and_its_advance(void) {
    static const unsigned steps[] = {1, 7, 97};
    for (int i = 0; i < FILES; i++) {
        struct pool *pool = pool_new();
        struct face face;
        open_face(&face, files[i]);
        struct truetype *font = truetype_new(pool, face.tables);
        CHECK(font != NULL);
        for (unsigned k = i ? 1 : 0; font && k < sizeof steps / sizeof *steps; k++)
            cut_and_compare(&face, font, 1 + k, steps[k]);
        close_face(&face);
        pool_free(pool);
    }
}

static uint32_t word_at(const char *p) {
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* OpenType 1.9, "Organization of an OpenType font": the sums by which readers tell damage. */
static void the_words_of_a_program_add_up(void) {
    struct pool *pool = pool_new();
    struct face face;
    open_face(&face, files[0]);
    struct truetype *font = truetype_new(pool, face.tables);
    uint16_t glyphs[] = {36, 68, 200}, renumbered[3];
    struct buf program = {0};
    buf_puts(&program, "four"); /* it is appended */
    CHECK_INT(truetype_cut(font, glyphs, 3, renumbered, &program) >= 4, true);
    CHECK_INT(program.len % 4, 0);
    uint32_t sum = 0;
    for (size_t i = 4; i + 4 <= program.len; i += 4)
        sum += word_at(program.data + i);
    CHECK_INT(sum, 0xB1B0AFBA);
    CHECK(strncmp(program.data, "four", 4) == 0);
    buf_free(&program);
    close_face(&face);
    pool_free(pool);
}

static void tables_too_short_are_no_font(void) {
    struct pool *pool = pool_new();
    struct face face;
    open_face(&face, files[0]);
    for (int i = 0; i < TRUETYPE_TABLES; i++) {
        if (i == HMTX)
            continue;
        struct sfnt_bytes whole = face.tables[i];
        face.tables[i].n = i == GLYF || i == LOCA ? 0 : 20;
        CHECK(truetype_new(pool, face.tables) == NULL);
        face.tables[i] = whole;
    }
    close_face(&face);
    pool_free(pool);
}

/* Cuts a damaged face; the program must be sound all the same. */
static void cut_damaged(const struct sfnt_bytes *tables) {
    struct pool *pool = pool_new();
    struct truetype *font = truetype_new(pool, tables);
    uint16_t glyphs[300], renumbered[300];
    for (int i = 0; i < 300; i++)
        glyphs[i] = (uint16_t)(i * 7 + 1);
    struct buf program = {0}, drawn = {0};
    unsigned count = font ? truetype_cut(font, glyphs, 300, renumbered, &program) : 0;
    if (count) {
        hb_face_t *cut = open_program(&program);
        CHECK_INT(hb_face_get_glyph_count(cut), count);
        for (unsigned i = 0; i < count; i += 5)
            put_glyph(&drawn, cut, i);
        hb_face_destroy(cut);
    }
    buf_free(&program);
    buf_free(&drawn);
    pool_free(pool);
}

/* Tables of exactly their length on the heap, so that AddressSanitizer sees what reads past them.
 */
static void damage_is_met_with_empty_glyphs(void) {
    struct face face;
    open_face(&face, files[0]);
    uint32_t seed = 1;
    for (int turn = 0; turn < 60; turn++) {
        struct sfnt_bytes tables[TRUETYPE_TABLES];
        for (int i = 0; i < TRUETYPE_TABLES; i++) {
            size_t n = face.tables[i].n;
            seed = seed * 1664525 + 1013904223;
            if (turn % TRUETYPE_TABLES == i)
                n -= seed / 7 % (n / 2);
            unsigned char *copy = malloc(n);
            memcpy(copy, face.tables[i].at, n);
            for (int k = 0; k < (i == GLYF ? 2000 : i == LOCA ? 40 : turn % 2); k++) {
                seed = seed * 1664525 + 1013904223;
                copy[seed / 5 % n] = (unsigned char)(seed >> 24);
            }
            tables[i] = (struct sfnt_bytes){copy, n};
        }
        cut_damaged(tables);
        for (int i = 0; i < TRUETYPE_TABLES; i++)
            free((void *)(uintptr_t)tables[i].at);
    }
    close_face(&face);
}

int main(void) {
    RUN(every_glyph_keeps_its_outline_and_its_advance);
    RUN(the_words_of_a_program_add_up);
    RUN(tables_too_short_are_no_font);
    RUN(damage_is_met_with_empty_glyphs);
    return CHECK_RESULT();
}
