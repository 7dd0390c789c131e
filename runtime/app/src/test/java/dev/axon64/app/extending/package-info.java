/** The worked examples of {@code docs/extending.md}, carried out as they stand there. */
package dev.axon64.app.extending;
