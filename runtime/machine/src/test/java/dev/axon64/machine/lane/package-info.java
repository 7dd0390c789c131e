/**
 * Tests the results and flags of floating-point instructions against exact numbers, and the lane
 * kernels against the scalar ones.
 */
package dev.axon64.machine.lane;
