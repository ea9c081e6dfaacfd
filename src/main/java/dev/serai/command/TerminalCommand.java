package dev.serai.command;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A command that says something to whoever called it. */
abstract class TerminalCommand {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    final CommandLine.Model.CommandSpec spec() {
        return spec;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
