package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import java.util.List;

/**
 * Emits two shaders with the same kernel signature, so that one host runs either: {@code NAME}
 * reads the weights from buffer 0 in the spec's flat layout, {@code NAME_baked} carries the lowered
 * plan and leaves buffer 0 unread.
 */
abstract class ShaderDispatchBackend implements DispatchBackend {
  private final ShadingLanguage language;

  ShaderDispatchBackend(ShadingLanguage language) {
    this.language = language;
  }

  @Override
  public String name() {
    return language.name();
  }

  @Override
  public String description() {
    return "two " + language.title() + " shaders, with and without the weights in them";
  }

  @Override
  public List<SourceFile> generate(DispatchInput input) {
    String name = input.model();
    return List.of(
        new SourceFile(
            name + language.extension(), new BufferShader(input.plan().spec(), language).text()),
        new SourceFile(
            name + "_baked" + language.extension(),
            new BakedShader(input.plan(), language).text()));
  }
}
