/**
 * The floating-point instructions' results and flags, worked out again with exact numbers, and the
 * lane kernels against the scalar ones.
 */
package dev.axon64.machine.lane;
