/* library: shared libraries that few documents need, loaded when one does.
 *
 * Who uses one lists its functions and has a struct of them, each by its own name and type:
 *
 *     #define FUNCTIONS(f) f(TIFFClientOpenExt) f(TIFFClose)
 *     struct tiff_library { LIBRARY_POINTERS(FUNCTIONS) };
 *     ...
 *     struct tiff_library tiff;
 *     if (LIBRARY_LOAD("libtiff.so.6", FUNCTIONS, &tiff))
 *         tiff.TIFFClose(file);
 *
 * The prototypes are those of the library's header, so its -dev package is needed to compile and
 * the library itself only to run. */
#ifndef CONGVAN_BASE_LIBRARY_H
#define CONGVAN_BASE_LIBRARY_H

#include <stdbool.h>

#define LIBRARY_POINTER_(function) __typeof__(&(function)) function;
#define LIBRARY_NAME_(function) #function,

#define LIBRARY_POINTERS(functions) functions(LIBRARY_POINTER_)

/* Fills the struct of LIBRARY_POINTERS at `to`. False: the library is not on the machine, or is one
 * that lacks a function; what the document loses by it is the caller's to say. The functions are
 * there until the process ends, whoever asks for them again: libraries keep memory of their own,
 * and the next document is likely to want them. Nothing is to be given back. */
#define LIBRARY_LOAD(file, functions, to)                                                          \
    library_load((file), (const char *const[]){functions(LIBRARY_NAME_) 0}, (to))

/* `names` end with NULL; `pointers` has as many pointers to functions. */
bool library_load(const char *file, const char *const *names, void *pointers);

#endif
