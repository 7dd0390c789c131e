/** The executor of this project as a device: Metal shaders on the JVM. */
package dev.axon64.metal.executor;
