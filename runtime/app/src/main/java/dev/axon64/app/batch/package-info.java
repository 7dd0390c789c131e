/** The command {@code batch}: one program on many inputs. */
package dev.axon64.app.batch;
