package dev.assay.scan;

import java.lang.classfile.ClassFile;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A top-level class with all classes in it: they share fields and locks, so the rules see them together. */
final class Nest {
    private static final Set<String> THREAD_INTERFACES = Set.of("java/lang/Runnable", "java/util/concurrent/Callable");
    private static final Set<String> STARTERS = Set.of("start", "execute", "submit", "schedule", "scheduleAtFixedRate",
            "scheduleWithFixedDelay", "startVirtualThread", "runAsync", "supplyAsync", "<init>", "unstarted",
            "newThread",
            "invokeAll");

    private static final Pattern LOCKING = Pattern.compile("[lL]ock|[eE]xclusive|[sS]ynchronized");

    final List<ClassView> classes;
    private final Map<String, ClassView> all;
    private final Map<String, ClassView.Method> methodsById = new HashMap<>();
    private Set<String> threadBodies;
    private Map<String, Boolean> alwaysLocked;
    private Map<String, Boolean> lambdas;

    /**
     * @param all
     *            every class of the artifact by name, for what lies in super classes
     */
    Nest(List<ClassView> classes, Map<String, ClassView> all) {
        this.classes = List.copyOf(classes);
        this.all = all;
        methods().forEach(method -> methodsById.put(method.id(), method));
    }

    Stream<ClassView.Method> methods() {
        return classes.stream().flatMap(view -> view.methods.stream()).filter(method -> !method.code().isEmpty());
    }

    /** The declaration of a field, in the class itself or in a super class that the artifact holds. */
    Optional<ClassView.Field> field(Insn access) {
        String owner = access.owner;
        for (int i = 0; i < 32; i++) {
            ClassView view = all.get(owner);
            if (view == null) {
                return Optional.empty();
            }
            ClassView.Field field = view.fields.get(access.name);
            if (field != null) {
                return Optional.of(field);
            }
            owner = view.superName;
        }
        return Optional.empty();
    }

    Optional<ClassView> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Whether a class is or extends this one, as far as the artifact shows. */
    boolean extendsFrom(String name, String ancestor) {
        String current = name;
        for (int i = 0; i < 32 && !current.isEmpty(); i++) {
            if (current.equals(ancestor)) {
                return true;
            }
            ClassView view = all.get(current);
            if (view == null) {
                return false;
            }
            if (view.interfaces.contains(ancestor)) {
                return true;
            }
            current = view.superName;
        }
        return false;
    }

    /** Methods that run on a thread of their own: bodies of threads and tasks, and what only they call within the nest. */
    Set<String> threadBodies() {
        if (threadBodies == null) {
            threadBodies = closure(roots());
        }
        return threadBodies;
    }

    private Set<String> roots() {
        Set<String> roots = new HashSet<>();
        methods().forEach(method -> {
            boolean body = method.name().equals("run") && method.desc().equals("()V")
                    || method.name().equals("call") && method.desc().startsWith("()");
            if (body && (THREAD_INTERFACES.stream().anyMatch(type -> extendsFrom(method.owner().name, type))
                    || extendsFrom(method.owner().name, "java/lang/Thread"))) {
                roots.add(method.id());
            }
            for (Insn insn : method.code()) {
                if (insn.invokes() && STARTERS.contains(insn.name)
                        && (insn.owner.startsWith("java/util/concurrent/")
                                || insn.owner.startsWith("java/lang/Thread"))) {
                    for (Value argument : insn.in) {
                        if (argument.from() != null && argument.from().op == Op.INVOKEDYNAMIC
                                && argument.from().constant instanceof String lambda) {
                            roots.add(lambda);
                        }
                    }
                }
            }
        });
        return roots;
    }

    private Set<String> closure(Set<String> roots) {
        Set<String> reached = new HashSet<>(roots);
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            ClassView.Method method = methodsById.get(open.pop());
            if (method == null) {
                continue;
            }
            for (Insn insn : method.code()) {
                String callee = insn.owner + "." + insn.name + insn.desc;
                ClassView.Method called = methodsById.get(callee);
                // A method that others may call too does not belong to the thread alone.
                if (insn.invokes() && called != null && called.isPrivate() && reached.add(callee)) {
                    open.add(callee);
                }
            }
        }
        return reached;
    }

    /** Whether every call within the nest to this private method is made with a lock held, directly or by the caller's. */
    boolean alwaysLocked(ClassView.Method method) {
        if (alwaysLocked == null) {
            alwaysLocked = lockedMethods();
        }
        return alwaysLocked.getOrDefault(method.id(), false);
    }

    private Map<String, Boolean> lockedMethods() {
        Map<String, Boolean> locked = new HashMap<>();
        Map<String, Set<String>> unlockedCallers = new HashMap<>();
        Set<String> called = new HashSet<>();
        methods().forEach(method -> method.code().stream().filter(Insn::invokes).forEach(insn -> {
            String callee = insn.owner + "." + insn.name + insn.desc;
            called.add(callee);
            if (insn.locks == 0 && !runsLocked(method)) {
                unlockedCallers.computeIfAbsent(callee, _ -> new HashSet<>()).add(method.id());
            }
        }));
        methods().filter(method -> confined(method) && called.contains(method.id()))
                .forEach(method -> locked.put(method.id(), true));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<String, Boolean> entry : locked.entrySet()) {
                if (entry.getValue() && unlockedCallers.getOrDefault(entry.getKey(), Set.of()).stream()
                        .anyMatch(caller -> !locked.getOrDefault(caller, false))) {
                    entry.setValue(false);
                    changed = true;
                }
            }
        }
        return locked;
    }

    /** Only this nest calls it: private, or not public in a class of its own within it. */
    private static boolean confined(ClassView.Method method) {
        return method.isPrivate() || method.owner().name.indexOf('$') > 0 && !method.isPublic()
                && (method.flags() & ClassFile.ACC_PROTECTED) == 0;
    }

    /**
     * Whether this is the body of a lambda that is handed, everywhere it is made, to a method that locks by its name, or
     * that is handed on at once while a lock is held.
     */
    boolean runsLocked(ClassView.Method method) {
        if (lambdas == null) {
            lambdas = new HashMap<>();
            methods().forEach(maker -> maker.code().stream()
                    .filter(insn -> insn.invokes()).forEach(call -> {
                        for (Value argument : call.in) {
                            Insn made = argument.from();
                            if (made != null && made.op == Op.INVOKEDYNAMIC && made.constant instanceof String body) {
                                boolean locks = LOCKING.matcher(call.name).find()
                                        || call.locks > 0 && !STARTERS.contains(call.name);
                                lambdas.merge(body, locks, Boolean::logicalAnd);
                            }
                        }
                    }));
        }
        return lambdas.getOrDefault(method.id(), false);
    }

    /** Whether a lock is held at this instruction, here or by every caller; by convention a name may say so. */
    boolean guarded(ClassView.Method method, Insn insn) {
        return insn.locks > 0 || alwaysLocked(method) || runsLocked(method) || method.name().endsWith("Locked")
                || method.name().contains("UnderLock")
                || method.name().contains("WithLock");
    }

    Collection<ClassView> known() {
        return all.values();
    }
}
