package dev.assay.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Final flags of a JVM, as HotSpot settled them for its machine at its start. */
@FunctionalInterface
interface JvmFlags {
    Reading<String> value(String flag);

    /** Those of the JVM that runs this. Diagnostic flags are told only when it was started with them unlocked. */
    static JvmFlags ofThisJvm() {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (hotSpot == null) {
            return _ -> Reading.unsupported("this JVM is not HotSpot");
        }
        return flag -> {
            try {
                return Reading.known(hotSpot.getVMOption(flag).getValue(), "the flag " + flag + " of this JVM");
            } catch (IllegalArgumentException _) {
                return Reading.unsupported("this JVM shows no flag " + flag + " on " + System.getProperty("os.arch"));
            }
        };
    }

    /** For a saved machine. */
    static JvmFlags elsewhere() {
        return _ -> Reading.unsupported("the JVM that runs this is not on that machine");
    }
}
