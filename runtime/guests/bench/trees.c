// Search trees whose nodes are allocated and freed: treaps that numbers are put into and taken out of.
#include "start.h"
#include "heap.h"

enum { NUMBERS = 1024 };

typedef struct tree {
  struct tree *left;
  struct tree *right;
  u32 key;
  u32 rank;
} tree;

// Everything below a key goes to the left, the rest to the right.
static void split(tree *t, u32 key, tree **left, tree **right) {
  if (!t) {
    *left = *right = 0;
  } else if (t->key < key) {
    split(t->right, key, &t->right, right);
    *left = t;
  } else {
    split(t->left, key, left, &t->left);
    *right = t;
  }
}

static tree *joined(tree *a, tree *b) {
  if (!a || !b) return a ? a : b;
  if (a->rank > b->rank) {
    a->right = joined(a->right, b);
    return a;
  }
  b->left = joined(a, b->left);
  return b;
}

static tree *toggled(tree *t, u32 key, u32 rank) {
  tree *less, *more, *same;
  split(t, key, &less, &more);
  split(more, key + 1, &same, &more);
  if (same) {
    release(same);
    return joined(less, more);
  }
  same = allocate(sizeof(tree));
  same->left = same->right = 0;
  same->key = key;
  same->rank = rank;
  return joined(joined(less, same), more);
}

static u64 freed(tree *t, u64 depth) {
  if (!t) return depth;
  u64 sum = freed(t->left, depth + 1) * 3 + freed(t->right, depth + 1) + t->key;
  release(t);
  return sum;
}

u64 work(u64 seed) {
  heap_start();
  tree *root = 0;
  for (int i = 0; i < 2 * NUMBERS; i++) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    root = toggled(root, (u32)(seed >> 50) % NUMBERS, (u32)(seed >> 20));
  }
  return freed(root, 0);
}
