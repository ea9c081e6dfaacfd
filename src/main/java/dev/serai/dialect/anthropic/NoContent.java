package dev.serai.dialect.anthropic;

import dev.serai.conversation.ChatEvent;

/** Does nothing for what comes within a block or is no part of a message: for a visitor that sees such events elsewhere, or nowhere. */
abstract class NoContent implements ChatEvent.Visitor {
    @Override
    public final void textDelta(ChatEvent.TextDelta event) {}

    @Override
    public final void thinkingDelta(ChatEvent.ThinkingDelta event) {}

    @Override
    public final void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {}

    @Override
    public final void refusalDelta(ChatEvent.RefusalDelta event) {}

    @Override
    public final void audioDelta(ChatEvent.AudioDelta event) {}

    @Override
    public final void signatureAdded(ChatEvent.SignatureAdded event) {}

    @Override
    public final void citationAdded(ChatEvent.CitationAdded event) {}

    @Override
    public final void blockEnded(ChatEvent.BlockEnded event) {}

    /** Messages has no log probabilities. */
    @Override
    public final void logprobsAdded(ChatEvent.LogprobsAdded event) {}
}
