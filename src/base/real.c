#include "base/real.h"

static const double log_of_2 = 0.693147180559945309;

/* x = m * 2^k with m from 3/4 to 3/2, and log m = 2 (z + z^3/3 + z^5/5 + ...), z = (m-1)/(m+1). */
double real_log(double x) {
    enum { TERMS = 12 };
    double sum = 0;
    int k = 0;
    if (!(x > 0) || x > 1e308)
        return 0;
    for (; x >= 1.5; k++)
        x /= 2;
    for (; x < 0.75; k--)
        x *= 2;
    double z = (x - 1) / (x + 1), square = z * z;
    for (int i = TERMS; i-- > 0;)
        sum = sum * square + 1.0 / (2 * i + 1);
    return 2 * z * sum + k * log_of_2;
}

/* e^x = 2^k e^r, |r| up to half of log 2, by the series of r. */
double real_exp(double x) {
    enum { TERMS = 16, MOST = 690 };
    x = x > MOST ? MOST : x > -MOST ? x : -MOST; /* no number: the least */
    int k = (int)(x / log_of_2 + (x < 0 ? -0.5 : 0.5));
    double r = x - k * log_of_2, sum = 1;
    for (int i = TERMS; i > 0; i--)
        sum = 1 + r * sum / i;
    for (; k > 0; k--)
        sum *= 2;
    for (; k < 0; k++)
        sum /= 2;
    return sum;
}
