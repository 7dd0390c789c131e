// A bytecode machine that computes Fibonacci numbers and a dot product: much dispatch, little work.
#include "start.h"

enum { PUSH, ADD, SUB, MUL, DUP, SWAP, LOAD, STORE, JUMP_IF, JUMP, DEC, LESS, HALT };

static const u8 code[] = {
  PUSH, 0, STORE, 0, PUSH, 1, STORE, 1, PUSH, 200, STORE, 2,  // a = 0, b = 1, n = 200
  LOAD, 0, LOAD, 1, DUP, STORE, 0, ADD, STORE, 1,             // 12: a, b = b, a + b
  LOAD, 2, DEC, DUP, STORE, 2, JUMP_IF, 12,                   // until n is 0
  PUSH, 100, STORE, 2,
  LOAD, 3, LOAD, 2, DUP, MUL, ADD, STORE, 3,                  // 33: sum += n * n
  LOAD, 2, DEC, DUP, STORE, 2, JUMP_IF, 33,
  LOAD, 1, LOAD, 3, ADD, HALT};

u64 work(u64 seed) {
  static u64 memory[8];
  u64 stack[16], result = 0;
  memory[3] = seed;
  for (int repeat = 0; repeat < 10; repeat++) {
    u64 *top = stack;
    const u8 *at = code;
    for (;;) {
      switch (*at++) {
        case PUSH: *top++ = *at++; continue;
        case ADD: top--; top[-1] += *top; continue;
        case SUB: top--; top[-1] -= *top; continue;
        case MUL: top--; top[-1] *= *top; continue;
        case DUP: *top = top[-1]; top++; continue;
        case SWAP: { u64 x = top[-1]; top[-1] = top[-2]; top[-2] = x; continue; }
        case LOAD: *top++ = memory[*at++]; continue;
        case STORE: memory[*at++] = *--top; continue;
        case JUMP_IF: { u8 to = *at++; if (*--top) at = code + to; continue; }
        case JUMP: at = code + *at; continue;
        case DEC: top[-1]--; continue;
        case LESS: top--; top[-1] = top[-1] < *top; continue;
        default: break;
      }
      break;
    }
    result += top[-1];
  }
  return result;
}
