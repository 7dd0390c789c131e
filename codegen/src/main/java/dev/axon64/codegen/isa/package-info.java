/**
 * The instruction spec: what each A64 encoding is, which kernel executes it and what it means. See
 * {@code LANGUAGE.md} beside the {@code .isa} files.
 */
package dev.axon64.codegen.isa;
