/* The judge is libdeflate, which unpacks (flate_unpack). */
#include "base/pool.h"
#include "check.h"
#include "pdf/flate.h"

#include <stdint.h>
#include <stdlib.h>

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Packs `n` bytes under each kind; they must come back, and never be longer than promised. */
static void go_round(struct flate *flate, const unsigned char *bytes, size_t n) {
    unsigned char *back = malloc(n + 1);
    for (int kind = 0; kind < DEFLATE_KINDS; kind++) {
        struct buf packed = {0};
        flate_pack_kind(flate, (enum deflate_kind)kind, bytes, n, &packed);
        CHECK(packed.len <= n + n / 2 + 400);
        CHECK(flate_unpack(flate, packed.data, packed.len, back, n));
        CHECK(memcmp(bytes, back, n) == 0);
        buf_free(&packed);
    }
    free(back);
}

static void every_byte_comes_back(void) {
    struct flate *flate = flate_new();
    unsigned char bytes[512];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(255 - i);
    for (size_t n = 0; n < 40; n++)
        go_round(flate, bytes, n);
    go_round(flate, bytes, sizeof bytes);
    flate_free(flate);
}

/* Runs of one byte around the longest match, and around the last bytes of a stream. */
static void runs_of_any_length_come_back(void) {
    struct flate *flate = flate_new();
    unsigned char bytes[1200];
    for (size_t n = 1; n < sizeof bytes; n += n < 600 ? 1 : 97) {
        memset(bytes, 'x', n);
        bytes[n / 3] = 'y';
        go_round(flate, bytes, n);
    }
    flate_free(flate);
}

/* Each length of match at each distance a code stands for, and beyond the farthest. */
static void matches_of_any_length_and_distance_come_back(void) {
    enum { N = 80000 };
    struct flate *flate = flate_new();
    unsigned char *bytes = malloc(N);
    uint32_t seed = 7;
    for (size_t i = 0; i < N; i++)
        bytes[i] = (unsigned char)next(&seed);
    size_t at = 40000, length = 4;
    for (size_t distance = 4; at + 300 < N; distance = distance * 5 / 4 + 1) {
        if (distance > 39000)
            distance = 4;
        length = length % 258 + 1;
        memcpy(bytes + at, bytes + at - distance, length < distance ? length : distance);
        at += length + 3;
    }
    go_round(flate, bytes, N);
    for (size_t distance = 32760; distance < 32776; distance++) {
        memcpy(bytes + 33000, bytes + 33000 - distance, 100);
        go_round(flate, bytes, 34000);
    }
    free(bytes);
    flate_free(flate);
}

static void few_letters_in_any_order_come_back(void) {
    struct flate *flate = flate_new();
    unsigned char bytes[3000];
    uint32_t seed = 1;
    for (int turn = 0; turn < 200; turn++) {
        size_t n = next(&seed) % sizeof bytes;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (unsigned char)(next(&seed) % (turn % 7 + 1) * 37);
        go_round(flate, bytes, n);
    }
    flate_free(flate);
}

/* Beyond DEFLATE_MOST it is counted like any other. */
static void a_long_stream_comes_back(void) {
    struct flate *flate = flate_new();
    unsigned char *bytes = malloc(DEFLATE_MOST + 2);
    for (size_t i = 0; i < DEFLATE_MOST + 2; i++)
        bytes[i] = (unsigned char)(i * i >> 7);
    for (size_t n = DEFLATE_MOST - 1; n <= DEFLATE_MOST + 2; n++)
        go_round(flate, bytes, n);
    free(bytes);
    flate_free(flate);
}

static void packed(struct flate *flate, const char *text, struct buf *out) {
    buf_clear(out);
    flate_pack_kind(flate, DEFLATE_PAGE, text, strlen(text), out);
}

static void what_was_packed_before_leaves_no_trace(void) {
    static const char page[] = "BT\n/F1 14 Tf\n85.05 742.3 Td\n(Nothing here is new)Tj\nET\n";
    struct flate *used = flate_new(), *fresh = flate_new();
    struct buf first = {0}, again = {0}, alone = {0};
    packed(used, page, &first);
    for (int i = 0; i < 5; i++) {
        packed(used, page + i, &again);
        packed(used, page, &again);
        CHECK(again.len == first.len && memcmp(again.data, first.data, first.len) == 0);
    }
    packed(fresh, page, &alone);
    CHECK(alone.len == first.len && memcmp(alone.data, first.data, first.len) == 0);
    buf_free(&first);
    buf_free(&again);
    buf_free(&alone);
    flate_free(used);
    flate_free(fresh);
}

/* Of its own kind a stream gets as short as a general packer makes it, or nearly. */
static void a_page_is_packed_about_as_well_as_by_libdeflate(void) {
    struct flate *flate = flate_new();
    struct buf page = {0}, ours = {0}, theirs = {0};
    uint32_t seed = 3;
    for (int line = 0; line < 60; line++) {
        buf_printf(&page, "0 -%d.%d Td\n[(", 15 + line % 3, line % 7);
        for (int i = 0; i < 60; i++) {
            buf_putc(&page, '\0');
            buf_putc(&page, (char)(3 + next(&seed) % 12 * (next(&seed) % 9)));
        }
        buf_puts(&page, ")]TJ\n");
    }
    flate_pack_kind(flate, DEFLATE_PAGE, page.data, page.len, &ours);
    flate_pack(flate, page.data, page.len, &theirs);
    CHECK(ours.len < theirs.len * 5 / 4);
    buf_free(&page);
    buf_free(&ours);
    buf_free(&theirs);
    flate_free(flate);
}

int main(void) {
    RUN(every_byte_comes_back);
    RUN(runs_of_any_length_come_back);
    RUN(matches_of_any_length_and_distance_come_back);
    RUN(few_letters_in_any_order_come_back);
    RUN(a_long_stream_comes_back);
    RUN(what_was_packed_before_leaves_no_trace);
    RUN(a_page_is_packed_about_as_well_as_by_libdeflate);
    return CHECK_RESULT();
}
