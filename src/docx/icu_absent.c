/* What of ICU libxml2's archive refers to, where it is linked in place of the shared library (the
 * Makefile's LEAN_LIBS): there is no converter.
 *
 * A part of a package is in UTF-8 or UTF-16 (ECMA-376 part 2, 6.2.5), and docx/xml takes no other;
 * libxml2 reads these itself, and asks iconv before ICU for anything else. Yet ICU, and the
 * libstdc++ it needs, cost every process 2.2 million instructions and 80 pages: 0.65 of 8.3 ms. */
#include <stddef.h>

#define JOINED(name, version) name##version
#define VERSIONED(name, version) JOINED(name, version)
#define ICU(name) VERSIONED(name, ICU_VERSION) /* _72: ICU's names end in its version */

enum { U_FILE_ACCESS_ERROR = 4 };

void *ICU(ucnv_open)(const char *encoding, int *error);
void ICU(ucnv_close)(void *converter);
void ICU(ucnv_convertEx)(void);
void ICU(ucnv_setFromUCallBack)(void);
void ICU(ucnv_setToUCallBack)(void);
void ICU(UCNV_FROM_U_CALLBACK_STOP)(void);
void ICU(UCNV_TO_U_CALLBACK_STOP)(void);

void *ICU(ucnv_open)(const char *encoding, int *error) {
    (void)encoding;
    *error = U_FILE_ACCESS_ERROR;
    return NULL;
}

/* The rest needs a converter that was opened, so nobody comes here. */
void ICU(ucnv_close)(void *converter) {
    (void)converter;
}
void ICU(ucnv_convertEx)(void) {
}
void ICU(ucnv_setFromUCallBack)(void) {
}
void ICU(ucnv_setToUCallBack)(void) {
}
void ICU(UCNV_FROM_U_CALLBACK_STOP)(void) {
}
void ICU(UCNV_TO_U_CALLBACK_STOP)(void) {
}
