package dev.assay.litmus;

import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle.VarHandleDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.stream.IntStream;

/** How the variables of an instance lie on the heap: which classes hold them. */
enum JavaLayout {
    /** One object holds all variables, so that they mostly share a cache line. */
    TOGETHER("Together", 0),
    /** Each variable has an object of its own; several instances of it share a cache line. */
    APART("Apart", 0),
    /** Each variable has an object that is wider than a cache line. */
    SPACED("Spaced", 16);

    private static final String PACKAGE = "dev.assay.litmus.";

    private final String word;
    private final int padding;

    JavaLayout(String word, int padding) {
        this.word = word;
        this.padding = padding;
    }

    /** How many longs follow a variable. */
    int padding() {
        return padding;
    }

    /** How many classes hold the state of an instance. */
    int classes(int variables) {
        return this == TOGETHER ? Math.min(1, variables) : variables;
    }

    /** Which of them holds a variable. */
    int classOf(int variable) {
        return this == TOGETHER ? 0 : variable;
    }

    /** Which variables a class holds. */
    List<Integer> held(int number, int variables) {
        return this == TOGETHER ? IntStream.range(0, variables).boxed().toList() : List.of(number);
    }

    String stateName(int number) {
        return PACKAGE + "JavaState" + word + number;
    }

    ClassDesc state(int number) {
        return ClassDesc.of(stateName(number));
    }

    String storeName() {
        return PACKAGE + "JavaStore" + word;
    }

    /** The name of a thread's class; compiler options find it by this. */
    String actorName(int thread) {
        return PACKAGE + "JavaActor" + word + thread;
    }

    static String field(int variable) {
        return "v" + variable;
    }

    VarHandleDesc handle(int variable) {
        return VarHandleDesc.ofField(state(classOf(variable)), field(variable), ConstantDescs.CD_int);
    }
}
