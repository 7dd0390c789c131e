// The product of two matrices of 40 by 40 doubles.
#include "start.h"
#include "double.h"

enum { SIZE = 40 };

static double a[SIZE][SIZE], b[SIZE][SIZE], c[SIZE][SIZE];

u64 work(u64 seed) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      a[i][j] = (double)(seed >> (i & 31) & 1023) + 0.5 * j;
      b[i][j] = (double)(seed >> (j & 31) & 1023) - 0.25 * i;
    }
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      double sum = 0;
      for (int k = 0; k < SIZE; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
  double trace = 0;
  for (int i = 0; i < SIZE; i++) trace += c[i][i];
  return bits(trace);
}
