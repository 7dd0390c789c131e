/** One function called again and again in process, here and in libunicorn2. */
package dev.axon64.bench.fuzz;
