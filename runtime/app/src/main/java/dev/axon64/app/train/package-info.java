/**
 * The commands that make and judge weights: {@code train}, {@code extend}, {@code certify}, {@code
 * learn}.
 */
package dev.axon64.app.train;
