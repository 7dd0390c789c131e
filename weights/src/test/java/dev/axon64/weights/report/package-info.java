/** Reports read back. */
package dev.axon64.weights.report;
