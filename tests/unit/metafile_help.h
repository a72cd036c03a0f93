/* What the tests of metafiles share: pictures written order by order, and printed. */
#ifndef CONGVAN_TESTS_METAFILE_HELP_H
#define CONGVAN_TESTS_METAFILE_HELP_H

#include "page_help.h"

/* An inch by an inch, in the line. */
#define INLINE_PICTURE_OF(id)                                                                      \
    "<w:r><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/><wp:docPr id=\"1\" "       \
    "name=\"h\" descr=\"Biểu tượng\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>"      \
    "<a:blip r:embed=\"" id "\"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData>"             \
    "</a:graphic></wp:inline></w:drawing></w:r>"

static struct buf file;

static inline void u16(unsigned v) {
    buf_putc(&file, (char)v);
    buf_putc(&file, (char)(v >> 8));
}

static inline void u32(uint32_t v) {
    u16(v & 0xFFFF);
    u16(v >> 16);
}

/* ---- EMF: 254 device units make the inch ---- */

static inline void emf_begin(void) {
    static const uint32_t head[] = {1,       88, 0, 0, 254, 254, 0, 0,    2540, 2540, 0x464D4520,
                                    0x10000, 0,  0, 3, 0,   0,   0, 1000, 1000, 100,  100};
    buf_clear(&file);
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        u32(head[i]);
}

static inline void order(uint32_t kind, const int32_t *values, size_t n) {
    u32(kind);
    u32((uint32_t)(8 + 4 * n));
    for (size_t i = 0; i < n; i++)
        u32((uint32_t)values[i]);
}
#define ORDER(kind, ...)                                                                           \
    order(kind, (const int32_t[]){__VA_ARGS__},                                                    \
          sizeof(const int32_t[]){__VA_ARGS__} / sizeof(int32_t))
enum { RED = 0x0000FF, BLUE = 0xFF0000 }; /* as the file has them */

static inline void print_picture(const char *name, const char *body) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    package_set(package, name, file.data, file.len);
    print_package();
}

static inline void print_emf(void) {
    ORDER(14, 0, 16, 20);
    print_picture("word/media/image2.emf", P(INLINE_PICTURE_OF("p2") T("sau")) SECT(""));
}

/* ---- WMF ---- */

static inline void record(unsigned kind, const int *words, size_t n) {
    u32((uint32_t)(3 + n));
    u16(kind);
    for (size_t i = 0; i < n; i++)
        u16((unsigned)words[i] & 0xFFFF);
}
#define RECORD(kind, ...)                                                                          \
    record(kind, (const int[]){__VA_ARGS__}, sizeof(const int[]){__VA_ARGS__} / sizeof(int))

/* A window of 1000 by 1000 is the picture. */
static inline void wmf_begin(void) {
    buf_clear(&file);
    for (int i = 0; i < 9; i++)
        u16((unsigned[]){1, 9, 0x300, 0, 0, 4, 0, 0, 0}[i]);
    RECORD(0x020B, 0, 0);
    RECORD(0x020C, 1000, 1000);
}

static inline void print_wmf(void) {
    RECORD(0x0000, 0);
    print_picture("word/media/image2.emf", P(INLINE_PICTURE_OF("p2") T("sau")) SECT(""));
}

#endif
