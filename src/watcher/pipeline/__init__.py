"""The verbs: poll, deliver, and look after. They connect decisions with doors, and decide nothing themselves.

    poll:     bytes -> entries -> articles -> matches, votes, story -> alert       one transaction for all of it
    deliver:  a due outbox row -> receiver -> sent | retry(due_at) | dead
    look after:  what polls have recorded -> the operator is told once

feeds.py and folders.py poll, learning.py is what both do with what they found, pages.py and sites.py fetch what a feed
told too little of, delivery.py delivers, pruning.py removes what is kept no longer, upkeep.py tries all of it. Only
here is a broad `except` allowed: a bug in one source, article or receiver must not stop the others. It is logged whole,
and the work is tried again later.
"""

from watcher.pipeline.care import look_after
from watcher.pipeline.delivery import DeliveryReport, deliver
from watcher.pipeline.doors import Doors, Report
from watcher.pipeline.feeds import poll_feeds
from watcher.pipeline.folders import poll_folder
from watcher.pipeline.pruning import prune
from watcher.pipeline.upkeep import show_life, try_itself

__all__ = [
    "DeliveryReport",
    "Doors",
    "Report",
    "deliver",
    "look_after",
    "poll_feeds",
    "poll_folder",
    "prune",
    "show_life",
    "try_itself",
]
