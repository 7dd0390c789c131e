/**
 * Whole processes of programs that other people compiled, start included, beside qemu: each in a
 * process of its own, as a user starts it.
 */
package dev.axon64.bench.programs;
