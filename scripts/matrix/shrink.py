# SPDX-License-Identifier: BSD-2-Clause
"""The smallest set of labels with which it still fails: all others have their
defaults. Labels are added in an order; by halving, the first one is found with
which it fails. That one is needed, none behind it is, and the search goes on
for what is needed besides, in some log2(labels) builds each."""


class Shrinker:
    """@fails(labels) builds and boots; a set that does not fit is no answer."""

    def __init__(self, cover, fails, most=60):
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

    def first(self, labels, needed):
        """How many of @labels it takes, besides the needed ones, to fail."""
        low, high = 0, len(labels)
        while high - low > 1:
            middle = (low + high) // 2
            if self.fails({**dict(labels[:middle]), **needed}):
                high = middle
            else:
                low = middle
        return high

    def reduced(self, chosen):
        """Of labels that fail together, those without which they do not."""
        labels, needed = sorted(chosen.items()), {}
        while labels and not self.fails(needed):
            count = self.first(labels, needed)
            needed.update(labels[count - 1:count])
            labels = labels[:count - 1]
        # One may have been needed only because of those that are gone.
        for axis in sorted(needed):
            less = {a: label for a, label in needed.items() if a != axis}
            needed = less if self.fails(less) else needed
        return needed

    def smallest(self, bad):
        """What makes the variants @bad fail; {}: it does with the defaults already."""
        common = dict(set.intersection(*(set(v.items()) for v in bad)))
        return self.reduced(common if self.fails(common) else min(bad, key=len))
