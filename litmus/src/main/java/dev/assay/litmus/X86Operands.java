package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Direct;
import dev.assay.litmus.X86Instruction.Immediate;
import dev.assay.litmus.X86Instruction.Memory;
import dev.assay.litmus.X86Instruction.Operand;
import dev.assay.litmus.X86Instruction.SymbolAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What instructions of x86-64 name: registers, variables, bytes of memory. */
final class X86Operands {
    private static final int RAX = 0;

    private X86Operands() {}

    /** The numbers of all registers that an instruction names or uses. */
    static Stream<Integer> registers(X86Instruction instruction) {
        List<Operand> operands = new ArrayList<>();
        switch (instruction) {
            case X86Instruction.Move i -> operands.addAll(List.of(i.target(), i.source()));
            case X86Instruction.MoveExtend i -> operands.addAll(List.of(new Direct(i.target()), i.source()));
            case X86Instruction.LoadAddress i -> operands.addAll(List.of(new Direct(i.target()), i.source()));
            case X86Instruction.Arithmetic i -> operands.addAll(List.of(i.target(), i.source()));
            case X86Instruction.Unary i -> operands.add(i.target());
            case X86Instruction.Exchange i -> operands.addAll(List.of(i.left(), i.right()));
            case X86Instruction.ExchangeAdd i -> operands.addAll(List.of(i.target(), new Direct(i.source())));
            case X86Instruction.CompareExchange i -> operands
                    .addAll(List.of(i.target(), new Direct(i.source()), new Direct(new X86Register(RAX, 8, false))));
            case X86Instruction.SetIf i -> operands.add(i.target());
            case X86Instruction.MoveIf i -> operands.addAll(List.of(new Direct(i.target()), i.source()));
            case X86Instruction.Fence _,X86Instruction.Jump _,X86Instruction.JumpIf _,X86Instruction.Nop _,X86Instruction.Return _ ->
                {
                }
        }
        return operands.stream().flatMap(operand -> switch (operand) {
            case Direct direct -> Stream.of(direct.register().number());
            case Memory memory -> Stream.of(memory.base(), memory.index()).filter(r -> r != null)
                    .map(X86Register::number);
            case Immediate _,SymbolAddress _ -> Stream.of();
        });
    }

    /** How many bytes of memory an instruction may access. */
    static int accessBytes(X86Instruction instruction) {
        return switch (instruction) {
            case X86Instruction.Move i -> i.size();
            case X86Instruction.MoveExtend i -> i.sourceSize();
            case X86Instruction.Arithmetic i -> i.size();
            case X86Instruction.Unary i -> i.size();
            case X86Instruction.Exchange i -> i.size();
            case X86Instruction.ExchangeAdd i -> i.size();
            case X86Instruction.CompareExchange i -> i.size();
            case X86Instruction.MoveIf i -> i.size();
            case X86Instruction.SetIf _ -> 1;
            case X86Instruction.LoadAddress _,X86Instruction.Fence _,X86Instruction.Jump _,X86Instruction.JumpIf _,X86Instruction.Nop _,X86Instruction.Return _ ->
                0;
        };
    }

    /** The variables that an instruction names. */
    static Stream<String> symbols(X86Instruction instruction) {
        List<Operand> operands = switch (instruction) {
            case X86Instruction.Move i -> List.of(i.target(), i.source());
            case X86Instruction.MoveExtend i -> List.of(i.source());
            case X86Instruction.LoadAddress i -> List.of(i.source());
            case X86Instruction.Arithmetic i -> List.of(i.target(), i.source());
            case X86Instruction.Unary i -> List.of(i.target());
            case X86Instruction.Exchange i -> List.of(i.left(), i.right());
            case X86Instruction.ExchangeAdd i -> List.of(i.target());
            case X86Instruction.CompareExchange i -> List.of(i.target());
            case X86Instruction.SetIf i -> List.of(i.target());
            case X86Instruction.MoveIf i -> List.of(i.source());
            case X86Instruction.Fence _,X86Instruction.Jump _,X86Instruction.JumpIf _,X86Instruction.Nop _,X86Instruction.Return _ ->
                List.of();
        };
        return operands.stream().flatMap(o -> switch (o) {
            case Memory m when !m.symbol().isEmpty() -> Stream.of(m.symbol());
            case SymbolAddress a -> Stream.of(a.symbol());
            case Memory _,Direct _,Immediate _ -> Stream.of();
        });
    }
}
