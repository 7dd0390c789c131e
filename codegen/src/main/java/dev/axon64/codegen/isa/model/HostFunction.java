package dev.axon64.codegen.isa.model;

import java.util.List;

/**
 * Something that only the machine around the CPU knows or does.
 *
 * @param parameters their names
 * @param width of the answer in bits; 0 if there is none
 */
public record HostFunction(String name, List<String> parameters, int width) {}
