/** Axon64 runtime. */
package dev.axon64.runtime;
