/** Tests of the package of the same name. */
package dev.axon64.codegen.chart;
