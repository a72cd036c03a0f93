#include "base/angle.h"

enum { BITS = 30 }; /* of the fraction */
#define ONE ((int64_t)1 << BITS)

int64_t angle_normal(int64_t angle) {
    int64_t rest = angle % ANGLE_TURN;
    return rest < 0 ? rest + ANGLE_TURN : rest;
}

/* Of 0 to a quarter: the series up to the 13th power, off by less than a millionth. */
static int32_t sine_of_quarter(int64_t angle) {
    const int64_t half_pi = 1686629713; /* in 2^-30 */
    int64_t x = angle * half_pi / ANGLE_QUARTER, square = x * x >> BITS, sum = ONE;
    static const int divisors[] = {156, 110, 72, 42, 20, 6};
    for (int i = 0; i < 6; i++)
        sum = ONE - (square * sum >> BITS) / divisors[i];
    int64_t sine = x * sum >> BITS;
    return (int32_t)((sine * SINE_ONE + ONE / 2) >> BITS);
}

int32_t angle_sin(int64_t angle) {
    angle = angle_normal(angle);
    if (angle >= 2 * ANGLE_QUARTER)
        return -angle_sin(angle - 2 * ANGLE_QUARTER);
    return sine_of_quarter(angle <= ANGLE_QUARTER ? angle : 2 * ANGLE_QUARTER - angle);
}

int32_t angle_cos(int64_t angle) {
    return angle_sin(angle_normal(angle) + ANGLE_QUARTER);
}

/* In the first quadrant, by halving: the sine grows and the cosine falls. */
static int64_t angle_in_quarter(int64_t x, int64_t y) {
    int64_t low = 0, high = ANGLE_QUARTER;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (y * angle_cos(middle) > x * angle_sin(middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t angle_of(int64_t x, int64_t y) {
    if (y < 0)
        return angle_normal(angle_of(-x, -y) + 2 * ANGLE_QUARTER);
    if (x < 0)
        return ANGLE_QUARTER + angle_in_quarter(y, -x);
    return x == 0 && y == 0 ? 0 : angle_in_quarter(x, y);
}

uint32_t square_root(uint64_t n) {
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 31; bit; bit >>= 1)
        if ((root | bit) * (root | bit) <= n)
            root |= bit;
    return (uint32_t)root;
}
