/**
 * Devices that run generated shaders: which there are, programs, buffers, launches. Each way to
 * reach devices is a service.
 */
package dev.axon64.metal.device;
