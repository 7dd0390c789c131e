package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import java.util.List;

/**
 * The parts of the shader that do not depend on the instructions: the guest, its memory, the loop.
 */
final class GuestSupport {
  private final ShadingLanguage language;
  private final SourceWriter out;

  GuestSupport(ShadingLanguage language, SourceWriter out) {
    this.language = language;
    this.out = out;
  }

  void write(GuestLayout layout) {
    for (int code = 0; code < layout.stops().size(); code++) {
      out.line("constant uint %s = %du;", layout.stops().get(code), code);
    }
    out.line("");
    out.line("// Registers, why the thread stopped, and for each kind of access (0 read, 1 write,");
    out.line("// 2 execute) the segment that was used last.");
    language.openStruct(out, "A64Guest");
    layout.fields().forEach(field -> out.line(field.declaration()));
    language.closeStruct(out, "A64Guest");
    out.line("");
    out.line(
        "// A mapped range, a multiple of 4096 each. Behind all segments stand their page tables:");
    out.line(
        "// by page its place in the memory, 1 if it is staged there, 2 if it was accessed, 4 if written;");
    out.line("// the segment's begins at word table of the buffer.");
    language.openStruct(out, "A64Segment");
    List.of("base", "size", "table", "permissions").forEach(name -> out.line("ulong %s;", name));
    language.closeStruct(out, "A64Segment");
    out.line("");
    language.integers(out);
    text(STOPS);
    text(ARITHMETIC);
    text(FIND);
    text(ACCESS);
  }

  /** The body of the entry point. */
  void loop(String network) {
    text(LOOP.replace("NETWORK", network));
  }

  private void text(String lines) {
    language.lines(out, lines);
    out.line("");
  }

  private static final String STOPS =
      """
      static void a64_stop(GLOBAL A64Guest* s, uint code, ulong argument) {
        s->stop = code;
        s->stop_argument = argument;
      }

      static ulong a64_refuse(GLOBAL A64Guest* s, uint code, ulong pc) {
        s->stop = code;
        return pc;
      }
      """;

  private static final String ARITHMETIC =
      """
      // Where a register stands whose number 31 means the stack pointer.
      static uint a64_stack(uint r) {
        return r + (r + 1u >> 5u);
      }

      static uint a64_rev32(uint x) {
        uint pairs = (x & 0x00ff00ffu) << 8u | (x >> 8u & 0x00ff00ffu);
        return rotate(pairs, 16u);
      }

      static ulong a64_rev64(ulong x) {
        return (ulong)a64_rev32((uint)x) << 32u | (ulong)a64_rev32((uint)(x >> 32u));
      }
      """;

  private static final String FIND =
      """
      // The top byte of an address is ignored.
      constant ulong A64_UNTAGGED = 0xfffffffffffffful;

      // The most pages, one behind the other, that are opened with the first.
      constant ulong A64_RUN = 16ul;

      // Makes the page of an address, and those behind it that have been accessed before, the ones
      // used last; false if it is not staged.
      static bool a64_open(
          GLOBAL A64Guest* s, GLOBAL A64Segment* segments, GLOBAL A64Segment* segment,
          ulong address, uint access) {
        GLOBAL ulong* table = (GLOBAL ulong*)segments + segment->table;
        ulong page = (address - segment->base) >> 12u;
        ulong place = table[page];
        if ((place & 1ul) == 0ul) {
          return false;
        }
        ulong marks = access == 1u ? 6ul : 2ul;
        if ((place & marks) != marks) {
          place |= marks;
          table[page] = place;
        }
        ulong run = 1ul;
        ulong most = min(A64_RUN, (segment->size >> 12u) - page);
        while (run < most && table[page + run] == place + (run << 12u)) {
          run += 1ul;
        }
        s->window_base[access] = segment->base + (page << 12u);
        s->window_size[access] = run << 12u;
        s->window_offset[access] = place & ~4095ul;
        return true;
      }

      // Finds what is mapped at an address; stops the guest if nothing is that allows the access,
      // or if it is not staged.
      static bool a64_find(
          GLOBAL A64Guest* s, GLOBAL A64Segment* segments, ulong address, uint access) {
        ulong untagged = address & A64_UNTAGGED;
        s->stop = A64_UNMAPPED;
        for (uint i = 0u; i < s->segment_count; i++) {
          GLOBAL A64Segment* segment = segments + (s->first_segment + i);
          if (untagged - segment->base < segment->size) {
            s->stop = A64_FORBIDDEN;
            if ((segment->permissions >> access & 1ul) != 0ul) {
              if (a64_open(s, segments, segment, untagged, access)) {
                s->stop = A64_RUNNING;
                return true;
              }
              s->stop = A64_ABSENT;
            }
            break;
          }
        }
        s->stop_argument = address;
        s->access = access;
        return false;
      }

      // Where a byte stands in the memory; the guest is stopped if it may not be accessed.
      static ulong a64_place(
          GLOBAL A64Guest* s, GLOBAL A64Segment* segments, ulong address, uint access) {
        ulong untagged = address & A64_UNTAGGED;
        if (untagged - s->window_base[access] >= s->window_size[access]) {
          if (!a64_find(s, segments, address, access)) {
            return 0ul;
          }
        }
        return s->window_offset[access] + (untagged - s->window_base[access]);
      }
      """;

  private static final String ACCESS = access();

  /**
   * Returns the accesses of each size, which go byte by byte where a segment ends within or is not
   * known.
   */
  private static String access() {
    StringBuilder all =
        new StringBuilder(
            """
            static ulong a64_load_bytes(GLOBAL A64Guest* s, GLOBAL A64Segment* segments,
                GLOBAL uchar* memory, ulong address, uint bytes) {
              ulong value = 0ul;
              for (uint i = 0u; i < bytes; i++) {
                ulong place = a64_place(s, segments, address + i, 0u);
                if (s->stop != 0u) {
                  return 0ul;
                }
                value |= (ulong)memory[place] << 8u * i;
              }
              return value;
            }

            // All bytes are looked for before the first is written.
            static void a64_store_bytes(GLOBAL A64Guest* s, GLOBAL A64Segment* segments,
                GLOBAL uchar* memory, ulong address, uint bytes, ulong value) {
              for (uint i = 0u; i < bytes; i++) {
                a64_place(s, segments, address + i, 1u);
                if (s->stop != 0u) {
                  return;
                }
              }
              for (uint i = 0u; i < bytes; i++) {
                memory[a64_place(s, segments, address + i, 1u)] = (uchar)(value >> 8u * i);
              }
            }

            """);
    for (int bytes = 1; bytes <= Long.BYTES; bytes *= 2) {
      String natural = bytes == 1 ? "uchar" : bytes == 2 ? "ushort" : bytes == 4 ? "uint" : "ulong";
      all.append(
          """
          static TYPE a64_loadBITS(GLOBAL A64Guest* s, GLOBAL A64Segment* segments,
              GLOBAL uchar* memory, ulong address) {
            ulong at = (address & A64_UNTAGGED) - s->window_base[0];
            if (at <= s->window_size[0] - BYTESul && (at & LASTul) == 0ul) {
              return (TYPE)*(GLOBAL const NATURAL*)(memory + (s->window_offset[0] + at));
            }
            return (TYPE)a64_load_bytes(s, segments, memory, address, BYTESu);
          }

          static void a64_storeBITS(GLOBAL A64Guest* s, GLOBAL A64Segment* segments,
              GLOBAL uchar* memory, ulong address, TYPE value) {
            ulong at = (address & A64_UNTAGGED) - s->window_base[1];
            if (at <= s->window_size[1] - BYTESul && (at & LASTul) == 0ul) {
              *(GLOBAL NATURAL*)(memory + (s->window_offset[1] + at)) = (NATURAL)value;
            } else {
              a64_store_bytes(s, segments, memory, address, BYTESu, value);
            }
          }

          """
              .replace("TYPE", bytes == Long.BYTES ? "ulong" : "uint")
              .replace("NATURAL", natural)
              .replace("BITS", Integer.toString(bytes * Byte.SIZE))
              .replace("BYTES", Integer.toString(bytes))
              .replace("LAST", Integer.toString(bytes - 1)));
    }
    return all.toString().stripTrailing();
  }

  private static final String LOOP =
      """
      GLOBAL A64Guest* s = guests + gid;
      ulong pc = s->pc;
      ulong budget = s->budget;
      for (uint access = 0u; access < 3u; access++) {
        s->window_base[access] = 1ul << 60u;  // no address is near it
        s->window_size[access] = 8ul;
      }
      s->stop = s->executed < budget ? A64_RUNNING : A64_BUDGET;
      while (s->stop == A64_RUNNING) {
        uint word = 0u;
        int chosen = -1;
        ulong next = pc;
        if ((pc & 3ul) != 0ul) {
          a64_stop(s, A64_PC_ALIGNMENT, pc);
        } else {
          ulong place = a64_place(s, segments, pc, 2u);
          if (s->stop == A64_RUNNING) {
            word = *(GLOBAL const uint*)(memory + place);
            chosen = NETWORK(word, pc);
            next = a64_execute(chosen, s, segments, memory, word, pc);
          }
        }
        if (s->stop != A64_RUNNING) {
          s->word = word;
          s->kernel_number = (uint)chosen;
        } else {
          pc = next;
          s->executed += 1ul;
          if (s->executed >= budget) {
            s->stop = A64_BUDGET;
          }
        }
      }
      s->pc = pc;
      """;
}
