package dev.assay.scan;

/** For reading an artifact's status alone: neither classes nor texts are looked at further. */
final class Unwanted {
    static final ArtifactReader.ClassVisitor CLASSES = new ArtifactReader.ClassVisitor() {
        @Override
        public void visit(ArtifactFacts owner, String entry, byte[] bytes) {}

        @Override
        public void finished(ArtifactFacts owner) {}

        @Override
        public boolean wanted() {
            return false;
        }
    };
    static final ArtifactReader.TextVisitor TEXTS = new ArtifactReader.TextVisitor() {
        @Override
        public boolean wants(String name) {
            return false;
        }

        @Override
        public void visit(ArtifactFacts owner, String entry, String text) {}
    };

    private Unwanted() {}
}
