/** Options that several commands have, and how all of them tell that they failed. */
package dev.axon64.app.options;
