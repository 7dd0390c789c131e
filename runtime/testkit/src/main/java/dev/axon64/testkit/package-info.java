/**
 * A kit that holds whatever executes A64 instructions to Axon64: arbitraries of instructions and
 * states, comparison of two executors, shrinking, and a report with both sides.
 */
package dev.axon64.testkit;
