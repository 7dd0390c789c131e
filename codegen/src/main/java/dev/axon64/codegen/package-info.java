/**
 * The generator: from a dispatch spec and weights to Java and Metal sources. {@link
 * dev.axon64.codegen.Generator} is its entry point, for builds and for the command line.
 */
package dev.axon64.codegen;
