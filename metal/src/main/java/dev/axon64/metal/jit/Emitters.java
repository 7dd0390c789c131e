package dev.axon64.metal.jit;

/** The emitters of one function, which call one another. */
record Emitters(
    FunctionFrame frame,
    PlaceEmitter places,
    ScalarEmitter scalars,
    VectorEmitter vectors,
    CallEmitter calls,
    AssignmentEmitter assignments,
    StatementEmitter statements) {
  static Emitters of(FunctionFrame frame) {
    Emitters all =
        new Emitters(
            frame,
            new PlaceEmitter(frame),
            new ScalarEmitter(frame),
            new VectorEmitter(frame),
            new CallEmitter(frame),
            new AssignmentEmitter(frame),
            new StatementEmitter(frame));
    all.places.connect(all);
    all.scalars.connect(all);
    all.vectors.connect(all);
    all.calls.connect(all);
    all.assignments.connect(all);
    all.statements.connect(all);
    return all;
  }
}
