#include "pdf/font_tables.h"
#include "pdf/font.h"

#include <stdbool.h>

/* ---- widths (9.7.4.3) ---- */

enum { EQUAL_RUN = 4 /* from here on "first last width" is shorter than a list */ };

/* How many cids from `cid` on have one width. */
static size_t equal_run(const int *widths, size_t n, size_t cid) {
    size_t run = 1;
    while (cid + run < n && widths[cid + run] == widths[cid])
        run++;
    return run;
}

/* Writes the cids from `cid` on as "first [w w w", up to one of the usual width or a run worth its
 * own entry; returns where it stopped. */
static size_t put_list(struct buf *out, const int *widths, size_t n, size_t cid, int usual) {
    buf_put_int(out, (int64_t)cid);
    buf_putc(out, '[');
    size_t start = cid;
    do {
        if (cid > start)
            buf_putc(out, ' ');
        buf_put_int(out, widths[cid++]);
    } while (cid < n && widths[cid] != usual && equal_run(widths, n, cid) < EQUAL_RUN);
    buf_putc(out, ']');
    return cid;
}

static void put_equal(struct buf *out, size_t cid, size_t run, int width) {
    if (out->data[out->len - 1] != '[' && out->data[out->len - 1] != ']')
        buf_putc(out, ' ');
    buf_put_int(out, (int64_t)cid);
    buf_putc(out, ' ');
    buf_put_int(out, (int64_t)(cid + run - 1));
    buf_putc(out, ' ');
    buf_put_int(out, width);
}

void font_put_widths(struct buf *out, const int *widths, size_t n, int usual) {
    buf_puts(out, "/DW ");
    buf_put_int(out, usual);
    buf_puts(out, "/W[");
    bool after_number = false;
    for (size_t cid = 0; cid < n;) {
        size_t run = equal_run(widths, n, cid);
        if (widths[cid] == usual) {
            cid += run;
        } else if (run >= EQUAL_RUN) {
            put_equal(out, cid, run, widths[cid]);
            after_number = true;
            cid += run;
        } else {
            if (after_number)
                buf_putc(out, ' ');
            cid = put_list(out, widths, n, cid, usual);
            after_number = false;
        }
    }
    buf_puts(out, "]");
}

/* ---- ToUnicode (9.10.3) ---- */

enum { BLOCK = 100 /* entries a bfchar or bfrange block may have */ };

static void put_hex(struct buf *out, uint32_t unit) {
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = {digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15],
                   digits[unit & 15]};
    buf_append(out, hex, 4);
}

/* What cannot stand in UTF-16 reads as U+FFFD; so does what PDF/A forbids (ISO 19005-2,
 * 6.2.11.7.2). */
static uint32_t readable(uint32_t cp) {
    bool never = cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) || cp == 0xFEFF ||
                 (cp & 0xFFFE) == 0xFFFE;
    return never ? 0xFFFD : cp;
}

static void put_code(struct buf *out, uint32_t cid) {
    buf_putc(out, '<');
    put_hex(out, cid);
    buf_putc(out, '>');
}

static void put_character(struct buf *out, uint32_t cp) {
    buf_putc(out, '<');
    if (cp >= 0x10000) {
        put_hex(out, 0xD800 + ((cp - 0x10000) >> 10));
        put_hex(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
    } else {
        put_hex(out, cp);
    }
    buf_puts(out, ">\n");
}

/* How many codes from `i` on follow each other and stand for characters that do. Neither the code
 * nor the character may carry into its upper byte within a range. */
static size_t character_run(const struct code *const *codes, size_t n, size_t i) {
    uint32_t cid = codes[i]->cid, cp = readable(codes[i]->cp);
    size_t run = 1;
    if (cp >= 0x10000)
        return 1;
    while (i + run < n && codes[i + run]->cid == cid + run &&
           readable(codes[i + run]->cp) == cp + run && ((cid + run) & 0xFF) && ((cp + run) & 0xFF))
        run++;
    return run;
}

/* Counts the single characters and the ranges. */
static void count_entries(const struct code *const *codes, size_t n, size_t counts[2]) {
    for (size_t i = 0, run; i < n; i += run) {
        run = character_run(codes, n, i);
        counts[run > 1]++;
    }
}

static void put_entry(struct buf *out, const struct code *first, size_t run) {
    put_code(out, first->cid);
    if (run > 1)
        put_code(out, (uint32_t)(first->cid + run - 1));
    put_character(out, readable(first->cp));
}

/* The single characters, or the ranges, of which there are `left`, in blocks. */
static void put_entries(struct buf *out, const struct code *const *codes, size_t n, bool ranges,
                        size_t left) {
    const char *what = ranges ? "bfrange\n" : "bfchar\n";
    size_t in_block = 0;
    for (size_t i = 0, run; i < n; i += run) {
        run = character_run(codes, n, i);
        if ((run > 1) != ranges)
            continue;
        if (!in_block) {
            in_block = left < BLOCK ? left : BLOCK;
            left -= in_block;
            buf_put_int(out, (int64_t)in_block);
            buf_puts(out, " begin");
            buf_puts(out, what);
        }
        put_entry(out, codes[i], run);
        if (!--in_block) {
            buf_puts(out, "end");
            buf_puts(out, what);
        }
    }
}

void font_put_to_unicode(struct buf *out, const struct code *const *codes, size_t n) {
    buf_puts(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    size_t counts[2] = {0, 0};
    count_entries(codes, n, counts);
    put_entries(out, codes, n, false, counts[0]);
    put_entries(out, codes, n, true, counts[1]);
    buf_puts(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}
