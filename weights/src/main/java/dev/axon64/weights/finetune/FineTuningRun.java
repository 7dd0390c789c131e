package dev.axon64.weights.finetune;

import java.util.List;

/**
 * One run of {@code axon64 learn}.
 *
 * @param traces the folder with the recordings
 * @param seed of the split and of training
 * @param gate what decided
 * @param models what came of each
 */
public record FineTuningRun(String traces, long seed, Gate gate, List<FineTuned> models) {}
