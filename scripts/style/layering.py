# SPDX-License-Identifier: BSD-2-Clause
"""The rules of scripts/layering.rules: who may include and say what."""
import posixpath
import re
from fnmatch import fnmatch
from pathlib import PurePath
from typing import NamedTuple

from style.source import Finding

ROOTS = ("include", "arch/arm64/include", "kernel/include", "arch/arm64")


class Rule(NamedTuple):
    verb: str
    files: list
    operands: str
    why: str
    line: int
    breaches: list

    @property
    def name(self):
        return f"{self.verb}:{self.line}"


def read_rules(text):
    """(rules, limits) of the data file; a line that is neither is an error."""
    rules, limits = [], {"internal": set()}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, *rest = re.split(r" : (?:: )?", line)
        verb, *words = head.split()
        if verb == "limit" and len(words) == 2 and len(rest) == 1:
            limits[words[0]] = int(words[1])
        elif verb == "breach" and rules:
            rules[-1].breaches.append((words[0], line.split(" : ", 1)[1]))
        elif verb == "internal":
            limits["internal"] |= set(words)
        elif verb in VERBS and rest:
            rules.append(Rule(verb, words, rest[0], rest[-1], number, []))
        else:
            raise SystemExit(f"layering.rules:{number}: not a rule: {line}")
    return rules, limits


def resolve(tree, path, name):
    """The file of the tree that an #include means, or None."""
    own = [r for r in ROOTS if (r == "kernel/include") == path.startswith("kernel/")]
    for folder in [str(PurePath(path).parent), *own]:
        candidate = str(PurePath(folder) / name)
        if candidate in tree.sources:
            return candidate
    return None


def names_of(tree, path, name):
    """All the names by which a rule may call an included header."""
    target = resolve(tree, path, name)
    names = {name} if target is None else {target}
    for root in ROOTS[:3]:
        if target and target.startswith(root + "/") and (
                not target.startswith("kernel/") or path.startswith("kernel/")):
            names.add(target[len(root) + 1:])
    return names, target


def is_one(names, patterns):
    return any(fnmatch(name, p) for name in names for p in patterns)


def reach(tree, path, seen):
    """(chain, names) of every header that a file sees, nearest first."""
    queue = [(path, [])]
    while queue:
        at, chain = queue.pop(0)
        for line, name in tree.sources[at].includes:
            names, target = names_of(tree, at, name)
            step = chain + [(line, name)]
            yield step, names
            if target and target not in seen:
                seen.add(target)
                queue.append((target, step))


def deny_include(tree, rule):
    headers = rule.operands.split()
    for source in tree.matching(rule.files):
        for chain, names in reach(tree, source.path, {source.path}):
            if is_one(names, headers):
                through = " -> ".join(name for _, name in chain)
                yield Finding(source.path, chain[0][0], rule.name,
                              f"includes {through}: {rule.why}")


def direct(tree, rule, breach):
    for source in tree.matching(rule.files):
        for line, name in source.includes:
            if breach(names_of(tree, source.path, name)[0]):
                yield Finding(source.path, line, rule.name,
                              f"includes {name}: {rule.why}")


def deny_direct(tree, rule):
    headers = rule.operands.split()
    return direct(tree, rule, lambda names: is_one(names, headers))


def allow_include(tree, rule):
    headers = rule.operands.split()
    return direct(tree, rule, lambda names: not is_one(names, headers))


def only_include(tree, rule):
    doors = rule.operands.split()
    everybody = rule._replace(files=["*.c", "*.h", "*.S"]
                              + ["!" + door for door in doors])
    return direct(tree, everybody, lambda names: is_one(names, rule.files))


def apart(tree, rule):
    """Folders that match do not include one another."""
    for source in tree.matching([p + "/*" for p in rule.files]):
        own = PurePath(source.path).parent
        for line, name in source.includes:
            target = (resolve(tree, source.path, name)
                      or posixpath.normpath(own / name))
            other = PurePath(target).parent
            if other != own and is_one({str(other)}, rule.files):
                yield Finding(source.path, line, rule.name,
                              f"includes {name}: {rule.why}")


def text(tree, rule, lines_of):
    pattern = re.compile(rule.operands)
    for source in tree.matching(rule.files):
        for number, line in enumerate(lines_of(source), 1):
            if match := pattern.search(line):
                yield Finding(source.path, number, rule.name,
                              f"'{match[0].strip()}': {rule.why}")


VERBS = {
    "deny-include": deny_include,
    "deny-direct": deny_direct,
    "allow-include": allow_include,
    "only-include": only_include,
    "apart": apart,
    "apart": apart,
    "deny-text": lambda tree, rule: text(tree, rule, lambda s: s.code),
    "deny-line": lambda tree, rule: text(tree, rule, lambda s: s.lines),
}


def check(tree, rules):
    for rule in rules:
        yield from VERBS[rule.verb](tree, rule)
