/** Tests of the ways to look at a display. */
package dev.axon64.app.display;
