/** What generated kernels call. */
package dev.axon64.machine.lane;
