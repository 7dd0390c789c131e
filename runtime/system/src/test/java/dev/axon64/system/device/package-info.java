/** Tests of devices. */
package dev.axon64.system.device;
