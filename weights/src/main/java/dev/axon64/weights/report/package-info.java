/**
 * Certificates and the results of fine-tuning for people: pages of HTML with pictures, and a
 * summary for the terminal.
 */
package dev.axon64.weights.report;
