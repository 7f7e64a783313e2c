package dev.weir.benchmarks.peer;

import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weir as it comes, but for the policy, and the choice of the fields that all contenders write. */
final class WeirBackend implements Backend {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private @Nullable Weir weir;

    @Override
    public void start(Setup setup) {
        var builder = Weir.builder()
                .overflow(setup.policy() == Policy.BLOCK ? OverflowPolicy.BLOCK : OverflowPolicy.DROP_BY_SEVERITY);
        if (setup.sink() == Sink.NULL) {
            builder.handler("null", new WeirDiscard(formatter(setup)));
        }
        Path file = setup.file();
        if (file != null) {
            builder.handler("file", FileHandler.of(file, formatter(setup)));
        }
        Path pipe = setup.pipe();
        if (pipe != null) {
            builder.handler("pipe", FileHandler.of(pipe, formatter(setup)));
        }
        weir = builder.install();
    }

    private static Formatter formatter(Setup setup) {
        if (setup.sink() != Sink.TEXT) {
            return JsonFormatter.builder()
                    .fields(List.of("time", "level", "logger", "thread", "msg", "context", "key_values", "exception"))
                    .build();
        }
        String context = setup.shape().hasContext() ? " tenant=%(tenant)s request=%(request)s" : "";
        return TextFormatter.builder()
                .format("%(asctime)s %(levelname)s [%(threadName)s] %(name)s" + context + ": %(message)s")
                .build();
    }

    @Override
    public void stop() {
        if (weir != null) {
            weir.close(ENOUGH);
        }
    }
}
