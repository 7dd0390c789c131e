// In the manner of CoreMark: a linked list that is searched and reversed, a small matrix product,
// a state machine over text, and a CRC of the results.
#include "start.h"

typedef struct node {
  struct node *next;
  u32 value;
} node;

static node nodes[128];
static u32 a[12][12], b[12][12], c[12][12];
static const char text[] = "12,-7,3.5,x,0x1f,+22,1e9,,99999,-0.25,abc,7";

static u32 crc16(u32 value, u32 crc) {
  for (int i = 0; i < 16; i++) {
    u32 bit = (value ^ crc) & 1;
    crc >>= 1;
    if (bit) crc ^= 0xa001;
    value >>= 1;
  }
  return crc;
}

static u32 list(u32 seed) {
  node *head = 0;
  for (u32 i = 0; i < 128; i++) {
    nodes[i].value = seed = seed * 1103515245 + 12345;
    nodes[i].next = head;
    head = &nodes[i];
  }
  u32 found = 0;
  for (u32 want = 0; want < 8; want++)
    for (node *n = head; n; n = n->next)
      if ((n->value >> 16 & 127) == want) found++;
  node *reversed = 0;
  while (head) {
    node *next = head->next;
    head->next = reversed;
    reversed = head;
    head = next;
  }
  return found * 31 + reversed->value;
}

static u32 matrix(u32 seed) {
  u32 sum = 0;
  for (int i = 0; i < 12; i++)
    for (int j = 0; j < 12; j++) {
      a[i][j] = seed + (u32)(i * j);
      b[i][j] = seed ^ (u32)(i + j);
    }
  for (int i = 0; i < 12; i++)
    for (int j = 0; j < 12; j++) {
      u32 s = 0;
      for (int l = 0; l < 12; l++) s += a[i][l] * b[l][j];
      c[i][j] = s;
      sum += s >> 3;
    }
  return sum;
}

static u32 states(u32 seed) {
  u32 counts[5] = {0, 0, 0, 0, 0}, state = 0;
  for (const char *p = text; *p; p++) {
    char ch = *p;
    if (ch == ',') {
      counts[state]++;
      state = 0;
    } else if (ch >= '0' && ch <= '9') {
      if (state == 0) state = 1;
    } else if (ch == '.' || ch == 'e') {
      state = state == 1 ? 2 : 4;
    } else if (ch == '-' || ch == '+') {
      state = state == 0 ? 3 : 4;
    } else {
      state = 4;
    }
  }
  return counts[0] + counts[1] * 3 + counts[2] * 5 + counts[3] * 7 + counts[4] * 11 + seed;
}

u64 work(u64 seed) {
  u32 crc = (u32)seed & 0xffff;
  for (int i = 0; i < 4; i++) {
    crc = crc16(list((u32)seed + i), crc);
    crc = crc16(matrix((u32)seed), crc);
    crc = crc16(states((u32)seed), crc);
  }
  return crc;
}
