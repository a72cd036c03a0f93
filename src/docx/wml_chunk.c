/* w:altChunk (17.17.2): a part of another format that Word takes in on opening. A DOCX is read like
 * the document itself (wml_embed.c), and RTF is made one (rtf.c); HTML, alone or in a MIME archive,
 * becomes paragraphs and tables; of plain text every line is a paragraph; other formats are named
 * as lost. Text is UTF-8, UTF-16 or in the code page it names; where nothing is named, HTML is in
 * the Western one and plain text in the Vietnamese. */
#include "docx/rtf.h"
#include "docx/wml_embed.h"
#include "docx/wml_html.h"
#include "docx/wml_read.h"

#include "base/utf8.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- plain text ---- */

static void read_plain(struct story *story, const char *text, const char *end,
                       struct block_list *list) {
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t n = (size_t)((stop ? stop : end) - text);
        size_t shown = n && text[n - 1] == '\r' ? n - 1 : n;
        if (shown)
            add_text_para(story, pool_strndup(story->reader->pool, text, shown), list);
        text += n + (stop != NULL);
    }
}

/* ---- HTML ---- */

/* What of it is not taken: rules of style sheets, pictures. */
static bool is_more_than_text(const char *html) {
    return strcasestr(html, "<img") || strcasestr(html, "<style") || strcasestr(html, "<link");
}

/* Its paragraphs are not the part's own: none is counted. */
static void read_html(struct story *story, const char *html, const struct xml_node *chunk,
                      struct block_list *list) {
    const struct xml_node *cursor = story->cursor;
    if (is_more_than_text(html))
        unsupported(story, chunk->qname);
    if (!story_enter(story))
        return;
    story->cursor = NULL;
    read_blocks(story, html_blocks(story->reader->pool, html), list);
    flush_pending(story, list);
    story->cursor = cursor;
    story_leave(story);
}

/* ---- MIME archives (RFC 2557) ---- */

static int hex_digit(char c) {
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

static void put_quoted_printable(struct buf *out, const char *p, const char *end) {
    while (p < end) {
        if (*p != '=') {
            buf_putc(out, *p++);
        } else if (p + 2 < end && hex_digit(p[1]) >= 0 && hex_digit(p[2]) >= 0) {
            buf_putc(out, (char)(hex_digit(p[1]) * 16 + hex_digit(p[2])));
            p += 3;
        } else { /* a soft line break */
            p++;
            p += p < end && *p == '\r';
            p += p < end && *p == '\n';
        }
    }
}

static void put_base64(struct buf *out, const char *p, const char *end) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int held = 0;
    for (; p < end && *p != '='; p++) {
        const char *digit = *p ? strchr(digits, *p) : NULL;
        if (!digit)
            continue;
        bits = bits << 6 | (uint32_t)(digit - digits);
        held += 6;
        if (held >= 8) {
            held -= 8;
            buf_putc(out, (char)(bits >> held & 0xFF));
        }
    }
}

/* The first HTML part of an archive, decoded; NULL: there is none. */
static const char *html_of_archive(struct pool *pool, const char *mime) {
    const char *type = strcasestr(mime, "Content-Type: text/html");
    const char *head = type;
    while (head && head > mime && !(head[-1] == '\n' && (*head == '\n' || *head == '\r')))
        head--; /* the part's other headers may stand before */
    const char *body = type ? strstr(type, "\n\r\n") : NULL,
               *lf = type ? strstr(type, "\n\n") : NULL;
    body = !body || (lf && lf < body) ? (lf ? lf + 2 : NULL) : body + 3;
    if (!body)
        return NULL;
    const char *end = strstr(body, "\n--"),
               *coding = strcasestr(head, "Content-Transfer-Encoding:");
    struct buf out = {0};
    end = end ? end : body + strlen(body);
    coding = coding && coding < body ? coding + 26 + strspn(coding + 26, " ") : "";
    if (strncasecmp(coding, "quoted-printable", 16) == 0)
        put_quoted_printable(&out, body, end);
    else if (strncasecmp(coding, "base64", 6) == 0)
        put_base64(&out, body, end);
    else
        buf_append(&out, body, (size_t)(end - body));
    const char *html = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return html;
}

/* ---- RTF ---- */

/* It becomes a DOCX, which is read as one. */
static bool read_rtf(struct story *story, const struct xml_node *chunk, const char *bytes, size_t n,
                     struct block_list *list) {
    enum { HANGING = 15 /* not since */ };
    struct reader *reader = story->reader;
    const char *lost = NULL;
    if (reader->embedded)
        return false;
    struct package *package =
        rtf_package(reader->pool, bytes, n, reader->document->compat_mode < HANGING, &lost);
    package_belongs(package, reader->pool);
    if (lost)
        unsupported(story, lost);
    return read_embedded_package(story, chunk, package, list);
}

/* ---- text in other codes ---- */

static bool is_text(const char *bytes, size_t n) {
    size_t bad;
    return utf8_valid(bytes, n, &bad) && !memchr(bytes, '\0', n);
}

/* What the text says its code is ("charset=windows-1252"), near its beginning; else `otherwise`. */
static const char *code_said(struct pool *pool, const char *text, const char *otherwise) {
    enum { NEAR = 2048 };
    const char *head = pool_strndup(pool, text, strnlen(text, NEAR));
    const char *said = strcasestr(head, "charset=");
    if (!said)
        return otherwise;
    said += strlen("charset=");
    said += strspn(said, "\"' ");
    size_t n = strspn(said, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    return n && n < 40 ? pool_strndup(pool, said, n) : otherwise;
}

/* As UTF-8, ended by NUL; NULL: it is none of that code. */
static const char *decoded(struct pool *pool, const char *bytes, size_t n, const char *code) {
    iconv_t from = iconv_open("UTF-8", code);
    size_t room = 4 * n + 8, left = room - 1;
    char *in = (char *)bytes, *text = from == (iconv_t)-1 ? NULL : pool_room(pool, room),
         *out = text;
    if (!text)
        return NULL;
    bool good = iconv(from, &in, &n, &out, &left) != (size_t)-1 &&
                iconv(from, NULL, NULL, &out, &left) != (size_t)-1;
    iconv_close(from);
    *out = '\0';
    return good ? text : NULL;
}

/* Text as UTF-8 without the mark of its beginning: UTF-16 where that says so, else UTF-8, else in
 * the code it names itself, else in `otherwise`. NULL: it is no text. */
static const char *text_of_bytes(struct pool *pool, const char *bytes, size_t n,
                                 const char *otherwise) {
    const char *text = bytes;
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        text = decoded(pool, bytes, n, "UTF-16");
    else if (memchr(bytes, '\0', n))
        return NULL;
    else if (!is_text(bytes, n))
        text = decoded(pool, bytes, n, code_said(pool, bytes, otherwise));
    if (!text || !is_text(text, strlen(text)))
        return NULL;
    return strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

/* ---- the part ---- */

static bool named(const char *part, const char *ending) {
    size_t n = strlen(part), m = strlen(ending);
    return n > m && strcasecmp(part + n - m, ending) == 0;
}

/* NULL: it is none. */
static const char *html_of_part(struct pool *pool, const char *part, const char *bytes, size_t n) {
    static const char western[] = "CP1252";
    if (named(part, ".html") || named(part, ".htm") || named(part, ".xhtml"))
        return text_of_bytes(pool, bytes, n, western);
    const char *mime = named(part, ".mht") || named(part, ".mhtml")
                           ? text_of_bytes(pool, bytes, n, western)
                           : NULL;
    const char *html = mime ? html_of_archive(pool, mime) : NULL;
    return html ? text_of_bytes(pool, html, strlen(html), code_said(pool, mime, western)) : NULL;
}

static bool read_other(struct story *story, const struct xml_node *node, const char *part,
                       const char *bytes, size_t n, struct block_list *list) {
    struct pool *pool = story->reader->pool;
    if (n > 4 && memcmp(bytes, "PK\3\4", 4) == 0)
        return read_embedded(story, node, part, bytes, n, list);
    if (is_rtf(bytes, n))
        return read_rtf(story, node, bytes, n, list);
    const char *html = html_of_part(pool, part, bytes, n);
    if (html) {
        read_html(story, html, node, list);
        return true;
    }
    const char *text = named(part, ".txt") ? text_of_bytes(pool, bytes, n, "CP1258") : NULL;
    if (text)
        read_plain(story, text, text + strlen(text), list);
    return text != NULL;
}

void read_chunk(struct story *story, const struct xml_node *node, struct block_list *list) {
    struct reader *reader = story->reader;
    const char *id = xml_get(node, r_id);
    const char *part =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    size_t n = 0;
    const char *bytes = part ? package_part(reader->package, part, &n, reader->diag) : NULL;
    if (!bytes || !read_other(story, node, part, bytes, n, list))
        unsupported_part(story, node->qname);
}
