package dev.axon64.propose.prefetch;
