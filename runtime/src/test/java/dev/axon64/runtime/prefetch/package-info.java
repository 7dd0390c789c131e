package dev.axon64.runtime.prefetch;
