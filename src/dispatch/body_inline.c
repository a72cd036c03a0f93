#include "dispatch/body_parts.h"

#include <string.h>

/* How emphasis is read. A run of one, two or three '*' asks for italic, bold, both. It can open
 * what does not stand before a space or closing sign, and close what does not stand after a space
 * or opening sign; then each style is a switch: a closer ends the style last opened, an opener
 * waits for its closer. Whatever waits in vain is text. Stars no author means as a mark ("3*4",
 * "(*)", "*.docx", "****") are text from the start. One pass over the paragraph for the marks, one
 * over the marks for the pairs, one to write the spans: linear however the stars are strewn. */

enum { LONGEST_LABEL = 200, NO_MARK = -1 };

struct where reader_where(const struct body_reader *reader, int line) {
    return (struct where){.file = reader->file, .line = line};
}

/* ---- the characters around a mark ---- */

static bool one_of(const char *s, size_t n, const char *const *signs) {
    for (; *signs; signs++)
        if (n >= strlen(*signs) && memcmp(s, *signs, strlen(*signs)) == 0)
            return true;
    return false;
}

static bool ends_in_one_of(const char *s, size_t n, const char *const *signs) {
    for (; *signs; signs++)
        if (n >= strlen(*signs) &&
            one_of(s + n - strlen(*signs), strlen(*signs), (const char *const[]){*signs, NULL}))
            return true;
    return false;
}

static const char *const spaces[] = {" ", "\t", "\xC2\xA0", NULL};
static const char *const closing[] = {")", "]", "}", ",", ";", ".", ":", "!", "?", "”", "’", NULL};
static const char *const opening[] = {"(", "[", "{", "“", "‘", NULL};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Letters or digits on both sides of the stars; general punctuation (E2 80 ..) is neither. */
static bool inside_word(const char *text, size_t len, size_t at, size_t run) {
    if (at == 0 || at + run >= len)
        return false;
    const char *after = text + at + run;
    char before = text[at - 1];
    if (is_digit(before) && is_digit(*after))
        return true;
    if (run > 1 || !(is_letter(before) || is_digit(before)))
        return false;
    bool sign_before = at >= 3 && memcmp(text + at - 3, "\xE2\x80", 2) == 0;
    bool sign_after = len - at - run >= 3 && memcmp(after, "\xE2\x80", 2) == 0;
    return (is_letter(*after) || is_digit(*after)) && !sign_before && !sign_after;
}

static bool can_open(const char *text, size_t len, const struct body_mark *m) {
    const char *after = text + m->at + m->len;
    size_t rest = len - m->at - m->len;
    return rest && !one_of(after, rest, spaces) && !one_of(after, rest, closing);
}

static bool can_close(const char *text, const struct body_mark *m) {
    return m->at && !ends_in_one_of(text, m->at, spaces) && !ends_in_one_of(text, m->at, opening);
}

/* ---- first pass: find the marks ---- */

static int line_at(const struct raw *raw, const size_t *starts, size_t at) {
    size_t low = 0, high = raw->lines.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return raw->lines.at[low].number;
}

struct inline_text {
    struct body_reader *reader;
    const struct raw *raw;
    const char *text;
    size_t len;
    size_t *starts; /* where each line of `raw` begins in `text` */
    bool in_note;
};

static void complain(const struct inline_text *in, enum diag_code code, size_t at,
                     const char *what) {
    struct where where = reader_where(in->reader, line_at(in->raw, in->starts, at));
    diag_add(in->reader->diag, code, where, what, NULL);
}

/* Length of a label from `s` on, up to its ']'; 0 if it is none. */
static size_t label_length(const char *s, size_t n) {
    for (size_t i = 0; i < n && i < LONGEST_LABEL; i++) {
        if (s[i] == ']')
            return i;
        if (s[i] == '[' || s[i] == '\n')
            return 0;
    }
    return 0;
}

size_t note_head(const char *s, size_t n, const char **label, size_t *label_len) {
    size_t indent = 0;
    while (indent < n && indent < 3 && s[indent] == ' ')
        indent++;
    if (n - indent < 4 || memcmp(s + indent, "[^", 2) != 0)
        return 0;
    *label = s + indent + 2;
    *label_len = label_length(*label, n - indent - 2);
    size_t end = indent + 2 + *label_len;
    if (!*label_len || end + 1 >= n || s[end + 1] != ':')
        return 0;
    return end + 2;
}

/* The number of the note a mark asks for; 0 (reported) if it asks for none. */
static int ask_for_note(const struct inline_text *in, size_t at, const char *label, size_t len) {
    struct body_reader *reader = in->reader;
    const char *typed = pool_strndup(reader->pool, label, len);
    if (in->in_note) {
        complain(in, BODY_MARK_IN_NOTE, at, typed);
        return 0;
    }
    size_t found = names_find(&reader->labels, label, len);
    if (found == NAMES_NONE) {
        complain(in, BODY_MARK_WITHOUT_NOTE, at, typed);
        return 0;
    }
    struct raw_note *note = &reader->notes.at[found];
    if (note->number) {
        complain(in, BODY_MARK_TWICE, at, typed);
        return note->number;
    }
    *VEC_PUSH(reader->pool, &reader->order) = found;
    return note->number = (int)reader->order.n;
}

/* Reads "[^label]" at `at`; returns how many bytes were read. */
static size_t find_note_mark(const struct inline_text *in, size_t at) {
    const char *label = in->text + at + 2;
    size_t len = label_length(label, in->len - at - 2);
    if (!len) {
        complain(in, BODY_MARK_UNCLOSED, at, "[^");
        return 2;
    }
    int note = ask_for_note(in, at, label, len);
    if (note)
        *VEC_PUSH(in->reader->pool, &in->reader->marks) =
            (struct body_mark){.kind = MARK_NOTE, .at = at, .len = len + 3, .note = note};
    return len + 3;
}

static size_t find_stars(const struct inline_text *in, size_t at) {
    size_t run = 1;
    while (at + run < in->len && in->text[at + run] == '*')
        run++;
    if (run <= 3 && !inside_word(in->text, in->len, at, run))
        *VEC_PUSH(in->reader->pool, &in->reader->marks) =
            (struct body_mark){.kind = MARK_STARS, .at = at, .len = run};
    return run;
}

static size_t find_escape(const struct inline_text *in, size_t at) {
    if (at + 1 >= in->len || !strchr("\\*[|", in->text[at + 1]))
        return 1;
    *VEC_PUSH(in->reader->pool, &in->reader->marks) =
        (struct body_mark){.kind = MARK_ESCAPE, .at = at, .len = 2};
    return 2;
}

static void find_marks(const struct inline_text *in) {
    in->reader->marks.n = 0;
    for (size_t i = strcspn(in->text, "\\*["); i < in->len;) {
        char c = in->text[i];
        if (c == '\\')
            i += find_escape(in, i);
        else if (c == '*')
            i += find_stars(in, i);
        else if (c == '[' && i + 1 < in->len && in->text[i + 1] == '^')
            i += find_note_mark(in, i);
        else
            i++;
        i += strcspn(in->text + i, "\\*[");
    }
}

/* ---- second pass: pair the stars ---- */

static unsigned styles_of(size_t run) {
    return run == 1 ? SPAN_ITALIC : run == 2 ? SPAN_BOLD : SPAN_ITALIC | SPAN_BOLD;
}

/* `open` holds, by style, the mark that waits for its closer. */
static void pair_style(const struct inline_text *in, size_t i, unsigned style, long *open) {
    struct body_mark *marks = in->reader->marks.at, *m = &marks[i];
    bool opens = can_open(in->text, in->len, m), closes = can_close(in->text, m);
    const char *what = style == SPAN_BOLD ? "**" : "*";
    if (*open != NO_MARK && closes) {
        marks[*open].toggle |= style;
        m->toggle |= style;
        *open = NO_MARK;
    } else if (opens) {
        if (*open != NO_MARK)
            complain(in, BODY_MARK_UNCLOSED, marks[*open].at, what);
        *open = (long)i;
    } else if (closes) {
        complain(in, BODY_MARK_UNOPENED, m->at, what);
    }
}

static void pair_stars(const struct inline_text *in) {
    long bold = NO_MARK, italic = NO_MARK;
    for (size_t i = 0; i < in->reader->marks.n; i++) {
        if (in->reader->marks.at[i].kind != MARK_STARS)
            continue;
        unsigned styles = styles_of(in->reader->marks.at[i].len);
        if (styles & SPAN_BOLD)
            pair_style(in, i, SPAN_BOLD, &bold);
        if (styles & SPAN_ITALIC)
            pair_style(in, i, SPAN_ITALIC, &italic);
    }
    if (bold != NO_MARK)
        complain(in, BODY_MARK_UNCLOSED, in->reader->marks.at[bold].at, "**");
    if (italic != NO_MARK)
        complain(in, BODY_MARK_UNCLOSED, in->reader->marks.at[italic].at, "*");
}

/* ---- third pass: write the spans ---- */

static void flush(struct body_reader *reader, struct paragraph *paragraph, unsigned flags) {
    if (!reader->piece.len)
        return;
    struct span *span = VEC_PUSH(reader->pool, &paragraph->spans);
    span->text = pool_strndup(reader->pool, reader->piece.data, reader->piece.len);
    span->flags = flags;
    buf_clear(&reader->piece);
}

static void write_stars(struct body_reader *reader, struct paragraph *paragraph,
                        const struct body_mark *m, unsigned *flags) {
    unsigned text = styles_of(m->len) & ~m->toggle; /* styles that found no partner */
    if (m->toggle & *flags) /* a closer: its lonely stars stand outside, an opener's too */
        flush(reader, paragraph, *flags);
    buf_puts(&reader->piece, text == 0             ? ""
                             : text == SPAN_BOLD   ? "**"
                             : text == SPAN_ITALIC ? "*"
                                                   : "***");
    if (m->toggle & ~*flags)
        flush(reader, paragraph, *flags & ~m->toggle);
    *flags ^= m->toggle;
}

static void write_spans(const struct inline_text *in, struct paragraph *paragraph) {
    struct body_reader *reader = in->reader;
    unsigned flags = 0;
    size_t from = 0;
    const struct body_mark *m;
    VEC_EACH (m, &reader->marks) {
        buf_append(&reader->piece, in->text + from, m->at - from);
        from = m->at + m->len;
        if (m->kind == MARK_ESCAPE) {
            buf_putc(&reader->piece, in->text[m->at + 1]);
        } else if (m->kind == MARK_STARS) {
            write_stars(reader, paragraph, m, &flags);
        } else {
            flush(reader, paragraph, flags);
            *VEC_PUSH(reader->pool, &paragraph->spans) =
                (struct span){.flags = flags, .note = m->note};
        }
    }
    buf_append(&reader->piece, in->text + from, in->len - from);
    flush(reader, paragraph, flags);
}

/* The lines become one text, a space between two. */
static void join_lines(struct inline_text *in) {
    struct buf *text = &in->reader->text;
    const struct raw *raw = in->raw;
    buf_clear(text);
    in->starts = POOL_ARRAY(in->reader->pool, size_t, raw->lines.n + 1);
    for (size_t i = 0; i < raw->lines.n; i++) {
        if (i)
            buf_putc(text, ' ');
        in->starts[i] = text->len;
        buf_append(text, raw->lines.at[i].s, raw->lines.at[i].n);
    }
    in->text = buf_text(text);
    in->len = text->len;
}

void inline_read(struct body_reader *reader, const struct raw *raw, bool in_note,
                 struct paragraph *paragraph) {
    struct inline_text in = {.reader = reader, .raw = raw, .in_note = in_note};
    join_lines(&in);
    paragraph->marker = raw->marker;
    paragraph->where = reader_where(reader, raw->lines.n ? raw->lines.at[0].number : 0);
    find_marks(&in);
    pair_stars(&in);
    write_spans(&in, paragraph);
}
