/**
 * Functions of the instruction spec as the JVM itself computes them. The spec says what they give;
 * what stands here gives the same or declines, and tests compare the two.
 */
package dev.axon64.machine.shortcut;
