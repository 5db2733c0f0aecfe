# SPDX-License-Identifier: BSD-2-Clause
"""make harden knows what it talks of, and can be satisfied."""
import re
import sys

import kconfiglib
import pytest

from conftest import TOP

sys.path.append(str(TOP / "scripts"))
import harden

# Configurations in which each option has its prompt, in one or the other.
GROUNDS = [
    ("virt", {"DEBUG": "y", "TRUST_KEYS": "k.pem", "TRUST_REQUIRED": "y", "ROLLBACK": "y"}),
    ("virt", {"DEBUG": "y", "TRUST_KEYS": "k.pem"}),
    ("virt", {"DEBUG": "y"}),
    ("virt", {}),
    ("sbsa-ref", {}),
]


def configured(monkeypatch, board, values):
    monkeypatch.chdir(TOP)
    kconf = kconfiglib.Kconfig("Kconfig", warn=False)
    kconf.load_config(f"configs/{board}_defconfig")
    for name, value in values.items():
        kconf.syms[name].set_value(value)
    return kconf


def values_of(sym, better):
    """A value that keeps the rule, and one that does not."""
    if better == harden.ANYTHING:
        return "k.pem", ""
    if better == harden.TO_SHIP:
        return "my-device.pem", "device.pem my-dev.pem"
    if sym.orig_type == kconfiglib.BOOL:
        return better, {"y": "n", "n": "y"}[better]
    return better, "something"


def set_to(kconf, sym, value):
    """Give an option a value; a member of a choice is n when another one is y."""
    if sym.choice and value == "n":
        sym = next(s for s in sym.choice.syms if s is not sym and s.visibility)
        value = "y"
    sym.set_value(value)


def verdicts(monkeypatch, rule, better):
    """What the rule says in every ground after its option was set."""
    for board, values in GROUNDS:
        kconf = configured(monkeypatch, board, values)
        sym = kconf.syms[rule.symbol]
        if sym.visibility:
            set_to(kconf, sym, values_of(sym, rule.better)[0 if better else 1])
            yield harden.is_good(kconf, rule)


@pytest.mark.parametrize("rule", harden.RULES, ids=lambda r: r.symbol)
def test_rule_can_be_kept_and_broken(monkeypatch, rule):
    kconf = configured(monkeypatch, "virt", {})
    assert rule.symbol in kconf.syms and kconf.syms[rule.symbol].nodes, "no such option"
    assert rule.grade in harden.GRADES and rule.weak and rule.costs
    assert True in verdicts(monkeypatch, rule, better=True), "nothing keeps it"
    assert False in verdicts(monkeypatch, rule, better=False), "nothing breaks it"


def test_worst_comes_first_and_each_says_why(build):
    build.make("virt_defconfig")
    lines = build.make("harden").splitlines()
    grades = [line.split()[0] for line in lines if line.split()[0] in harden.GRADES]
    assert grades == sorted(grades, key=harden.GRADES.index) and "critical" in grades
    assert any(re.match(r"high +SEMIHOSTING=y, better n: .+; costs: .+", n) for n in lines)
    assert any(re.match(r"- +WATCHDOG=n, better y: .*; not here: HAS_SBSA_GWDT$", n)
               for n in lines)
    assert re.match(r"harden: \d+ weak \(.*2 critical", lines[-1])
    assert "harden" in build.fail("harden", "STRICT=1")


def test_fragment_leaves_only_what_is_yours(build):
    """Keys and the counter are not for a fragment to choose; with them it is strict."""
    build.make("virt_defconfig", "hardened.config")
    weak = re.findall(r"^(?:critical|high|medium|low) +(\w+)=", build.make("harden"), re.M)
    assert weak == ["TRUST_KEYS", "TRUST_REQUIRED", "ROLLBACK"]
    mine = build.fragment('CONFIG_TRUST_KEYS="key.pem"\nCONFIG_TRUST_REQUIRED=y\n'
                          "CONFIG_ROLLBACK=y\n")
    build.make(mine)
    (build.out / "key.pem").write_text("")
    assert "harden: 0 weak (none)" in build.make("harden", "STRICT=1")
