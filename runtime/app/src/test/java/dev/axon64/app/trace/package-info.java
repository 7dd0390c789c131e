/** Tests of {@code trace} on the demo program. */
package dev.axon64.app.trace;
