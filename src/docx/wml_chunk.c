/* w:altChunk (17.17.2): a part of another format that Word would take in on opening. Of plain text
 * and HTML the text is read, a paragraph a line; other formats are named as lost. */
#include "docx/wml_read.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct chunk {
    struct story *story;
    struct block_list *list;
    struct buf line;
    bool gap; /* white space waits to be written */
};

static void end_line(struct chunk *chunk) {
    if (chunk->line.len)
        add_text_para(chunk->story, buf_text(&chunk->line), chunk->list);
    buf_clear(&chunk->line);
    chunk->gap = false;
}

/* ---- plain text ---- */

static void read_plain(struct chunk *chunk, const char *text, const char *end) {
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t n = (size_t)((stop ? stop : end) - text);
        if (n && text[n - 1] == '\r')
            buf_append(&chunk->line, text, n - 1);
        else
            buf_append(&chunk->line, text, n);
        end_line(chunk);
        text = stop ? stop + 1 : end;
    }
}

/* ---- HTML ---- */

static bool is_tag(const char *at, const char *name) {
    size_t n = strlen(name);
    at += *at == '/';
    char after = strncasecmp(at, name, n) == 0 ? at[n] : 'x';
    return after == '>' || after == ' ' || after == '/' || after == '\n' || after == '\r' ||
           after == '\t';
}

static bool ends_a_line(const char *at) {
    static const char *const names[] = {"p",  "div", "br", "tr", "li", "h1",    "h2", "h3",
                                        "h4", "h5",  "h6", "hr", "dt", "table", "ul", "ol"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_tag(at, names[i]))
            return true;
    return false;
}

/* The end of an element whose text is not the document's; `at` is behind its "<". */
static const char *past_hidden(const char *at) {
    static const char *const names[] = {"script", "style", "title"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!is_tag(at, names[i]) || *at == '/')
            continue;
        for (const char *p = at; (p = strstr(p, "</")) != NULL; p += 2)
            if (is_tag(p + 1, names[i]))
                return p + 1;
        return at + strlen(at); /* never closed: hidden to the end, as browsers have it */
    }
    return at;
}

static const char *past_tag(struct chunk *chunk, const char *at) {
    if (strncmp(at, "!--", 3) == 0) {
        const char *stop = strstr(at, "-->");
        return stop ? stop + 3 : at + strlen(at);
    }
    at = past_hidden(at);
    if (ends_a_line(at))
        end_line(chunk);
    else if (is_tag(at, "td") || is_tag(at, "th"))
        chunk->gap = true;
    const char *stop = strchr(at, '>');
    return stop ? stop + 1 : at + strlen(at);
}

/* The character of "&amp;" and its like at `at`, behind the "&"; 0: none. */
static uint32_t entity(const char *at, const char **past) {
    static const struct {
        const char *name;
        uint32_t cp;
    } names[] = {{"amp;", '&'},  {"lt;", '<'},    {"gt;", '>'},
                 {"quot;", '"'}, {"apos;", '\''}, {"nbsp;", 0xA0}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strncmp(at, names[i].name, strlen(names[i].name)) != 0)
            continue;
        *past = at + strlen(names[i].name);
        return names[i].cp;
    }
    if (*at != '#')
        return 0;
    bool hex = (at[1] | 0x20) == 'x';
    char *end;
    unsigned long cp = strtoul(at + 1 + hex, &end, hex ? 16 : 10);
    *past = end + (*end == ';');
    return *end == ';' && cp >= ' ' && cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF) ? (uint32_t)cp
                                                                                     : 0;
}

static void put(struct chunk *chunk, const char *bytes, size_t n) {
    if (chunk->gap && chunk->line.len)
        buf_putc(&chunk->line, ' ');
    chunk->gap = false;
    buf_append(&chunk->line, bytes, n);
}

static void read_html(struct chunk *chunk, const char *p) {
    while (*p) {
        char bytes[4];
        const char *past;
        uint32_t cp = *p == '&' ? entity(p + 1, &past) : 0;
        if (*p == '<') {
            p = past_tag(chunk, p + 1);
        } else if (cp) {
            put(chunk, bytes, utf8_put(bytes, cp));
            p = past;
        } else if (strchr(" \t\r\n", *p)) {
            chunk->gap = true;
            p++;
        } else {
            size_t n = 1 + strcspn(p + 1, "<& \t\r\n");
            put(chunk, p, n);
            p += n;
        }
    }
    end_line(chunk);
}

/* ---- the part ---- */

static bool named(const char *part, const char *ending) {
    size_t n = strlen(part), m = strlen(ending);
    return n > m && strcasecmp(part + n - m, ending) == 0;
}

void read_chunk(struct story *story, const struct xml_node *node, struct block_list *list) {
    struct reader *reader = story->reader;
    const char *id = xml_get(node, r_id);
    const char *part =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    size_t n = 0, bad;
    const char *bytes = part ? package_part(reader->package, part, &n, reader->diag) : NULL;
    bool html = part && (named(part, ".html") || named(part, ".htm") || named(part, ".xhtml"));
    if (!bytes || !(html || named(part, ".txt")) || !utf8_valid(bytes, n, &bad) ||
        memchr(bytes, '\0', n)) {
        unsupported_part(story, node->qname);
        return;
    }
    struct chunk chunk = {.story = story, .list = list};
    const char *text = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? bytes + 3 : bytes;
    unsupported(story, node->qname);
    if (html)
        read_html(&chunk, text);
    else
        read_plain(&chunk, text, bytes + n);
    buf_free(&chunk.line);
}
