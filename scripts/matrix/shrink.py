# SPDX-License-Identifier: BSD-2-Clause
"""The smallest set of labels with which it still fails: all others have their
defaults. First what only failing variants have in common is tried, then sets
are halved (delta debugging, Zeller and Hildebrandt 2002)."""
import itertools


def suspects(bad, good, size):
    """Sets of @size labels that are in every failing variant and in no green one."""
    common = set.intersection(*(set(v.items()) for v in bad))
    for labels in itertools.combinations(sorted(common), size):
        if not any(set(labels) <= set(v.items()) for v in good):
            yield dict(labels)


class Shrinker:
    """@fails(labels) builds and boots; a set that does not fit is no answer."""

    def __init__(self, cover, fails, most=40):
        self.cover, self.run, self.left = cover, fails, most
        self.known = {}

    def fails(self, chosen):
        """Does it fail with these labels and what they need? False if unknown."""
        key = frozenset(chosen.items())
        if key not in self.known:
            whole = self.cover.repaired(chosen, 2)
            if whole is None or not self.left:
                return False
            self.left -= 1
            self.known[key] = self.run(whole)
        return self.known[key]

    def halve(self, chosen):
        """A subset from which nothing can be taken."""
        items, parts = sorted(chosen.items()), 2
        while len(items) > 1 and self.left:
            size = -(-len(items) // parts)
            chunks = [items[i:i + size] for i in range(0, len(items), size)]
            rests = [[x for x in items if x not in chunk] for chunk in chunks]
            smaller = next((dict(s) for s in [*chunks, *rests]
                            if len(s) < len(items) and self.fails(dict(s))), None)
            if smaller is not None:
                items = sorted(smaller.items())
                parts = max(2, parts - 1) if len(items) > 2 else 2
            elif parts >= len(items):
                break
            else:
                parts = min(len(items), parts * 2)
        return dict(items)

    def smallest(self, bad, good):
        """Labels that fail together; {}: it fails with the defaults already."""
        if self.fails({}):
            return {}
        for size in (1, 2):
            for labels in itertools.islice(suspects(bad, good, size), 12):
                if self.fails(labels):
                    return labels
        return self.halve(min(bad, key=len))
