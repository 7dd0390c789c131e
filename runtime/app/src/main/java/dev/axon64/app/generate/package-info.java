/** The command {@code generate}: a network's sources, for a user's own project. */
package dev.axon64.app.generate;
