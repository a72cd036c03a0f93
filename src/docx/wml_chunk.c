/* w:altChunk (17.17.2): a part of another format that Word takes in on opening. A DOCX is read like
 * the document itself (wml_embed.c); HTML, alone or in a MIME archive, becomes paragraphs and
 * tables; of plain text every line is a paragraph; other formats are named as lost. */
#include "docx/wml_embed.h"
#include "docx/wml_html.h"
#include "docx/wml_read.h"

#include "base/utf8.h"

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

/* ---- the part ---- */

static bool named(const char *part, const char *ending) {
    size_t n = strlen(part), m = strlen(ending);
    return n > m && strcasecmp(part + n - m, ending) == 0;
}

static bool is_text(const char *bytes, size_t n) {
    size_t bad;
    return utf8_valid(bytes, n, &bad) && !memchr(bytes, '\0', n);
}

static const char *html_of_part(struct pool *pool, const char *part, const char *text) {
    if (named(part, ".html") || named(part, ".htm") || named(part, ".xhtml"))
        return text;
    return named(part, ".mht") || named(part, ".mhtml") ? html_of_archive(pool, text) : NULL;
}

void read_chunk(struct story *story, const struct xml_node *node, struct block_list *list) {
    struct reader *reader = story->reader;
    const char *id = xml_get(node, r_id);
    const char *part =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    size_t n = 0, bad;
    const char *bytes = part ? package_part(reader->package, part, &n, reader->diag) : NULL;
    if (bytes && n > 4 && memcmp(bytes, "PK\3\4", 4) == 0 &&
        read_embedded(story, node, part, bytes, n, list))
        return;
    if (!bytes || !is_text(bytes, n)) {
        unsupported_part(story, node->qname);
        return;
    }
    const char *text = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? bytes + 3 : bytes;
    const char *html = html_of_part(reader->pool, part, text);
    if (html && utf8_valid(html, strlen(html), &bad))
        read_html(story, html, node, list);
    else if (named(part, ".txt"))
        read_plain(story, text, bytes + n, list);
    else
        unsupported_part(story, node->qname);
}
