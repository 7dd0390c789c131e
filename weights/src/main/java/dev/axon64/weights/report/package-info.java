/** Certificates for people: a page of HTML with pictures, and a summary for the terminal. */
package dev.axon64.weights.report;
