# SPDX-License-Identifier: BSD-2-Clause
"""A covering array: few variants in which every pair of labels that goes
together occurs at least once. Greedy, and the same in every run."""
import itertools
import random


class Cover:
    """Variants of a Space, made one by one until no pair is left."""

    def __init__(self, space, seed=1):
        self.space = space
        self.random = random.Random(seed)
        self.names = list(space.axes)
        self.left = {self.pair(a, x, b, y)
                     for a, b in itertools.combinations(self.names, 2)
                     for x in space.axes[a].labels for y in space.axes[b].labels}
        self.impossible = set()
        self.contexts = {}
        self.all = len(self.left)

    @staticmethod
    def pair(a, x, b, y):
        return frozenset([(a, x), (b, y)])

    def pairs(self, chosen):
        return {frozenset(two) for two in itertools.combinations(chosen.items(), 2)}

    def new(self, chosen, axis, label):
        """How many pairs this label would cover besides those of @chosen."""
        return sum(frozenset([(axis, label), other]) in self.left for other in chosen.items())

    def repaired(self, chosen, depth=3):
        """@chosen with the fewest other labels that make it fit; None: impossible."""
        if self.space.forbidden(chosen):
            return None
        for more in range(depth + 1):
            found = self._repair(dict(chosen), more)
            if found:
                return found
        return None

    def _repair(self, chosen, depth):
        if self.space.fits(chosen):
            return chosen
        for axis in self.space.relevant(chosen) if depth else ():
            for label in self.space.axes[axis].labels:
                trial = {**chosen, axis: label}
                if not self.space.forbidden(trial):
                    found = self._repair(trial, depth - 1)
                    if found:
                        return found
        return None

    def needs(self, axis, label):
        """What a label needs of other axes; None if the board cannot have it."""
        if (axis, label) not in self.contexts:
            self.contexts[axis, label] = self.repaired({axis: label})
        return self.contexts[axis, label]

    def both(self, pair):
        """A pair with what each of the two needs, mended; None: impossible."""
        contexts = [self.needs(axis, label) for axis, label in pair]
        if None in contexts:
            return None
        merged = {**contexts[0], **contexts[1], **dict(pair)}
        return self.machine(self.repaired(merged, 1)) or \
            self.machine(self.repaired(dict(pair), 2))

    def machine(self, chosen):
        """With a label of every axis that no variant can do without; None: impossible."""
        for axis in self.space.needed if chosen else ():
            if axis not in chosen:
                labels = sorted(self.space.axes[axis].labels,
                                key=lambda label, axis=axis: -self.new(chosen, axis, label))
                label = next((x for x in labels if self.space.fits({**chosen, axis: x})), None)
                if label is None:
                    return None
                chosen = {**chosen, axis: label}
        return chosen

    def seed(self):
        """The next pair that can be had, with what it needs; None at the end."""
        while self.left:
            pair = min(self.left, key=sorted)
            chosen = self.both(sorted(pair))
            if chosen:
                return chosen
            self.left.discard(pair)
            self.impossible.add(pair)
        return None

    def complete(self, chosen):
        """Give every axis that is left the label that covers most."""
        axes = [a for a in self.names if a not in chosen]
        self.random.shuffle(axes)
        for axis in axes:
            labels = list(self.space.axes[axis].labels)
            self.random.shuffle(labels)
            labels.sort(key=lambda label, axis=axis: -self.new(chosen, axis, label))
            for label in labels:
                if self.space.fits({**chosen, axis: label}):
                    chosen[axis] = label
                    break
        return chosen

    def next(self):
        """The next variant, or None when nothing is left to cover."""
        chosen = self.seed()
        if not chosen:
            return None
        variant = self.complete(chosen)
        covered = self.pairs(variant) & self.left
        self.left -= covered
        return variant

    def variants(self):
        found = []
        while (variant := self.next()) is not None:
            found.append(variant)
        return found

    def covered(self):
        """(pairs that were covered, pairs that go together)."""
        possible = self.all - len(self.impossible)
        return possible - len(self.left), possible


def chosen_by_chance(space, rng):
    """Any labels that fit, axis by axis; None if they led nowhere."""
    chosen, names = {}, [a for a in space.axes if a not in space.needed]
    rng.shuffle(names)
    for axis in [*space.needed, *names]:
        labels = list(space.axes[axis].labels)
        rng.shuffle(labels)
        chosen.update(next(({axis: x} for x in labels if space.fits({**chosen, axis: x})), {}))
    return chosen if set(space.needed) <= set(chosen) else None


def by_chance(space, seed, count, known):
    """Up to @count variants besides the @known ones, the same for the same seed."""
    found, rng = [], random.Random(seed)
    for _ in range(20 * count):
        chosen = chosen_by_chance(space, rng)
        if len(found) < count and chosen and chosen not in [*known, *found]:
            found.append(chosen)
    return found
