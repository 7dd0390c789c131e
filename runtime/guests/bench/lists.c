// Lists whose cells are allocated and freed: a hash table of numbers that come and go, and a merge sort.
#include "start.h"
#include "heap.h"

enum { BUCKETS = 64, NUMBERS = 600 };

typedef struct cell {
  struct cell *next;
  u64 key;
} cell;

static cell *buckets[BUCKETS];

static cell *merged(cell *a, cell *b) {
  cell *first = 0, **end = &first;
  while (a && b) {
    cell **less = a->key <= b->key ? &a : &b;
    *end = *less;
    end = &(*less)->next;
    *less = *end;
  }
  *end = a ? a : b;
  return first;
}

static cell *sorted(cell *list) {
  if (!list || !list->next) return list;
  cell *slow = list, *fast = list->next;
  while (fast && fast->next) {
    slow = slow->next;
    fast = fast->next->next;
  }
  cell *half = slow->next;
  slow->next = 0;
  return merged(sorted(list), sorted(half));
}

// Puts a number in, or takes it out if it is there.
static void toggle(u64 key) {
  cell **at = &buckets[key % BUCKETS];
  while (*at && (*at)->key != key) at = &(*at)->next;
  cell *found = *at;
  if (found) {
    *at = found->next;
    release(found);
    return;
  }
  cell *made = allocate(sizeof(cell) + key % 5 * 16);
  made->key = key;
  made->next = 0;
  *at = made;
}

u64 work(u64 seed) {
  heap_start();
  for (int i = 0; i < BUCKETS; i++) buckets[i] = 0;
  for (int i = 0; i < 4 * NUMBERS; i++) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    toggle((seed >> 40) % NUMBERS);
  }
  cell *all = 0;
  for (int i = 0; i < BUCKETS; i++)
    while (buckets[i]) {
      cell *next = buckets[i]->next;
      buckets[i]->next = all;
      all = buckets[i];
      buckets[i] = next;
    }
  u64 sum = 0;
  all = sorted(all);
  while (all) {
    cell *next = all->next;
    sum = sum * 31 + all->key;
    release(all);
    all = next;
  }
  return sum;
}
