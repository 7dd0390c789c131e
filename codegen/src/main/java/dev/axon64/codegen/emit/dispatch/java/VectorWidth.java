package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_SHAPE;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_SPECIES;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/**
 * Emits the choice of a vector width: the machine's preferred one, or what the system property
 * {@code axon64.vector.bits} says when the class is loaded.
 */
public final class VectorWidth {
  private VectorWidth() {}

  /** {@code private static final VectorSpecies<Float> F = species();} and what follows from it. */
  public static void add(TypeSpec.Builder type) {
    TypeName floats = ParameterizedTypeName.get(VECTOR_SPECIES, TypeName.FLOAT.box());
    TypeName ints = ParameterizedTypeName.get(VECTOR_SPECIES, TypeName.INT.box());
    type.addField(FieldSpec.builder(floats, "F", CONSTANT).initializer("species()").build());
    type.addField(
        FieldSpec.builder(ints, "I", CONSTANT).initializer("F.withLanes(int.class)").build());
    type.addField(
        FieldSpec.builder(TypeName.INT, "LANES", CONSTANT).initializer("F.length()").build());
    type.addMethod(
        MethodSpec.methodBuilder("species")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(floats)
            .addStatement(
                "int bits = $T.getInteger($S, $T.SPECIES_PREFERRED.vectorBitSize())",
                Integer.class,
                "axon64.vector.bits",
                FLOAT_VECTOR)
            .addComment("Rows are padded for at most 512 bits; wider machines lose nothing.")
            .addStatement(
                "return $T.of(float.class, $T.forBitSize($T.min(bits, 512)))",
                VECTOR_SPECIES,
                VECTOR_SHAPE,
                Math.class)
            .build());
  }
}
