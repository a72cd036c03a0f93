#include "base/face.h"
#include "base/file.h"
#include "base/font_parts.h"
#include "base/utf8.h"
#include "check.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIBERATION "/usr/share/fonts/truetype/liberation2/"
#define SERIF LIBERATION "LiberationSerif-Regular.ttf"
#define SERIF_BOLD LIBERATION "LiberationSerif-Bold.ttf"

/* ---- font files made of the installed ones, under odd names and with odd insides ---- */

struct bench {
    struct pool *pool;
    struct diag *diag;
    struct fonts *fonts;
    char folder[64];
    bool substituted;
};

static void begin(struct bench *b) {
    *b = (struct bench){.pool = pool_new(), .diag = diag_new(LANG_EN)};
    strcpy(b->folder, "/tmp/congvan-test-XXXXXX");
    CHECK(mkdtemp(b->folder) != NULL);
    const char *folders[] = {b->folder};
    b->fonts = fonts_new(folders, 1);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw) {
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void end(struct bench *b) {
    fonts_free(b->fonts);
    nftw(b->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    diag_free(b->diag);
    pool_free(b->pool);
}

static const struct face *find(struct bench *b, const char *family, bool bold, bool italic) {
    return fonts_find(b->fonts, &(struct font_wish){family, bold, italic, true}, &b->substituted,
                      b->diag);
}

struct font_bytes {
    char *at;
    size_t n;
};

static struct font_bytes read_font(struct bench *b, const char *path) {
    struct font_bytes font = {0};
    font.at = file_read(b->pool, path, &font.n, (struct where){0}, b->diag);
    CHECK(font.at != NULL);
    return font;
}

static char *put(struct bench *b, const char *name, struct font_bytes font) {
    char *path = path_join(b->pool, b->folder, name);
    CHECK(file_make_folder(path_folder(b->pool, path), b->diag));
    CHECK(file_write(path, font.at, font.n, b->diag));
    return path;
}

/* Overwrites `from` by `to`, of the same length, as ASCII and as UTF-16. */
static void rename_inside(struct font_bytes font, const char *from, const char *to) {
    size_t n = strlen(from);
    char wide_from[64] = {0}, wide_to[64] = {0};
    for (size_t i = 0; i < n; i++) {
        wide_from[2 * i + 1] = from[i];
        wide_to[2 * i + 1] = to[i];
    }
    char *p;
    while ((p = memmem(font.at, font.n, from, n)))
        memcpy(p, to, n);
    while ((p = memmem(font.at, font.n, wide_from, 2 * n)))
        memcpy(p, wide_to, 2 * n);
}

static unsigned char *entry_of(struct font_bytes font, const char *tag) {
    for (char *entry = font.at + 12; entry < font.at + 12 + 16 * 40; entry += 16)
        if (memcmp(entry, tag, 4) == 0)
            return (unsigned char *)entry;
    CHECK(false);
    return (unsigned char *)font.at;
}

static uint32_t read32(const unsigned char *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void write32(unsigned char *p, uint32_t value) {
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> (24 - 8 * i));
}

static unsigned char *table_of(struct font_bytes font, const char *tag) {
    return (unsigned char *)font.at + read32(entry_of(font, tag) + 8);
}

/* A copy of the regular serif as the family "Doberation Serif". */
static struct font_bytes doberation(struct bench *b, const char *path) {
    struct font_bytes font = read_font(b, path);
    rename_inside(font, "Liberation", "Doberation");
    return font;
}

/* ---- names ---- */

static void names_of_times_all_mean_times(void) {
    static const struct {
        const char *name;
        bool bold, italic;
    } names[] = {
        {"Times New Roman", false, false},
        {"times new roman", false, false},
        {"TimesNewRoman", false, false},
        {"TimesNewRomanPSMT", false, false},
        {"Times New Roman Bold", true, false},
        {"Times New Roman Bold Italic", true, true},
        {"TimesNewRomanPS-BoldItalicMT", true, true},
        {"Times New Roman;Times", false, false},
    };
    struct bench b;
    begin(&b);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct face *face = find(&b, names[i].name, false, false);
        CHECK(!b.substituted);
        CHECK(face == find(&b, "Times New Roman", names[i].bold, names[i].italic));
        CHECK(face_is_bold(face) == names[i].bold && face_is_italic(face) == names[i].italic);
    }
    CHECK(find(&b, "Arial", false, false) == find(&b, "ArialMT", false, false));
    CHECK(find(&b, "Courier New", true, false) == find(&b, "Courier New Bold", false, false));
    CHECK(!b.substituted && face_metrics(find(&b, "Courier New", false, false))->fixed_pitch);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING) + diag_count(b.diag, DIAG_ERROR), 0);
    end(&b);
}

static void a_family_is_found_by_the_names_inside_its_files(void) {
    struct bench b;
    begin(&b);
    char *regular = put(&b, "x/y/one.TTF", doberation(&b, SERIF));
    char *bold = put(&b, "two.ttf", doberation(&b, SERIF_BOLD));
    const struct face *face = find(&b, "Doberation Serif", false, false);
    CHECK(face && strcmp(face_path(face), regular) == 0 && !b.substituted);
    face = find(&b, "Doberation Serif", true, false);
    CHECK(face && strcmp(face_path(face), bold) == 0 && !b.substituted);
    CHECK(face == find(&b, "DoberationSerif-Bold", false, false));
    CHECK(face == find(&b, "Doberation Serif Bold", false, false));
    CHECK(face == find(&b, "doberation_serif", true, false));
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 0);
    end(&b);
}

static void a_font_of_the_folder_comes_before_the_systems(void) {
    struct bench b;
    begin(&b);
    char *path = put(&b, "LiberationSerif-Regular.ttf", read_font(&b, SERIF));
    struct font_bytes times = read_font(&b, SERIF_BOLD);
    rename_inside(times, "Liberation Serif", "Times New Romans");
    put(&b, "odd.ttf", times);
    CHECK_STR(face_path(find(&b, "Liberation Serif", false, false)), path);
    CHECK_STR(face_path(find(&b, "Times New Roman", false, false)), path);
    const struct face *face = find(&b, "Times New Romans", true, false);
    CHECK_STR(face_path(face), path_join(b.pool, b.folder, "odd.ttf"));
    end(&b);
}

static void a_file_whose_name_lies_is_not_believed(void) {
    struct bench b;
    begin(&b);
    put(&b, "times.ttf", doberation(&b, SERIF));
    CHECK_STR(face_family(find(&b, "Doberation Serif", false, false)), "Doberation Serif");
    CHECK(strcmp(face_family(find(&b, "Times New Roman", false, false)), "Doberation Serif") != 0);
    end(&b);
}

static void a_family_without_bold_gives_its_nearest_style(void) {
    struct bench b;
    begin(&b);
    char *path = put(&b, "one.ttf", doberation(&b, SERIF));
    const struct face *face = find(&b, "Doberation Serif", true, true);
    CHECK(face && strcmp(face_path(face), path) == 0 && !b.substituted);
    CHECK(!face_is_bold(face) && !face_is_italic(face));
    end(&b);
}

static void a_family_nobody_has_is_substituted_by_its_kind(void) {
    static const char *const names[][2] = {
        {"Tahoma", "sans"},
        {".VnTime", "serif"},
        {"VNI-Helve", "sans"},
        {"Consolas", "mono"},
        {"No Such Family", "serif"},
        {"", "serif"},
        {"Monotype Corsiva", "serif"},
        {";,", "serif"},
        {"PS MT", "serif"},
    };
    struct bench b;
    begin(&b);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct face *face = find(&b, names[i][0], true, false);
        CHECK(b.substituted && face && face_is_bold(face));
        bool sans = strstr(face_family(face), "Sans") || strstr(face_family(face), "Arial");
        CHECK(face_metrics(face)->fixed_pitch == (names[i][1][0] == 'm'));
        CHECK(sans == (strcmp(names[i][1], "sans") == 0));
    }
    CHECK_INT(diag_count(b.diag, DIAG_ERROR), 0);
    end(&b);
}

/* Word's headings are in Calibri Light. */
static void a_family_is_substituted_by_one_alike_if_that_is_here(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Carlito", false, false);
    bool here = !b.substituted;
    const struct face *light = find(&b, "Calibri Light", false, false);
    CHECK(b.substituted && light && (!here || light == face));
    end(&b);
}

/* DejaVu Sans Mono comes with the tests and is in none of the known places. */
static void a_family_of_the_system_is_found_through_fontconfig(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "DejaVu Sans Mono", true, false);
    CHECK(face && !b.substituted && face_is_bold(face));
    CHECK_STR(face_postscript_name(face), "DejaVuSansMono-Bold");
    CHECK(face == find(&b, "DejaVuSansMono-Bold", false, false) && !b.substituted);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 0);
    end(&b);
}

static void a_collection_gives_each_of_its_faces(void) {
    struct bench b;
    begin(&b);
    struct font_bytes in[2] = {doberation(&b, SERIF), doberation(&b, SERIF_BOLD)};
    size_t header = 20, n = header + in[0].n + in[1].n, at = header;
    struct font_bytes out = {pool_alloc(b.pool, n), n};
    memcpy(out.at, "ttcf\0\1\0\0\0\0\0\2", 12);
    for (int i = 0; i < 2; i++) {
        unsigned tables = (unsigned char)in[i].at[5];
        for (unsigned t = 0; t < tables; t++) {
            unsigned char *offset = (unsigned char *)in[i].at + 12 + 16 * t + 8;
            write32(offset, read32(offset) + (uint32_t)at);
        }
        write32((unsigned char *)out.at + 12 + 4 * i, (uint32_t)at);
        memcpy(out.at + at, in[i].at, in[i].n);
        at += in[i].n;
    }
    put(&b, "both.ttc", out);
    const struct face *regular = find(&b, "Doberation Serif", false, false);
    const struct face *bold = find(&b, "Doberation Serif", true, false);
    CHECK(regular && bold && regular != bold && !b.substituted);
    CHECK_STR(face_postscript_name(regular), "DoberationSerif");
    CHECK_STR(face_postscript_name(bold), "DoberationSerif-Bold");
    CHECK_INT(face_text_width(regular, "Việt", 14000),
              face_text_width(find(&b, "Liberation Serif", false, false), "Việt", 14000));
    end(&b);
}

/* ---- files passed over ---- */

static void passed_over(struct bench *b, const char *name, struct font_bytes font,
                        enum diag_code code) {
    char *path = put(b, name, font);
    const struct face *face = find(b, "Doberation Serif", false, false);
    CHECK(face && strcmp(face_path(face), path) != 0 && b->substituted);
    CHECK(diag_has(b->diag, code));
    find(b, "Doberation Serif", true, false);
    find(b, "Doberation Serif Italic", false, false);
    CHECK_INT(diag_count(b->diag, DIAG_WARNING), 1);
    CHECK_INT(diag_count(b->diag, DIAG_ERROR), 0);
}

static unsigned read16(const unsigned char *p) {
    return (unsigned)p[0] << 8 | p[1];
}

/* Takes U+1EA0-1EF8 out of the face's segments of characters (cmap format 4). */
static void take_vietnamese(struct font_bytes font) {
    unsigned char *cmap = table_of(font, "cmap");
    for (unsigned i = 0; i < read16(cmap + 2); i++) {
        unsigned char *table = cmap + read32(cmap + 4 + 8 * i + 4), *ends = table + 14;
        unsigned two_segments = read16(table) == 4 ? read16(table + 6) : 0;
        unsigned char *starts = ends + two_segments + 2;
        for (unsigned s = 0; s < two_segments; s += 2)
            if (read16(starts + s) <= 0x1EC7 && read16(ends + s) >= 0x1EC7)
                memcpy(starts + s, ends + s, 2);
    }
}

static void a_face_without_vietnamese_is_passed_over(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    take_vietnamese(font);
    passed_over(&b, "a.ttf", font, FONT_NOT_VIETNAMESE);
    end(&b);
}

static void a_face_without_vietnamese_will_do_for_other_languages(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    take_vietnamese(font);
    char *path = put(&b, "a.ttf", font);
    struct font_wish english = {.family = "Doberation Serif"};
    const struct face *face = fonts_find(b.fonts, &english, &b.substituted, b.diag);
    CHECK(face && !b.substituted);
    CHECK_STR(face_path(face), path);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 0);
    face = find(&b, "Doberation Serif", false, false); /* and is not remembered for Vietnamese */
    CHECK(face && strcmp(face_path(face), path) != 0 && b.substituted);
    CHECK(diag_has(b.diag, FONT_NOT_VIETNAMESE));
    end(&b);
}

static void a_face_without_letters_is_passed_over(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    memcpy(entry_of(font, "cmap"), "xmap", 4);
    char *path = put(&b, "a.ttf", font);
    struct font_wish english = {.family = "Doberation Serif"};
    const struct face *face = fonts_find(b.fonts, &english, &b.substituted, b.diag);
    CHECK(face && strcmp(face_path(face), path) != 0 && b.substituted);
    end(&b);
}

static void a_font_without_truetype_outlines_is_passed_over(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    memcpy(entry_of(font, "glyf"), "CFF ", 4);
    passed_over(&b, "a.otf", font, FONT_NOT_TRUETYPE);
    end(&b);
}

static void a_font_whose_licence_forbids_embedding_is_passed_over(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    table_of(font, "OS/2")[9] = 0x02;
    passed_over(&b, "a.ttf", font, FONT_NOT_EMBEDDABLE);
    end(&b);
    begin(&b);
    font = doberation(&b, SERIF);
    table_of(font, "OS/2")[9] = 0x06; /* preview and print is allowed as well */
    put(&b, "a.ttf", font);
    CHECK(find(&b, "Doberation Serif", false, false) && !b.substituted);
    end(&b);
}

static void a_damaged_file_is_passed_over(void) {
    struct bench b;
    begin(&b);
    passed_over(&b, "a.ttf", (struct font_bytes){"no font", 7}, FONT_DAMAGED);
    end(&b);
    begin(&b);
    passed_over(&b, "LiberationSerif-Regular.ttf", (struct font_bytes){"", 0}, FONT_DAMAGED);
    CHECK(find(&b, "Times New Roman", false, false) && !b.substituted);
    end(&b);
}

static void cut_off_fonts_do_no_harm(void) {
    for (size_t n = 1; n < 400000; n = n * 3 / 2 + 7) {
        struct bench b;
        begin(&b);
        struct font_bytes font = doberation(&b, SERIF);
        font.n = n < font.n ? n : font.n;
        put(&b, "cut.ttf", font);
        const struct face *face = find(&b, "Doberation Serif", false, false);
        CHECK(face != NULL);
        face_text_width(face, "Việt Nam", 14000);
        face_kern(face, face_glyph(face, 'A'), face_glyph(face, 'V'));
        end(&b);
    }
}

static void strange_folders_do_no_harm(void) {
    struct bench b;
    begin(&b);
    CHECK(mkdir(path_join(b.pool, b.folder, "times.ttf"), 0700) == 0);
    char *closed = path_join(b.pool, b.folder, "closed");
    CHECK(mkdir(closed, 0) == 0);
    CHECK(mkfifo(path_join(b.pool, b.folder, "pipe.ttf"), 0600) == 0);
    CHECK(symlink(b.folder, path_join(b.pool, b.folder, "loop")) == 0);
    CHECK(symlink("/nowhere", path_join(b.pool, b.folder, "broken.ttf")) == 0);
    CHECK(find(&b, "Times New Roman", false, false) && !b.substituted);
    CHECK(find(&b, "No Such Family", false, false) && b.substituted);
    CHECK_INT(diag_count(b.diag, DIAG_ERROR), 0);
    chmod(closed, 0700);
    end(&b);
    begin(&b);
    const char *folders[] = {"/nowhere/at/all", SERIF};
    struct font_wish wish = {.family = "Times New Roman", .vietnamese = true};
    struct fonts *fonts = fonts_new(folders, 2);
    CHECK(fonts_find(fonts, &wish, &b.substituted, b.diag) != NULL);
    fonts_free(fonts);
    fonts_free(NULL);
    end(&b);
}

static void many_families_are_each_answered(void) {
    struct bench b;
    begin(&b);
    const struct face *first = find(&b, "Family 0", false, false);
    for (int i = 1; i < 2000; i++)
        CHECK(find(&b, pool_printf(b.pool, "Family %d", i), false, false) == first);
    end(&b);
}

/* ---- characters a face lacks ---- */

static void a_missing_character_comes_from_a_face_that_has_it(void) {
    static const uint32_t chars[] = {0x2611, 0x394, 0x4E2D, 0x1F600, 0x2713, 0x301, 0x5D0};
    static const char *const families[] = {"Times New Roman", "Arial", "Courier New"};
    struct bench b;
    begin(&b);
    for (size_t f = 0; f < 3; f++)
        for (size_t i = 0; i < sizeof chars / sizeof chars[0]; i++) {
            const struct face *face = find(&b, families[f], i & 1, false);
            const struct face *other = fonts_fallback(b.fonts, face, chars[i]);
            CHECK(!other || face_glyph(other, chars[i]));
            CHECK(other || !face_glyph(face, chars[i]));
            CHECK(other == fonts_fallback(b.fonts, face, chars[i]));
        }
    /* tests install DejaVu Sans, which has the check mark and the box */
    CHECK(fonts_fallback(b.fonts, find(&b, "Arial", false, false), 0x2713) != NULL);
    CHECK(fonts_fallback(b.fonts, find(&b, "Arial", false, false), 0x2611) != NULL);
    CHECK_INT(diag_count(b.diag, DIAG_WARNING), 0);
    end(&b);
}

static void the_face_of_the_same_kind_and_style_comes_first(void) {
    struct bench b;
    begin(&b);
    const struct face *mono = find(&b, "Courier New", true, true);
    CHECK(fonts_fallback(b.fonts, mono, 'a') == mono);
    const struct face *serif =
        fonts_fallback(b.fonts, find(&b, "DejaVu Serif", true, false), 0x1EC7);
    CHECK(serif == find(&b, "Times New Roman", true, false));
    end(&b);
}

static void a_folders_symbol_font_serves_for_its_characters(void) {
    struct bench b;
    begin(&b);
    struct font_bytes font = doberation(&b, SERIF);
    unsigned char *cmap = table_of(font, "cmap");
    size_t n = read32(entry_of(font, "cmap") + 12);
    /* one subtable of format 12: U+13000 is glyph 3, and nothing else */
    static const unsigned char table[] = {0, 0, 0,    1, 0, 3,  0,    10, 0, 0, 0, 12, 0, 12,
                                          0, 0, 0,    0, 0, 28, 0,    0,  0, 0, 0, 0,  0, 1,
                                          0, 1, 0x30, 0, 0, 1,  0x30, 0,  0, 0, 0, 36};
    CHECK(n > sizeof table);
    memset(cmap, 0, n);
    memcpy(cmap, table, sizeof table);
    char *path = put(&b, "symbols.ttf", font);
    const struct face *face = find(&b, "Times New Roman", false, false);
    const struct face *other = fonts_fallback(b.fonts, face, 0x13000);
    CHECK(other && strcmp(face_path(other), path) == 0);
    CHECK_INT(other ? face_glyph(other, 0x13000) : 0, 36);
    end(&b);
}

static void private_and_impossible_characters_are_nowhere(void) {
    static const uint32_t chars[] = {0xE000,   0xF0FC,   0xF8FF,     0xF0000,
                                     0x10FFFF, 0x110000, 0xFFFFFFFF, 0xFFFF};
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Times New Roman", false, false);
    for (size_t i = 0; i < sizeof chars / sizeof chars[0]; i++)
        CHECK(fonts_fallback(b.fonts, face, chars[i]) == NULL);
    for (uint32_t cp = 0x80; cp < 0x20000; cp += 61)
        fonts_fallback(b.fonts, face, cp);
    end(&b);
}

/* ---- metrics ---- */

static void a_face_measures_times(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Times New Roman", true, false);
    const struct face_metrics *m = face_metrics(face);
    CHECK_INT(m->upem, 2048);
    CHECK_INT(m->ascent + m->descent + m->line_gap, 2355);
    CHECK_INT(face_advance(face, face_glyph(face, ' ')), 512);
    CHECK_INT(face_text_width(face, "    ", 14000), 14000);
    CHECK(face_glyph(face, 0x2011) == face_glyph(face, '-'));
    CHECK(face == find(&b, "Times New Roman", true, false));
    CHECK_INT(face_advance(face, face_glyph(face, 0x323)), 0);
    end(&b);
}

static void pairs_are_kerned_and_ligatures_left_alone(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Liberation Serif", false, false);
    uint16_t A = face_glyph(face, 'A'), V = face_glyph(face, 'V'), n = face_glyph(face, 'n');
    CHECK(face_kern(face, A, V) < -100);
    CHECK_INT(face_kern(face, A, V), face_kern(face, A, V));
    CHECK_INT(face_kern(face, n, n), 0);
    CHECK_INT(face_kern(face, face_glyph(face, 'f'), face_glyph(face, 'i')), 0);
    CHECK_INT(face_kern(face, 0xFFFF, V), 0);
    for (uint32_t g = 0; g < 5000; g += 7)
        face_kern(face, (uint16_t)g, (uint16_t)(5000 - g));
    CHECK(face_kern(face, A, V) < -100);
    end(&b);
}

static void a_mark_is_set_by_the_anchors_of_its_face(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Liberation Serif", false, false);
    uint16_t x = face_glyph(face, 'x'), W = face_glyph(face, 'W'), acute = face_glyph(face, 0x301);
    int dx, dy, higher;
    CHECK(face_attach(face, x, acute, &dx, &dy));
    CHECK(dx < 0 && dx > -face_advance(face, x));
    CHECK(face_attach(face, W, acute, &dx, &higher) && higher > dy);
    CHECK(!face_attach(face, x, x, &dx, &dy));
    CHECK(!face_attach(face, 0xFFFF, acute, &dx, &dy));
    CHECK_INT(dx, 0);
    end(&b);
}

struct traced {
    int steps[4]; /* by kind */
    int32_t low[2], high[2];
};

static void note(void *to, enum face_step step, const int32_t *points) {
    struct traced *t = to;
    t->steps[step]++;
    for (int i = 0; points && i < (step == FACE_CURVE ? 4 : 2); i++) {
        t->low[i % 2] = points[i] < t->low[i % 2] ? points[i] : t->low[i % 2];
        t->high[i % 2] = points[i] > t->high[i % 2] ? points[i] : t->high[i % 2];
    }
}

static void an_outline_is_as_large_as_its_ink(void) {
    struct bench b;
    begin(&b);
    const struct face *face = find(&b, "Liberation Serif", false, false);
    uint16_t glyph = face_glyph(face, 'O');
    struct face_box ink = face_ink(face, glyph);
    struct traced t = {.low = {INT32_MAX, INT32_MAX}, .high = {INT32_MIN, INT32_MIN}};
    face_outline(face, glyph, note, &t);
    CHECK(t.steps[FACE_MOVE] == 2 && t.steps[FACE_CLOSE] == 2); /* outside and inside */
    CHECK(t.steps[FACE_CURVE] > 4);
    CHECK_INT(t.low[0], ink.left * FACE_OUTLINE_UNIT);
    CHECK_INT(t.low[1], ink.bottom * FACE_OUTLINE_UNIT);
    CHECK_INT(t.high[0], ink.right * FACE_OUTLINE_UNIT);
    CHECK_INT(t.high[1], ink.top * FACE_OUTLINE_UNIT);
    t = (struct traced){0};
    face_outline(face, face_glyph(face, ' '), note, &t);
    CHECK(!t.steps[FACE_MOVE] && !t.steps[FACE_LINE]);
    end(&b);
}

int main(void) {
    RUN(names_of_times_all_mean_times);
    RUN(a_family_is_found_by_the_names_inside_its_files);
    RUN(a_font_of_the_folder_comes_before_the_systems);
    RUN(a_file_whose_name_lies_is_not_believed);
    RUN(a_family_without_bold_gives_its_nearest_style);
    RUN(a_family_nobody_has_is_substituted_by_its_kind);
    RUN(a_family_is_substituted_by_one_alike_if_that_is_here);
    RUN(a_family_of_the_system_is_found_through_fontconfig);
    RUN(a_collection_gives_each_of_its_faces);
    RUN(a_face_without_vietnamese_is_passed_over);
    RUN(a_face_without_vietnamese_will_do_for_other_languages);
    RUN(a_face_without_letters_is_passed_over);
    RUN(a_font_without_truetype_outlines_is_passed_over);
    RUN(a_font_whose_licence_forbids_embedding_is_passed_over);
    RUN(a_damaged_file_is_passed_over);
    RUN(cut_off_fonts_do_no_harm);
    RUN(strange_folders_do_no_harm);
    RUN(many_families_are_each_answered);
    RUN(a_missing_character_comes_from_a_face_that_has_it);
    RUN(the_face_of_the_same_kind_and_style_comes_first);
    RUN(a_folders_symbol_font_serves_for_its_characters);
    RUN(private_and_impossible_characters_are_nowhere);
    RUN(a_face_measures_times);
    RUN(pairs_are_kerned_and_ligatures_left_alone);
    RUN(a_mark_is_set_by_the_anchors_of_its_face);
    RUN(an_outline_is_as_large_as_its_ink);
    return CHECK_RESULT();
}
