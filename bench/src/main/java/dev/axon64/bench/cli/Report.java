package dev.axon64.bench.cli;

/** What was measured, as text for people and as JSON for programs; both end with a line break. */
interface Report {
  /** A table, with what is needed to read it. */
  String text();

  /** The same figures. */
  String json();
}
