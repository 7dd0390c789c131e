/**
 * Loops in one step: networks propose what a hot loop does, a checker proves it on the instruction
 * IR for the registers at hand, and only then are iterations skipped.
 */
package dev.axon64.propose.accelerate;
