package dev.assay.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Final flags of the JVM that runs this, as HotSpot settled them for this machine at its start. */
final class JvmFlags {
    private final Optional<HotSpotDiagnosticMXBean> hotSpot;
    private final String absent;

    private JvmFlags(Optional<HotSpotDiagnosticMXBean> hotSpot, String absent) {
        this.hotSpot = hotSpot;
        this.absent = absent;
    }

    static JvmFlags ofThisJvm() {
        return new JvmFlags(Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)),
                "this JVM is not HotSpot");
    }

    /** For a saved machine. */
    static JvmFlags elsewhere() {
        return new JvmFlags(Optional.empty(), "the JVM that runs this is not on that machine");
    }

    Reading<String> value(String flag) {
        if (hotSpot.isEmpty()) {
            return Reading.unsupported(absent);
        }
        try {
            return Reading.known(hotSpot.get().getVMOption(flag).getValue(), "the flag " + flag + " of this JVM");
        } catch (IllegalArgumentException _) {
            return Reading.unsupported("this JVM has no flag " + flag + " on " + System.getProperty("os.arch"));
        }
    }
}
