package dev.weir.benchmarks.trial;

import java.util.List;

/** The main class of a measured process. Prints its {@link Result} as its last line. */
public final class Trial {
    /** Printed when the pipe is to hang: whoever reads it stops. */
    public static final String HANG = "HANG";

    private Trial() {}

    /** The arguments of a process that does a task. */
    public static List<String> arguments(Task task) {
        return task.arguments();
    }

    /**
     * Measures.
     *
     * @param args of a {@link Task}
     * @throws Exception if it cannot
     */
    @SuppressWarnings("CatchAndPrintStackTrace") // the suite reads it; and what hangs must not keep the process
    public static void main(String[] args) throws Exception {
        int status = 1;
        try {
            System.out.println(run(Task.of(args)).line());
            status = 0;
        } catch (Exception | Error failed) {
            failed.printStackTrace();
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private static Result run(Task task) throws Exception {
        return switch (task.of().kind()) {
            case SUSTAINED -> new SustainedTrial(task).run();
            case RESPONSE -> new ResponseTrial(task).run();
            case OUTAGE -> new OutageTrial(task).run();
            case SECOND_SINK -> new SecondSinkTrial(task).run();
            case ALLOCATION -> new AllocationTrial(task).run();
            case START_UP, DISABLED ->
                throw new IllegalArgumentException(task.of().kind() + " (expected: what has no main class of its own)");
        };
    }
}
