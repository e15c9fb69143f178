package dev.assay.litmus;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Which methods of a class this JVM runs as compiled code now, by its own list ({@code jcmd Compiler.codelist}). */
final class CompiledCode {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    /** The third word of a line: this code may be entered. */
    private static final String IN_USE = "0";

    private CompiledCode() {}

    /**
     * The compilations of a class that may be entered, one line each, which changes when one is given up or made anew.
     *
     * @return empty when this JVM does not tell
     */
    static Optional<Set<String>> of(Class<?> type) {
        try {
            String list = (String) SERVER.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "compilerCodelist", new Object[]{new String[0]}, new String[]{String[].class.getName()});
            // The list writes the address of a hidden class after a plus sign or a slash.
            String name = type.getName().replace('/', '+');
            return Optional.of(list.lines().filter(line -> line.contains(name) || line.contains(type.getName()))
                    .filter(line -> line.split(" ")[2].equals(IN_USE)).collect(Collectors.toUnmodifiableSet()));
        } catch (JMException | RuntimeException _) {
            // Another JVM than HotSpot; the caller says that it is not known.
            return Optional.empty();
        }
    }

    /** Whether a method of that name is among the compilations. */
    static boolean has(Set<String> compilations, String method) {
        return compilations.stream().anyMatch(line -> line.contains("." + method + "("));
    }
}
