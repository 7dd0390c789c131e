/** Devices behind OpenCL's C interface, called without native code of this project. */
package dev.axon64.metal.opencl;
