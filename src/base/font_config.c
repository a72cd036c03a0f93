#include "base/font_parts.h"
#include "base/library.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NAMES = 100 };

/* The library is loaded when it is first needed, which most runs never do: linked in the usual
 * way, it and what it needs itself take 0.2 ms of every start (2 %). Without it only fonts in the
 * known places are found. */
#define FUNCTIONS(f)                                                                               \
    f(FcInitLoadConfigAndFonts) f(FcConfigDestroy) f(FcFontList) f(FcFontSetDestroy)               \
        f(FcPatternBuild) f(FcPatternDestroy) f(FcPatternGetString) f(FcPatternGetInteger)         \
            f(FcPatternGetDouble) f(FcPatternGetCharSet) f(FcObjectSetBuild) f(FcObjectSetDestroy) \
                f(FcWeightToOpenType) f(FcCharSetHasChar)

struct fontconfig {
    LIBRARY_POINTERS(FUNCTIONS)
};

struct system_fonts {
    struct fontconfig fc;
    FcConfig *config;
    FcFontSet *set;
};

/* Families whose symbols look like symbols, for characters that text faces lack. */
static int rank(const struct font_entry *entry) {
    static const char *const liked[] = {"dejavuserif",     "dejavusans",       "symbola",
                                        "notosanssymbols", "notosanssymbols2", "notoserif",
                                        "notosans",        "opensymbol"};
    enum { LIKED = sizeof liked / sizeof liked[0] };
    for (int i = 0; i < LIKED; i++)
        for (size_t k = 0; k < entry->families.n; k++)
            if (strcmp(entry->families.at[k], liked[i]) == 0)
                return i;
    return LIKED;
}

/* The order fontconfig lists fonts in is that of its caches; ours must be the same each time. */
static int by_rank(const void *a, const void *b) {
    const struct font_entry *x = a, *y = b;
    int d = rank(x) - rank(y);
    if (!d)
        d = abs(x->weight - 400) - abs(y->weight - 400);
    if (!d)
        d = x->italic - y->italic;
    if (!d)
        d = strcmp(x->file->path, y->file->path);
    return d ? d : (int)x->file->index - (int)y->file->index;
}

static int number(const struct fontconfig *fc, FcPattern *pattern, const char *object,
                  int otherwise) {
    double value;
    return fc->FcPatternGetDouble(pattern, object, 0, &value) == FcResultMatch ? (int)value
                                                                               : otherwise;
}

static bool is_one_of_ours(const struct fontconfig *fc, FcPattern *pattern, FcChar8 **path,
                           int *index) {
    FcChar8 *format;
    return fc->FcPatternGetString(pattern, FC_FILE, 0, path) == FcResultMatch &&
           fc->FcPatternGetInteger(pattern, FC_INDEX, 0, index) == FcResultMatch && *index >= 0 &&
           *index <= 0xFFFF && /* above: instances of variable fonts */
           fc->FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) == FcResultMatch &&
           (strcmp((const char *)format, "TrueType") == 0 ||
            strcmp((const char *)format, "CFF") == 0);
}

static void add_font(const struct fontconfig *fc, struct pool *pool, FcPattern *pattern,
                     struct font_list *list) {
    FcChar8 *path, *name;
    int index;
    if (!is_one_of_ours(fc, pattern, &path, &index))
        return;
    struct font_entry entry = {.weight = 400};
    for (int i = 0; i < MAX_NAMES; i++)
        if (fc->FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch)
            *VEC_PUSH(pool, &entry.families) = font_key(pool, (const char *)name);
    for (int i = 0; i < MAX_NAMES; i++)
        if (fc->FcPatternGetString(pattern, FC_FULLNAME, i, &name) == FcResultMatch)
            *VEC_PUSH(pool, &entry.names) = font_key(pool, (const char *)name);
    if (fc->FcPatternGetString(pattern, FC_POSTSCRIPT_NAME, 0, &name) == FcResultMatch)
        *VEC_PUSH(pool, &entry.names) = font_key(pool, (const char *)name);
    FcCharSet *coverage;
    if (fc->FcPatternGetCharSet(pattern, FC_CHARSET, 0, &coverage) == FcResultMatch)
        entry.coverage = coverage;
    entry.weight = fc->FcWeightToOpenType(number(fc, pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    entry.narrow = number(fc, pattern, FC_WIDTH, FC_WIDTH_NORMAL) != FC_WIDTH_NORMAL;
    entry.italic = number(fc, pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN;
    entry.file = POOL_NEW(pool, struct font_file);
    entry.file->path = pool_strdup(pool, (const char *)path);
    entry.file->index = (unsigned)index;
    *VEC_PUSH(pool, &list->at) = entry;
}

/* A configuration of our own: the process's default one stays untouched. */
static FcFontSet *list_fonts(const struct fontconfig *fc, FcConfig *config) {
    FcPattern *all = fc->FcPatternBuild(NULL, FC_OUTLINE, FcTypeBool, FcTrue, NULL);
    FcObjectSet *objects =
        fc->FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FONTFORMAT, FC_FAMILY, FC_FULLNAME,
                             FC_POSTSCRIPT_NAME, FC_WEIGHT, FC_WIDTH, FC_SLANT, FC_CHARSET, NULL);
    FcFontSet *set = all && objects ? fc->FcFontList(config, all, objects) : NULL;
    if (objects)
        fc->FcObjectSetDestroy(objects);
    if (all)
        fc->FcPatternDestroy(all);
    return set;
}

struct system_fonts *system_fonts_open(struct pool *pool, struct font_list *list) {
    struct system_fonts *system = POOL_NEW(pool, struct system_fonts);
    if (!LIBRARY_LOAD("libfontconfig.so.1", FUNCTIONS, &system->fc))
        return system;
    system->config = system->fc.FcInitLoadConfigAndFonts();
    if (!system->config)
        return system;
    system->set = list_fonts(&system->fc, system->config);
    for (int i = 0; system->set && i < system->set->nfont; i++)
        add_font(&system->fc, pool, system->set->fonts[i], list);
    if (list->at.n)
        qsort(list->at.at, list->at.n, sizeof *list->at.at, by_rank);
    return system;
}

void system_fonts_close(struct system_fonts *system) {
    if (!system)
        return;
    if (system->set)
        system->fc.FcFontSetDestroy(system->set);
    if (system->config)
        system->fc.FcConfigDestroy(system->config);
}

bool system_fonts_cover(const struct system_fonts *system, const struct font_entry *entry,
                        uint32_t cp) {
    return entry->coverage && system->fc.FcCharSetHasChar((const FcCharSet *)entry->coverage, cp);
}
