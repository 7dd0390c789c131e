/** Tests of programs, kernels and the language, feature by feature. */
package dev.axon64.metal.exec;
