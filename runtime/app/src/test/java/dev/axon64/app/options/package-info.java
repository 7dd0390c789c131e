/** Tests of options that several commands have. */
package dev.axon64.app.options;
