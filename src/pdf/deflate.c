#include "pdf/deflate.h"
#include "base/pool.h"

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    END_OF_BLOCK = 256,
    SYMBOLS = 286,
    DISTANCES = 30,
    SHORTEST = 4, /* matches of three bytes save next to nothing */
    LONGEST = 258,
    FARTHEST = 32768,
    HASH_BITS = 12,
    CODE_MOST = 12,                      /* bits, */
    MATCH_MOST = 2 * CODE_MOST + 5 + 13, /* of a match: two codes and what follows each */
    LENGTH_SYMBOLS = 19,
    HEADER_MOST = 320 /* bytes: 14 bits, 19 lengths of 3, at most SYMBOLS + DISTANCES codes of 5 */
};

/* How long the codes are, a hexadecimal digit each, as tests/tools/deflate-codes counted them over
 * generated dispatches, the samples, and documents of strangers in other faces. Every symbol has
 * one, so that any stream can be written. */
static const struct {
    const char *symbols, *distances;
} code_lengths[DEFLATE_KINDS] = {
    [DEFLATE_GLYPHS] = {"445666778888998887777777888898888777887799989788997777779899988889899889"
                        "888989899999899989899989889989898999889889999999999999989999999999999899"
                        "99a9999999999a9a9a99999999898999999a899a9a9aaa9999a9a9a9aaa999aa99aaa9aa"
                        "a999a9a999a9aaa9aaaa8a99999a9aaa9a988757bc56788899abbbcbcbbccccccccccc",
                        "8bb67656465644344444444669cccc"},
    [DEFLATE_PAGE] = {"3699998888689c99999999999999999969999999678997576566666666998a8aa988888a"
                      "a99aa8aa9a997aaaaaa879aaa9a99a9aa99ba9bbbb8b9bcabbbbbbbbbbbbcccccccccccc"
                      "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
                      "ccccccccccccccccccccccccccccccccccccccccac34556666788889a9bbbbbbbbbcbb",
                      "c9bb9865554545444434444558aabc"},
    [DEFLATE_CMAP] = {"ccbbbbbbbb6bbbbbbbbbbbbbbbbbbbbb6bbbbbbb87bbb7b65566666778bb6b6bb776776b"
                      "b7bbb8888b8687bbbbbbbbbbb676646786bb87566b5757bbb7bbbbbbbbbbbbbbbbbbbbbb"
                      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb8b4456878bb8bbbbbbbbbbbbbbbbbb",
                      "ccc76cc25444353445558cccccccbb"},
};

/* Bits to be written, the first lowest. */
struct bits {
    uint32_t value;
    uint32_t n;
};

struct codes {
    struct bits symbols[SYMBOLS];
    struct bits
        lengths[LONGEST + 1]; /* by length of a match: its symbol with the bits that follow */
    struct bits distances[DISTANCES];
    unsigned char header[HEADER_MOST]; /* of the block */
    size_t header_bits;                /* 0: none of this is made yet */
};

struct deflate {
    struct codes codes[DEFLATE_KINDS];
    uint32_t place;                  /* the next */
    uint32_t latest[1 << HASH_BITS]; /* by hash of four bytes: where they were last, and FARTHEST +
                                        1 more; 0: nowhere */
};

/* ---- writing bits ---- */

struct writer {
    unsigned char *to; /* with room for eight bytes more than are written */
    uint64_t held;
    unsigned n; /* bits held: below 8 after write_out, room for MATCH_MOST more then */
};

static inline void hold(struct writer *w, uint64_t value, unsigned n) {
    w->held |= value << w->n;
    w->n += n;
}

static inline void write_out(struct writer *w) {
    uint64_t little = htole64(w->held);
    memcpy(w->to, &little, sizeof little);
    w->to += w->n >> 3;
    w->held = w->held >> (w->n & ~7u);
    w->n &= 7;
}

static inline void put(struct writer *w, struct bits bits) {
    hold(w, bits.value, bits.n);
}

/* ---- codes (3.2.2) ---- */

static uint32_t reversed(uint32_t code, unsigned n) {
    uint32_t back = 0;
    for (; n; n--, code >>= 1)
        back = back << 1 | (code & 1);
    return back;
}

/* Shorter codes come first, those of one length in the order of symbols. */
static void make_codes(const unsigned char *lengths, unsigned n, struct bits *codes) {
    uint32_t code = 0;
    for (unsigned length = 1; length <= CODE_MOST; length++, code <<= 1)
        for (unsigned i = 0; i < n; i++)
            if (lengths[i] == length)
                codes[i] = (struct bits){reversed(code++, length), length};
}

/* 3.2.5: the lengths of each symbol from 257 on, 258 apart. */
static void make_lengths(struct codes *codes) {
    unsigned length = 3;
    for (unsigned symbol = 257; symbol < SYMBOLS - 1; symbol++) {
        unsigned extra = symbol < 265 ? 0 : (symbol - 261) / 4;
        for (unsigned i = 0; i < 1u << extra; i++, length++) {
            struct bits code = codes->symbols[symbol];
            codes->lengths[length] = (struct bits){code.value | i << code.n, code.n + extra};
        }
    }
    codes->lengths[LONGEST] = codes->symbols[SYMBOLS - 1];
}

static unsigned digit(char c) {
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* 3.2.7: the lengths themselves are written with a code, repeated ones as a repetition (16). */
static void put_code_lengths(struct writer *w, const unsigned char *lengths, unsigned n) {
    enum { AGAIN = 16, LEAST = 3, MOST = 6 };
    /* Of the code of each length, and of 16 to 18; the lengths that are there have three bits or
     * four. */
    static const unsigned char own_lengths[LENGTH_SYMBOLS] = {6, 7, 7, 5, 4, 4, 4, 3, 3, 3,
                                                              3, 4, 4, 0, 0, 0, 3, 0, 0};
    static const unsigned char order[LENGTH_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                        11, 4,  12, 3, 13, 2, 14, 1, 15};
    struct bits codes[LENGTH_SYMBOLS] = {{0}};
    make_codes(own_lengths, LENGTH_SYMBOLS, codes);
    for (int i = 0; i < LENGTH_SYMBOLS; i++) {
        hold(w, own_lengths[order[i]], 3);
        write_out(w);
    }
    for (unsigned i = 0, run; i < n; i += run) {
        put(w, codes[lengths[i]]);
        write_out(w);
        run = 1;
        while (i + run < n && lengths[i + run] == lengths[i])
            run++;
        unsigned left = run - 1;
        for (unsigned times; left >= LEAST; left -= times) {
            times = left < MOST ? left : MOST;
            put(w, codes[AGAIN]);
            hold(w, times - LEAST, 2);
            write_out(w);
        }
        run -= left;
    }
}

static void make(struct codes *codes, enum deflate_kind kind) {
    unsigned char lengths[SYMBOLS + DISTANCES];
    for (int i = 0; i < SYMBOLS; i++)
        lengths[i] = (unsigned char)digit(code_lengths[kind].symbols[i]);
    for (int i = 0; i < DISTANCES; i++)
        lengths[SYMBOLS + i] = (unsigned char)digit(code_lengths[kind].distances[i]);
    make_codes(lengths, SYMBOLS, codes->symbols);
    make_codes(lengths + SYMBOLS, DISTANCES, codes->distances);
    make_lengths(codes);
    struct writer w = {.to = codes->header};
    hold(&w, 1, 1); /* the last block */
    hold(&w, 2, 2); /* with codes of its own */
    hold(&w, SYMBOLS - 257, 5);
    hold(&w, DISTANCES - 1, 5);
    hold(&w, LENGTH_SYMBOLS - 4, 4);
    put_code_lengths(&w, lengths, SYMBOLS + DISTANCES);
    codes->header_bits = (size_t)(w.to - codes->header) * 8 + w.n;
}

struct deflate *deflate_new(void) {
    struct deflate *deflate = mem_alloc(sizeof *deflate);
    for (int kind = 0; kind < DEFLATE_KINDS; kind++)
        deflate->codes[kind].header_bits = 0;
    deflate->place = UINT32_MAX; /* `latest` is to be cleared */
    return deflate;
}

void deflate_free(struct deflate *deflate) {
    free(deflate);
}

/* ---- packing ---- */

/* Little end first on every machine, so that the same matches are found. */
static inline uint32_t load32(const unsigned char *p) {
    uint32_t little;
    memcpy(&little, p, sizeof little);
    return le32toh(little);
}

static inline uint64_t load64(const unsigned char *p) {
    uint64_t little;
    memcpy(&little, p, sizeof little);
    return le64toh(little);
}

/* How many bytes at `a` and `b` are the same, from SHORTEST, which are, to `most`. */
static size_t match_length(const unsigned char *a, const unsigned char *b, size_t most) {
    size_t n = SHORTEST;
    for (; n + 8 <= most; n += 8) {
        uint64_t differ = load64(a + n) ^ load64(b + n);
        if (differ)
            return n + (size_t)(__builtin_ctzll(differ) >> 3);
    }
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* 3.2.5: two symbols to each power of two. */
static inline void put_distance(struct writer *w, const struct codes *codes, uint32_t distance) {
    uint32_t d = distance - 1;
    if (d < 4) {
        put(w, codes->distances[d]);
        return;
    }
    unsigned extra = 30 - (unsigned)__builtin_clz(d);
    put(w, codes->distances[2 * extra + (d >> extra)]);
    hold(w, d & ((1u << extra) - 1), extra);
}

/* All but the last bytes: whatever can begin a match. Returns where it stopped. */
static const unsigned char *put_bytes(struct writer *to, const struct codes *codes,
                                      struct deflate *deflate, const unsigned char *at,
                                      const unsigned char *end) {
    struct writer w =
        *to; /* in registers: what is written there might else be seen as part of it */
    uint32_t place = deflate->place;
    while (end - at >= SHORTEST) {
        uint32_t four = load32(at);
        uint32_t *slot = &deflate->latest[four * UINT32_C(0x9E3779B1) >> (32 - HASH_BITS)];
        uint32_t distance = place - *slot;
        *slot = place;
        if (distance > FARTHEST || load32(at - distance) != four) {
            put(&w, codes->symbols[*at++]);
            place++;
            if (w.n > MATCH_MOST - CODE_MOST)
                write_out(&w);
            continue;
        }
        size_t most = end - at < LONGEST ? (size_t)(end - at) : LONGEST;
        size_t length = match_length(at - distance, at, most);
        write_out(&w);
        put(&w, codes->lengths[length]);
        put_distance(&w, codes, distance);
        at += length;
        place += (uint32_t)length;
    }
    write_out(&w);
    *to = w;
    return at;
}

/* Places are numbered on from stream to stream, so that none of an earlier one is within reach. */
static void begin_places(struct deflate *deflate) {
    if (deflate->place < UINT32_MAX - DEFLATE_MOST - FARTHEST) {
        deflate->place += FARTHEST;
        return;
    }
    memset(deflate->latest, 0, sizeof deflate->latest);
    deflate->place = FARTHEST + 1;
}

static void put_header(struct writer *w, const struct codes *codes) {
    size_t whole = codes->header_bits / 8;
    memcpy(w->to, codes->header, whole);
    w->to += whole;
    w->n = codes->header_bits % 8;
    w->held = codes->header[whole] & ((1u << w->n) - 1);
}

void deflate_pack(struct deflate *deflate, enum deflate_kind kind, const void *bytes, size_t n,
                  struct buf *out) {
    struct codes *codes = &deflate->codes[kind];
    if (!codes->header_bits)
        make(codes, kind);
    begin_places(deflate);
    /* A byte takes at most CODE_MOST bits; four in a match at most MATCH_MOST. */
    char *start = buf_reserve(out, n + n / 2 + HEADER_MOST + 16);
    struct writer w = {.to = (unsigned char *)start};
    put_header(&w, codes);
    const unsigned char *end = (const unsigned char *)bytes + n;
    for (const unsigned char *at = put_bytes(&w, codes, deflate, bytes, end); at < end; at++) {
        put(&w, codes->symbols[*at]);
        write_out(&w);
    }
    put(&w, codes->symbols[END_OF_BLOCK]);
    hold(&w, 0, 7); /* up to a whole byte */
    write_out(&w);
    deflate->place += (uint32_t)n;
    out->len += (size_t)(w.to - (unsigned char *)start);
    out->data[out->len] = '\0';
}
