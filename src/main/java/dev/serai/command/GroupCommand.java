package dev.serai.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A word that only stands before others, such as {@code catalog} in {@code serai catalog list}. */
@Command
public final class GroupCommand extends TerminalCommand implements Runnable {
    /** @throws CommandLine.ParameterException always: a word must follow, and the usage that comes with it says which there are */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec().commandLine(),
                "after " + spec().qualifiedName() + " comes one of "
                        + String.join(", ", spec().subcommands().keySet()));
    }
}
