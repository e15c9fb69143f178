package dev.assay.litmus;

import java.util.List;

final class Arm64Encoder implements ThreadEncoder {
    @Override
    public byte[] encode(LitmusTest test, LitmusThread thread, List<String> registers, InstanceLayout layout) {
        throw new LitmusException("not yet");
    }
}
