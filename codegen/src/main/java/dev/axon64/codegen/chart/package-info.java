/**
 * Pictures as SVG text, for cards, certificates and reports: a writer of elements, and charts with
 * axes, lines and legends. The same data give the same bytes on every machine.
 */
package dev.axon64.codegen.chart;
