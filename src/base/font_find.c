/* Which face a document gets. A name is looked for from the cheapest place to the dearest: files
 * of known names in the folders, then the folders' index (read once, when a name needs it), files
 * of known names in the system's places, and last fontconfig, which alone costs more than laying
 * out a dispatch. So a document in the usual families opens no index and no fontconfig. */
#include "base/file.h"
#include "base/font_parts.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES = 4, MAX_KEYS = 6, BUCKETS = 64, REMEMBERED = 8192, STAND_INS = 4 };

/* Families whose files have well-known names, in the order regular, bold, italic, bold italic.
 * `folder` is where the system keeps them; NULL: in one of those where people put Microsoft's. */
static const struct family {
    const char *key;
    const char *folder;
    const char *files[STYLES];
} families[] = {
    {"timesnewroman", NULL, {"times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"}},
    {"timesnewroman",
     NULL,
     {"Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf",
      "Times_New_Roman_Bold_Italic.ttf"}},
    {"liberationserif",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
      "LiberationSerif-BoldItalic.ttf"}},
    {"arial", NULL, {"arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"}},
    {"arial", NULL, {"Arial.ttf", "Arial_Bold.ttf", "Arial_Italic.ttf", "Arial_Bold_Italic.ttf"}},
    {"liberationsans",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf",
      "LiberationSans-BoldItalic.ttf"}},
    {"couriernew", NULL, {"cour.ttf", "courbd.ttf", "couri.ttf", "courbi.ttf"}},
    {"couriernew",
     NULL,
     {"Courier_New.ttf", "Courier_New_Bold.ttf", "Courier_New_Italic.ttf",
      "Courier_New_Bold_Italic.ttf"}},
    {"liberationmono",
     "/usr/share/fonts/truetype/liberation2",
     {"LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "LiberationMono-Italic.ttf",
      "LiberationMono-BoldItalic.ttf"}},
    {"carlito",
     "/usr/share/fonts/truetype/crosextra",
     {"Carlito-Regular.ttf", "Carlito-Bold.ttf", "Carlito-Italic.ttf", "Carlito-BoldItalic.ttf"}},
    {"caladea",
     "/usr/share/fonts/truetype/crosextra",
     {"Caladea-Regular.ttf", "Caladea-Bold.ttf", "Caladea-Italic.ttf", "Caladea-BoldItalic.ttf"}},
    {"dejavuserif",
     "/usr/share/fonts/truetype/dejavu",
     {"DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf",
      "DejaVuSerif-BoldItalic.ttf"}},
    {"dejavusans",
     "/usr/share/fonts/truetype/dejavu",
     {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf",
      "DejaVuSans-BoldOblique.ttf"}},
};
enum { FAMILIES = sizeof families / sizeof families[0] };

/* Families of the same widths: every line stays where Word has it. Where the twin is one that
 * every installation has, fontconfig is not asked for the family itself. */
static const struct twin {
    const char *key, *twin;
    bool everywhere;
} twins[] = {
    {"timesnewroman", "liberationserif", true},
    {"arial", "liberationsans", true},
    {"couriernew", "liberationmono", true},
    {"calibri", "carlito", false},
    {"cambria", "caladea", false},
    {"timesnewroman", "tinos", false},
    {"arial", "arimo", false},
    {"couriernew", "cousine", false},
    {"liberationserif", "timesnewroman", false},
    {"liberationsans", "arial", false},
    {"liberationmono", "couriernew", false},
};
enum { TWINS = sizeof twins / sizeof twins[0] };

/* Families that come nearer to each other in their widths than a stand-in of the kind does. */
static const struct {
    const char *key, *alike;
} alikes[] = {
    {"calibrilight", "carlito"},
    {"verdana", "dejavusans"},
    {"georgia", "gelasio"},
    {"arialnarrow", "liberationsansnarrow"},
};
enum { ALIKES = sizeof alikes / sizeof alikes[0] };

enum kind { KIND_SERIF, KIND_SANS, KIND_MONO, KINDS };

/* What stands in for a family that is not here. */
static const char *const stand_ins[KINDS][STAND_INS] = {
    [KIND_SERIF] = {"timesnewroman", "liberationserif", "dejavuserif", "notoserif"},
    [KIND_SANS] = {"arial", "liberationsans", "dejavusans", "notosans"},
    [KIND_MONO] = {"couriernew", "liberationmono", "dejavusansmono", "notosansmono"},
};

/* The first row whose text occurs in a name's key tells its kind; any other is a serif. */
static const struct {
    const char *in_key;
    enum kind kind;
} kinds[] = {
    {"monotype", KIND_SERIF},  {"courier", KIND_MONO},    {"consolas", KIND_MONO},
    {"mono", KIND_MONO},       {"typewriter", KIND_MONO}, {"lucidaconsole", KIND_MONO},
    {"arial", KIND_SANS},      {"helve", KIND_SANS},      {"calibri", KIND_SANS},
    {"sans", KIND_SANS},       {"tahoma", KIND_SANS},     {"verdana", KIND_SANS},
    {"segoe", KIND_SANS},      {"aptos", KIND_SANS},      {"roboto", KIND_SANS},
    {"candara", KIND_SANS},    {"corbel", KIND_SANS},     {"trebuchet", KIND_SANS},
    {"gothic", KIND_SANS},     {"carlito", KIND_SANS},    {"lato", KIND_SANS},
    {"montserrat", KIND_SANS}, {"impact", KIND_SANS},     {"futura", KIND_SANS},
    {"avenir", KIND_SANS},     {"avant", KIND_SANS},      {"univers", KIND_SANS},
    {"myriad", KIND_SANS},     {"frutiger", KIND_SANS},   {"grotesk", KIND_SANS},
    {"ubuntu", KIND_SANS},     {"comic", KIND_SANS},      {"vniavo", KIND_SANS},
    {"utmavo", KIND_SANS},
};
enum { KIND_NAMES = sizeof kinds / sizeof kinds[0] };

/* One way to read a name: a family and the style that was in the name or asked for. */
struct face_key {
    const char *text;
    struct face_style style;
};

struct face_keys {
    struct face_key at[MAX_KEYS];
    size_t n;
};

/* What a document asked for, and what it got. */
struct request {
    struct request *next;
    struct font_wish wish;
    const struct face *face; /* NULL: nothing found */
    bool substituted;
};

/* One look for a face. */
struct search {
    struct fonts *fonts;
    enum font_use use;
    struct diag *diag; /* told of files passed over; NULL: nobody is */
};

struct font_folder {
    char *path;
    bool scanned;
    struct font_list list;
};

/* The folder a family of Microsoft's is in. */
struct home {
    bool tried;
    const char *folder; /* NULL: none has it */
};

/* A stand-in found earlier. */
struct stand_in {
    bool tried;
    const struct face *face;
};

/* A character taken from another face. */
struct taken {
    uint32_t cp;
    const struct face *for_face; /* NULL: nothing remembered here */
    const struct face *face;     /* NULL: no font has it */
};

struct fonts {
    struct pool *pool;
    struct font_folder *folders;
    size_t folder_count;
    struct font_list system_list;
    struct system_fonts *system; /* NULL: not asked yet */
    VEC(struct font_file *) files;
    struct font_paths usual; /* folders where Microsoft's fonts may be; empty: not listed yet */
    struct home homes[FAMILIES];
    unsigned face_count;
    struct request *requests[BUCKETS];
    struct stand_in stand_ins[KINDS][STAND_INS][STYLES];
    struct taken *taken; /* REMEMBERED of them; NULL: none yet */
};

struct fonts *fonts_new(const char *const *folders, size_t n) {
    struct pool *pool = pool_new();
    struct fonts *fonts = POOL_NEW(pool, struct fonts);
    fonts->pool = pool;
    fonts->folders = POOL_ARRAY(pool, struct font_folder, n + 1);
    for (size_t i = 0; i < n; i++)
        fonts->folders[fonts->folder_count++].path = pool_strdup(pool, folders[i]);
    return fonts;
}

void fonts_free(struct fonts *fonts) {
    if (!fonts)
        return;
    struct font_file **file;
    VEC_EACH (file, &fonts->files)
        if ((*file)->face)
            face_close((*file)->face);
    system_fonts_close(fonts->system);
    pool_free(fonts->pool);
}

/* ---- files ---- */

/* One struct for each face of each file, by whatever way it was found. */
static struct font_file *same_file(struct fonts *fonts, struct font_file *file) {
    struct font_file **known;
    VEC_EACH (known, &fonts->files)
        if ((*known)->index == file->index && strcmp((*known)->path, file->path) == 0)
            return *known;
    *VEC_PUSH(fonts->pool, &fonts->files) = file;
    return file;
}

static struct font_file *file_at(struct fonts *fonts, const char *path) {
    struct font_file *file = POOL_NEW(fonts->pool, struct font_file);
    file->path = path;
    return same_file(fonts, file);
}

static struct face *open_file(struct fonts *fonts, struct font_file *file) {
    if (file->opened)
        return file->face;
    file->opened = true;
    file->face = face_open(fonts->pool, file->path, file->index, &file->fault);
    if (file->face) {
        face_set_index(file->face, fonts->face_count++);
        file->fit[FOR_LATIN] = face_glyph(file->face, 'a') != 0;
        file->fit[FOR_VIETNAMESE] =
            face_glyph(file->face, 0x1EC7) && face_glyph(file->face, 0x01B0);
    }
    return file->face;
}

static void report(struct font_file *file, struct diag *diag) {
    static const enum diag_code codes[] = {[FACE_GOOD] = FONT_NOT_VIETNAMESE,
                                           [FACE_DAMAGED] = FONT_DAMAGED,
                                           [FACE_NOT_TRUETYPE] = FONT_NOT_TRUETYPE,
                                           [FACE_FORBIDDEN] = FONT_NOT_EMBEDDABLE};
    if (file->reported || !diag)
        return;
    file->reported = true;
    diag_add(diag, codes[file->fault], (struct where){0}, file->path, NULL);
}

/* The file's face if text can be set in it; else it is said, once, why not. */
static const struct face *open_for_text(const struct search *search, struct font_file *file) {
    struct face *face = open_file(search->fonts, file);
    if (face && file->fit[search->use])
        return face;
    file->refused[search->use] = true;
    report(file, search->diag);
    return NULL;
}

static const struct font_list *folder_list(const struct search *search,
                                           struct font_folder *folder) {
    struct fonts *fonts = search->fonts;
    struct font_entry *entry;
    if (folder->scanned)
        return &folder->list;
    folder->scanned = true;
    font_list_scan(fonts->pool, folder->path, &folder->list);
    VEC_EACH (entry, &folder->list.at) {
        entry->file = same_file(fonts, entry->file);
        if (!entry->families.n)
            open_for_text(search, entry->file);
    }
    return &folder->list;
}

static const struct font_list *system_list(struct fonts *fonts) {
    struct font_entry *entry;
    if (fonts->system)
        return &fonts->system_list;
    fonts->system = system_fonts_open(fonts->pool, &fonts->system_list);
    VEC_EACH (entry, &fonts->system_list.at)
        entry->file = same_file(fonts, entry->file);
    return &fonts->system_list;
}

/* ---- names ---- */

/* What may stand at the end of a name, in the order it is taken off. */
static const struct {
    const char *text;
    bool bold, italic;
} endings[] = {
    {"psmt", false, false},     {"mt", false, false},      {"ps", false, false},
    {"regular", false, false},  {"semibold", true, false}, {"demibold", true, false},
    {"extrabold", true, false}, {"bold", true, false},     {"italic", false, true},
    {"oblique", false, true},
};
enum { ENDINGS = sizeof endings / sizeof endings[0] };

static bool take_off(struct pool *pool, struct face_key *key) {
    size_t n = strlen(key->text);
    for (int i = 0; i < ENDINGS; i++) {
        size_t m = strlen(endings[i].text);
        if (n <= m || strcmp(key->text + n - m, endings[i].text) != 0)
            continue;
        key->text = pool_strndup(pool, key->text, n - m);
        key->style.bold |= endings[i].bold;
        key->style.italic |= endings[i].italic;
        return true;
    }
    return false;
}

/* "TimesNewRomanPS-BoldMT" is read as itself, as timesnewromanpsbold, timesnewromanps in bold and
 * timesnewroman in bold. Of a list of names ("Arial;Helvetica") the first counts. */
static void read_name(struct pool *pool, const char *family, struct face_style style,
                      struct face_keys *keys) {
    const char *first = pool_strndup(pool, family, strcspn(family, ";,"));
    struct face_key key = {font_key(pool, first), style};
    keys->n = 0;
    if (!*key.text)
        return;
    do
        keys->at[keys->n++] = key;
    while (keys->n < MAX_KEYS && take_off(pool, &key));
}

static enum kind kind_of(const char *key) {
    for (int i = 0; i < KIND_NAMES; i++)
        if (strstr(key, kinds[i].in_key))
            return kinds[i].kind;
    return KIND_SERIF;
}

static int style_number(struct face_style style) {
    return (style.bold ? 1 : 0) + (style.italic ? 2 : 0);
}

/* ---- places ---- */

/* The file of a well-known name, if the font in it is what the name says. */
static const struct face *try_file(const struct search *search, const char *folder,
                                   const struct family *family, struct face_style style) {
    struct pool *pool = search->fonts->pool;
    char *path = path_join(pool, folder, family->files[style_number(style)]);
    if (!file_exists(path))
        return NULL;
    const struct face *face = open_for_text(search, file_at(search->fonts, path));
    bool right = face && strcmp(font_key(pool, face_family(face)), family->key) == 0;
    return right ? face : NULL;
}

static const struct face *try_files(const struct search *search, const char *folder,
                                    const struct face_keys *keys) {
    const struct face *face = NULL;
    for (size_t k = 0; k < keys->n && !face; k++)
        for (int f = 0; f < FAMILIES && !face; f++)
            if (strcmp(families[f].key, keys->at[k].text) == 0)
                face = try_file(search, folder, &families[f], keys->at[k].style);
    return face;
}

static const struct face *in_family(const struct search *search, const struct font_list *list,
                                    const char *key, struct face_style style, bool exact) {
    struct font_entry *entry;
    while ((entry = font_list_family(list, key, style, exact, search->use))) {
        const struct face *face = open_for_text(search, entry->file);
        if (face)
            return face;
    }
    return NULL;
}

/* The style a full name tells of is wanted besides the one asked for. */
static const struct face *in_names(const struct search *search, const struct font_list *list,
                                   const struct face_key *key, bool exact) {
    const struct font_entry *entry = font_list_name(list, key->text, search->use);
    if (!entry)
        return NULL;
    struct face_style style = {key->style.bold || entry->weight >= BOLD_FROM,
                               key->style.italic || entry->italic};
    return in_family(search, list, entry->families.at[0], style, exact);
}

static const struct face *in_list(const struct search *search, const struct font_list *list,
                                  const struct face_keys *keys, bool exact) {
    const struct face *face = NULL;
    for (size_t k = 0; k < keys->n && !face; k++) {
        face = in_family(search, list, keys->at[k].text, keys->at[k].style, exact);
        if (!face)
            face = in_names(search, list, &keys->at[k], exact);
    }
    return face;
}

static const struct face *in_folders(const struct search *search, const struct face_keys *keys,
                                     bool exact) {
    struct fonts *fonts = search->fonts;
    const struct face *face = NULL;
    for (size_t i = 0; i < fonts->folder_count && !face; i++) {
        struct font_folder *folder = &fonts->folders[i];
        if (exact)
            face = try_files(search, folder->path, keys);
        if (!face)
            face = in_list(search, folder_list(search, folder), keys, exact);
    }
    return face;
}

/* Where people put the fonts they bring from Windows: these folders and those right in them. */
enum { ROOTS = 5 };
static const char *usual_root(struct pool *pool, size_t i) {
    static const char *const roots[ROOTS] = {"/usr/share/fonts", "/usr/share/fonts/truetype",
                                             "/usr/local/share/fonts", "~.fonts",
                                             "~.local/share/fonts"};
    if (*roots[i] != '~')
        return roots[i];
    const char *home = getenv("HOME");
    return home && *home == '/' ? path_join(pool, home, roots[i] + 1) : NULL;
}

static void list_usual_folders(struct fonts *fonts) {
    for (size_t i = 0; i < ROOTS; i++) {
        const char *root = usual_root(fonts->pool, i);
        if (root)
            font_list_folders(fonts->pool, root, &fonts->usual);
    }
}

void fonts_digest(const struct fonts *fonts, struct hash *hash) {
    for (size_t i = 0; i < fonts->folder_count; i++)
        font_list_digest(fonts->folders[i].path, hash);
    for (size_t i = 0; i < ROOTS; i++) {
        const char *root = usual_root(fonts->pool, i);
        if (root)
            font_list_digest(root, hash);
    }
}

/* The usual folder with the regular face of `families[f]`; only there its other styles are looked
 * for. NULL: none. */
static const char *home_of(struct fonts *fonts, int f) {
    struct home *home = &fonts->homes[f];
    if (home->tried)
        return home->folder;
    home->tried = true;
    if (!fonts->usual.at.n)
        list_usual_folders(fonts);
    char **folder;
    VEC_EACH (folder, &fonts->usual.at)
        if (file_exists(path_join(fonts->pool, *folder, families[f].files[0])))
            return home->folder = *folder;
    return NULL;
}

static const struct face *in_known_places(const struct search *search,
                                          const struct face_keys *keys) {
    const struct face *face = NULL;
    for (size_t k = 0; k < keys->n && !face; k++)
        for (int f = 0; f < FAMILIES && !face; f++) {
            const struct family *family = &families[f];
            if (strcmp(family->key, keys->at[k].text) != 0)
                continue;
            const char *folder = family->folder ? family->folder : home_of(search->fonts, f);
            if (folder)
                face = try_file(search, folder, family, keys->at[k].style);
        }
    return face;
}

/* Without opening fontconfig. */
static const struct face *find_near(const struct search *search, const struct face_keys *keys) {
    const struct face *face = in_folders(search, keys, true);
    return face ? face : in_known_places(search, keys);
}

static const struct face *find_far(const struct search *search, const struct face_keys *keys,
                                   bool exact) {
    const struct face *face = exact ? find_near(search, keys) : in_folders(search, keys, false);
    return face ? face : in_list(search, system_list(search->fonts), keys, exact);
}

/* ---- one request ---- */

/* The twins of every reading of a name. */
static void read_twins(const struct face_keys *keys, bool everywhere, struct face_keys *out) {
    out->n = 0;
    for (size_t k = 0; k < keys->n; k++)
        for (int i = 0; i < TWINS && out->n < MAX_KEYS; i++)
            if (strcmp(twins[i].key, keys->at[k].text) == 0 && (twins[i].everywhere || !everywhere))
                out->at[out->n++] = (struct face_key){twins[i].twin, keys->at[k].style};
}

static const struct face *find_itself_or_twin(const struct search *search,
                                              const struct face_keys *keys) {
    struct face_keys common, all;
    read_twins(keys, true, &common);
    read_twins(keys, false, &all);
    const struct face *face = find_near(search, keys);
    if (!face)
        face = find_near(search, &common);
    if (!face)
        face = find_far(search, keys, true);
    if (!face)
        face = find_far(search, &all, true);
    if (!face)
        face = find_far(search, keys, false);
    return face ? face : find_far(search, &all, false);
}

/* Whatever the document is written in. */
static const struct face *stand_in(const struct search *search, enum kind kind, int i,
                                   struct face_style style) {
    struct stand_in *s = &search->fonts->stand_ins[kind][i][style_number(style)];
    struct search for_all = {search->fonts, FOR_VIETNAMESE, search->diag};
    if (s->tried)
        return s->face;
    struct face_keys keys = {.at = {{stand_ins[kind][i], style}}, .n = 1};
    s->tried = true;
    return s->face = find_near(&for_all, &keys);
}

static const struct face *find_by_kind(const struct search *search, enum kind kind,
                                       struct face_style style) {
    const struct face *face = NULL;
    for (int i = 0; i < STAND_INS && !face; i++)
        face = stand_in(search, kind, i, style);
    for (int i = 0; i < STAND_INS && !face; i++) {
        struct face_keys keys = {.at = {{stand_ins[kind][i], style}}, .n = 1};
        face = find_far(search, &keys, false);
    }
    return face;
}

static const struct face *find_alike(const struct search *search, const struct face_keys *keys) {
    const struct face *face = NULL;
    for (size_t k = 0; k < keys->n && !face; k++)
        for (int i = 0; i < ALIKES && !face; i++)
            if (strcmp(alikes[i].key, keys->at[k].text) == 0) {
                struct face_keys alike = {.at = {{alikes[i].alike, keys->at[k].style}}, .n = 1};
                face = find_far(search, &alike, false);
            }
    return face;
}

static void answer(const struct search *search, struct request *request) {
    const struct font_wish *wish = &request->wish;
    struct face_style style = {wish->bold, wish->italic};
    struct face_keys keys;
    read_name(search->fonts->pool, wish->family, style, &keys);
    if (keys.n)
        request->face = find_itself_or_twin(search, &keys);
    if (request->face)
        return;
    request->substituted = true;
    request->face = find_alike(search, &keys);
    if (keys.n)
        style = keys.at[keys.n - 1].style;
    enum kind kind = keys.n ? kind_of(keys.at[0].text) : KIND_SERIF;
    if (!request->face)
        request->face = find_by_kind(search, kind, style);
    for (int k = 0; k < KINDS && !request->face; k++)
        request->face = find_by_kind(search, (enum kind)k, style);
}

static unsigned bucket(const char *family) {
    unsigned hash = 0;
    for (; *family; family++)
        hash = hash * 31 + (unsigned char)*family;
    return hash % BUCKETS;
}

static bool same_wish(const struct font_wish *a, const struct font_wish *b) {
    return a->bold == b->bold && a->italic == b->italic && a->vietnamese == b->vietnamese &&
           strcmp(a->family, b->family) == 0;
}

const struct face *fonts_find(struct fonts *fonts, const struct font_wish *wish, bool *substituted,
                              struct diag *diag) {
    struct request **head = &fonts->requests[bucket(wish->family)], *r = *head;
    while (r && !same_wish(&r->wish, wish))
        r = r->next;
    if (!r) {
        r = POOL_NEW(fonts->pool, struct request);
        r->wish = *wish;
        r->wish.family = pool_strdup(fonts->pool, wish->family);
        enum font_use use = wish->vietnamese ? FOR_VIETNAMESE : FOR_LATIN;
        answer(&(struct search){fonts, use, diag}, r);
        r->next = *head;
        *head = r;
    }
    if (!r->face)
        diag_add(diag, FONT_NOT_FOUND, (struct where){0}, wish->family, NULL);
    *substituted = r->substituted;
    return r->face;
}

/* ---- characters a face lacks ---- */

static bool is_private(uint32_t cp) {
    return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

static const struct face *with_char(struct fonts *fonts, const struct font_list *list,
                                    struct face_style style, uint32_t cp) {
    bool folder = list != &fonts->system_list; /* of these it is not known what they cover */
    struct font_entry *entry;
    VEC_EACH (entry, &list->at) {
        if (!entry->families.n || (!folder && !system_fonts_cover(fonts->system, entry, cp)))
            continue;
        struct font_entry *nearest =
            font_list_family(list, entry->families.at[0], style, false, FOR_VIETNAMESE);
        struct face *face = nearest ? open_file(fonts, nearest->file) : NULL;
        if (!face || !face_glyph(face, cp))
            face = open_file(fonts, entry->file);
        if (face && face_glyph(face, cp))
            return face;
    }
    return NULL;
}

static const struct face *find_char(struct fonts *fonts, const struct face *face, uint32_t cp) {
    const struct search search = {fonts, FOR_VIETNAMESE, NULL};
    enum kind own = kind_of(font_key(fonts->pool, face_family(face)));
    const enum kind order[] = {own, KIND_SANS, KIND_SERIF, KIND_MONO};
    struct face_style style = {face_is_bold(face), face_is_italic(face)};
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (int i = 0; i < STAND_INS; i++) {
            const struct face *other = stand_in(&search, order[k], i, style);
            if (other && face_glyph(other, cp))
                return other;
        }
    const struct face *found = NULL;
    for (size_t i = 0; i < fonts->folder_count && !found; i++)
        found = with_char(fonts, folder_list(&search, &fonts->folders[i]), style, cp);
    return found ? found : with_char(fonts, system_list(fonts), style, cp);
}

const struct face *fonts_fallback(struct fonts *fonts, const struct face *face, uint32_t cp) {
    if (is_private(cp))
        return NULL;
    if (!fonts->taken)
        fonts->taken = POOL_ARRAY(fonts->pool, struct taken, REMEMBERED);
    struct taken *taken = &fonts->taken[(cp + face_index(face) * 37) % REMEMBERED];
    if (taken->cp != cp || taken->for_face != face)
        *taken = (struct taken){cp, face, find_char(fonts, face, cp)};
    return taken->face;
}
