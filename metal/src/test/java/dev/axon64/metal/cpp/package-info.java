/** A second opinion: shaders compiled as C++14 through a small shim, run natively. */
package dev.axon64.metal.cpp;
