# SPDX-License-Identifier: BSD-2-Clause
"""Trees and edits at random: what they mean is said by tree_model.h."""
import random


def seeds():
    noise = random.Random(5)
    return {f"noise{n}": bytes(noise.choices(range(16), k=60 * (n + 1)) if n % 2 else
                               noise.randbytes(40 * (n + 1))) for n in range(12)}
