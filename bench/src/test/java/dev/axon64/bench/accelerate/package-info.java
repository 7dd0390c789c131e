/** Whether commands are compared and measured as they should be. */
package dev.axon64.bench.accelerate;
