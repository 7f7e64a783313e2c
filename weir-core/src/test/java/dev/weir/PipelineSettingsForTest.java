package dev.weir;

/** Installs over a pipeline that is not the current one. */
final class PipelineSettingsForTest {
    private PipelineSettingsForTest() {}

    static void install(Weir weir, PipelineBuilder builder) {
        weir.replace(builder.settings());
    }
}
