/** Tests of the display. */
package dev.axon64.linux.display;
