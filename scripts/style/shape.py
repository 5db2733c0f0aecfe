# SPDX-License-Identifier: BSD-2-Clause
"""How a file looks: head, lines, functions, conditionals, globals."""
import re

from style.source import Finding

CODE = ["*.c", "*.h", "*.S", "*.py", "*.mk", "Makefile", "*Kconfig*", "*.sh",
        "scripts/*", "tests/linux/init", "!tests/golden/*", "!*.json"]


def head(tree, _limits):
    """An SPDX line, and a sentence of purpose right after it."""
    for source in tree.matching(CODE):
        first = "\n".join(source.lines[:8])
        if "SPDX-License-Identifier: BSD-2-Clause" not in first:
            yield Finding(source.path, 1, "head", "no SPDX line at the top")
            continue
        after = first.split("BSD-2-Clause", 1)[1]
        sentence = re.sub(r"[^A-Za-z ]", " ", after.replace("\n", " ")).split()
        marks = re.match(r"\s*(\*/|-->)?\s*(/\*|#|\"\"\"|//|\*|<!--)", after)
        if source.path.endswith(("objects.mk", "Kconfig.name")):
            continue        # lists: the folder's name says what for
        if not marks or len(sentence) < 4:
            yield Finding(source.path, 2, "head", "no sentence says what for")


def columns(text):
    """Width of a line; a message in quotes is not broken, so it is free."""
    return len(re.sub(r"(\"|').{40,}\1", "", text).expandtabs(8))


def lines(tree, limits):
    """Tabs, length, trailing blanks, the last newline."""
    for source in tree.matching(CODE + ["*.md", "*.args"]):
        free = source.path.endswith((".md", ".rules", ".list"))
        limit = None if free else limits["line-length"]
        for number, text in enumerate(source.lines, 1):
            where = (source.path, number, "lines")
            if text != text.rstrip():
                yield Finding(*where, "blanks at the end")
            if limit and columns(text) > limit:
                yield Finding(*where, f"longer than {limit} columns")
            if re.match(r" {8}", text) and source.path.endswith((".c", ".h", ".S")):
                yield Finding(*where, "indented with blanks, not with tabs")
        if source.text and not source.text.endswith("\n"):
            yield Finding(source.path, len(source.lines), "lines",
                          "no newline at the end")


def sizes(tree, limits):
    """Files and assembly files within their limits; reset.S is one path."""
    for source in tree.matching(CODE):
        assembly = (source.path.endswith(".S")
                    and not source.path.endswith(".lds.S"))
        limit = limits["assembly-lines" if assembly else "file-lines"]
        if len(source.lines) > limit:
            yield Finding(source.path, limit, "sizes",
                          f"{len(source.lines)} lines, over {limit}")
        if source.path.endswith("/reset.S"):
            conditions = [n for n, t in enumerate(source.code, 1)
                          if re.match(r"\s*#\s*if", t)]
            if len(conditions) > limits["reset-conditions"]:
                yield Finding(source.path, conditions[-1], "sizes",
                              f"{len(conditions)} #if in reset.S")


def all_functions(tree):
    return [(s, f) for s in tree.matching(["*.c", "*.h"]) for f in s.functions]


def functions(tree, limits):
    """No function too long, few of them long."""
    found = all_functions(tree)
    long = [(s, f) for s, f in found if f.lines > limits["function-long"]]
    for source, function in found:
        if function.lines > limits["function-lines"]:
            yield Finding(source.path, function.first, "functions",
                          f"{function.name}() has {function.lines} lines, over "
                          f"{limits['function-lines']}")
    if len(long) * 100 > len(found) * limits["function-long-percent"]:
        for source, function in long:
            yield Finding(source.path, function.first, "functions",
                          f"{function.name}() is one of {len(long)} of "
                          f"{len(found)} over {limits['function-long']} lines")


def braces(tree, _limits):
    """The opening brace of a function stands alone in the first column."""
    for source in tree.matching(["*.c", "*.h"]):
        for number, text in enumerate(source.code, 1):
            if re.match(r"[a-z_][\w\s*]*\([^;]*\)\s*\{\s*$", text):
                yield Finding(source.path, number, "braces",
                              "the function's brace goes on its own line")


def conditionals(tree, _limits):
    """IS_ENABLED() inside a function body, not #if."""
    for source in tree.matching(["*.c", "*.h"]):
        for function in source.functions:
            for number in range(function.body, function.last):
                if re.match(r"\s*#\s*(if|elif|ifdef|ifndef)\b.*\bCONFIG_",
                            source.code[number - 1]):
                    yield Finding(source.path, number, "conditionals",
                                  f"#if CONFIG_ in {function.name}(): "
                                  "IS_ENABLED() is compiled in every variant")


GLOBAL = re.compile(r"(?!static\b|extern\b|typedef\b|return\b|struct \w+ \{|enum\b"
                    r"|union\b|asm\b|goto\b|case\b|default\b|else\b)"
                    r"[a-z_][\w ]*[ *]+\w+(\[[^\]]*\])*( \w+\(.*\))?\s*(=.*|;)$")


def documented(source, number):
    """A comment stands above this line, or above the block it is part of."""
    while number > 1 and source.lines[number - 2].strip():
        number -= 1
        if source.lines[number - 1].strip().endswith("*/"):
            return True
    return False


def globals_(tree, _limits):
    """A non-static variable has its reason in a comment, here or where it is
    declared."""
    declared = set()
    for source in tree.matching(["*.h"]):
        for number, text in enumerate(source.code, 1):
            match = re.match(r"extern\b.*?(\w+)(\[.*\])?;", text)
            if match and documented(source, number):
                declared.add(match[1])
    for source in tree.matching(["*.c", "!tests/*"]):
        for number, text in enumerate(source.code, 1):
            left = text.split("=")[0]
            if not GLOBAL.match(text.rstrip()) or "(" in left:
                continue
            name = re.findall(r"(\w+)\s*(?:\[[^\]]*\]\s*)*;?\s*$", left)
            if not documented(source, number) and not declared & set(name):
                yield Finding(source.path, number, "globals",
                              "a global without a comment that says why")


PROTOTYPE = re.compile(r"(?!typedef|static|#|return|else)[a-z_][\w\s*]*\b\w+\(")


def prototypes(tree, _limits):
    """Public prototypes have a comment, or stand in a block that has one."""
    for source in tree.matching(["include/*.h"]):
        documented = depth = 0
        for number, text in enumerate(source.code, 1):
            raw = source.lines[number - 1].strip()
            starts = PROTOTYPE.match(text) and not depth
            if raw.endswith("*/"):
                documented = True
            elif not raw:
                documented = False
            elif starts and not documented:
                yield Finding(source.path, number, "prototypes",
                              f"'{raw.rstrip(',')}' has no comment")
            depth += text.count("{") - text.count("}")


CHECKS = (head, lines, sizes, functions, braces, conditionals, globals_, prototypes)


def curve(tree):
    """The share of functions within 10, 24 and 50 lines, as one sentence."""
    lengths = sorted(f.lines for _, f in all_functions(tree)) or [0]
    share = [100 * sum(n <= limit for n in lengths) // len(lengths)
             for limit in (10, 24, 50)]
    return (f"{len(lengths)} functions: {share[0]} % within 10 lines, "
            f"{share[1]} % within 24, {share[2]} % within 50, longest {lengths[-1]}")
