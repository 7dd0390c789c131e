/** Tests of how whole processes are measured. */
package dev.axon64.bench.programs;
