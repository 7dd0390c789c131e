/** Commands run as a user runs them. */
package dev.axon64.app.train;
