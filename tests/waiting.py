"""Waiting for something real to happen, and measuring how long it took."""

import time


def eventually(question, seconds=30):
    """Ask until the answer is true, or the time is up; return the last answer.

    The time is for a machine that is busy with other things: a test that passes
    never waits that long.
    """
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


def quickest(action, times=3):
    """The shortest of a few durations in seconds: what it takes when nobody disturbs."""

    def duration():
        began = time.monotonic()
        action()
        return time.monotonic() - began

    return min(duration() for _ in range(times))
