/** Certificates held against plain evaluation. */
package dev.axon64.weights.certify;
