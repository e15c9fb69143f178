package dev.assay.scan;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads scripts, images, orchestration and build files line by line; comments are passed over. */
final class Settings implements ArtifactReader.TextVisitor {
    private static final Pattern NAMES = Pattern
            .compile("(?i).*(dockerfile|containerfile)[^/]*|.*\\.(sh|bash|ksh|ya?ml|env|service|"
                    + "vmoptions|dockerfile|mk|cmake)|.*/?(jvm\\.(options|config)|maven\\.config|gradle\\.properties|jenkinsfile|makefile|"
                    + "cmakelists\\.txt|setenv\\.sh|procfile|\\.env|\\.sdkmanrc|java_opts|jdk_java_options)");
    private static final Pattern FLAG = Pattern.compile("-XX:([+-]?)([A-Za-z][A-Za-z0-9]*)(=[^\\s\"',\\]]*)?");
    private static final Pattern PLATFORM = Pattern
            .compile("(?i)(--platform[= ]\"?(linux/)?(amd64|x86_64)|platforms?:\\s*[\"']?(linux/)?"
                    + "(amd64|x86_64)[\"']?\\s*$|kubernetes\\.io/arch[\"']?\\s*[:=]\\s*[\"']?amd64|GOARCH[=:]\\s*[\"']?(amd64|386)|"
                    + "DOCKER_DEFAULT_PLATFORM[=:]\\s*[\"']?linux/amd64|^\\s*FROM\\s+(amd64|i386)/|image:\\s*[\"']?(amd64|i386)/|"
                    + "^\\s*FROM\\s+\\S+[:-](amd64|x86_64)\\b|image:\\s*\\S+[:-](amd64|x86_64)[\"']?\\s*$)");
    private static final Pattern DIGEST = Pattern.compile("(?i)^\\s*(FROM|-?\\s*image:)\\s+\\S*@sha256:[0-9a-f]{64}");
    private static final Pattern COMPILER = Pattern
            .compile("(?<![\\w-])-m((arch|tune|cpu)=(x86-64\\S*|haswell|skylake\\S*|"
                    + "sandybridge|ivybridge|broadwell|icelake\\S*|znver\\d|core2|corei7|nehalem|i[3-6]86|native)|avx\\S*|sse\\S*|fma\\d?\\b|bmi2?\\b)");
    private static final Pattern PATH = Pattern.compile("(?i)(/(x86_64|i386)-linux-gnu\\b|/java-[\\w.-]*-amd64\\b|"
            + "/(jdk|jre)[\\w.+-]*-(amd64|x64)\\b|linux[-_](x64|x86[-_]64|amd64)[\\w.-]*\\.(tar|tgz|zip|deb|rpm|gz|xz)|_amd64\\.deb|\\.x86_64\\.rpm)");

    private static final Pattern PLACEMENT = Pattern
            .compile(
                    "\\bnumactl\\s+(-\\S+\\s+)*?(--(cpunodebind|membind|preferred|physcpubind)[= ]|-[NmpC] ?)\\d[\\d,+-]*|"
                            + "\\btaskset\\s+(-\\w+\\s+)*(0x[0-9a-fA-F]+|\\d[\\d,-]*)(?=\\s)|--cpuset-(cpus|mems)[= ]\"?\\d[\\d,-]*|"
                            + "\\bcpuset(_cpus|_mems)?:\\s*[\"']?\\d[\\d,-]*");

    private final Target target;

    Settings(Target target) {
        this.target = target;
    }

    @Override
    public boolean wants(String name) {
        return NAMES.matcher(name).matches();
    }

    @Override
    public void visit(ArtifactFacts owner, String entry, String text) {
        boolean tolerant = text.contains("-XX:+IgnoreUnrecognizedVMOptions");
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String bare = line.stripLeading();
            if (bare.startsWith("#") && !bare.startsWith("#!") || bare.startsWith("//") || line.length() > 10_000) {
                continue;
            }
            String place = entry + ":" + number;
            flags(owner, line, place, tolerant);
            if (target.processor() != Processor.X86_64) {
                say(owner, SettingsRules.PLATFORM, PLATFORM, line, place);
                say(owner, SettingsRules.COMPILER, COMPILER, line, place);
                say(owner, SettingsRules.PATH, PATH, line, place);
            }
            say(owner, SettingsRules.DIGEST, DIGEST, line, place);
            say(owner, SettingsRules.NUMA, PLACEMENT, line, place);
        }
    }

    private void flags(ArtifactFacts owner, String line, String place, boolean tolerant) {
        Matcher matcher = FLAG.matcher(line);
        while (matcher.find()) {
            String flag = matcher.group(2);
            if (flag.startsWith("Flags") || flag.startsWith("VMOptionsFile")) {
                continue;
            }
            if (!tolerant) {
                existence(owner, flag, matcher.group(), place);
            }
            if (flag.equals("LargePageSizeInBytes")) {
                owner.finding(SettingsRules.LARGE_PAGES, place, "the size is fixed by " + matcher.group());
            }
            if (flag.contains("NUMA") && !matcher.group(1).equals("-")) {
                owner.finding(SettingsRules.NUMA, place, matcher.group() + (target.system() == OperatingSystem.MACOS
                        ? " has no effect on macOS"
                        : " has an effect only where the target has several memory nodes"));
            }
        }
    }

    private void existence(ArtifactFacts owner, String flag, String written, String place) {
        Optional<Set<String>> systems = JvmFlags.systems(flag);
        boolean elsewhere = systems.filter(all -> !all.contains(target.system().label())).isPresent();
        if (elsewhere) {
            owner.finding(SettingsRules.OTHER_SYSTEM, place, "only the JDKs for "
                    + String.join(" and ", new TreeSet<>(systems.get())) + " know the option " + written);
        } else if (JvmFlags.known(flag) && !JvmFlags.has(flag, target.processor())) {
            if (JvmFlags.newestHas(flag, Processor.X86_64) || architectural(flag)) {
                owner.finding(SettingsRules.OTHER_ARCHITECTURE, place,
                        "no JDK for " + target.processor().label() + " knows the option " + written);
            } else {
                owner.finding(SettingsRules.GONE, place, "the JDKs for " + target.processor().label()
                        + " from 21 on do not know the option " + written);
            }
        } else if (!JvmFlags.known(flag) && systems.isEmpty()) {
            owner.finding(SettingsRules.GONE, place, "no JDK from 17 to 25 knows the option " + written);
        } else if (JvmFlags.known(flag) && !JvmFlags.newestHas(flag, target.processor())) {
            owner.finding(SettingsRules.GONE, place, "JDK 25 does not know the option " + written);
        }
    }

    /** Options of JDK 17 that were about x86 and went with it, so that no newer table shows them. */
    private static boolean architectural(String flag) {
        String lower = flag.toLowerCase(Locale.ROOT);
        return lower.contains("xmm") || lower.contains("sse") || lower.contains("avx") || lower.contains("rtm");
    }

    private static void say(ArtifactFacts owner, Rule rule, Pattern pattern, String line, String place) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
            owner.finding(rule, place, "\"" + matcher.group().strip() + "\"");
        }
    }
}
