/**
 * A display for guests that draw: the core of the X Window System, version 11, answered within the
 * JVM. Guests reach it by a socket of their machine; whoever looks at it uses a {@link Display}.
 */
package dev.axon64.linux.display;
