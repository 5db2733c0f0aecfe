# SPDX-License-Identifier: BSD-2-Clause
# What a user asks for once the image is there.
