/* Words are divided by libhyphen, with the dictionaries of the system that LibreOffice uses, too.
 * Word has dictionaries of its own; where they agree, as they mostly do, so do the lines.
 *
 * Vietnamese words are single syllables. Many documents call their text English nonetheless, as
 * the Word that made them was: a paragraph with a letter that only Vietnamese has is Vietnamese,
 * whatever w:lang says. Word looks at the words there, too ("Detect language automatically"). */
#include "layout/hyphen.h"

#include "base/library.h"
#include "base/utf8.h"
#include "layout/text.h"

#include <glob.h>
#include <hyphen.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DICTIONARIES "/usr/share/hyphen/hyph_"

enum { SHORTEST = 5, LONGEST = 48 }; /* letters of words that are divided */

/* The library is loaded when a document asks for hyphens, which few do. */
#define FUNCTIONS(f) f(hnj_hyphen_load) f(hnj_hyphen_free) f(hnj_hyphen_hyphenate2)

struct hyphen_library {
    LIBRARY_POINTERS(FUNCTIONS)
};

struct dictionary {
    const char *language;
    HyphenDict *dict; /* NULL: there is none, or none is needed */
    bool missing;
    iconv_t to_its_code;
};

struct hyphenator {
    struct pool *pool;
    struct hyphen_library lib;
    bool tried, loaded;
    VEC(struct dictionary) dictionaries;
};

static bool is_loaded(struct hyphenator *h) {
    if (!h->tried)
        h->loaded = LIBRARY_LOAD("libhyphen.so.0", FUNCTIONS, &h->lib);
    h->tried = true;
    return h->loaded;
}

struct hyphenator *hyphenator_new(void) {
    struct pool *pool = pool_new();
    struct hyphenator *h = POOL_NEW(pool, struct hyphenator);
    h->pool = pool;
    return h;
}

void hyphenator_free(struct hyphenator *h) {
    struct dictionary *d;
    if (!h)
        return;
    VEC_EACH (d, &h->dictionaries)
        if (d->dict) {
            h->lib.hnj_hyphen_free(d->dict);
            iconv_close(d->to_its_code);
        }
    pool_free(h->pool);
}

/* ---- dictionaries ---- */

static bool begins_with(const char *language, const char *code) {
    size_t n = strlen(code);
    return strncmp(language, code, n) == 0 && (!language[n] || language[n] == '-');
}

static bool has_no_hyphens(const char *language) {
    static const char *const codes[] = {"vi", "zh", "ja", "ko"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (begins_with(language, codes[i]))
            return true;
    return false;
}

/* What a file's name may be made of: letters, digits and hyphens. */
static bool is_code(const char *language) {
    size_t n = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    return n >= 2 && n < 32 && !language[n];
}

/* The file for "en-US": that of the country, of the language, or of any country. */
static const char *file_for(struct pool *pool, const char *language) {
    char *name = pool_strdup(pool, language);
    for (char *p = name; (p = strchr(p, '-')) != NULL;)
        *p = '_';
    const char *file = pool_printf(pool, DICTIONARIES "%s.dic", name);
    if (access(file, R_OK) == 0)
        return file;
    name[strcspn(name, "_")] = '\0';
    file = pool_printf(pool, DICTIONARIES "%s.dic", name);
    if (access(file, R_OK) == 0)
        return file;
    glob_t found;
    file = NULL;
    if (glob(pool_printf(pool, DICTIONARIES "%s_*.dic", name), 0, NULL, &found) != 0)
        return NULL;
    if (found.gl_pathc)
        file = pool_strdup(pool, found.gl_pathv[0]); /* they come sorted */
    globfree(&found);
    return file;
}

/* Dictionaries are in the codes of their age: "UTF-8", "ISO8859-1", "microsoft-cp1251". */
static iconv_t code_of(const HyphenDict *dict) {
    static const char microsoft[] = "microsoft-";
    const char *name = dict->cset;
    if (strncmp(name, microsoft, sizeof microsoft - 1) == 0)
        name += sizeof microsoft - 1;
    return iconv_open(dict->utf8 ? "UTF-8" : name, "UTF-8");
}

static void open_dictionary(struct hyphenator *h, struct dictionary *d) {
    const char *file = is_code(d->language) && is_loaded(h) ? file_for(h->pool, d->language) : NULL;
    d->dict = file ? h->lib.hnj_hyphen_load(file) : NULL;
    if (d->dict && (d->to_its_code = code_of(d->dict)) == (iconv_t)-1) {
        h->lib.hnj_hyphen_free(d->dict);
        d->dict = NULL;
    }
    d->missing = !d->dict;
}

static const struct dictionary *find_dictionary(struct hyphenator *h, const char *language) {
    struct dictionary *d;
    VEC_EACH (d, &h->dictionaries)
        if (strcmp(d->language, language) == 0)
            return d;
    d = VEC_PUSH(h->pool, &h->dictionaries);
    *d = (struct dictionary){.language = pool_strdup(h->pool, language)};
    if (!has_no_hyphens(language))
        open_dictionary(h, d);
    return d;
}

/* Once for each document. */
static void name_missing(struct layout *l, const char *language) {
    const char **named;
    VEC_EACH (named, &l->not_divided)
        if (*named == language)
            return;
    *VEC_PUSH(l->lasting, &l->not_divided) = language;
    diag_add(l->diag, LAYOUT_NO_HYPHENS, (struct where){.file = l->document->path}, language, NULL);
}

static const struct dictionary *dictionary_for(struct layout *l, const char *language) {
    const struct dictionary *d = find_dictionary(l->hyphenator, language);
    if (d->missing)
        name_missing(l, d->language);
    return d;
}

/* ---- words ---- */

static bool is_only_vietnamese(uint32_t cp) {
    return cp == 0x1A0 || cp == 0x1A1 || cp == 0x1AF || cp == 0x1B0 || cp == 0x110 || cp == 0x111 ||
           (cp >= 0x1EA0 && cp <= 0x1EF9);
}

static bool is_vietnamese(const struct text *t) {
    const struct atom *a;
    VEC_EACH (a, &t->atoms)
        if (is_only_vietnamese(a->cp))
            return true;
    return false;
}

static bool is_in_word(const struct atom *a) {
    return a->kind == ATOM_CHAR &&
           (utf8_lower_char(a->cp) != a->cp || utf8_upper_char(a->cp) != a->cp || a->cp == 0xDF);
}

static const char *language_of(const struct text *t, const struct atom *a) {
    return t->fonts.at[a->font].props->language;
}

/* The end of the word that begins at atom `i`: letters of one language. */
static size_t word_end(const struct text *t, size_t i) {
    const char *language = language_of(t, &t->atoms.at[i]);
    while (i < t->atoms.n && is_in_word(&t->atoms.at[i]) &&
           language_of(t, &t->atoms.at[i]) == language)
        i++;
    return i;
}

static bool is_in_capitals(const struct text *t, size_t from, size_t end) {
    for (size_t i = from; i < end; i++)
        if (utf8_upper_char(t->atoms.at[i].cp) != t->atoms.at[i].cp)
            return false;
    return true;
}

/* The word in small letters and the dictionary's code. 0: it cannot be said in it. */
static size_t put_word(const struct text *t, size_t from, size_t end, const struct dictionary *d,
                       char *out, size_t room) {
    char utf8[4 * LONGEST], *in = utf8, *to = out;
    size_t n = 0, left;
    for (size_t i = from; i < end; i++)
        n += utf8_put(utf8 + n, utf8_lower_char(t->atoms.at[i].cp));
    left = room;
    iconv(d->to_its_code, NULL, NULL, NULL, NULL);
    if (iconv(d->to_its_code, &in, &n, &to, &left) == (size_t)-1)
        return 0;
    return room - left;
}

static void forget(char **replacements, int *at, int *cut, size_t n) {
    for (size_t i = 0; replacements && i < n; i++)
        free(replacements[i]);
    free(replacements);
    free(at);
    free(cut);
}

/* Finds where the word may be divided: marks[i] after its letter `i`. Not where its spelling would
 * have to change. */
static bool find_places(const struct layout *l, const struct dictionary *d, size_t from, size_t end,
                        bool *marks) {
    char word[4 * LONGEST + 1], places[sizeof word + 5], **replacements = NULL;
    int *at = NULL, *cut = NULL;
    size_t n = put_word(l->text, from, end, d, word, sizeof word - 1);
    bool any = false;
    if (!n)
        return false;
    word[n] = '\0';
    if (l->hyphenator->lib.hnj_hyphen_hyphenate2(d->dict, word, (int)n, places, NULL, &replacements,
                                                 &at, &cut) == 0)
        for (size_t i = 0; i + 1 < end - from; i++)
            any |= marks[i] = (places[i] & 1) && !(replacements && replacements[i]);
    forget(replacements, at, cut, n);
    return any;
}

/* Whether the word [from, end) is to be divided at all; `*d` is what it is looked up in. */
static bool is_wanted(struct layout *l, size_t from, size_t end, const struct dictionary **d) {
    const char *language = language_of(l->text, &l->text->atoms.at[from]);
    if (!language || end - from < SHORTEST || end - from > LONGEST)
        return false;
    if (l->document->hyphenation.not_caps && is_in_capitals(l->text, from, end))
        return false;
    *d = dictionary_for(l, language);
    return (*d)->dict != NULL;
}

/* ---- the paragraph ---- */

static void copy_word(struct layout *l, size_t from, size_t end, const bool *marks) {
    struct text *t = l->text;
    for (size_t i = from; i < end; i++) {
        const struct atom *a = &t->atoms.at[i];
        *VEC_PUSH(l->pool, &t->divided) = *a;
        if (marks && i + 1 < end && marks[i - from])
            *VEC_PUSH(l->pool, &t->divided) =
                (struct atom){.kind = ATOM_SOFT_HYPHEN,
                              .font = a->font,
                              .cp = 0xAD,
                              .glyph = face_glyph(t->fonts.at[a->font].face, '-'),
                              .object = 1};
    }
}

void hyphen_divide(struct layout *l) {
    struct text *t = l->text;
    const struct dictionary *d;
    bool marks[LONGEST], any = false;
    if ((t->para->props->asks & ASKS_NO_HYPHENS) || is_vietnamese(t))
        return;
    t->divided.n = 0;
    for (size_t i = 0, end; i < t->atoms.n; i = end) {
        end = word_end(t, i);
        bool divided = end > i && is_wanted(l, i, end, &d) && find_places(l, d, i, end, marks);
        any |= divided;
        end = end > i ? end : i + 1;
        copy_word(l, i, end, divided ? marks : NULL);
    }
    if (!any)
        return;
    atom_vec whole = t->atoms;
    t->atoms = t->divided;
    t->divided = whole;
}
