package io.batchengine.examples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The groups of classes each of which uses each other one, by way of others or not: strongly connected components. */
final class Knots {
    private Knots() {}

    /** By what each class uses. Kosaraju: what is left last by a walk along the uses begins the walks against them. */
    static List<Set<String>> of(Map<String, Set<String>> uses) {
        Deque<String> lastLeft = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        for (String name : uses.keySet()) {
            walk(name, uses, seen, lastLeft);
        }
        Map<String, Set<String>> users = new LinkedHashMap<>();
        uses.forEach((user, others) -> others.forEach(
                other -> users.computeIfAbsent(other, name -> new HashSet<>()).add(user)));
        List<Set<String>> knots = new ArrayList<>();
        seen.clear();
        for (String name : lastLeft) {
            Deque<String> reached = new ArrayDeque<>();
            walk(name, users, seen, reached);
            if (reached.size() > 1) {
                knots.add(new TreeSet<>(reached));
            }
        }
        return knots;
    }

    private static void walk(String from, Map<String, Set<String>> along, Set<String> seen, Deque<String> left) {
        if (seen.add(from)) {
            for (String next : along.getOrDefault(from, Set.of())) {
                walk(next, along, seen, left);
            }
            left.push(from);
        }
    }
}
