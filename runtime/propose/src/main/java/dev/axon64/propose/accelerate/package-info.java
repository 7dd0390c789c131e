/**
 * Applies many iterations of hot loops at once. Networks propose what a loop does, a checker proves
 * it from the IR of the loop's instructions for the current registers, and only then are iterations
 * skipped.
 */
package dev.axon64.propose.accelerate;
