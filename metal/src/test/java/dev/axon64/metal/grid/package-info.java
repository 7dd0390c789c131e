/** Tests of guests' memory on devices. */
package dev.axon64.metal.grid;
