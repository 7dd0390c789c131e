package dev.axon64.metal.msl;

/**
 * How a kernel parameter gets its value.
 *
 * @param index the buffer or threadgroup index; -1 for a grid attribute
 * @param attribute {@code buffer}, {@code threadgroup} or the name of a grid attribute
 */
public record KernelParameter(Var var, String attribute, int index) {}
