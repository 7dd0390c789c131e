// Blurs an image of 128 by 64 bytes, by NEON: 1 4 6 4 1 down and then across.
#include <arm_neon.h>

#include "start.h"

enum { WIDTH = 128, HEIGHT = 64, EDGE = 16 };

static u8 image[HEIGHT][WIDTH + 2 * EDGE];
static u8 down[HEIGHT][WIDTH + 2 * EDGE];

// Half of sixteen sums, rounded and narrowed.
static uint8x8_t half(uint8x8_t a, uint8x8_t b, uint8x8_t c, uint8x8_t d, uint8x8_t e) {
  uint16x8_t sum = vaddl_u8(a, e);
  sum = vmlal_u8(sum, c, vdup_n_u8(6));
  sum = vaddq_u16(sum, vshlq_n_u16(vaddl_u8(b, d), 2));
  return vrshrn_n_u16(sum, 4);
}

static uint8x16_t tap(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d, uint8x16_t e) {
  return vcombine_u8(
      half(vget_low_u8(a), vget_low_u8(b), vget_low_u8(c), vget_low_u8(d), vget_low_u8(e)),
      half(vget_high_u8(a), vget_high_u8(b), vget_high_u8(c), vget_high_u8(d), vget_high_u8(e)));
}

static int row(int y) { return y < 0 ? 0 : y >= HEIGHT ? HEIGHT - 1 : y; }

u64 work(u64 seed) {
  u8 *all = &image[0][0];
  for (u32 i = 0; i < sizeof image; i++) all[i] = (u8)((seed = seed * 1103515245 + 12345) >> 16);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = EDGE; x < EDGE + WIDTH; x += 16)
      vst1q_u8(
          &down[y][x],
          tap(vld1q_u8(&image[row(y - 2)][x]), vld1q_u8(&image[row(y - 1)][x]),
              vld1q_u8(&image[y][x]), vld1q_u8(&image[row(y + 1)][x]),
              vld1q_u8(&image[row(y + 2)][x])));
  uint32x4_t sum = vdupq_n_u32(0);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = EDGE; x < EDGE + WIDTH; x += 16) {
      const u8 *at = &down[y][x];
      uint8x16_t out = tap(vld1q_u8(at - 2), vld1q_u8(at - 1), vld1q_u8(at), vld1q_u8(at + 1),
                           vld1q_u8(at + 2));
      vst1q_u8(&image[y][x], out);
      sum = vaddq_u32(vshlq_n_u32(sum, 1), vpaddlq_u16(vpaddlq_u8(out)));
    }
  return vaddvq_u32(sum);
}
