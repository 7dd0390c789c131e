/**
 * Whole guests on a device, as many at once as there are: what they execute goes on there, their
 * pages travel when they are used, and whoever runs them sees an engine.
 */
package dev.axon64.metal.grid;
