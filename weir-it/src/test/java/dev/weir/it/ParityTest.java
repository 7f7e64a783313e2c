package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.HandlerOptions;
import dev.weir.Level;
import dev.weir.LoggerOptions;
import dev.weir.OverflowPolicy;
import dev.weir.PipelineBuilder;
import dev.weir.QueueWait;
import dev.weir.Weir;
import dev.weir.config.YamlConfigurationSource;
import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.KeyValueFilter;
import dev.weir.filter.MarkerFilter;
import dev.weir.filter.MaskFilter;
import dev.weir.filter.NameFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.format.Colours;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Compression;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.FileHandler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import dev.weir.handler.RollPeriod;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.handler.Sync;
import dev.weir.http.HttpHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file can say a program can say by the builders, and the other way round. */
class ParityTest {
    /** Every key there is, with another value than its default. */
    private static final String EVERYTHING = """
            version: 1
            queue: { capacity: 32MiB, max-record: 16KiB, wait: yield, overflow: drop-oldest }
            stats: { every: 1m }
            jmx: true
            shutdown: { deadline: 7s }
            reload-on: []
            formatters:
              brief: { type: text, format: "%(asctime)s %(user)s %(message)s", datefmt: "%H:%M:%S", zone: UTC,
                       defaults: { user: nobody }, colours: never }
            filters:
              secrets: { type: mask, keys: [ pin ], default-keys: false, detect: [ card ], expressions: [ "K-[0-9]+" ], mask: "#" }
            handlers:
              console: { type: console, stream: stderr, max-line: 16KiB, formatter: brief, level: INFO, max-level: WARN }
              plain: { type: file, path: "DIR/plain.log", append: false, watch: false, sync: on-error, min-free: 1MiB,
                       create-directories: true, follow-links: false, mode: "0600", volume: true,
                       formatter: { type: text, pattern: "%d{ISO8601} %m%n" }, backlog: 2MiB,
                       overflow: { block-for: 50ms, per-second: 100ms },
                       breaker: { failures: 3, slow: 2s, delay: 500ms, max-delay: 1m } }
              rolled: { type: file, path: "DIR/rolled.log", sync: every(2s),
                        rotate: { size: 10MiB, every: hour, zone: UTC, pattern: "rolled.%Y-%m-%d-%H.%i", keep: 5, max-age: 7d,
                                  max-total: 1GiB, at-start: true, compress: gzip, jitter: 30s },
                        formatter: { type: json, preset: gcp, fields: { when: time, what: message, who: logger, host: host },
                                     add: { service.name: shop }, nested: true, context: { include: [ "a*" ], exclude: [ ab ] },
                                     key-values: { include: [ "k*" ], exclude: [ kb ] }, host: here, project: mine,
                                     exception: { max-frames: 20, root-first: true, shorten-packages: true } } }
              held: { type: memory, target: rolled, capacity: 2MiB, flush-level: CRITICAL, pass-level: WARN, per-trace: true,
                      flush-on-close: true }
              collector: { type: http, url: "http://localhost:4444/in", headers: { X-Key: secret }, compression: gzip, timeout: 3s,
                           batch: { records: 100, bytes: 64KiB, delay: 200ms }, flush-on: [ ERROR, trace-end ], fallback: plain,
                           formatter: { type: json, preset: python, zone: UTC },
                           filters: [ secrets, { type: name, name: a.b }, { type: marker, marker: M, on-match: reject },
                                      { type: key-value, key: k, values: [ v, w ] }, { type: rate-limit, records: 5, per: 2s },
                                      { type: duplicates, window: 3s } ] }
              nowhere: { type: null }
            loggers:
              payment: { level: DEBUG, propagate: false, handlers: [ held ], caller: true }
              noisy: { level: OFF, caller: ERROR, filters: [ { type: marker, marker: M } ] }
            root: { level: WARN, caller: false, handlers: [ console, collector ], filters: [ { type: name, name: c, on-match: reject } ] }
            """;

    @TempDir
    private Path directory;

    private PipelineBuilder byBuilder() {
        MaskFilter secrets = MaskFilter.builder()
                .keys(List.of("pin"))
                .defaultKeys(false)
                .forms(Set.of(MaskFilter.Form.CARD))
                .expressions(List.of("K-[0-9]+"))
                .mask("#")
                .build();
        return Weir.builder()
                .queueCapacity(32L << 20)
                .maxRecord(16 << 10)
                .queueWait(QueueWait.YIELD)
                .overflow(OverflowPolicy.DROP_OLDEST)
                .statsEvery(Duration.ofMinutes(1))
                .jmx(true)
                .shutdownDeadline(Duration.ofSeconds(7))
                .handler(
                        "console",
                        new ConsoleHandler(
                                ConsoleHandler.Stream.STDERR,
                                TextFormatter.builder()
                                        .format("%(asctime)s %(user)s %(message)s")
                                        .datefmt("%H:%M:%S")
                                        .zone(ZoneId.of("UTC"))
                                        .defaults(Map.of("user", "nobody"))
                                        .colours(Colours.NEVER)
                                        .build(),
                                16 << 10),
                        options -> options.level(Level.INFO).maxLevel(Level.WARN))
                .handler(
                        "plain",
                        FileHandler.builder(directory.resolve("plain.log"))
                                .append(false)
                                .watch(false)
                                .sync(Sync.ON_ERROR)
                                .minFree(1 << 20)
                                .createDirectories(true)
                                .followLinks(false)
                                .mode("0600")
                                .formatter(TextFormatter.builder()
                                        .pattern("%d{ISO8601} %m%n")
                                        .build())
                                .build(),
                        options -> options.backlog(2 << 20)
                                .overflow(OverflowPolicy.blockFor(Duration.ofMillis(50), Duration.ofMillis(100)))
                                .breaker(new BreakerPolicy(
                                        3, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMinutes(1))))
                .handler(
                        "rolled",
                        RotatingFileHandler.builder(directory.resolve("rolled.log"))
                                .sync(Sync.every(Duration.ofSeconds(2)))
                                .size(10 << 20)
                                .every(RollPeriod.HOUR)
                                .zone(ZoneId.of("UTC"))
                                .pattern("rolled.%Y-%m-%d-%H.%i")
                                .keep(5)
                                .maxAge(Duration.ofDays(7))
                                .maxTotal(1 << 30)
                                .atStart(true)
                                .compress(Compression.GZIP)
                                .jitter(Duration.ofSeconds(30))
                                .formatter(json())
                                .build())
                .handler(
                        "held",
                        MemoryHandler.builder("rolled")
                                .capacity(2 << 20)
                                .flushLevel(Level.CRITICAL)
                                .passLevel(Level.WARN)
                                .perTrace(true)
                                .flushOnClose(true)
                                .build())
                .handler(
                        "collector",
                        HttpHandler.builder(URI.create("http://localhost:4444/in"))
                                .header("X-Key", "secret")
                                .gzip(true)
                                .timeout(Duration.ofSeconds(3))
                                .batchRecords(100)
                                .batchBytes(64 << 10)
                                .batchDelay(Duration.ofMillis(200))
                                .formatter(JsonFormatter.builder()
                                        .preset("python")
                                        .zone(ZoneId.of("UTC"))
                                        .build())
                                .build(),
                        options -> options.flushOn(Level.ERROR)
                                .flushOnTraceEnd()
                                .fallback("plain")
                                .filter(secrets)
                                .filter(NameFilter.only("a.b"))
                                .filter(MarkerFilter.except("M"))
                                .filter(KeyValueFilter.only("k", List.of("v", "w")))
                                .filter(new RateLimitFilter(5, Duration.ofSeconds(2)))
                                .filter(new DuplicatesFilter(Duration.ofSeconds(3))))
                .handler("nowhere", new NullHandler())
                .logger(
                        "payment",
                        options -> options.level(Level.DEBUG)
                                .propagate(false)
                                .handlers("held")
                                .caller(true))
                .logger("noisy", options -> options.off().caller(Level.ERROR).filter(MarkerFilter.only("M")))
                .root(options -> options.level(Level.WARN)
                        .caller(false)
                        .handlers("console", "collector")
                        .filter(NameFilter.except("c")));
    }

    private static JsonFormatter json() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("when", "time");
        fields.put("what", "message");
        fields.put("who", "logger");
        fields.put("host", "host");
        return JsonFormatter.builder()
                .preset("gcp")
                .fields(fields)
                .add("service.name", "shop")
                .nested(true)
                .contextKeys(List.of("a*"), List.of("ab"))
                .keyValueKeys(List.of("k*"), List.of("kb"))
                .host("here")
                .project("mine")
                .maxFrames(20)
                .rootFirst(true)
                .shortenPackages(true)
                .build();
    }

    private PipelineBuilder byFile(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("weir.yaml"), yaml.replace("DIR", directory.toString()));
        String before = System.setProperty("weir.config", file.toString());
        try {
            PipelineBuilder builder = Weir.builder();
            new YamlConfigurationSource().configure(builder);
            return builder;
        } finally {
            if (before == null) {
                System.clearProperty("weir.config");
            } else {
                System.setProperty("weir.config", before);
            }
        }
    }

    private static RecursiveComparisonConfiguration wholly() {
        return RecursiveComparisonConfiguration.builder()
                .withStrictTypeChecking(true)
                .withIgnoredFieldsMatchingRegexes(".*\\.described", "warnings", ".*\\.(lookedNanos|forcedNanos)")
                .withEqualsForType(ParityTest::alike, Pattern.class)
                .withEqualsForType(ParityTest::alike, Matcher.class)
                .withEqualsForType(ParityTest::alike, DateTimeFormatter.class)
                .build();
    }

    /** Of types of the JDK that have no equality, but say in their texts what they are. */
    private static boolean alike(Object one, Object other) {
        return one.toString().equals(other.toString());
    }

    @Test
    void aFileAndABuilderMakeTheSamePipeline() throws Exception {
        assertThat(byFile(EVERYTHING)).usingRecursiveComparison(wholly()).isEqualTo(byBuilder());
    }

    static Stream<String[]> differences() {
        return Stream.of(
                new String[] {"capacity: 32MiB", "capacity: 33MiB"},
                new String[] {"mode: \"0600\"", "mode: \"0640\""},
                new String[] {"X-Key: secret", "X-Key: secrets"},
                new String[] {"%d{ISO8601} %m%n", "%d{ISO8601} %m %n"},
                new String[] {"caller: ERROR", "caller: WARN"});
    }

    /** The comparison sees what is deep inside. */
    @ParameterizedTest
    @MethodSource("differences")
    void whatDiffersIsSeen(String written, String other) throws Exception {
        assertThat(EVERYTHING).contains(written);
        assertThat(byFile(EVERYTHING.replace(written, other)))
                .usingRecursiveComparison(wholly())
                .isNotEqualTo(byBuilder());
    }

    /** What a builder can say stands above by a key, or is named here with the reason. */
    @Test
    void whateverABuilderCanSayAFileCanSay() throws Exception {
        Set<String> said = new TreeSet<>();
        for (Class<?> builder : List.of(
                PipelineBuilder.class,
                HandlerOptions.class,
                LoggerOptions.class,
                FileHandler.Builder.class,
                RotatingFileHandler.Builder.class,
                MemoryHandler.Builder.class,
                JsonFormatter.Builder.class,
                TextFormatter.Builder.class,
                MaskFilter.Builder.class,
                HttpHandler.Builder.class)) {
            for (Method method : builder.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())
                        && method.getReturnType().isAssignableFrom(builder)
                        && method.getReturnType() != Object.class) {
                    said.add(method.getName());
                }
            }
        }
        said.removeAll(Set.of(
                "describedBy", // what the file itself says, for reloads
                "warn", // the file's own warnings
                "clock", // of tests
                "steps"));
        String source = Files.readString(Path.of("src/test/java/dev/weir/it/ParityTest.java"));

        assertThat(said)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(source).contains("." + name + "("));
    }

    @Test
    void everyKeyOfTheVocabularyStandsInTheFile() throws Exception {
        List<String> keys = Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(key -> key.matches("(?:[a-z-]+\\.)*(?:NAME\\.)?(?:[a-z-]+\\.)*[a-z-]+") && key.contains("."))
                .map(key -> key.substring(key.lastIndexOf('.') + 1))
                .toList();

        assertThat(keys)
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(EVERYTHING).containsPattern("\\b" + key + ": "));
        assertThat(Arrays.asList("format", "pattern", "datefmt", "defaults", "colours", "zone", "fields", "preset"))
                .allSatisfy(key -> assertThat(EVERYTHING).containsPattern("\\b" + key + ": "));
    }
}
