package dev.axon64.bench.snapshot;
