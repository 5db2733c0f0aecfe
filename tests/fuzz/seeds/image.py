# SPDX-License-Identifier: BSD-2-Clause
"""A header that is accepted."""


def seeds():
    return {"small": bytes(16) + b"\0\0\x10" + bytes(37) + b"ARM\x64" + bytes(12)}
