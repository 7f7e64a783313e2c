package dev.weir.benchmarks.format;

import dev.weir.Context;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.RecordBuilder;
import dev.weir.Weir;
import dev.weir.format.Colours;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Weir's, from the bytes of the records, as its workers do it. */
final class WeirFormatting implements Formatting {
    private final LogRecord view = new LogRecord(new OneLogger());
    private final ByteOutput out = new ByteOutput(2 * BUFFER_BYTES);
    private final byte[] records;
    private final Formatter formatter;

    private static final class OneLogger implements LoggerNames {
        private static final byte[] UTF8 = Call.LOGGER.getBytes(StandardCharsets.UTF_8);

        @Override
        public String name(int loggerId) {
            return Call.LOGGER;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return UTF8;
        }
    }

    private WeirFormatting(byte[] records, Formatter formatter) {
        this.records = records;
        this.formatter = formatter;
    }

    static WeirFormatting of(String name, List<Call> calls) {
        return new WeirFormatting(
                logged(calls),
                switch (name) {
                    case "text" ->
                        TextFormatter.of("%(asctime)s %(levelname)-8s %(name)s [%(threadName)s] %(message)s");
                    case "pattern" ->
                        TextFormatter.builder()
                                .pattern("%d %-5level [%thread] %logger{36} - %msg%n")
                                .build();
                    case "pattern-mdc" ->
                        TextFormatter.builder()
                                .pattern(
                                        "%d %-5level [%thread] %logger{36} tenant=%X{tenant} request=%X{request} - %msg%n")
                                .build();
                    case "pretty" ->
                        TextFormatter.builder()
                                .preset("pretty")
                                .colours(Colours.ALWAYS)
                                .build();
                    default -> JsonFormatter.builder().preset(name).build();
                });
    }

    /** Logs the calls on a thread of the name that all contenders show, and keeps the records' bytes. */
    private static byte[] logged(List<Call> calls) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Handler keeping = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                kept.write(record.bytes(), record.start(), record.length());
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("keeping", keeping)
                .start();
        Thread thread = new Thread(() -> calls.forEach(call -> log(weir.loggerOf(Call.LOGGER), call)), Call.THREAD);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the calls are logged", e);
        } finally {
            weir.close(Duration.ofMinutes(1));
        }
        return kept.toByteArray();
    }

    private static void log(Logger logger, Call call) {
        Context.clear();
        call.context().forEach(Context::put);
        RecordBuilder builder = logger.atInfo().message(call.template());
        call.arguments().forEach(builder::argument);
        call.keyValues().forEach(builder::keyValue);
        if (call.thrown() != null) {
            builder.cause(call.thrown());
        }
        builder.log();
    }

    @Override
    public long formatAll() {
        long bytes = 0;
        for (int at = 0; at < records.length; at += view.length()) {
            formatter.format(view.moveTo(records, at), out);
            if (out.size() > BUFFER_BYTES) {
                bytes += out.size();
                out.truncate(0);
            }
        }
        bytes += out.size();
        out.truncate(0);
        return bytes;
    }
}
