/** Tests of the guest programs and their peers. */
package dev.axon64.bench.emulate;
