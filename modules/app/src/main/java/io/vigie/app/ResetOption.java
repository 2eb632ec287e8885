package io.vigie.app;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code --reset} of the commands that stream. */
final class ResetOption {
    @Option(
            names = "--reset",
            paramLabel = "STATE",
            split = ",",
            description = {
                "Make state anew before the start: insights (complaints, counts, ledgers, signals), or seen (which events",
                "were seen). Every other instance must be stopped. See docs/upgrades.md."
            })
    private List<Reset> parts = List.of();

    Set<Reset> parts() {
        return parts.isEmpty() ? Set.of() : EnumSet.copyOf(parts);
    }
}
