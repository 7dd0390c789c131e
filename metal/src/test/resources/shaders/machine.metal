// A small register machine: structs with arrays, a switch, memory read at several widths.
#include <metal_stdlib>
using namespace metal;

#define MASK(bits) ((1ul << (bits)) - 1)
#define FIELD(word, at, bits) (((word) >> (at)) & uint(MASK(bits)))

enum Operation : uint { MOVE = 0, ADD, SUBTRACT, LOAD, STORE, BRANCH_NONZERO, MULTIPLY_HIGH, HALT };

struct Flags {
    bool n;
    bool z;
};

struct Machine {
    ulong regs[16];
    ulong pc;
    Flags flags;
    device uchar* memory;
    uint size;

    bool inside(ulong at, uint bytes) { return at < size && bytes <= size - at; }
};

static inline void set_flags(thread Flags& flags, ulong value) {
    flags.n = (value >> 63) != 0;
    flags.z = value == 0;
}

static ulong load(thread Machine& m, ulong at, uint width) {
    switch (width) {
        case 0: return m.memory[at];
        case 1: return *(device ushort*)(m.memory + at);
        case 2: return *(device uint*)(m.memory + at);
        default: return *(device ulong*)(m.memory + at);
    }
}

static bool step(thread Machine* m) {
    uint word = *reinterpret_cast<device uint*>(m->memory + m->pc);
    uint op = FIELD(word, 28, 4), d = FIELD(word, 24, 4), a = FIELD(word, 20, 4);
    uint b = FIELD(word, 16, 4);
    short imm = short(word & 0xFFFF);
    m->pc += 4;
    switch (static_cast<Operation>(op)) {
        case MOVE: m->regs[d] = imm; break;
        case ADD: m->regs[d] = m->regs[a] + m->regs[b] + imm; break;
        case SUBTRACT:
            m->regs[d] = m->regs[a] - m->regs[b];
            set_flags(m->flags, m->regs[d]);
            break;
        case LOAD:
            if (m->inside(m->regs[a], 8)) m->regs[d] = load(*m, m->regs[a], b & 3);
            break;
        case STORE:
            if (m->inside(m->regs[a], 8)) *(device ulong*)(m->memory + m->regs[a]) = m->regs[d];
            break;
        case BRANCH_NONZERO:
            if (m->regs[d] != 0) m->pc += long(imm) * 4;
            break;
        case MULTIPLY_HIGH: m->regs[d] = mulhi(m->regs[a], m->regs[b]); break;
        case HALT:
        default: return false;
    }
    return true;
}

kernel void run_machine(device uchar* memory [[buffer(0)]],
                        device ulong* registers [[buffer(1)]],
                        device const uint* limits [[buffer(2)]],
                        device atomic_uint* steps [[buffer(3)]],
                        uint lane [[thread_position_in_grid]]) {
    Machine m;
    for (int i = 0; i < 16; i++) m.regs[i] = registers[lane * 16 + i];
    m.pc = 0;
    m.memory = memory;
    m.size = limits[0];
    uint done = 0;
    while (done < limits[1] && m.inside(m.pc, 4) && step(&m)) {
        done++;
    }
    for (int i = 0; i < 16; i++) registers[lane * 16 + i] = m.regs[i];
    atomic_fetch_add_explicit(steps, done, memory_order_relaxed);
}
