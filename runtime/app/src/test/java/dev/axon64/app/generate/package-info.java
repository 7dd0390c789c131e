/** The command that writes sources. */
package dev.axon64.app.generate;
