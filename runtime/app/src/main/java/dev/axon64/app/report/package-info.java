/** Forms of output that several commands have. */
package dev.axon64.app.report;
