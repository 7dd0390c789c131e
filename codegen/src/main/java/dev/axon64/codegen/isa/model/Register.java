package dev.axon64.codegen.isa.model;

/**
 * A register of the machine that the spec declares beside X, V and PC.
 *
 * @param width in bits, up to 64
 */
public record Register(String name, int width) {}
