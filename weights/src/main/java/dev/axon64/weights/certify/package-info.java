/**
 * Certificates: what a network does with every 32-bit word, swept through the generated code, and
 * why no pc and no order of evaluation can change it, proven from the weights.
 */
package dev.axon64.weights.certify;
