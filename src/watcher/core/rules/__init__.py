"""Rules: from the words of the config to matches with evidence."""

from watcher.core.rules.engine import RuleSet
from watcher.core.rules.spec import Clause, Entity, RuleError, RuleSpec

__all__ = ["Clause", "Entity", "RuleError", "RuleSet", "RuleSpec"]
