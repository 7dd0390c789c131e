package dev.axon64.codegen.emit;

/**
 * A generated file.
 *
 * @param path relative to the output folder, with {@code /}
 * @param text its content, ending in a newline
 */
public record SourceFile(String path, String text) {}
