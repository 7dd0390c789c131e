// Vectors, matrices as arrays of them, templates and threadgroup memory.
#include <metal_stdlib>
using namespace metal;

constant float4 BASIS[3] = {float4(1, 0, 0, 0.5), {0, 1, 0, 0.25}, float4(0, 0, 1, 0)};

struct Particle {
    packed_float3 at;
    float mass;
    uchar4 colour;
};

template <typename T>
T lerp(T a, T b, float t) {
    return a + (b - a) * t;
}

inline float3 bend(float3 v) {
    float3 r = v.zxy;
    r.xy += v.yx * 0.5f;
    return cross(r, float3(0, 0, 1)) + v;
}

kernel void move_particles(device Particle* particles [[buffer(0)]],
                           constant float2& wind [[buffer(1)]],
                           device float* energy [[buffer(2)]],
                           uint i [[thread_position_in_grid]],
                           uint t [[thread_index_in_threadgroup]],
                           uint size [[threads_per_threadgroup]]) {
    threadgroup float partial[64];
    device Particle& p = particles[i];
    float3 at = p.at;
    float3 next = lerp(at, bend(at), 0.25);
    next.xz += wind;
    for (int k = 0; k < 3; k++) next[k] += dot(float4(next, 1), BASIS[k]) * 0.125f;
    p.at = next;
    p.colour = select(p.colour, uchar4(p.colour.bgra), next.x > 0 ? uchar4(1) : uchar4(0));
    partial[t] = length_squared(next) * p.mass;
    threadgroup_barrier(mem_flags::mem_threadgroup);
    if (t == 0) {
        float sum = 0;
        for (uint k = 0; k < size; k++) sum += partial[k];
        energy[i / 64] = sum;
    }
}
