# SPDX-License-Identifier: BSD-2-Clause
"""Each kind of mistake in a configuration is refused, and says why."""
import pytest

# fragment on top of virt_defconfig, what the message must say
MISTAKES = {
    "unknown": ("CONFIG_EL3_PRESNT=y\n",
                ["test.config:1", "unknown symbol CONFIG_EL3_PRESNT",
                 "did you mean CONFIG_EL3_PRESENT"]),
    "unknown-unset": ("\n# CONFIG_NOTHING is not set\n",
                      ["test.config:2", "unknown symbol CONFIG_NOTHING"]),
    "malformed": ("# a comment\nEL3_PRESENT=y\n",
                  ["test.config:2", "malformed line 'EL3_PRESENT=y'"]),
    "blank-before-value": ("CONFIG_EL3_PRESENT =y\n", ["malformed line"]),
    "unmet": ("CONFIG_SEMIHOSTING=n\nCONFIG_FAIL_EXIT=y\n",
              ["test.config:2", "CONFIG_FAIL_EXIT=y does not take effect",
               "it is n", "unmet dependency", "SEMIHOSTING (=n)"]),
    "unmet-hex": ("CONFIG_EL3_PRESENT=n\nCONFIG_MONITOR_ADDR=0x1000\n",
                  ["test.config:2", "CONFIG_MONITOR_ADDR=0x1000",
                   "it is not set", "EL3_PRESENT (=n)"]),
    "psci-would-bring-cpus-up-at-el2":
        ("CONFIG_EL3_PRESENT=n\nCONFIG_KERNEL_EL1=y\n",
         ["CONFIG_KERNEL_EL1=y does not take effect", "unmet dependency",
          "EL2_PRESENT (=y)", "EL3_PRESENT (=n)"]),
    "unsafe-in-a-build-for-use":
        ("CONFIG_UNSAFE_TEST_BUILD=y\n",
         ["CONFIG_UNSAFE_TEST_BUILD=y does not take effect",
          "unmet dependency", "DEBUG (=n)"]),
    "fault-in-a-build-for-use":
        ("CONFIG_DEBUG=y\nCONFIG_MUTATION=1003\n",
         ["test.config:2", "CONFIG_MUTATION=1003", "it is not set",
          "UNSAFE_TEST_BUILD (=n)"]),
    "policy-without-keys": ("CONFIG_TRUST_REQUIRED=y\n",
                            ["CONFIG_TRUST_REQUIRED=y does not take effect",
                             'unmet dependency TRUST_KEYS (=not set) != ""']),
    "board-has-none": ("CONFIG_UART_CADENCE=y\n",
                       ["CONFIG_UART_CADENCE=y", "HAS_UART_CADENCE (=n)"]),
    "two-of-a-choice": ("CONFIG_GICV2=y\nCONFIG_GICV3=y\n",
                        ["test.config:1", "CONFIG_GICV2=y does not take",
                         "the choice picked CONFIG_GICV3"]),
    "none-of-a-choice": ("CONFIG_GICV3=n\nCONFIG_GICV2=n\nCONFIG_GIC_NONE=n\n",
                         ["=n does not take effect", "set another of"]),
    "selected": ("CONFIG_ROM_IS_SECURE=n\n",
                 ["CONFIG_ROM_IS_SECURE=n", "it is y", "selected by"]),
    "no-prompt": ("CONFIG_LOG_LEVEL=3\n",
                  ["CONFIG_LOG_LEVEL=3", "it is 2", "no prompt"]),
    "above-range": ("CONFIG_NR_CPUS=65\n",
                    ["test.config:1", "CONFIG_NR_CPUS=65",
                     "out of range [1, 64]"]),
    "below-range": ("CONFIG_LOAD_ADDR=0x200000\n",
                    ["CONFIG_LOAD_ADDR=0x200000", "out of range [0x40000000,"]),
    "misaligned": ("CONFIG_LOAD_ADDR=0x47d00000\n",
                   ["CONFIG_LOAD_ADDR=0x47d00000", "multiple of 0x200000",
                    "0x47c00000"]),
    "misaligned-monitor": ("CONFIG_MONITOR_ADDR=0x0e000800\n",
                           ["CONFIG_MONITOR_ADDR", "multiple of 0x1000"]),
    "not-a-number": ("CONFIG_NR_CPUS=0x8\n",
                     ["test.config:1", "CONFIG_NR_CPUS=0x8", "a number"]),
    "not-hex": ("CONFIG_UART_BASE=zero\n", ["must be a number like 0x1f"]),
    "not-bool": ("CONFIG_EL3_PRESENT=1\n", ["must be y or n"]),
    "not-quoted": ("CONFIG_CMDLINE=quiet\n",
                   ["CONFIG_CMDLINE is a string", '"..."']),
    "twice": ("CONFIG_NR_CPUS=2\nCONFIG_NR_CPUS=4\n",
              ["test.config:2", "set twice", "test.config:1"]),
    "source-not-built": ('CONFIG_SOURCE_DISK=n\n'
                         'CONFIG_SOURCE_ORDER="fw_cfg embedded disk"\n',
                         ["CONFIG_SOURCE_ORDER names 'disk'", "not built in"]),
    "source-never-asked": ('CONFIG_SOURCE_ORDER="embedded"\n',
                           ["CONFIG_SOURCE_FW_CFG=y", "never asks it"]),
    "no-source": ('CONFIG_SOURCE_ORDER=""\n', ["names '(empty)'"]),
    "file-with-space": ('CONFIG_PAYLOAD_KERNEL="my Image"\n',
                        ["CONFIG_PAYLOAD_KERNEL", "space"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_refused(build, mistake):
    text, says = MISTAKES[mistake]
    output = build.fail("virt_defconfig", build.fragment(text))
    for words in says:
        assert words in output
    assert not (build.out / ".config").exists(), "a refused .config was written"


@pytest.mark.parametrize("defconfig, fragments, says", [
    ("virt_defconfig", (), "TRUST (=n)"),
    ("virt_defconfig", ("el2.config",), "HAS_SECURE_FLASH (=n)"),
    ("zcu102_defconfig", (), "HAS_SECURE_FLASH (=n)"),
])
def test_rollback_only_with_a_policy_and_a_place(build, defconfig, fragments, says):
    own = build.fragment("CONFIG_ROLLBACK=y\n")
    output = build.fail(defconfig, *fragments, own)
    assert "CONFIG_ROLLBACK=y does not take effect" in output and says in output


def test_unknown_defconfig(build):
    output = build.fail("vitr_defconfig")
    assert "vitr_defconfig: no such file" in output
    assert "virt_defconfig" in output.split("there are:")[1]


def test_two_defconfigs(build):
    assert "more than one defconfig" in build.fail(
        "virt_defconfig", "zcu102_defconfig")


@pytest.mark.parametrize("line, says", [
    ("CONFIG_NO_SUCH=y", "unknown symbol CONFIG_NO_SUCH"),
    ("CONFIG EL3", "malformed line"),
])
def test_config_edited_wrongly_by_hand(build, line, says):
    build.make("virt_defconfig")
    with (build.out / ".config").open("a") as config:
        config.write(line + "\n")
    for goal in ("all", "olddefconfig"):
        output = build.fail(goal)
        assert says in output
        assert ".config:" in output


def test_config_edited_by_hand_adapts_what_depends_on_it(build):
    build.make("virt_defconfig")
    build.set("SEMIHOSTING", "n")
    output = build.make("olddefconfig")
    assert "note:" in output and "CONFIG_FAIL_EXIT=y" in output
    assert build.config()["FAIL_STOP"] == "y"
    assert "FAIL_EXIT" not in build.config()


def test_later_fragment_wins(build):
    build.make("virt_defconfig", "gicv3.config", "gicv2.config")
    assert build.config()["GICV2"] == "y"
    build.make("gicv3.config")
    assert build.config()["GICV3"] == "y"


def test_output_folder_in_the_tree_itself_is_refused(build):
    build.out = "."
    assert "another folder" in build.fail("virt_defconfig")
