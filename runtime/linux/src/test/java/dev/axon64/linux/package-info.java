/** Whole programs on a machine. */
package dev.axon64.linux;
