/** The command {@code dispatch}: the kernel of every word in a file. */
package dev.axon64.app.dispatch;
