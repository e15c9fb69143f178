package dev.assay.scan;

import java.util.Set;

/** A number of threads that fitted one machine. */
final class FixedParallelism implements HazardRule {
    private static final Rule RULE = new Rule("hazard.fixed-parallelism", Severity.NOTE, Confidence.LOW,
            "A pool of a constant number of threads",
            "An executor or fork-join pool is made with a constant of two threads or more.",
            "Machines of the other architecture have other core counts (and no SMT on most aarch64 servers): the constant was"
                    + " right for one of them at most.",
            "Executors.newFixedThreadPool(16)",
            "Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())",
            "Derive it from availableProcessors or make it a setting; accept it where the number is meant.");
    private static final Set<String> MAKERS = Set.of("newFixedThreadPool", "newWorkStealingPool",
            "newScheduledThreadPool");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                boolean factory = insn.invokes() && insn.owner.equals("java/util/concurrent/Executors")
                        && MAKERS.contains(insn.name) && insn.in.length > 0;
                boolean pool = insn.op == Op.INVOKESPECIAL && insn.name.equals("<init>") && insn.in.length > 1
                        && (insn.owner.equals("java/util/concurrent/ForkJoinPool")
                                || insn.owner.equals("java/util/concurrent/ThreadPoolExecutor"));
                if ((factory || pool) && insn.in[pool ? 1 : 0].constant() instanceof Integer threads && threads > 1) {
                    report.add(Confidence.LOW, method.at(insn),
                            "a pool of " + threads + " threads, whatever the machine");
                }
            }
        });
    }
}
