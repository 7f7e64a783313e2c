package dev.weir.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.trial.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OptionsTest {
    private static final Path ROOT = Path.of(".");

    private static Options parse(String... args) throws UsageException {
        return Options.parse(args, ROOT);
    }

    @Test
    void measuresEverythingAndEveryoneByDefault() throws Exception {
        Options options = parse();

        assertThat(options.peers()).containsExactlyInAnyOrder(Peer.values());
        assertThat(options.kinds()).containsExactlyInAnyOrder(Kind.values());
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.isWrite()).isFalse();
    }

    @Test
    void choosesPeersByTheirWords() throws Exception {
        Options options = parse("--peers", "weir,log4j-async");

        assertThat(options.peers()).containsExactlyInAnyOrder(Peer.WEIR, Peer.LOG4J_ASYNC);
    }

    @Test
    void choosesAllCasesOfAWord() throws Exception {
        Options options = parse("--cases", "outage,start-up");

        assertThat(options.kinds()).containsExactlyInAnyOrder(Kind.OUTAGE, Kind.SECOND_SINK, Kind.START_UP);
    }

    @Test
    void takesMoreOptionsForEveryJvm() throws Exception {
        Options options = parse("--jvm", "-XX:+UseZGC", "--jvm", "-Xlog:gc");

        assertThat(options.jvm()).endsWith("-XX:+UseZGC", "-Xlog:gc");
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryPeerByItsWord(Peer peer) {
        assertThat(Peer.of(peer.word())).contains(peer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fast|--fast: unknown (expected: --quick,",
                "--peers log4j|--peers: log4j (expected: some of weir,",
                "--cases speed|--cases: speed (expected: some of sustained, response, outage, start-up, calls)",
                "--rounds none|--rounds: none (expected: a number from 1 on)",
                "--rounds 0|--rounds: 0 (expected: a number from 1 on)",
                "--dir /no/such/place|--dir: /no/such/place (expected: a directory that exists)",
                "--out|--out: nothing behind it (expected: a value)"
            })
    void saysWhatIsUnknownAndWhatIsKnown(String line, String message) {
        assertThatThrownBy(() -> parse(line.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesEveryPeerInTheUsage() {
        assertThat(Options.usage()).contains(Peer.WEIR.word(), Peer.LOGBACK_DISRUPTOR.word(), "--jdk21");
    }
}
