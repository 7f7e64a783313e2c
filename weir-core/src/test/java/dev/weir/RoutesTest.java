package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Routes.Stop;
import dev.weir.filter.NameFilter;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of the routes, and that it is what the pipeline does. */
class RoutesTest {
    private static final List<String> LOGGERS = List.of("a", "a.b", "a.b.c", "a.d", "e", "e.f.g");
    private static final List<String> HANDLERS = List.of("one", "two", "three");

    private static PipelineBuilder any(Random random) {
        PipelineBuilder builder = Weir.builder().queueCapacity(1 << 20);
        for (String name : HANDLERS) {
            Level least = Level.at(random.nextInt(Level.COUNT));
            Level most = Level.at(least.ordinal() + random.nextInt(Level.COUNT - least.ordinal()));
            builder.handler(
                    name, new NullHandler(), options -> options.level(least).maxLevel(most));
        }
        for (String name : LOGGERS) {
            if (random.nextBoolean()) {
                builder.logger(name, options -> set(options.propagate(random.nextInt(3) > 0), random));
            }
        }
        return random.nextBoolean() ? builder : builder.root(options -> set(options, random));
    }

    private static void set(LoggerOptions options, Random random) {
        int threshold = random.nextInt(2 * Level.COUNT);
        if (threshold < Level.COUNT) {
            options.level(Level.at(threshold));
        } else if (threshold == Level.COUNT) {
            options.off();
        }
        if (random.nextBoolean()) {
            List<String> some = new ArrayList<>(HANDLERS);
            some.removeIf(name -> random.nextInt(3) == 0);
            options.handlers(some);
        }
    }

    /** Every logger logs at every level once; what the handlers have got is what was said. */
    @Test
    void saysWhatThePipelineDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            PipelineBuilder builder = any(random);
            Routes routes = builder.routes();
            Weir weir = builder.start();
            for (String logger : LOGGERS) {
                Routes.Route route = routes.of(logger);
                for (Level level : Level.values()) {
                    Map<String, Long> before = routed(weir, level);
                    weir.loggerOf(logger).log(level, "any");
                    assertThat(weir.flush(Duration.ofSeconds(30)).complete()).isTrue();

                    String last = last(routes.explain(logger, level));
                    for (String handler : HANDLERS) {
                        boolean isSaid =
                                route.handlers().getOrDefault(handler, Set.of()).contains(level);
                        long got = routed(weir, level).get(handler) - before.get(handler);
                        assertThat(got)
                                .as("%s at %s to %s, seed %s", logger, level, handler, seed)
                                .isEqualTo(isSaid ? 1 : 0);
                        assertThat(last.matches("the record goes to (.* and )?" + handler + "( and .*)?"))
                                .as("%s at %s to %s: %s, seed %s", logger, level, handler, last, seed)
                                .isEqualTo(isSaid);
                    }
                }
            }
            weir.close(Duration.ofSeconds(30));
        }
    }

    private static Map<String, Long> routed(Weir weir, Level level) {
        Stats stats = weir.stats();
        return Map.of(
                "one", stats.routed("one", level),
                "two", stats.routed("two", level),
                "three", stats.routed("three", level));
    }

    private static String last(List<String> steps) {
        return steps.get(steps.size() - 1);
    }

    private static Routes shop() {
        return Weir.builder()
                .handler("app", new NullHandler(), options -> options.fallback("spare"))
                .handler(
                        "errors",
                        new NullHandler(),
                        options -> options.level(Level.ERROR).filter(NameFilter.except("health")))
                .handler("held", MemoryHandler.builder("kept").build(), options -> options.maxLevel(Level.ERROR))
                .handler("kept", new NullHandler())
                .handler("spare", new NullHandler())
                .logger(
                        "shop",
                        options -> options.level(Level.DEBUG).caller(true).filter(NameFilter.except("shop.ping")))
                .logger("shop.audit", options -> options.propagate(false).handlers("errors"))
                .logger("shop.held", options -> options.handlers("held", "app"))
                .logger("quiet", LoggerOptions::off)
                .routes();
    }

    @Test
    void namesTheLoggersAndWhoTakesWhoseRecords() {
        assertThat(shop().loggers()).containsExactly("ROOT", "quiet", "shop", "shop.audit", "shop.held");
        assertThat(shop().receivers())
                .isEqualTo(Map.of("app", "spare", "errors", "", "held", "kept", "kept", "", "spare", ""));
        assertThat(shop().receivers().keySet()).containsExactly("app", "errors", "held", "kept", "spare");
        assertThat(shop().taken("held")).containsExactlyElementsOf(EnumSet.range(Level.TRACE, Level.ERROR));
        assertThat(shop().taken("none")).isEmpty();
    }

    @Test
    void tellsTheWayOfALogger() {
        Routes.Route route = shop().of("shop.cart.Line");

        assertThat(route.levelled()).isEqualTo("shop");
        assertThat(route.logged()).containsExactlyElementsOf(EnumSet.range(Level.DEBUG, Level.CRITICAL));
        assertThat(route.located()).containsExactly(Level.values());
        assertThat(route.way())
                .containsExactly(
                        new Stop("shop", List.of(), 1, true),
                        new Stop("ROOT", List.of("app", "errors", "held"), 0, false));
        assertThat(route.handlers().keySet()).containsExactly("app", "errors", "held");
        assertThat(route.handlers().get("errors")).containsExactly(Level.ERROR, Level.CRITICAL);
        assertThat(shop().of("shop.audit").way()).containsExactly(new Stop("shop.audit", List.of("errors"), 0, false));
        assertThat(shop().of("quiet").handlers().get("app")).isEmpty();
    }

    @Test
    void explainsEveryStep() {
        assertThat(shop().explain("shop.held.Cart", Level.DEBUG))
                .containsExactly(
                        "shop.held.Cart logs DEBUG and above, by the level of shop, the nearest above it that has one: DEBUG is logged",
                        "at shop.held: to held, app",
                        "at shop: goes on if a filter of it accepts the call",
                        "at shop: no handlers",
                        "at ROOT: to app, errors, held (app is met again, and gets it once) (held is met again, and gets it once)",
                        "app takes it: its levels are TRACE and above; while its breaker is open spare takes it, whatever its levels are",
                        "errors does not take it: its levels are ERROR and above",
                        "held takes it: its levels are TRACE to ERROR; it holds it until a severe one comes, and then passes it "
                                + "on to kept, whatever that one's levels are",
                        "the record goes to app and held, and says where the call was made");
    }

    @Test
    void explainsWhereAWayEnds() {
        assertThat(shop().explain("shop.audit", Level.ERROR))
                .containsExactly(
                        "shop.audit logs DEBUG and above, by the level of shop, the nearest above it that has one: ERROR is logged",
                        "at shop.audit: to errors; the way ends here, by propagate: false",
                        "errors takes it: its levels are ERROR and above; a filter of it may reject it still",
                        "the record goes to errors, and says where the call was made");
        assertThat(last(shop().explain("shop.audit", Level.INFO)))
                .isEqualTo("no handler takes it: the call ends before anything is encoded");
        assertThat(shop().explain("quiet", Level.CRITICAL))
                .containsExactly(
                        "quiet logs nothing, by its own level: CRITICAL is not",
                        "the call ends here: nothing is encoded, and no handler learns of it");
        assertThat(last(Weir.builder()
                        .handler("a", new NullHandler())
                        .root(options -> options.handlers())
                        .routes()
                        .explain("ROOT", Level.INFO)))
                .isEqualTo("no handler is on the way: the call ends before anything is encoded");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> Weir.builder()
                        .logger("a", options -> options.handlers("none"))
                        .routes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logger a: handler none");
    }
}
