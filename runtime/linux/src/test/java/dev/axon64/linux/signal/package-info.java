/** The layout of signal frames. */
package dev.axon64.linux.signal;
