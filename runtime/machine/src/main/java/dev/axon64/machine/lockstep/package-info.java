/**
 * Holds one engine to another: both execute the same instructions, and the first difference is
 * found, narrowed down and explained.
 */
package dev.axon64.machine.lockstep;
