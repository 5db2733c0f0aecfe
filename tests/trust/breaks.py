# SPDX-License-Identifier: BSD-2-Clause
"""Verification broken on purpose: then the attack that it stops must succeed.

A test of the tests. Each break is a text of the product's source and another
in its place, in a copy; and the name of a case that is accepted then.
"""
import os
import re
from concurrent.futures import ThreadPoolExecutor

import program
from case import MUST
from program import TOP

CASES = 40              # of each break
# What is left out: file, texts to replace, a pattern for the group and name of cases.
BREAKS = {
    "the policy": (
        "boot/trust.c", [("if (IS_ENABLED(CONFIG_TRUST_REQUIRED))\n\t\treturn boot_refuse",
                           "if (0)\n\t\treturn boot_refuse")],
        "an Image$|FIT without a signature$"),
    "an own list of what must be signed": (
        "boot/fit_nodes.c", [("memset(nodes->listed, 0, sizeof(nodes->listed));",
                              "memset(nodes->listed, 1, sizeof(nodes->listed)); nodes->count = 0;"),
                             ("!note_listed(nodes, node_at(dt, path))",
                              "(add(nodes, node_at(dt, path), why) && note_listed(nodes, 0))")],
        "CVE-2026-46728 .*moved aside|CVE-2020-10648 signature copied"),
    "the hash of the ramdisk": (
        "boot/verify.c", [("err = check_initrds(boot);", "err = 0 * check_initrds(boot);")],
        "data of initrd are another's"),
    "the hash of the overlay": (
        "boot/verify.c", [("i < c->overlay_count && !err", "i < 0 * c->overlay_count && !err")],
        "data of over are another's"),
    "the rule of strong hashes": (
        "boot/fit_nodes.c", [("return strong ? 0 : -EINVAL;", "return strong ? 0 : 0;")],
        "has only (sha1|crc32)|has no hash"),
    "the comparison of RSA": (
        "lib/bearssl_key.c", [("!memcmp(signed_hash, digest->hash, digest->size)",
                               "(!memcmp(signed_hash, digest->hash, digest->size) || size)")],
        "CVE-2020-10648|mix and match"),
    "the comparison of PSS": (
        "lib/rsa_pss.c", [("return !memcmp(made, hash, digest->size);",
                           "return !memcmp(made, hash, digest->size) || hash;")],
        "flip: root: description: value: placed"),
    "the padding of PSS": (
        "lib/rsa_pss.c", [("while (at < block && !message[at])",
                           "while (at < block && message[at] != SEPARATOR)")],
        "PSS: garbage before the salt"),
    "the verdict of ECDSA": (
        "lib/bearssl_key.c", [("signature, size) == 1;", "signature, size) <= 1;")], "ECDSA: "),
    "the rule of signed names": (
        "lib/dt_region.c", [("name_is_signed(walk, t->name) ? true",
                               "name_is_signed(walk, t->name) || true ? true")],
        "no name is signed|half of the names"),
    "the rule of outside words": (
        "boot/trust.c", [("configuration\");\n\tc->cmdline[0] = '\\0';", "configuration\");")],
        "not tampered with"),
}


def broken(name, folder, keys, objects):
    """The program with this break."""
    file, edits, _ = BREAKS[name]
    changed = (TOP / file).read_text()
    for old, new in edits:
        if changed.count(old) != 1:
            raise SystemExit(f"breaks.py: {file} has {changed.count(old)} times: {old}")
        changed = changed.replace(old, new)
    work = folder / "breaks" / re.sub(r"\W+", "-", name)
    work.mkdir(parents=True, exist_ok=True)
    source = work / file.rsplit("/", 1)[1]
    if not source.exists() or source.read_text() != changed:
        source.write_text(changed)
    made = program.compile_one(source, source.with_suffix(".o"), keys)
    return program.link(work / "trust", [made if s == TOP / file else o
                                         for s, o in objects.items()])


def wins(verdict, case, truth):
    """Does this file run though it must not?"""
    return verdict.startswith("accepted") and (
        case.want == MUST or verdict != truth[case.original])


def play(name, folder, keys, objects, cases, truth):
    """Those of the cases that succeed with this break, and how many were played."""
    pattern = re.compile(BREAKS[name][2])
    few = [c for c in cases if pattern.search(f"{c.group}: {c.name}")][:CASES]
    verdicts = program.ask(broken(name, folder, keys, objects), few)
    return [c.name for c, v in zip(few, verdicts) if wins(v, c, truth)], len(few)


def check(*world):
    """Play what each break lets through. Return: the breaks that nobody noticed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        played = dict(zip(BREAKS, pool.map(lambda name: play(name, *world), BREAKS)))
    for name, (won, count) in played.items():
        print(f"without {name}: " + (f"{len(won)} of {count} attacks succeed, such as "
                                     f"\"{won[0]}\"" if won else "NO ATTACK SUCCEEDS"))
    return [name for name, (won, _) in played.items() if not won]
