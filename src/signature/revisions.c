#include "signature/revisions.h"

#include <stdlib.h>

struct opened {
    size_t end; /* 0: a free place */
    struct pool *pool;
    struct reader *reader;
};

struct revisions {
    struct bytes file;
    struct opened places[REVISIONS_OPEN];
    int oldest;
};

struct revisions *revisions_new(struct bytes file) {
    struct revisions *revisions = mem_alloc(sizeof *revisions);
    *revisions = (struct revisions){.file = file};
    return revisions;
}

static void close_place(struct opened *place) {
    reader_close(place->reader);
    if (place->end)
        pool_free(place->pool);
    place->end = 0;
}

void revisions_free(struct revisions *revisions) {
    for (int i = 0; revisions && i < REVISIONS_OPEN; i++)
        close_place(&revisions->places[i]);
    free(revisions);
}

struct reader *revisions_at(struct revisions *revisions, size_t end) {
    for (int i = 0; i < REVISIONS_OPEN; i++)
        if (end && revisions->places[i].end == end)
            return revisions->places[i].reader;
    struct opened *place = &revisions->places[revisions->oldest];
    revisions->oldest = (revisions->oldest + 1) % REVISIONS_OPEN;
    close_place(place);
    *place = (struct opened){.end = end, .pool = end ? pool_new() : NULL};
    place->reader = end ? reader_open(place->pool, revisions->file.s, end) : NULL;
    return place->reader;
}
