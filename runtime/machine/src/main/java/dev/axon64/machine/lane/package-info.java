/** The state and memory of guests that run side by side, on which generated lane kernels work. */
package dev.axon64.machine.lane;
