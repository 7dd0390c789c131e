/** Tests of the engines. */
package dev.axon64.runtime.engine;
