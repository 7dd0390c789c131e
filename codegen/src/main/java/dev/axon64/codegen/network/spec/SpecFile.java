package dev.axon64.codegen.network.spec;

/**
 * A text the spec was read from.
 *
 * @param name the file's name without folders
 * @param sha256 of its bytes, lower-case hexadecimal
 */
public record SpecFile(String name, String sha256) {}
