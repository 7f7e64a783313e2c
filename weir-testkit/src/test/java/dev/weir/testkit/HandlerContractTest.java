package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Each test of the suite fails for a handler that has just the mistake it is about, and no test fails for one that has none. */
class HandlerContractTest {
    private static final String REFUSED = "refused";

    /** What a handler writes to. */
    private static final class Sink {
        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile boolean broken;
    }

    /** Has no mistake: to be given one. */
    private static class Sound implements Handler {
        final Sink sink;
        final Formatter formatter;
        final List<String> emitted = new ArrayList<>();
        int committed;
        long bytesWritten;

        Sound(Sink sink, Formatter formatter) {
            this.sink = sink;
            this.formatter = formatter;
        }

        String format(LogRecord record) {
            ByteOutput out = new ByteOutput(64);
            formatter.format(record, out);
            return out.toString().stripTrailing();
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            try {
                String line = format(record);
                return !line.equals(REFUSED) && emitted.add(line);
            } catch (IllegalArgumentException thrown) {
                throw new FormatException(thrown);
            }
        }

        @Override
        public void flush() throws IOException {
            if (sink.broken) {
                sink.lines.addAll(emitted.subList(0, emitted.size() / 2));
                throw new IOException("broken");
            }
            sink.lines.addAll(emitted);
            emitted.forEach(line -> bytesWritten += line.length());
            committed += emitted.size();
            emitted.clear();
        }

        @Override
        public void rollback() throws IOException {
            emitted.clear();
            sink.lines.subList(committed, sink.lines.size()).clear();
        }

        @Override
        public boolean late(LogRecord record) throws IOException {
            emitted.clear();
            emit(record);
            flush();
            return true;
        }

        @Override
        public String resource() {
            return "sink";
        }

        @Override
        public long bytesWritten() {
            return bytesWritten;
        }
    }

    @FunctionalInterface
    private interface Maker {
        Handler make(Sink sink, Formatter formatter);
    }

    private static class Contract extends HandlerContract {
        private final Maker maker;
        private final Sink sink = new Sink();

        Contract(Maker maker) {
            this.maker = maker;
        }

        @Override
        protected Handler newHandler(Formatter formatter) {
            return maker.make(sink, formatter);
        }

        @Override
        protected List<String> committed() {
            return List.copyOf(sink.lines);
        }

        @Override
        protected LogRecord refusedRecord() {
            return Records.of(REFUSED);
        }

        @Override
        protected boolean breakSink() {
            sink.broken = true;
            return true;
        }

        @Override
        protected void mendSink() {
            sink.broken = false;
        }
    }

    @Nested
    class OfAHandlerWithoutAMistake extends Contract {
        OfAHandlerWithoutAMistake() {
            super(Sound::new);
        }
    }

    /** A handler for each test of the suite: the one mistake that it finds. */
    private static Map<String, Maker> mistakes() {
        Map<String, Maker> mistakes = new LinkedHashMap<>();
        commitMistakes(mistakes);
        rollbackMistakes(mistakes);
        failureMistakes(mistakes);
        endMistakes(mistakes);
        tellingMistakes(mistakes);
        return mistakes;
    }

    private static void commitMistakes(Map<String, Maker> mistakes) {
        mistakes.put("preparesWithoutWriting", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void prepare() {
                sink.lines.add("is it writable?");
            }
        });
        mistakes.put("commitsWhatWasEmittedWhenFlushed", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void flush() {}

            @Override
            public void close(boolean abandoned) throws IOException {
                super.flush();
            }
        });
        mistakes.put("commitsNothingWhenNothingWasEmitted", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void flush() throws IOException {
                if (emitted.isEmpty()) {
                    emitted.add("");
                }
                super.flush();
            }
        });
        mistakes.put("keepsTheOrderOfRecords", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void flush() throws IOException {
                Collections.reverse(emitted);
                super.flush();
            }
        });
        mistakes.put("commitsABatchThatIsLargerThanItsBuffers", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                boolean taken = super.emit(record);
                if (emitted.size() > 30) {
                    emitted.remove(0);
                }
                return taken;
            }
        });
        mistakes.put("keepsNoReferenceToARecord", (sink, formatter) -> new Sound(sink, formatter) {
            private final List<LogRecord> kept = new ArrayList<>();

            @Override
            public boolean emit(LogRecord record) {
                return kept.add(record);
            }

            @Override
            public void flush() throws IOException {
                for (LogRecord record : kept) {
                    super.emit(record);
                }
                kept.clear();
                super.flush();
            }
        });
    }

    private static void rollbackMistakes(Map<String, Maker> mistakes) {
        Maker rollsNothingBack = (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void rollback() {}
        };
        mistakes.put("forgetsWhatWasEmittedSinceTheLastCommitWhenRolledBack", rollsNothingBack);
        mistakes.put("commitsRecordsThatAreOfferedAgain", rollsNothingBack);
        mistakes.put("deliversAllRecordsOfAPipelineWhenFlushFails", rollsNothingBack);
        mistakes.put("deliversAllRecordsOfAPipelineWhenEmitFails", rollsNothingBack);
        mistakes.put("rollsBackWhenThereIsNothingToForget", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void rollback() {
                sink.lines.remove(sink.lines.size() - 1);
            }
        });
        mistakes.put("opensAgainWhileItIsOpen", (sink, formatter) -> new Sound(sink, formatter) {
            private boolean open;

            @Override
            public void open() throws IOException {
                if (open) {
                    throw new IOException("somebody has locked the sink");
                }
                open = true;
            }
        });
    }

    private static void failureMistakes(Map<String, Maker> mistakes) {
        mistakes.put("losesOnlyTheRecordThatCannotBeFormatted", (sink, formatter) -> new Sound(sink, formatter) {
            private final ByteOutput out = new ByteOutput(64);

            @Override
            String format(LogRecord record) {
                formatter.format(record, out); // what a failed one has left stays
                String line = out.toString().stripTrailing();
                out.truncate(0);
                return line;
            }
        });
        mistakes.put("leavesOutARecordThatItRefuses", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                return super.emit(record) || !emitted.add(REFUSED);
            }
        });
        mistakes.put(
                "commitsWhatItsSinkFailedOnWhenThatIsOfferedAgain", (sink, formatter) -> new Sound(sink, formatter) {
                    @Override
                    public void rollback() {
                        emitted.clear(); // and the half of a batch stays in the sink
                    }
                });
        mistakes.put("losesNothingByAnInterrupt", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void flush() throws IOException {
                if (Thread.interrupted()) {
                    emitted.clear();
                }
                super.flush();
            }
        });
        mistakes.put("deliversAllRecordsOfAPipeline", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void flush() throws IOException {
                emitted.removeIf(line -> line.endsWith("99"));
                super.flush();
            }
        });
    }

    private static void endMistakes(Map<String, Maker> mistakes) {
        mistakes.put("keepsWhatWasCommittedWhenClosed", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void close(boolean abandoned) {
                sink.lines.clear();
            }
        });
        mistakes.put("closesOnce", (sink, formatter) -> new Sound(sink, formatter) {
            private boolean closed;

            @Override
            public void close(boolean abandoned) throws IOException {
                if (closed) {
                    throw new IOException("is closed");
                }
                closed = true;
            }
        });
        mistakes.put("writesNothingWhenAbandoned", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public void close(boolean abandoned) throws IOException {
                flush();
            }
        });
        mistakes.put("writesLateRecordsOrSaysThatItDoesNot", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public boolean late(LogRecord record) {
                return true;
            }
        });
        mistakes.put("writesALateRecordAloneAfterItWasAbandoned", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public boolean late(LogRecord record) throws IOException {
                emit(record);
                flush();
                return true;
            }
        });
    }

    private static void tellingMistakes(Map<String, Maker> mistakes) {
        mistakes.put("namesTheSameResourceAlways", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public String resource() {
                return "sink with " + sink.lines.size() + " lines";
            }
        });
        mistakes.put("countsBytesThatOnlyGrow", (sink, formatter) -> new Sound(sink, formatter) {
            @Override
            public long bytesWritten() {
                return bytesWritten + emitted.size();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> failsForAHandlerWithTheMistakeItIsAbout() {
        return mistakes().entrySet().stream()
                .map(mistake -> DynamicTest.dynamicTest(mistake.getKey(), () -> {
                    Throwable thrown = run(mistake.getKey(), new Contract(mistake.getValue()));

                    assertThat(thrown).isNotNull().isNotInstanceOf(TestAbortedException.class);
                }));
    }

    private static Throwable run(String test, HandlerContract contract) {
        Throwable thrown =
                catchThrowable(() -> HandlerContract.class.getMethod(test).invoke(contract));
        return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    }

    @Test
    void hasNoTestThatCannotFail() {
        List<String> tests = Arrays.stream(HandlerContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();

        assertThat(mistakes()).containsOnlyKeys(tests.toArray(String[]::new));
    }
}
