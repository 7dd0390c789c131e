package dev.axon64.metal.apple;

import dev.axon64.metal.device.NativeCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Sends messages to objects of Objective-C. What a message takes and gives is compared with what
 * the runtime says of the method before the first one is sent, so that a wrong selector or a wrong
 * size is an error here and no crash.
 */
@SuppressWarnings("restricted")
final class ObjC {
  /** {@code MTLSize}: three numbers of 64 bits. */
  static final StructLayout SIZE =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  /** A size, by value. */
  record Size(long width, long height, long depth) {}

  private final NativeCalls runtime;
  private final Map<String, MethodHandle> handles = new ConcurrentHashMap<>();

  ObjC(NativeCalls runtime) {
    this.runtime = runtime;
  }

  /** A class by its name. */
  MemorySegment type(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = runtime.callAddress("objc_getClass", arena.allocateFrom(name));
      if (found.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("there is no class " + name);
      }
      return found;
    }
  }

  private MemorySegment selector(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return runtime.callAddress("sel_registerName", arena.allocateFrom(name));
    }
  }

  /** Sends a message without an answer. */
  void send(MemorySegment object, String selector, Object... arguments) {
    message('v', object, selector, arguments);
  }

  /** Sends a message that is answered by an object or address. */
  MemorySegment object(MemorySegment object, String selector, Object... arguments) {
    return (MemorySegment) message('@', object, selector, arguments);
  }

  /** Sends a message that is answered by a number of 64 bits. */
  long number(MemorySegment object, String selector, Object... arguments) {
    return (long) message('Q', object, selector, arguments);
  }

  /** Whether an object has a method. */
  boolean responds(MemorySegment object, String selector) {
    return !method(object, selector).equals(MemorySegment.NULL);
  }

  private MemorySegment method(MemorySegment object, String selector) {
    MemorySegment type = runtime.callAddress("object_getClass", object);
    return runtime.callAddress("class_getInstanceMethod", type, selector(selector));
  }

  private Object message(char result, MemorySegment object, String selector, Object[] arguments) {
    if (object.equals(MemorySegment.NULL)) {
      throw new IllegalStateException(selector + " is sent to nobody");
    }
    StringBuilder types = new StringBuilder().append(result);
    for (Object argument : arguments) {
      types.append(code(argument));
    }
    MethodHandle handle =
        handles.computeIfAbsent(
            selector + " " + types, key -> handle(types.toString(), object, selector, arguments));
    try (Arena arena = Arena.ofConfined()) {
      Object[] all = new Object[arguments.length + 2];
      all[0] = object;
      all[1] = selector(selector);
      for (int i = 0; i < arguments.length; i++) {
        all[i + 2] = arguments[i] instanceof Size size ? segment(arena, size) : arguments[i];
      }
      return handle.invokeExact(all);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(selector, e);
    }
  }

  private static MemorySegment segment(Arena arena, Size size) {
    MemorySegment segment = arena.allocate(SIZE);
    segment.setAtIndex(ValueLayout.JAVA_LONG, 0, size.width);
    segment.setAtIndex(ValueLayout.JAVA_LONG, 1, size.height);
    segment.setAtIndex(ValueLayout.JAVA_LONG, 2, size.depth);
    return segment;
  }

  /** The type's letter in the runtime's encoding of methods; addresses are all {@code @}. */
  private static char code(Object argument) {
    return switch (argument) {
      case MemorySegment segment -> '@';
      case Long number -> 'Q';
      case Byte truth -> 'B';
      case Size size -> '{';
      default -> throw new IllegalArgumentException(argument.getClass().getName());
    };
  }

  private MethodHandle handle(
      String types, MemorySegment object, String selector, Object[] arguments) {
    MemorySegment method = method(object, selector);
    if (method.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("an object does not understand " + selector);
    }
    String encoding =
        runtime.callAddress("method_getTypeEncoding", method).reinterpret(4096).getString(0);
    if (!MethodTypes.of(encoding).equals(types)) {
      throw new IllegalStateException(
          "%s is sent as %s and is of type %s".formatted(selector, types, encoding));
    }
    List<MemoryLayout> layouts = new ArrayList<>();
    layouts.add(ValueLayout.ADDRESS);
    layouts.add(ValueLayout.ADDRESS);
    for (Object argument : arguments) {
      layouts.add(layout(code(argument)));
    }
    MemoryLayout[] all = layouts.toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        types.charAt(0) == 'v'
            ? FunctionDescriptor.ofVoid(all)
            : FunctionDescriptor.of(layout(types.charAt(0)), all);
    return Linker.nativeLinker()
        .downcallHandle(runtime.address("objc_msgSend"), descriptor)
        .asSpreader(Object[].class, all.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  private static MemoryLayout layout(char code) {
    return switch (code) {
      case '@' -> ValueLayout.ADDRESS;
      case 'B' -> ValueLayout.JAVA_BYTE;
      case '{' -> SIZE;
      default -> ValueLayout.JAVA_LONG;
    };
  }

  /** Makes a string, which lives until the pool ends. */
  MemorySegment string(Arena arena, String text) {
    return object(type("NSString"), "stringWithUTF8String:", arena.allocateFrom(text));
  }

  /** A string's characters. */
  String text(MemorySegment string) {
    return string.equals(MemorySegment.NULL)
        ? ""
        : object(string, "UTF8String").reinterpret(1 << 20).getString(0);
  }

  /** Does something whose temporary objects are released at its end. */
  <T> T pooled(Supplier<T> work) {
    MemorySegment pool = runtime.callAddress("objc_autoreleasePoolPush");
    try {
      return work.get();
    } finally {
      runtime.callVoid("objc_autoreleasePoolPop", pool);
    }
  }
}
