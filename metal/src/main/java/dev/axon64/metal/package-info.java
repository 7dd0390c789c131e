/** Axon64 metal. */
package dev.axon64.metal;
