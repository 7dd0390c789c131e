package dev.axon64.linux.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.abi.SystemCall;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No handler reads more arguments than its call's format has letters, as its bytecode says. A
 * handler gets an array of that length.
 */
class CallFormatTest {
  private static final ClassDesc ARGUMENTS = ConstantDescs.CD_long.arrayType();
  private static final ClassDesc HANDLER =
      CallTable.Handler.class.describeConstable().orElseThrow();
  private static final String CALLS = SystemCall.class.getName().replace('.', '/');

  /** A method of the calls' package. */
  private record Method(String owner, String name, String type) {}

  private final Map<Method, MethodModel> methods = new HashMap<>();
  private final Map<SystemCall, Method> handlers = new EnumMap<>(SystemCall.class);

  @BeforeEach
  void read() throws Exception {
    Path classes = Path.of(Syscalls.class.getResource("Syscalls.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Calls.class")).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        String owner = model.thisClass().asInternalName();
        model
            .methods()
            .forEach(
                m -> methods.put(new Method(owner, text(m.methodName()), text(m.methodType())), m));
      }
    }
    methods.forEach(
        (method, model) -> {
          if (method.name.equals("bindTo")) {
            bindings(model);
          }
        });
  }

  private static String text(Object name) {
    return name.toString();
  }

  /** Each call that is named in front of a handler. */
  private void bindings(MethodModel bindTo) {
    SystemCall call = null;
    for (CodeElement element : bindTo.code().orElseThrow()) {
      if (element instanceof FieldInstruction field
          && field.owner().asInternalName().equals(CALLS)) {
        call = SystemCall.valueOf(field.name().stringValue());
      } else if (element instanceof InvokeDynamicInstruction made
          && made.typeSymbol().returnType().equals(HANDLER)) {
        DirectMethodHandleDesc target = (DirectMethodHandleDesc) made.bootstrapArgs().get(1);
        String owner = target.owner().descriptorString();
        handlers.put(
            call,
            new Method(
                owner.substring(1, owner.length() - 1),
                target.methodName(),
                target.lookupDescriptor()));
      }
    }
  }

  /** How many arguments a method reads, itself or through those that it gives them to. */
  private int reads(Method method, Set<Method> seen) {
    MethodModel model = methods.get(method);
    int slot = model == null ? -1 : slot(model);
    if (slot < 0 || !seen.add(method)) {
      return 0;
    }
    int reads = 0;
    int index = -1;
    boolean loaded = false;
    for (CodeElement element : model.code().orElseThrow()) {
      switch (element) {
        case LoadInstruction load -> loaded = load.slot() == slot;
        case ConstantInstruction constant ->
            index = constant.constantValue() instanceof Integer i ? i : -1;
        case ArrayLoadInstruction read -> reads = loaded ? Math.max(reads, index + 1) : reads;
        case InvokeInstruction call ->
            reads =
                Math.max(
                    reads,
                    reads(
                        new Method(
                            call.owner().asInternalName(),
                            call.name().stringValue(),
                            call.type().stringValue()),
                        seen));
        default -> {}
      }
    }
    return reads;
  }

  /** The variable that holds the arguments, or -1. */
  private static int slot(MethodModel method) {
    int slot = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      if (parameter.equals(ARGUMENTS)) {
        return slot;
      }
      boolean wide =
          parameter.equals(ConstantDescs.CD_long) || parameter.equals(ConstantDescs.CD_double);
      slot += wide ? 2 : 1;
    }
    return -1;
  }

  @Test
  void noHandlerReadsMoreThanItsFormatHas() {
    assertTrue(handlers.size() >= 100, "handlers " + handlers.size());
    handlers.forEach(
        (call, handler) ->
            assertTrue(
                reads(handler, new HashSet<>()) <= call.format().length(),
                () -> call + " reads more than " + call.format()));
    assertEquals(6, reads(handlers.get(SystemCall.FUTEX), new HashSet<>()));
    assertEquals(4, reads(handlers.get(SystemCall.PREAD64), new HashSet<>()));
  }
}
