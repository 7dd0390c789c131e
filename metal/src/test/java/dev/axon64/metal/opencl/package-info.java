/** OpenCL where there is none. */
package dev.axon64.metal.opencl;
