/** Tests of charts and SVG. */
package dev.axon64.codegen.chart;
