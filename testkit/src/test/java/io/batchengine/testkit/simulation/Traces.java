package io.batchengine.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A digest of many traces; as a program, to be run by a process of its own. */
final class Traces {
    private static final int SEEDS = 40;

    private Traces() {}

    public static void main(String[] none) throws Exception {
        System.out.println("traces: " + digest());
    }

    static String digest() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long seed = 0; seed < SEEDS; seed++) {
            String trace = Run.of(PlanDrawer.draw(seed, 0), SimulationSettings.ofEngines())
                    .trace();
            digest.update(trace.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
