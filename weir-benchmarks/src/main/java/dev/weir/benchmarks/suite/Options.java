package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.trial.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the command line says. */
public final class Options {
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Duser.timezone=UTC");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String KNOWN =
            "--quick, --all, --rounds, --peers, --cases, --only, --dir, --jvm, --jdk21, --out, --write or --help";
    private static final int FULL_ROUNDS = 5;
    private static final int QUICK_ROUNDS = 2;

    private final List<String> jvm = new ArrayList<>(JVM);
    private final Path root;
    private Set<Peer> peers = EnumSet.allOf(Peer.class);
    private Set<Kind> kinds = EnumSet.allOf(Kind.class);
    private String only = "";
    private boolean quick;
    private boolean all;
    private boolean help;
    private boolean write;
    private int rounds;
    private Path directory = Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    private @Nullable Path laterJdk =
            Runtime.version().feature() >= 21 ? Path.of(System.getProperty("java.home")) : null;
    private @Nullable Path out;

    private Options(Path root) {
        this.root = root;
    }

    /**
     * Reads a command line.
     *
     * @param args as {@link #usage} says
     * @param root the top of the clone
     * @return the options
     * @throws UsageException if it says something unknown
     */
    public static Options parse(String[] args, Path root) throws UsageException {
        Options options = new Options(root);
        for (int i = 0; i < args.length; i++) {
            if (!options.takesFlag(args[i])) {
                options.take(args[i], i + 1 < args.length ? args[i + 1] : null);
                i++;
            }
        }
        return options;
    }

    private boolean takesFlag(String option) {
        switch (option) {
            case "--quick" -> quick = true;
            case "--all" -> all = true;
            case "--write" -> write = true;
            case "--help", "-h" -> help = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void take(String option, @Nullable String value) throws UsageException {
        switch (option) {
            case "--rounds" -> rounds = positive(option, value(option, value));
            case "--peers" -> peers = peers(value(option, value));
            case "--cases" -> kinds = kinds(value(option, value));
            case "--only" -> only = value(option, value);
            case "--dir" -> directory = directory(option, value(option, value));
            case "--jvm" -> jvm.add(value(option, value));
            case "--jdk21" -> laterJdk = directory(option, value(option, value));
            case "--out" -> out = Path.of(value(option, value));
            default -> throw new UsageException(option + ": unknown (expected: " + KNOWN + ')');
        }
    }

    private static String value(String option, @Nullable String value) throws UsageException {
        if (value == null) {
            throw new UsageException(option + ": nothing behind it (expected: a value)");
        }
        return value;
    }

    private static int positive(String option, String value) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new UsageException(option + ": " + value + " (expected: a number from 1 on)");
    }

    private static Path directory(String option, String value) throws UsageException {
        Path path = Path.of(value);
        if (!Files.isDirectory(path)) {
            throw new UsageException(option + ": " + value + " (expected: a directory that exists)");
        }
        return path;
    }

    private static Set<Peer> peers(String value) throws UsageException {
        Set<Peer> found = EnumSet.noneOf(Peer.class);
        for (String word : value.split(",", -1)) {
            Optional<Peer> peer = Peer.of(word);
            if (peer.isEmpty()) {
                throw new UsageException("--peers: " + word + " (expected: some of " + peerWords() + ')');
            }
            found.add(peer.get());
        }
        return found;
    }

    private static Set<Kind> kinds(String value) throws UsageException {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        for (String word : value.split(",", -1)) {
            Set<Kind> named = Arrays.stream(Kind.values())
                    .filter(kind -> kind.word().equals(word))
                    .collect(Collectors.toSet());
            if (named.isEmpty()) {
                throw new UsageException("--cases: " + word + " (expected: some of " + kindWords() + ')');
            }
            found.addAll(named);
        }
        return found;
    }

    private static String peerWords() {
        return Arrays.stream(Peer.values()).map(Peer::word).collect(Collectors.joining(", "));
    }

    private static String kindWords() {
        Stream<String> words = Arrays.stream(Kind.values()).map(Kind::word);
        return String.join(", ", words.collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** What the command understands. */
    public static String usage() {
        return """
                usage: ./weir bench [option]...

                Measures Weir and its peers side by side, each measurement in a process of its own: about
                45 minutes on two processors, which should have nothing else to do. docs/benchmarks.md says
                what is measured and what is not.

                  --quick         fewer cases and shorter measurements, for a look: about 8 minutes
                  --all           every sink with every shape of record and number of threads: hours
                  --rounds N      how often the cases that the project promises something about are measured;
                                  5, quick 2. All others a fifth as often, and once at the least
                  --peers A,B     some of %s
                  --cases A,B     some of %s
                  --only NAME     of these, the one of that name, or those in whose names it is, each so often;
                                  a name that is none lists all
                  --dir DIR       where the files that are logged to lie; /dev/shm if there is one, so that
                                  no disk decides, or else the system's temporary directory
                  --jvm OPTION    one more option for every measured process; may be repeated
                  --jdk21 HOME    a JDK 21 or later for the case of virtual threads, which is left out
                                  without one; by default the JDK of this command, if it is one. JAVA_HOME
                                  chooses the JDK of everything else
                  --out DIR       where the report, its JSON and its charts go; weir-benchmarks/target/bench
                  --write         puts them into docs/benchmarks.md and docs/benchmarks as well
                  --help          this text
                """.formatted(peerWords(), kindWords());
    }

    /** Options of every measured JVM. */
    public List<String> jvm() {
        return List.copyOf(jvm);
    }

    /** Whom to measure. */
    public Set<Peer> peers() {
        return peers;
    }

    /** What to measure. */
    public Set<Kind> kinds() {
        return kinds;
    }

    /** What is in the names of the cases to be measured; empty for all. */
    public String only() {
        return only;
    }

    /** Whether a look is enough. */
    public boolean isQuick() {
        return quick;
    }

    /** Whether all combinations are asked for. */
    public boolean isAll() {
        return all;
    }

    /** Whether only the usage is asked for. */
    public boolean isHelp() {
        return help;
    }

    /** Whether the documents are to be rewritten. */
    public boolean isWrite() {
        return write;
    }

    /** How often. */
    public int rounds() {
        return rounds > 0 ? rounds : quick ? QUICK_ROUNDS : FULL_ROUNDS;
    }

    /** Where to log to. */
    public Path directory() {
        return directory;
    }

    /** A JDK 21 or later; null if there is none. */
    public @Nullable Path laterJdk() {
        return laterJdk;
    }

    /** The top of the clone. */
    public Path root() {
        return root;
    }

    /** Where the report goes. */
    public Path out() {
        return out == null ? root.resolve("weir-benchmarks/target/bench") : out;
    }
}
