package dev.axon64.codegen.network.program;

/**
 * A loop's counter, from 0 to one less than {@code count}.
 *
 * @param id unique in the program
 * @param count how often the loop runs, at least 1
 */
public record Counter(int id, int count) {}
