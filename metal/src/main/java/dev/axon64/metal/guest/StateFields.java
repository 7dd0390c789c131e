package dev.axon64.metal.guest;

import dev.axon64.machine.state.CpuState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The registers that the instruction spec declares: fields of {@link CpuState} by their names. */
final class StateFields {
  private static final Map<String, VarHandle> HANDLES = new ConcurrentHashMap<>();

  private StateFields() {}

  static long get(CpuState cpu, String name) {
    return (long) handle(name).get(cpu);
  }

  static void set(CpuState cpu, String name, long value) {
    handle(name).set(cpu, value);
  }

  private static VarHandle handle(String name) {
    return HANDLES.computeIfAbsent(name, StateFields::find);
  }

  private static VarHandle find(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(CpuState.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("CpuState has no field for the declared state " + name, e);
    }
  }
}
