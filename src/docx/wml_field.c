/* Fields: PAGE and NUMPAGES become items of their own, of any other the stored result is shown.
 * A field that leads somewhere links its result. Fields without a stored result are shown from
 * their instruction, or named as not printed. */
#include "docx/wml_read.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_INSTRUCTION = 8192 };

static struct field *top(struct fields *fields) {
    size_t n = fields->depth;
    return n > 0 && n <= MAX_NESTING ? &fields->at[n - 1] : NULL;
}

void field_begin(struct builder *builder, const struct xml_node *node) {
    struct fields *fields = &builder->story->fields;
    fields->depth++;
    struct field *field = top(fields);
    if (field)
        *field = (struct field){.form = node ? xml_child_local(node, "ffData") : NULL};
}

/* ---- the instruction ---- */

static void make_room(struct pool *pool, struct field *field, size_t n) {
    if (field->len + n < field->room)
        return;
    field->room = (field->len + n) * 2 + 64;
    char *bigger = pool_alloc(pool, field->room);
    if (field->len)
        memcpy(bigger, field->instruction, field->len);
    field->instruction = bigger;
}

/* An instruction may be cut over several runs. */
void field_instruction(struct builder *builder, const char *text) {
    struct field *field = top(&builder->story->fields);
    size_t n = strlen(text);
    if (!field || field->in_result || field->len + n > MAX_INSTRUCTION)
        return;
    make_room(builder->story->reader->pool, field, n);
    memcpy(field->instruction + field->len, text, n);
    field->len += n;
    field->instruction[field->len] = '\0';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct word {
    const char *text;
    bool is_switch; /* "\h" outside quotes */
};

/* The word at *p, which moves past it: quotes taken off, \" and \\ in them resolved (17.16.2). */
static bool next_word(struct pool *pool, const char **p, struct word *word) {
    const char *s = *p;
    while (is_space(*s))
        s++;
    if (!*s)
        return false;
    bool quoted = *s == '"';
    char *text = pool_alloc(pool, strlen(s) + 1), *to = text;
    word->is_switch = *s == '\\';
    for (s += quoted; *s && (quoted ? *s != '"' : !is_space(*s)); s++) {
        if (quoted && s[0] == '\\' && (s[1] == '\\' || s[1] == '"'))
            s++;
        *to++ = *s;
    }
    *to = '\0';
    *p = s + (quoted && *s);
    word->text = text;
    return true;
}

/* HYPERLINK "address" \l "place" \o "tip" \t "window" (17.16.5.25) */
static const char *hyperlink(struct story *story, const char *p) {
    struct pool *pool = story->reader->pool;
    const char *uri = NULL, *place = NULL;
    struct word word, value;
    while (next_word(pool, &p, &word)) {
        if (!word.is_switch) {
            uri = uri ? uri : word.text;
        } else if (strchr("lotLOT", word.text[1]) && word.text[1] && next_word(pool, &p, &value)) {
            if (word.text[1] == 'l' || word.text[1] == 'L')
                place = value.text;
        }
    }
    return link_to(story, uri, place);
}

/* REF, PAGEREF, NOTEREF name \h */
static const char *reference(struct story *story, const char *p) {
    struct pool *pool = story->reader->pool;
    const char *place = NULL;
    bool leads = false;
    struct word word;
    while (next_word(pool, &p, &word)) {
        if (!word.is_switch)
            place = place ? place : word.text;
        leads |= word.is_switch && (word.text[1] == 'h' || word.text[1] == 'H');
    }
    return leads ? link_to(story, NULL, place) : NULL;
}

/* ---- page numbers ---- */

/* \* roman and kin (17.16.4.3.1), as w:fmt names them. */
static const char *number_format_of(struct story *story, const char *name) {
    bool upper = name[0] >= 'A' && name[0] <= 'Z';
    if (strcasecmp(name, "roman") == 0)
        return upper ? "upperRoman" : "lowerRoman";
    if (strcasecmp(name, "alphabetic") == 0)
        return upper ? "upperLetter" : "lowerLetter";
    if (strcasecmp(name, "ArabicDash") == 0)
        return "numberInDash";
    if (strcasecmp(name, "Arabic") == 0)
        return "decimal";
    static const char *const plain[] = {"MERGEFORMAT", "CHARFORMAT", "Upper",
                                        "Lower",       "FirstCap",   "Caps"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (strcasecmp(name, plain[i]) == 0)
            return NULL;
    unsupported(story, pool_printf(story->reader->pool, "PAGE \\* %s", name));
    return NULL;
}

static const char *page_format(struct story *story, const char *p) {
    struct pool *pool = story->reader->pool;
    const char *format = NULL, *found;
    struct word word, value;
    while (next_word(pool, &p, &word)) {
        if (!word.is_switch || !next_word(pool, &p, &value))
            continue;
        if (word.text[1] == '*' && (found = number_format_of(story, value.text)))
            format = found;
        else if (word.text[1] == '#' && strcmp(value.text, "0") != 0)
            unsupported(story, "PAGE \\#");
    }
    return format;
}

static void page_field(struct story *story, struct field *field, enum field_kind kind,
                       const char *rest) {
    field->kind = kind;
    field->format = page_format(story, rest);
}

static bool is(const char *word, const char *name) {
    return strcasecmp(word, name) == 0;
}

/* In a document of one section its pages are all pages. */
static void section_pages(struct story *story, struct field *field, const char *rest) {
    if (section_count(story->reader->sections) <= 1)
        page_field(story, field, FIELD_COUNT, rest);
    else
        page_field(story, field, FIELD_SECTION_PAGES, rest);
}

/* STYLEREF "Heading 1" \l, which in a header is another text on each page (17.16.5.59). Numbers of
 * paragraphs are not reckoned; in the text the stored result stands. */
static void style_reference(struct story *story, struct field *field, const char *p) {
    struct pool *pool = story->reader->pool;
    const char *name = NULL, *id;
    struct word word, value;
    struct style_text wanted = {0};
    bool plain = true;
    while (next_word(pool, &p, &word)) {
        if (!word.is_switch)
            name = name ? name : word.text;
        else if (word.text[1] == '*')
            next_word(pool, &p, &value);
        else if (is(word.text, "\\l"))
            wanted.last = true;
        else
            plain = false;
    }
    id = name ? styles_named(story->reader->styles, name) : NULL;
    if (!plain || !id) {
        unsupported(story, "STYLEREF");
        return;
    }
    wanted.style_id = id;
    field->kind = FIELD_STYLE_TEXT;
    field->style_text = story->reader->style_texts.n;
    *VEC_PUSH(pool, &story->reader->style_texts) = wanted;
}

/* ---- parts of a field ---- */

/* The first word; *rest is what follows it. */
static const char *name_of(struct pool *pool, const struct field *field, const char **rest) {
    struct word word;
    *rest = field->instruction ? field->instruction : "";
    return next_word(pool, rest, &word) ? word.text : "";
}

/* Fields that only do something: what is stored as their result is not to be seen (17.16.5). */
static bool only_acts(const char *name) {
    static const char *const names[] = {"SET",  "ASK",    "XE",     "TC",    "TA",     "RD",
                                        "NEXT", "NEXTIF", "SKIPIF", "PRINT", "PRIVATE"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is(name, names[i]))
            return true;
    return false;
}

void field_separate(struct builder *builder) {
    struct story *story = builder->story;
    struct field *field = top(&story->fields);
    const char *rest;
    if (!field || field->in_result)
        return;
    const char *name = name_of(story->reader->pool, field, &rest);
    if (only_acts(name))
        return;
    field->in_result = true;
    field->reckoned = field->form || is(name, "SYMBOL");
    if (field->reckoned)
        end_text(builder);
    field->result = builder->items.n;
    field->contents = is(name, "TOC");
    if (is(name, "PAGE"))
        page_field(story, field, FIELD_PAGE, rest);
    else if (is(name, "NUMPAGES"))
        page_field(story, field, FIELD_COUNT, rest);
    else if (is(name, "SECTIONPAGES"))
        section_pages(story, field, rest);
    else if (is(name, "HYPERLINK"))
        field->link = hyperlink(story, rest);
    else if (is(name, "STYLEREF") && !story->body)
        style_reference(story, field, rest);
    else if (is(name, "REF") || is(name, "PAGEREF") || is(name, "NOTEREF"))
        field->link = reference(story, rest);
}

bool fields_contents(const struct fields *fields) {
    for (size_t i = 0; i < fields->depth && i < MAX_NESTING; i++)
        if (fields->at[i].contents)
            return true;
    return false;
}

bool fields_show(const struct fields *fields) {
    for (size_t i = 0; i < fields->depth && i < MAX_NESTING; i++)
        if (!fields->at[i].in_result)
            return false;
    return true;
}

const char *field_link(const struct fields *fields) {
    for (size_t i = fields->depth < MAX_NESTING ? fields->depth : MAX_NESTING; i-- > 0;)
        if (fields->at[i].in_result && fields->at[i].link)
            return fields->at[i].link;
    return NULL;
}

bool field_emit(struct builder *builder, const struct run_props *props) {
    static const enum inline_kind kinds[] = {[FIELD_PAGE] = INLINE_PAGE_NUMBER,
                                             [FIELD_COUNT] = INLINE_PAGE_COUNT,
                                             [FIELD_SECTION_PAGES] = INLINE_SECTION_PAGES,
                                             [FIELD_STYLE_TEXT] = INLINE_STYLE_TEXT};
    struct fields *fields = &builder->story->fields;
    for (size_t i = 0; i < fields->depth && i < MAX_NESTING; i++) {
        struct field *field = &fields->at[i];
        if (field->kind == FIELD_SHOWN)
            continue;
        if (!field->emitted) {
            struct inline_item *item = add_item(builder, kinds[field->kind], props);
            item->text = field->format;
            item->note = field->style_text;
        }
        field->emitted = true;
        return true;
    }
    return false;
}

/* ---- fields without a stored result ---- */

static void put(struct builder *builder, const struct run_props *props, const char *text) {
    add_text(builder, props, text, strlen(text));
}

static bool child_on(const struct xml_node *parent, const char *local, bool otherwise) {
    const struct xml_node *node = xml_child_local(parent, local);
    const char *value = node ? xml_get(node, w_val) : NULL;
    return !node ? otherwise
                 : !value || !(is(value, "0") || is(value, "false") || is(value, "off"));
}

/* A form's check box: what is ticked, else what it starts with (17.16.9). */
static void put_check_box(struct builder *builder, const struct field *field,
                          const struct run_props *props) {
    const struct xml_node *box = xml_child_local(field->form, "checkBox");
    bool ticked = child_on(box, "checked", child_on(box, "default", false));
    put(builder, props, ticked ? "☒" : "☐");
}

static int child_number(const struct xml_node *parent, const char *local, int otherwise) {
    const struct xml_node *node = xml_child_local(parent, local);
    return node ? xml_int(node, w_val, otherwise) : otherwise;
}

static void put_choice(struct builder *builder, const struct field *field,
                       const struct run_props *props) {
    const struct xml_node *list = xml_child_local(field->form, "ddList"), *entry;
    int at = child_number(list, "result", child_number(list, "default", 0));
    XML_EACH_CHILD (entry, list) {
        const char *value = xml_get(entry, w_val);
        if (xml_is_local(entry, "listEntry") && at-- == 0 && value)
            put(builder, props, value);
    }
}

/* MACROBUTTON name text */
static void put_button(struct builder *builder, const struct run_props *props, const char *rest) {
    struct word macro;
    if (!next_word(builder->story->reader->pool, &rest, &macro))
        return;
    while (is_space(*rest))
        rest++;
    put(builder, props, rest);
}

static const struct run_props *in_size(struct pool *pool, const struct run_props *props,
                                       unsigned long points) {
    enum { MOST = 1638 }; /* as in Word */
    if (points < 1 || points > MOST)
        return props;
    struct run_props *own = POOL_NEW(pool, struct run_props);
    *own = *props;
    own->size = (mpt)points * UNIT_POINT;
    return own;
}

/* SYMBOL 183 \f "Symbol" \s 14 */
static void put_symbol_field(struct builder *builder, const struct run_props *props,
                             const char *rest) {
    struct pool *pool = builder->story->reader->pool;
    struct word word, value;
    const char *font = NULL, *size = NULL;
    unsigned long code = 0;
    bool unicode = false;
    while (next_word(pool, &rest, &word)) {
        if (!word.is_switch)
            code = code ? code : strtoul(word.text, NULL, 0);
        else if ((word.text[1] == 'f' || word.text[1] == 's') && next_word(pool, &rest, &value))
            *(word.text[1] == 'f' ? &font : &size) = value.text;
        else
            unicode |= word.text[1] == 'u';
    }
    if (size)
        props = in_size(pool, props, strtoul(size, NULL, 10));
    put_coded(builder, props, font, (uint32_t)(code < 256 && !unicode ? code | 0xF000 : code));
}

/* The words of an equation, without what arranges them: "EQ \f(1;2)" gives "(1;2)". */
static void put_equation(struct builder *builder, const struct run_props *props, const char *rest) {
    struct buf out = {0};
    while (is_space(*rest))
        rest++;
    for (const char *p = rest; *p; p++) {
        if (*p == '\\' && p[1] && p[1] != '\\') {
            while ((p[1] | 0x20) >= 'a' && (p[1] | 0x20) <= 'z')
                p++;
        } else {
            buf_putc(&out, *p);
        }
    }
    put(builder, props, buf_text(&out));
    buf_free(&out);
}

/* Fields that print nothing but their result. */
static bool prints_nothing(const char *name) {
    static const char *const names[] = {"", "ADVANCE", "FORMTEXT", "HYPERLINK", "MERGEFIELD"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is(name, names[i]))
            return true;
    return false;
}

/* What a field prints that has no stored result. Dates and the like are Word's to reckon, from the
 * clock or from what is not in the file: they are named. */
static void show_instruction(struct builder *builder, const struct field *field,
                             const struct run_props *props) {
    struct story *story = builder->story;
    const char *rest, *name = name_of(story->reader->pool, field, &rest);
    if (is(name, "FORMCHECKBOX"))
        put_check_box(builder, field, props);
    else if (is(name, "FORMDROPDOWN"))
        put_choice(builder, field, props);
    else if (is(name, "MACROBUTTON") || is(name, "GOTOBUTTON"))
        put_button(builder, props, rest);
    else if (is(name, "SYMBOL"))
        put_symbol_field(builder, props, rest);
    else if (is(name, "EQ")) {
        unsupported(story, "EQ");
        put_equation(builder, props, rest);
    } else if (!prints_nothing(name))
        unsupported(story, pool_printf(story->reader->pool, "%.40s", name));
}

static bool prints_since(const struct builder *builder, size_t from) {
    for (size_t i = from; i < builder->items.n; i++)
        if (builder->items.at[i].kind != INLINE_BOOKMARK)
            return true;
    return builder->text.len > 0;
}

/* Word stores no result of check boxes, lists to choose from and symbols, but marks where it would
 * begin. */
static bool has_result(const struct builder *builder, const struct field *field) {
    return field && field->in_result && (!field->reckoned || prints_since(builder, field->result));
}

void field_end(struct builder *builder, const struct run_props *props) {
    struct fields *fields = &builder->story->fields;
    struct field *field = top(fields);
    bool had_result = has_result(builder, field);
    field_separate(builder);
    if (field && fields_show(fields) && !field_emit(builder, props) && !had_result)
        show_instruction(builder, field, props);
    if (fields->depth > 0)
        fields->depth--;
}
