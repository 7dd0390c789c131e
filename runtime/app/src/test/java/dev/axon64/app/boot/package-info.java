/** Tests of {@code boot}. */
package dev.axon64.app.boot;
