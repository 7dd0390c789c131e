/** Batches of guests. */
package dev.axon64.app.batch;
