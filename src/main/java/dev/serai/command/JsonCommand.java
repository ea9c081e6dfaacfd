package dev.serai.command;

import picocli.CommandLine.Option;

/** A command whose answer programs can have, too. */
abstract class JsonCommand extends TerminalCommand {
    @Option(names = "--json", description = "For programs.")
    private boolean json;

    /** Whether a program asks. */
    final boolean isJson() {
        return json;
    }
}
