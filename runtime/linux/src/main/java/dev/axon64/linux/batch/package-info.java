/** One program on many inputs: a machine for each, as many at once as an engine executes well. */
package dev.axon64.linux.batch;
