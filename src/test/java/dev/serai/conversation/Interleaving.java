package dev.serai.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * The same stream told otherwise: deltas in smaller pieces, choices mixed, and the tool calls of a choice mixed where they stand next
 * to each other. The order within a block stays, and so does the order in which blocks open.
 */
final class Interleaving {
    private final Random random;
    private final List<ChatEvent> told = new ArrayList<>();

    private Interleaving(Random random) {
        this.random = random;
    }

    static List<ChatEvent> of(List<ChatEvent> events, Random random) {
        Interleaving interleaving = new Interleaving(random);
        TreeMap<Integer, Deque<ChatEvent>> choices = new TreeMap<>();
        List<ChatEvent> behind = new ArrayList<>();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.OfChoice ofChoice) {
                choices.computeIfAbsent(ofChoice.choice(), index -> new ArrayDeque<>())
                        .addAll(interleaving.pieces(event));
            } else if (choices.isEmpty()) {
                interleaving.told.add(event);
            } else {
                behind.add(event);
            }
        }
        choices.replaceAll((index, own) -> interleaving.mixedCalls(own));
        interleaving.mix(new ArrayList<>(choices.values()));
        interleaving.told.addAll(behind);
        return interleaving.told;
    }

    /** Takes from any of the lanes until all are empty. */
    private void mix(List<Deque<ChatEvent>> lanes) {
        lanes.removeIf(Deque::isEmpty);
        while (!lanes.isEmpty()) {
            Deque<ChatEvent> lane = lanes.get(random.nextInt(lanes.size()));
            told.add(lane.removeFirst());
            lanes.removeIf(Deque::isEmpty);
        }
    }

    /** Opens neighbouring tool calls one after the other, then mixes what they say. */
    private Deque<ChatEvent> mixedCalls(Deque<ChatEvent> events) {
        Deque<ChatEvent> mixed = new ArrayDeque<>();
        List<Deque<ChatEvent>> calls = new ArrayList<>();
        boolean inCall = false;
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.BlockStarted started) {
                inCall = started.kind() instanceof Block.ToolCall;
                if (inCall) {
                    calls.add(new ArrayDeque<>());
                }
            } else if (!(event instanceof ChatEvent.OfBlock)) {
                inCall = false;
            }
            if (inCall) {
                calls.get(calls.size() - 1).add(event);
            } else {
                flush(calls, mixed);
                mixed.add(event);
            }
        }
        flush(calls, mixed);
        return mixed;
    }

    private void flush(List<Deque<ChatEvent>> calls, Deque<ChatEvent> into) {
        int opened = 0;
        while (!calls.isEmpty()) {
            int lane = random.nextInt(Math.min(calls.size(), opened + 1));
            Deque<ChatEvent> call = calls.get(lane);
            if (lane == opened) {
                opened++;
            }
            into.add(call.removeFirst());
            if (call.isEmpty()) {
                calls.remove(lane);
                opened--;
            }
        }
    }

    private List<ChatEvent> pieces(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta d) {
            return cut(d.text()).stream()
                    .<ChatEvent>map(text -> new ChatEvent.TextDelta(d.choice(), d.block(), text))
                    .toList();
        }
        if (event instanceof ChatEvent.ThinkingDelta d) {
            return cut(d.text()).stream()
                    .<ChatEvent>map(text -> new ChatEvent.ThinkingDelta(d.choice(), d.block(), text))
                    .toList();
        }
        if (event instanceof ChatEvent.ToolArgumentsDelta d) {
            return cut(d.text()).stream()
                    .<ChatEvent>map(text -> new ChatEvent.ToolArgumentsDelta(d.choice(), d.block(), text))
                    .toList();
        }
        if (event instanceof ChatEvent.RefusalDelta d) {
            return cut(d.text()).stream()
                    .<ChatEvent>map(text -> new ChatEvent.RefusalDelta(d.choice(), d.block(), text))
                    .toList();
        }
        return List.of(event);
    }

    private List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int characters = Math.min(1 + random.nextInt(8), text.codePointCount(from, text.length()));
            int to = text.offsetByCodePoints(from, characters);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
