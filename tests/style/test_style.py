# SPDX-License-Identifier: BSD-2-Clause
"""Each rule of the style checker catches what it is there for."""
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "scripts"))

import check_style                              # noqa: E402
from style import layering, shape, tree         # noqa: E402

RULES = (TOP / "scripts/layering.rules").read_text()
PARSED = layering.read_rules(RULES)[0]
BREACHES = [(rule, *breach) for rule in PARSED for breach in rule.breaches]
HEAD = "/* SPDX-License-Identifier: BSD-2-Clause */\n/* A file for a test of style. */\n"
LONG = "int f(void)\n{\n" + "\ta();\n" * 79 + "}\n"
MEDIUM = "".join(f"int f{n}(void)\n{{\n" + "\ta();\n" * 58 + "}\n\n" for n in range(3))

# check of shape.py or tree.py: (file, what it holds, clean counterpart)
SHAPES = [
    ("head", "lib/a.c", "int a;\n", HEAD),
    ("head", "lib/a.c", "/* SPDX-License-Identifier: BSD-2-Clause */\nint a;\n", HEAD),
    ("lines", "lib/a.c", HEAD + "static int a; \n", HEAD + "static int a;\n"),
    ("lines", "lib/a.c", HEAD + "static int a;", HEAD + "static int a;\n"),
    ("lines", "lib/a.c", HEAD + "\t" * 12 + "f(a, b);\n", HEAD + "\t" * 11 + "f(a);\n"),
    ("lines", "lib/a.c", HEAD + "        f(a);\n", HEAD + "\tf(a);\n"),
    ("sizes", "lib/a.c", HEAD + "\n" * 400, HEAD + "\n" * 398),
    ("sizes", "arch/arm64/a.S", HEAD + "\n" * 150, HEAD + "\n" * 148),
    ("sizes", "arch/arm64/reset.S", HEAD + "#if A\n#if B\n", HEAD + "#if A\n"),
    ("functions", "lib/a.c", HEAD + LONG, HEAD + "int f(void)\n{\n\ta();\n}\n"),
    ("functions", "lib/a.c", HEAD + MEDIUM, HEAD),
    ("braces", "lib/a.c", HEAD + "int f(void) {\n}\n", HEAD + "int f(void)\n{\n}\n"),
    ("conditionals", "lib/a.c", HEAD + "int f(void)\n{\n#ifdef CONFIG_A\n#endif\n}\n",
     HEAD + "#ifdef CONFIG_A\nint f(void)\n{\n}\n#endif\n"),
    ("globals", "lib/a.c", HEAD + "\nint counter;\n",
     HEAD + "\n/* Read by the assembly. */\nint counter;\nstatic int other;\n"),
    ("prototypes", "include/a.h", HEAD + "\nint f(void);\n",
     HEAD + "\n/* What it does. */\nint f(void);\nint g(int a,\n\t  int b);\n"),
    ("kconfig", "lib/Kconfig", "config A\n\tbool \"A\"\n\thelp\n\t  Turn on A.\n",
     "config A\n\tbool \"A\"\n\thelp\n\t  Turns on A, which is there to be tried "
     "out; costs nothing.\n"),
    ("help", "scripts/a.mk", "#: one  text\none:\nother:\n", "#: one  text\none:\n"),
]
COVERED_ELSEWHERE = {"addresses", "board_costs", "board_names", "commits"}


def write(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def rules_hit(root):
    return {f.rule for f in check_style.findings(root, RULES)[1]}


@pytest.mark.parametrize("rule,path,text", BREACHES, ids=lambda v: getattr(v, "name", None))
def test_rule_catches_its_breach(tmp_path, rule, path, text):
    write(tmp_path, path, text + "\n")
    assert rule.name in rules_hit(tmp_path)


@pytest.mark.parametrize("rule", PARSED, ids=lambda rule: rule.name)
def test_every_rule_has_an_example(rule):
    assert rule.breaches, f"{rule.verb} {rule.files}: no breach line"


def test_includes_are_followed(tmp_path):
    write(tmp_path, "lib/a.c", '#include "innocent.h"\n')
    write(tmp_path, "include/innocent.h", '#include "boot.h"\n')
    found = [f.text for f in check_style.findings(tmp_path, RULES)[1]
             if f.path == "lib/a.c" and f.rule.startswith("deny-include")]
    assert found and "innocent.h -> boot.h" in found[0]


def test_comments_and_strings_are_not_code(tmp_path):
    write(tmp_path, "lib/a.c", HEAD + '/* malloc(1) */\nchar *s = "malloc(1)";\n')
    assert not any(name.startswith("deny-text") for name in rules_hit(tmp_path))


@pytest.mark.parametrize("name,path,bad,good", SHAPES)
def test_shape(tmp_path, name, path, bad, good):
    write(tmp_path, path, bad)
    assert name in rules_hit(tmp_path)
    write(tmp_path, path, good)
    assert name not in rules_hit(tmp_path)


def test_board_addresses(tmp_path):
    write(tmp_path, "boards/x/Kconfig", "config UART_BASE\n\tdefault 0x09000000\n")
    write(tmp_path, "lib/a.c", HEAD + "static long base = 0x9000000ul;\n")
    assert "addresses" in rules_hit(tmp_path)
    write(tmp_path, "lib/a.c", HEAD + "static long size = 0x40000000ul;\n")
    assert "addresses" not in rules_hit(tmp_path)


def test_board_costs(tmp_path):
    """Comments, blank lines and the device tree are free."""
    write(tmp_path, "boards/x/x.dts", "node;\n" * 200)
    write(tmp_path, "boards/x/board.c", HEAD + "/*\n * Why.\n */\n\n" + "int a;\n" * 100)
    write(tmp_path, "boards/x/Kconfig", "# Why.\n\n" + "config A\n" * 30)
    assert "board-costs" not in rules_hit(tmp_path)
    write(tmp_path, "boards/x/run.args", "# Why.\n-M x\n")
    assert "board-costs" in rules_hit(tmp_path)


@pytest.mark.parametrize("path,text,hit", [
    ("drivers/serial/a.c", "#ifdef CONFIG_BOARD_MY_BOARD\n#endif\n", True),
    ("drivers/serial/a.c", "/* As on my-board. */\n", True),
    ("drivers/serial/a.c", "/* As on not-my-board. */\n", False),
    ("drivers/Kconfig", "\tdepends on BOARD_MY_BOARD\n", True),
    ("scripts/a.mk", "ifeq ($(CONFIG_BOARD),my-board)\n", True),
    ("boot/Kconfig", "\tdefault y if BOARD_VIRT\n", True),
    ("Kconfig", "\tdefault BOARD_VIRT\n", False),
    ("boot/Kconfig", "\t  QEMU's virt has it.\n", False),
    ("boards/other/board.c", "/* Like my-board. */\n", False),
])
def test_board_names(tmp_path, path, text, hit):
    write(tmp_path, "boards/my-board/Kconfig.name", "config BOARD_MY_BOARD\n")
    write(tmp_path, "boards/virt/Kconfig.name", "config BOARD_VIRT\n")
    write(tmp_path, path, text)
    assert ("board-names" in rules_hit(tmp_path)) == hit


@pytest.mark.parametrize("subject,body,good", [
    ("lib: add a parser", "Because.", True),
    ("lib: add a parser", "", False),
    ("add a parser", "Because.", False),
    ("lib: add a parser.", "Because.", False),
    ("lib: " + "very " * 12 + "long", "Because.", False),
])
def test_commits(tmp_path, subject, body, good):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
                       cwd=tmp_path, check=True, capture_output=True)
    git("init")
    git("commit", "--allow-empty", "-m", subject, "-m", body)
    assert ("commits" not in rules_hit(tmp_path)) == good


def test_every_check_has_a_case():
    source = "".join(Path(module.__file__).read_text() for module in (shape, tree))
    assert {c.__name__.rstrip("_") for c in shape.CHECKS} <= {s[0] for s in SHAPES}
    for name in {s[0] for s in SHAPES} | COVERED_ELSEWHERE:
        assert f'"{name.replace("_", "-")}"' in source or f'"{name}"' in source


def test_bad_rule_is_refused():
    with pytest.raises(SystemExit, match="not a rule"):
        layering.read_rules("deny-incluude a : b : c\n")
