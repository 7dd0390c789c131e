// Takes the table as a matrix with rows of four pages, and goes through it by columns of one page, 64 rows at a time.
#include "table.h"

#define ROW (4 * PAGE_RECORDS)
#define ROWS (RECORDS / ROW)
#define TILE 64

static u64 use(u64 seed) {
  u64 sum = seed;
  for (u64 row = 0; row < ROWS; row += TILE)
    for (u64 column = 0; column < ROW; column += PAGE_RECORDS)
      for (u64 y = row; y < row + TILE; y++)
        for (u64 x = column; x < column + PAGE_RECORDS; x++) sum = mixed(sum, table + y * ROW + x);
  return sum;
}
