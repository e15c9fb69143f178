package dev.assay.bpf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The field that was probably meant by a name that is gone: by likeness of name, then of type and size, also one struct
 * deeper, since kernels move fields into nested structs ({@code task_struct.cpu} to {@code thread_info.cpu}).
 */
final class Renamed {
    /** A name as far as this may still be meant, where its type and size are the same. */
    private static final double FAR = 0.45;

    private Renamed() {}

    private record Candidate(String path, double distance) {}

    static Optional<String> find(Btf kernel, int holder, String name, Btf local, int localType) {
        List<Candidate> candidates = new ArrayList<>();
        collect(kernel, holder, "", name, local, localType, 0, candidates);
        return candidates.stream().filter(c -> c.distance() <= FAR).min(Comparator.comparingDouble(Candidate::distance)
                .thenComparing(Candidate::path)).map(Candidate::path);
    }

    private static void collect(Btf kernel, int holder, String prefix, String name, Btf local, int localType,
            int depth, List<Candidate> into) {
        if (holder == 0 || !kernel.kind(holder).composite()) {
            return;
        }
        for (String field : TypeQuery.fieldNames(kernel, holder)) {
            TypeQuery.Place place = TypeQuery.member(kernel, new TypeQuery.Place(holder, holder, 0, 0, false), field)
                    .orElseThrow();
            boolean fits = CoreMatch.fieldsAlike(local, localType, kernel, place.type());
            boolean sameSize = local.sized(localType) && 8 * local.sizeOf(localType) == place.bitSize();
            double distance = Nearest.distance(name, field);
            into.add(new Candidate(prefix + field, distance + (fits ? 0 : 0.2) + (sameSize ? 0 : 0.05) + 0.05 * depth));
            int nested = kernel.resolve(place.type());
            if (depth == 0 && nested != 0 && kernel.kind(nested).composite()) {
                collect(kernel, nested, prefix + field + ".", name, local, localType, 1, into);
            }
        }
    }
}
