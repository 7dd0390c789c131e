// Which of seven kernels executes a word: embedding of the opcode byte, features, three layers.
#include <metal_stdlib>
using namespace metal;

constant int EMBEDDING = 32;
constant int FEATURES = 12;
constant int INPUTS = EMBEDDING + FEATURES;
constant int HIDDEN1 = 32;
constant int HIDDEN2 = 16;
constant int KERNELS = 7;

void word_features(uint32_t word, uint64_t pc, thread float* out) {
    out[0] = float((word >> 28) & 0xF) / 15.0;
    out[1] = float(word & 0xFF) / 255.0;
    out[2] = float((word >> 16) & 0xFF) / 255.0;
    out[3] = float(pc & 0xFF) / 255.0;
    out[4] = float((pc >> 8) & 0xFF) / 255.0;
    out[5] = float(word & 0x1F) / 31.0;
    out[6] = float((word >> 5) & 0x1F) / 31.0;
    out[7] = float((word >> 30) & 0x3) / 3.0;
    out[8] = float((word >> 26) & 0x3) / 3.0;
    out[9] = float((word >> 31) & 0x1);
    out[10] = float((word >> 10) & 0xFFF) / 4095.0;
    out[11] = 0.0;
}

int best_kernel(uint8_t opcode, uint32_t word, uint64_t pc, device const float* weights) {
    device const float* embedding = weights;
    device const float* w1 = embedding + 256 * EMBEDDING;
    device const float* b1 = w1 + INPUTS * HIDDEN1;
    device const float* w2 = b1 + HIDDEN1;
    device const float* b2 = w2 + HIDDEN1 * HIDDEN2;
    device const float* w3 = b2 + HIDDEN2;
    device const float* b3 = w3 + HIDDEN2 * KERNELS;

    thread float input[INPUTS];
    for (int i = 0; i < EMBEDDING; i++) {
        input[i] = embedding[int(opcode) * EMBEDDING + i];
    }
    float features[FEATURES];
    word_features(word, pc, features);
    for (int i = 0; i < FEATURES; i++) input[EMBEDDING + i] = features[i];

    float hidden1[HIDDEN1];
    for (int i = 0; i < HIDDEN1; i++) {
        float sum = b1[i];
        for (int j = 0; j < INPUTS; j++) {
            sum += input[j] * w1[i * INPUTS + j];
        }
        hidden1[i] = max(0.0, sum);
    }
    float hidden2[HIDDEN2];
    for (int i = 0; i < HIDDEN2; i++) {
        float sum = b2[i];
        for (int j = 0; j < HIDDEN1; j++) {
            sum += hidden1[j] * w2[i * HIDDEN1 + j];
        }
        hidden2[i] = max(0.0, sum);
    }
    int best = 0;
    float most = -1e6;
    for (int k = 0; k < KERNELS; k++) {
        float sum = b3[k];
        for (int j = 0; j < HIDDEN2; j++) {
            sum += hidden2[j] * w3[k * HIDDEN2 + j];
        }
        if (sum > most) {
            most = sum;
            best = k;
        }
    }
    return best;
}

kernel void dispatch_words(
    device const float* weights [[buffer(0)]],
    device const uint* words [[buffer(1)]],
    device const ulong* pcs [[buffer(2)]],
    device int* kernels [[buffer(3)]],
    constant uint& count [[buffer(4)]],
    uint gid [[thread_position_in_grid]])
{
    if (gid >= count) return;
    uint word = words[gid];
    kernels[gid] = best_kernel(word >> 24, word, pcs[gid], weights);
}
