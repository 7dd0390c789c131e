/** Tests of the engines. */
package dev.axon64.machine.engine;
