package dev.assay.litmus.cat;

/** The candidate that is being judged, and numbers that tell what of earlier results still holds. */
final class Evaluation {
    private static final int MAXIMUM_CALLS = 1_000_000;
    private static final int MAXIMUM_CALL_DEPTH = 300;

    private Candidate candidate;
    private Object skeleton;
    private long fixedStamp;
    private long changingStamp;
    private long stamps;
    private int size;
    private long all;
    private Relation emptyRelation = Relation.empty(0);
    private int calls;
    private int callDepth;

    void begin(Candidate next) {
        if (candidate == null || next.skeleton() != skeleton) {
            fixedStamp = ++stamps;
            skeleton = next.skeleton();
            size = next.size();
            all = size == 64 ? -1L : (1L << size) - 1;
            emptyRelation = Relation.empty(size);
        }
        candidate = next;
        changingStamp = ++stamps;
        calls = 0;
        callDepth = 0;
    }

    /** Forgets what depends on choices. */
    void choiceMade() {
        changingStamp = ++stamps;
    }

    long stamp(boolean changing) {
        return changing ? changingStamp : fixedStamp;
    }

    Candidate candidate() {
        return candidate;
    }

    int size() {
        return size;
    }

    long all() {
        return all;
    }

    Relation emptyRelation() {
        return emptyRelation;
    }

    void enterCall(Place place) {
        if (++calls > MAXIMUM_CALLS || ++callDepth > MAXIMUM_CALL_DEPTH) {
            throw CatException.at(place, "this function calls itself without end: more than " + MAXIMUM_CALL_DEPTH
                    + " calls deep or " + MAXIMUM_CALLS + " calls in all");
        }
    }

    void leaveCall() {
        callDepth--;
    }
}
