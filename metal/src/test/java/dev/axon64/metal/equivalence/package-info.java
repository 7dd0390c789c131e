/** The reference, the generated Java at every width, and the generated shaders answer alike. */
package dev.axon64.metal.equivalence;
