/** The devices around the processor, each in its range of physical addresses. */
package dev.axon64.system.device;
