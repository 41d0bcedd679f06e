"""Read by Python before a program that runs under libfaketime, which breaks its sleep and leaves other waiting alone.

libfaketime 0.9.10 answers EINVAL to clock_nanosleep with an absolute time, by which Python sleeps since 3.11.
"""

import select
import time
from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex) -> None:
    select.select([], [], [], max(0.0, float(seconds)))


time.sleep = _sleep
