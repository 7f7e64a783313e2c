package dev.weir.examples;

import java.util.Locale;

/** Runs a scene by its name: {@code payment}, which is the default, {@code service}, {@code outage} or {@code flood}. */
public final class Demo {
    private Demo() {}

    /**
     * Runs a scene.
     *
     * @param arguments the scene's name, or nothing
     * @throws Exception if the scene fails
     */
    public static void main(String[] arguments) throws Exception {
        String scene = arguments.length == 0 ? "payment" : arguments[0].toLowerCase(Locale.ROOT);
        switch (scene) {
            case "payment" -> PaymentScene.run();
            case "service" -> ServiceScene.run();
            case "outage" -> OutageScene.run();
            case "flood" -> FloodScene.run();
            default -> {
                System.err.println("demo: " + scene + " (expected: payment, service, outage or flood)");
                System.exit(2);
            }
        }
    }
}
