/** The command {@code devices}: which devices run generated shaders. */
package dev.axon64.app.devices;
