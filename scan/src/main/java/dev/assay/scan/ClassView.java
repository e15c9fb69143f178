package dev.assay.scan;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A class as the rules see it. */
final class ClassView {
    final String name;
    final String superName;
    final List<String> interfaces;
    final int flags;
    final Map<String, Field> fields;
    /** Filled while the nest is judged, since code is by far the largest part. */
    List<Method> methods = List.of();
    /** Every string constant and every class that it refers to. */
    Set<String> strings = Set.of();
    Set<String> references = Set.of();
    private final ClassModel model;

    record Field(String owner, String name, String desc, int flags, Object constant, Set<String> annotations) {
        boolean isVolatile() {
            return (flags & ClassFile.ACC_VOLATILE) != 0;
        }

        boolean isFinal() {
            return (flags & ClassFile.ACC_FINAL) != 0;
        }

        boolean isStatic() {
            return (flags & ClassFile.ACC_STATIC) != 0;
        }

        boolean wide() {
            return desc.equals("J") || desc.equals("D");
        }

        boolean reference() {
            return desc.startsWith("L") || desc.startsWith("[");
        }
    }

    record Method(ClassView owner, String name, String desc, int flags, List<Insn> code) {
        boolean isStatic() {
            return (flags & ClassFile.ACC_STATIC) != 0;
        }

        boolean isPrivate() {
            return (flags & ClassFile.ACC_PRIVATE) != 0;
        }

        boolean isPublic() {
            return (flags & ClassFile.ACC_PUBLIC) != 0;
        }

        /** Runs before the object or class can be seen by others, if nothing escapes. */
        boolean initialises() {
            return name.equals("<init>") || name.equals("<clinit>");
        }

        String id() {
            return owner.name + "." + name + desc;
        }

        String at(Insn insn) {
            return owner.name.replace('/', '.') + "." + name + (insn.line > 0 ? ":" + insn.line : "");
        }
    }

    private ClassView(ClassModel model) {
        this.model = model;
        name = model.thisClass().asInternalName();
        superName = model.superclass().map(ClassEntry::asInternalName).orElse("");
        interfaces = model.interfaces().stream().map(ClassEntry::asInternalName).toList();
        flags = model.flags().flagsMask();
        fields = new LinkedHashMap<>();
        for (FieldModel field : model.fields()) {
            Object constant = field.findAttribute(java.lang.classfile.Attributes.constantValue())
                    .map(ConstantValueAttribute::constant).map(entry -> (Object) entry.constantValue()).orElse(null);
            Set<String> annotations = new HashSet<>();
            field.findAttribute(java.lang.classfile.Attributes.runtimeVisibleAnnotations())
                    .ifPresent(
                            list -> list.annotations().forEach(one -> annotations.add(one.className().stringValue())));
            Field view = new Field(name, field.fieldName().stringValue(), field.fieldType().stringValue(),
                    field.flags().flagsMask(), constant, annotations);
            fields.put(view.name, view);
        }
    }

    /** Reads code and constants. */
    void open() {
        guarded(() -> {
            Set<String> texts = new HashSet<>();
            Set<String> types = new HashSet<>();
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof StringEntry string) {
                    texts.add(string.stringValue());
                } else if (entry instanceof ClassEntry type) {
                    types.add(type.asInternalName());
                }
            }
            List<Method> read = new ArrayList<>();
            for (MethodModel method : model.methods()) {
                read.add(method(method));
            }
            strings = texts;
            references = types;
            methods = read;
            return this;
        });
    }

    void close() {
        strings = Set.of();
        references = Set.of();
        methods = List.of();
    }

    private Method method(MethodModel method) {
        int mask = method.flags().flagsMask();
        String descriptor = method.methodType().stringValue();
        List<Insn> code = method.code().map(model -> {
            MethodReader.Code read = MethodReader.read(model);
            StackTracer.trace(read, (mask & ClassFile.ACC_STATIC) != 0, descriptor,
                    (mask & ClassFile.ACC_SYNCHRONIZED) != 0 ? 1 : 0);
            return read.insns();
        }).orElse(List.of());
        return new Method(this, method.methodName().stringValue(), descriptor, mask, code);
    }

    /**
     * Reads a class.
     *
     * @throws Malformed
     *             when it is not one
     */
    static ClassView of(byte[] bytes) {
        return guarded(() -> new ClassView(ClassFile.of().parse(bytes)));
    }

    private static <T> T guarded(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException
                | IllegalStateException
                | ClassCastException | NullPointerException e) {
            // What the class-file API throws on a malformed file is documented as IllegalArgumentException; fuzzing shows more.
            throw new Malformed("not a class file that can be read: " + e.getMessage());
        }
    }

    boolean isInterface() {
        return (flags & ClassFile.ACC_INTERFACE) != 0;
    }

    boolean isFinal() {
        return (flags & ClassFile.ACC_FINAL) != 0;
    }

    String dotted() {
        return name.replace('/', '.');
    }
}
