// Five bodies that attract each other, in steps of a hundredth.
#include "start.h"
#include "double.h"

enum { BODIES = 5, STEPS = 200 };

typedef struct {
  double at[3];
  double speed[3];
  double mass;
} body;

static body bodies[BODIES];

static void attract(body *one, body *other) {
  double away[3], square = 1e-3;
  for (int i = 0; i < 3; i++) {
    away[i] = one->at[i] - other->at[i];
    square += away[i] * away[i];
  }
  double pull = 0.01 / (square * __builtin_sqrt(square));
  for (int i = 0; i < 3; i++) {
    one->speed[i] -= away[i] * other->mass * pull;
    other->speed[i] += away[i] * one->mass * pull;
  }
}

u64 work(u64 seed) {
  for (int i = 0; i < BODIES; i++) {
    for (int j = 0; j < 3; j++) {
      seed = seed * 6364136223846793005 + 1442695040888963407;
      bodies[i].at[j] = (double)(seed >> 40) * 0x1p-20;
      bodies[i].speed[j] = 0;
    }
    bodies[i].mass = 1 + i;
  }
  for (int step = 0; step < STEPS; step++) {
    for (int i = 0; i < BODIES; i++)
      for (int j = i + 1; j < BODIES; j++) attract(&bodies[i], &bodies[j]);
    for (int i = 0; i < BODIES; i++)
      for (int j = 0; j < 3; j++) bodies[i].at[j] += 0.01 * bodies[i].speed[j];
  }
  double sum = 0;
  for (int i = 0; i < BODIES; i++) sum += bodies[i].at[0] * bodies[i].mass;
  return bits(sum);
}
