package dev.assay.bpf;

/**
 * Names with a flavour: {@code task_struct___old} means {@code task_struct} to relocation. The part after the last three
 * underscores is ignored where neither neighbour is an underscore (libbpf, "BPF CO-RE reference guide", flavours).
 */
final class Flavour {
    private Flavour() {}

    /** The name without its flavour. */
    static String essential(String name) {
        for (int i = name.length() - 5; i >= 0; i--) {
            if (name.charAt(i) != '_' && name.startsWith("___", i + 1) && name.charAt(i + 4) != '_') {
                return name.substring(0, i + 1);
            }
        }
        return name;
    }

    static boolean same(String one, String other) {
        return essential(one).equals(essential(other));
    }
}
