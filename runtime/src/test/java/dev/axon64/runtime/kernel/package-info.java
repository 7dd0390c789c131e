/** The floating-point instructions' results and flags, worked out again with exact numbers. */
package dev.axon64.runtime.kernel;
