# SPDX-License-Identifier: BSD-2-Clause
"""make matrix: builds what menuconfig can make, pair by pair, and boots it.

Variables: SHARD=i/n, BOARD=name (only its defconfigs), AXES=names (only these differ),
SEED=n (12 more by chance), CASES=words (parts of the names of variants).
"""
import argparse
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

import boards  # noqa: E402
import cover as covers  # noqa: E402
import play  # noqa: E402
import results  # noqa: E402
import shrink  # noqa: E402
import space as spaces  # noqa: E402
from results import words_of  # noqa: E402

# Seconds of one that was never played: a board has larger RAM and slower cards.
GUESS, GUESS_BOARD = 5.0, 12.0
MOST_SETS = 4   # that are searched for


def say(text):
    print(f"matrix: {text}", flush=True)


SHOWN = ("defconfig", "fragments", "entry", "GIC", "cpu", "smp", "from", "format", "compiler")


def brief(chosen):
    """What a line has room for; all of it is in the report."""
    return " ".join(chosen[axis] for axis in SHOWN if axis in chosen)


class Task:
    """Something to play: its name, its labels and how."""

    def __init__(self, name, chosen, run):
        self.name, self.chosen, self.run = name, chosen, run

    @property
    def key(self):
        return play.digest(words_of(self.chosen))


def pair_tasks(space, player, variants, kind="v"):
    return [Task(f"{kind}{n:02}", chosen,
                 lambda chosen=chosen, n=n: player.play(space, f"{kind}{n:02}", chosen))
            for n, chosen in enumerate(variants, 1)]


def board_tasks(player):
    return [Task("+".join([name, *words]), {"defconfig": name, "fragments": "+".join(words)},
                 lambda name=name, words=words: player.defconfig(name, words))
            for name, words in boards.playable()]


def shard(tasks, part, costs):
    """The i-th of n parts that take about equally long, longest first."""
    if not part:
        return tasks
    def cost(task):
        guess = GUESS_BOARD if "defconfig" in task.chosen else GUESS
        return costs.get(task.key, guess)
    index, _, count = part.partition("/")
    if not (index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count)):
        raise SystemExit(f"matrix: error: SHARD={part}: give i/n, for example 1/4")
    loads = [(0.0, n, []) for n in range(int(count))]
    for task in sorted(tasks, key=lambda t: (-cost(t), t.name)):
        loads.sort(key=lambda load: load[:2])
        total, n, found = loads[0]
        loads[0] = (total + cost(task), n, found + [task])
    return next(found for _, n, found in loads if n == int(index) - 1)


def progress(done, tasks, outcome, start):
    left = (time.monotonic() - start) / done * (len(tasks) - done)
    verdict = "ok    " if outcome.good else "FAILED"
    why = "" if outcome.good else f": {outcome.problems[0]}"
    say(f"{done:3}/{len(tasks)} {verdict} {outcome.seconds:5.1f} s, {left / 60:4.1f} min left  "
        f"{outcome.name}  {brief(outcome.chosen)}{why}")
    if not outcome.good and outcome.again:
        say(f"        again: {outcome.again}")


def play_all(tasks, workers):
    outcomes, start = [], time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        for future in as_completed([pool.submit(task.run) for task in tasks]):
            outcomes.append(future.result())
            progress(len(outcomes), tasks, outcomes[-1], start)
    return outcomes


def fails_so(space, player, cause):
    """Does a variant fail in the same way?"""
    def fails(chosen):
        outcome = player.play(space, "search", chosen)
        what = "ok" if outcome.good else f"FAILED: {outcome.problems[0]}"
        words = words_of(chosen) if len(chosen) < 8 else f"{len(chosen)} labels"
        say(f"        searching: {words}: {what}")
        return outcome.cause == cause
    return fails


def explain(space, cover, player, outcomes):
    """For each way to fail, the smallest set of labels that does; not for boards."""
    played = [o for o in outcomes if "defconfig" not in o.chosen]
    found = []
    for cause in dict.fromkeys(o.cause for o in played if not o.good):
        bad = [o.chosen for o in played if o.cause == cause]
        while bad and len(found) < MOST_SETS:
            search = shrink.Shrinker(cover, fails_so(space, player, cause))
            if not search.fails(bad[0]):
                say(f"it does not fail so again: {words_of(bad.pop(0))}  ({cause})")
                continue
            labels = search.smallest(bad)
            found.append(labels)
            say(f"FAILED: smallest set that fails: {words_of(labels) or 'the defaults'}"
                f"  ({cause})")
            bad = [v for v in bad if not set(labels.items()) <= set(v.items())]
    return found


def keep_costs(folder, outcomes, costs):
    for o in outcomes:
        costs[play.digest(words_of(o.chosen))] = round(o.seconds, 2)
    (folder / "costs.json").write_text(json.dumps(costs, indent=1, sort_keys=True))


def tell_not_run():
    """Before the first line, and once more where it is read."""
    for name, why in boards.not_playable():
        say(f"not run: {name}: {why}")


def all_tasks(args, space, cover, player):
    """Pairs, what chance adds, and every board's defconfigs."""
    variants = cover.variants()
    tasks = [] if args.axes else board_tasks(player)
    if args.board:
        return [t for t in tasks if t.chosen["defconfig"] == args.board]
    chance = covers.by_chance(space, args.seed, args.random, variants)
    tasks += pair_tasks(space, player, variants) + pair_tasks(space, player, chance, "r")
    return [t for t in tasks if not args.words
            or any(w in f"{t.name} {words_of(t.chosen)}" for w in args.words)]


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    env = os.environ.get
    parser.add_argument("--build", default="build", help="build folder (O=)")
    parser.add_argument("--shard", default=env("SHARD", ""))
    parser.add_argument("--board", default=env("BOARD", ""))
    parser.add_argument("--axes", default=env("AXES", ""), help="only these differ")
    parser.add_argument("--seed", type=int, default=int(env("SEED") or 1))
    parser.add_argument("--random", type=int, default=int(env("RANDOM_VARIANTS") or 12))
    parser.add_argument("--json", action="store_true", help="print the variants, play nothing")
    parser.add_argument("words", nargs="*")
    return parser.parse_args()


def print_json(tasks, cover):
    covered, possible = cover.covered()
    print(json.dumps({"pairs": {"covered": covered, "possible": possible},
                      "variants": [{"name": t.name, **t.chosen} for t in tasks],
                      "shards": [f"{i}/4" for i in range(1, 5)]}, indent=1))


def main():
    args = parse()
    folder = Path(args.build).resolve() / "matrix"
    folder.mkdir(parents=True, exist_ok=True)
    space = spaces.Space(args.axes.split())
    cover = covers.Cover(space)
    player = play.Player(folder)
    tasks = all_tasks(args, space, cover, player)
    covered, possible = cover.covered()
    if args.json:
        print_json(tasks, cover)
        return 0
    costs = play.load_costs(folder)
    tasks = shard(tasks, args.shard, costs)
    tell_not_run()
    say(f"{len(tasks)} variants; pairs of labels that go together: {possible}, "
        f"all variants cover {covered}")
    start = time.monotonic()
    outcomes = play_all(tasks, os.cpu_count())
    sets = explain(space, cover, player, outcomes)
    keep_costs(folder, outcomes, costs)
    results.write(folder.parent, outcomes, sets, (covered, possible))
    bad = [o.name for o in outcomes if not o.good]
    tell_not_run()
    say(f"{len(outcomes) - len(bad)} of {len(outcomes)} green in "
        f"{(time.monotonic() - start) / 60:.1f} min; {folder.parent}/report.html, junit.xml"
        + (f"; red: {' '.join(bad)}" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
