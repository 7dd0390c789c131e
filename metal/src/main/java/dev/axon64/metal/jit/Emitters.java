package dev.axon64.metal.jit;

/** The emitters of one JVM method, one for each subject, which call one another. */
final class Emitters {
  final FunctionFrame frame;
  final ScalarEmitter scalars;
  final ConditionEmitter conditions;
  final PlaceEmitter places;
  final MemoryWriter writer;
  final PointerEmitter pointers;
  final CallEmitter calls;
  final BuiltinEmitter builtins;
  final VectorEmitter vectors;
  final AssignmentEmitter assignments;
  final VectorAssignments vectorAssignments;
  final StatementEmitter statements;
  final EffectEmitter effects;
  final SwitchEmitter switches;
  final ReturnEmitter returns;

  Emitters(FunctionFrame frame) {
    this.frame = frame;
    scalars = new ScalarEmitter(this);
    conditions = new ConditionEmitter(this);
    places = new PlaceEmitter(this);
    writer = new MemoryWriter(this);
    pointers = new PointerEmitter(this);
    calls = new CallEmitter(this);
    builtins = new BuiltinEmitter(this);
    vectors = new VectorEmitter(this);
    assignments = new AssignmentEmitter(this);
    vectorAssignments = new VectorAssignments(this);
    statements = new StatementEmitter(this);
    effects = new EffectEmitter(this);
    switches = new SwitchEmitter(this);
    returns = new ReturnEmitter(this);
  }
}
