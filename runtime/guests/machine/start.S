// Starts a program on a bare machine in EL1: a stack, exception vectors, and main. Returning switches the machine off.
  .section .text.start, "ax"
  .global _start
_start:
  adr   x9, stack_top
  mov   sp, x9
  adr   x9, vectors
  msr   vbar_el1, x9
  isb
  bl    main
  .global off
off:
  mov   x0, #8
  movk  x0, #0x8400, lsl #16
  hvc   #0
  b     .

// Each vector tells its number to handle(), which gets the saved registers.
  .macro vector number
  .balign 128
  sub   sp, sp, #272
  stp   x0, x1, [sp]
  mov   x0, #\number
  b     save
  .endm

  .balign 2048
vectors:
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  vector \n
  .endr

save:
  stp   x2, x3, [sp, #16]
  stp   x4, x5, [sp, #32]
  stp   x6, x7, [sp, #48]
  stp   x8, x9, [sp, #64]
  stp   x10, x11, [sp, #80]
  stp   x12, x13, [sp, #96]
  stp   x14, x15, [sp, #112]
  stp   x16, x17, [sp, #128]
  stp   x18, x19, [sp, #144]
  stp   x20, x21, [sp, #160]
  stp   x22, x23, [sp, #176]
  stp   x24, x25, [sp, #192]
  stp   x26, x27, [sp, #208]
  stp   x28, x29, [sp, #224]
  str   x30, [sp, #240]
  mov   x1, sp
  bl    handle
  ldp   x2, x3, [sp, #16]
  ldp   x4, x5, [sp, #32]
  ldp   x6, x7, [sp, #48]
  ldp   x8, x9, [sp, #64]
  ldp   x10, x11, [sp, #80]
  ldp   x12, x13, [sp, #96]
  ldp   x14, x15, [sp, #112]
  ldp   x16, x17, [sp, #128]
  ldp   x18, x19, [sp, #144]
  ldp   x20, x21, [sp, #160]
  ldp   x22, x23, [sp, #176]
  ldp   x24, x25, [sp, #192]
  ldp   x26, x27, [sp, #208]
  ldp   x28, x29, [sp, #224]
  ldr   x30, [sp, #240]
  ldp   x0, x1, [sp]
  add   sp, sp, #272
  eret

  .bss
  .balign 16
  .skip 16384
stack_top:
