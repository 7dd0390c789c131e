// An allocator: first fit in a ring of free blocks, neighbours joined when one is freed.
typedef struct block {
  u64 size;  // of the block with its header; the lowest bit says that it is in use
  struct block *before;
  struct block *next_free;
  struct block *last_free;
} block;

enum { HEADER = 16, LEAST = sizeof(block), HEAP = 1 << 18 };

static u64 heap_words[HEAP / 8];
static block *free_ring;

static block *after(block *b) { return (block *)((char *)b + (b->size & ~1UL)); }

static void take_out(block *b) {
  if (b->next_free == b) {
    free_ring = 0;
    return;
  }
  b->next_free->last_free = b->last_free;
  b->last_free->next_free = b->next_free;
  if (free_ring == b) free_ring = b->next_free;
}

static void put_in(block *b) {
  if (!free_ring) {
    free_ring = b->next_free = b->last_free = b;
    return;
  }
  b->next_free = free_ring;
  b->last_free = free_ring->last_free;
  b->last_free->next_free = b;
  b->next_free->last_free = b;
}

// One free block, and one in use behind it that is never freed.
static void heap_start(void) {
  block *all = (block *)heap_words;
  all->size = HEAP - LEAST;
  all->before = 0;
  free_ring = 0;
  put_in(all);
  block *end = after(all);
  end->size = LEAST | 1;
  end->before = all;
}

static void *allocate(u64 bytes) {
  u64 size = (bytes + HEADER + 15) & ~15UL;
  if (size < LEAST) size = LEAST;
  block *b = free_ring;
  while (b->size < size) b = b->next_free;
  take_out(b);
  if (b->size >= size + LEAST) {
    block *rest = (block *)((char *)b + size);
    rest->size = b->size - size;
    rest->before = b;
    after(rest)->before = rest;
    b->size = size;
    put_in(rest);
  }
  b->size |= 1;
  return (char *)b + HEADER;
}

static void release(void *at) {
  block *b = (block *)((char *)at - HEADER);
  b->size &= ~1UL;
  block *next = after(b);
  if (!(next->size & 1)) {
    take_out(next);
    b->size += next->size;
  }
  block *before = b->before;
  if (before && !(before->size & 1)) {
    take_out(before);
    before->size += b->size;
    b = before;
  }
  after(b)->before = b;
  put_in(b);
}
