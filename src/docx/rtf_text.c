/* Characters of RTF: bytes in the code page of their font, which iconv knows, and Unicode. */
#include "docx/rtf_parts.h"

#include "base/utf8.h"

#include <stdio.h>

const struct rtf_font *rtf_font_of(const struct rtf *r, int id) {
    size_t i = id >= 0 && id < 65536 ? r->font_index[id] : 0;
    return i ? &r->fonts.at[i - 1] : NULL;
}

/* Of \fcharset; 0: that of the document. */
int rtf_page_of_charset(int charset) {
    static const struct {
        int charset, page;
    } known[] = {{0, 1252},   {2, RTF_SYMBOL}, {77, 10000}, {128, 932},  {129, 949},  {130, 1361},
                 {134, 936},  {136, 950},      {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
                 {178, 1256}, {186, 1257},     {204, 1251}, {222, 874},  {238, 1250}, {255, 850}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].charset == charset)
            return known[i].page;
    return 0;
}

static int page_now(const struct rtf *r) {
    const struct rtf_font *font = rtf_font_of(r, r->now.chars.font);
    return font && font->page ? font->page : r->page;
}

static iconv_t open_page(int page) {
    char name[24];
    if (page == 10000)
        return iconv_open("UTF-8", "MACINTOSH");
    snprintf(name, sizeof name, page == 65001 ? "UTF-8" : "CP%d", page);
    return iconv_open("UTF-8", name);
}

/* (iconv_t)-1: the C library does not know it. */
static iconv_t code_of(struct rtf *r, int page) {
    size_t i = 0;
    while (i < r->page_count && r->pages[i].page != page)
        i++;
    if (i < r->page_count)
        return r->pages[i].code;
    if (i == RTF_PAGES) {
        i--;
        if (r->pages[i].code != (iconv_t)-1)
            iconv_close(r->pages[i].code);
    } else {
        r->page_count++;
    }
    r->pages[i].page = page;
    return r->pages[i].code = open_page(page);
}

static bool is_ascii(const struct buf *buf) {
    for (size_t i = 0; i < buf->len; i++)
        if (buf->data[i] & 0x80)
            return false;
    return true;
}

static void put_utf8(struct buf *out, uint32_t code) {
    char bytes[4];
    buf_append(out, bytes, utf8_put(bytes, code));
}

/* What a code page does not have is U+FFFD; of a page that nobody knows, bytes are Latin-1. */
static void decode_with(struct rtf *r, iconv_t code) {
    enum { ROOM = 512, REPLACEMENT = 0xFFFD };
    char *in = r->raw.data;
    size_t left = r->raw.len;
    iconv(code, NULL, NULL, NULL, NULL);
    for (bool ended = false; !ended;) {
        char room[ROOM], *to = room;
        size_t free = sizeof room;
        ended = left == 0;
        size_t bad = iconv(code, left ? &in : NULL, left ? &left : NULL, &to, &free);
        buf_append(&r->text, room, sizeof room - free);
        if (bad != (size_t)-1 || !left || free < ROOM / 2)
            continue;
        put_utf8(&r->text, REPLACEMENT);
        in++;
        left--;
    }
}

void rtf_decode(struct rtf *r) {
    iconv_t code = (iconv_t)-1;
    if (!r->raw.len)
        return;
    if (is_ascii(&r->raw)) {
        buf_append(&r->text, r->raw.data, r->raw.len);
    } else if ((code = code_of(r, r->raw_page)) != (iconv_t)-1) {
        decode_with(r, code);
    } else {
        for (size_t i = 0; i < r->raw.len; i++)
            put_utf8(&r->text, (unsigned char)r->raw.data[i]);
    }
    buf_clear(&r->raw);
}

void rtf_put_byte(struct rtf *r, unsigned char byte) {
    int page = page_now(r);
    if (byte < ' ')
        return;
    if (page == RTF_SYMBOL && byte > ' ' && rtf_is_text(r->now.group)) {
        rtf_symbol(r, byte);
        return;
    }
    if (page != r->raw_page)
        rtf_decode(r);
    r->raw_page = page;
    buf_putc(&r->raw, (char)byte);
}

void rtf_put_code(struct rtf *r, uint32_t code) {
    enum { HIGH = 0xD800, LOW = 0xDC00, AFTER = 0xE000, SYMBOLS = 0xF000 };
    uint32_t high = r->high;
    r->high = 0;
    if (code >= HIGH && code < LOW) {
        r->high = code;
        return;
    }
    if (code >= LOW && code < AFTER) {
        if (!high)
            return;
        code = 0x10000 + ((high - HIGH) << 10) + (code - LOW);
    }
    if (code < ' ' || code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF)
        return;
    if (page_now(r) == RTF_SYMBOL && rtf_is_text(r->now.group) &&
        (code & ~UINT32_C(0xFF)) == SYMBOLS) {
        rtf_symbol(r, (unsigned char)code);
        return;
    }
    rtf_decode(r);
    put_utf8(&r->text, code);
}

void rtf_text_free(struct rtf *r) {
    for (size_t i = 0; i < r->page_count; i++)
        if (r->pages[i].code != (iconv_t)-1)
            iconv_close(r->pages[i].code);
    buf_free(&r->raw);
    buf_free(&r->text);
    buf_free(&r->picture.bytes);
}
