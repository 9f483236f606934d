"""Waiting for something real to happen."""

import time


def eventually(question, seconds=8):
    """Ask until the answer is true, or the time is up; return the last answer."""
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer
