package dev.axon64.machine.bytecode;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.legal.Legaliser;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A method that computes a value from locals, which it is given in an array. */
final class CompiledNode {
  private static final MethodTypeDesc TYPE = MethodTypeDesc.of(CD_long, CD_long.arrayType());

  private final MethodHandle method;

  CompiledNode(Legaliser.Value value) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    ClassDesc name = ClassDesc.of(CompiledNode.class.getPackageName() + ".Compiled");
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                type ->
                    type.withMethodBody(
                        "run", TYPE, ClassFile.ACC_STATIC, code -> body(code, value)));
    MethodHandles.Lookup compiled = lookup.defineHiddenClass(bytes, true);
    method =
        compiled.findStatic(
            compiled.lookupClass(), "run", MethodType.methodType(long.class, long[].class));
  }

  private static void body(CodeBuilder code, Legaliser.Value value) {
    NodeCode nodes = new NodeCode(code, CompiledNode::read);
    nodes.of(value);
    Variable result = Variable.allocate(code, value.node().width());
    result.store(code);
    result.loadLong(code);
    code.lreturn();
  }

  private static void read(CodeBuilder code, Node.Read read) {
    code.aload(0).loadConstant(((Node.Local) read).id()).laload();
    if (read.width() < Long.SIZE) {
      code.l2i();
    }
  }

  long run(long[] locals) {
    try {
      return (long) method.invokeExact(locals);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
