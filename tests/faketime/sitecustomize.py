"""Read by Python before a program that runs under libfaketime, which breaks its sleep and leaves other waiting alone.

libfaketime 0.9.10 answers EINVAL to clock_nanosleep with an absolute time, by which Python sleeps since 3.11.
"""

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], max(0, seconds))


time.sleep = _sleep
