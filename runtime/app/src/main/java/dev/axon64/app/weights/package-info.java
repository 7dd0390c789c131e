/** The commands of this module. */
package dev.axon64.app.weights;
