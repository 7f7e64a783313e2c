package dev.weir.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.peer.Peer;
import java.io.File;
import org.junit.jupiter.api.Test;

final class ClassPathTest {
    @Test
    void givesAPeerItsOwnJarsAndThoseOfAll() {
        ClassPath all = new ClassPath(String.join(
                File.pathSeparator,
                "/clone/weir-benchmarks/target/classes",
                "/clone/weir-benchmarks/target/test-classes",
                "/clone/weir-slf4j/target/classes",
                "/lib/slf4j-api-2.jar",
                "/lib/logback-core-1.jar",
                "/lib/logstash-logback-encoder-9.jar",
                "/lib/log4j-core-2.jar"));

        String logback = all.of(Peer.LOGBACK_ASYNC);

        assertThat(logback.split(File.pathSeparator, -1))
                .containsExactly(
                        "/clone/weir-benchmarks/target/classes",
                        "/lib/slf4j-api-2.jar",
                        "/lib/logback-core-1.jar",
                        "/lib/logstash-logback-encoder-9.jar");
    }

    @Test
    void knowsAModuleByItsDirectory() {
        ClassPath all = new ClassPath(String.join(
                File.pathSeparator, "/clone/weir-benchmarks/target/classes", "/clone/weir-core/target/classes"));

        assertThat(all.of(Peer.WEIR)).contains("weir-core");
        assertThat(all.of(Peer.JUL)).doesNotContain("weir-core");
    }
}
